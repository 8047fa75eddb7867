import { BuildError } from '../base/errors.ts';
import type {
  CommandInstruction,
  EnvInstruction,
  HealthcheckInstruction,
  LabelInstruction,
  ListInstruction,
  OnbuildInstruction,
  ShellInstruction,
  WordInstruction,
} from '../dockerfile/ast.ts';
import { processWords } from '../dockerfile/expand.ts';
import type { Healthcheck } from '../image/types.ts';
import { withEnvLine } from './environment.ts';
import { healthcheckText, plainList, quotedList } from './history.ts';
import { parsePort } from './port.ts';
import {
  addLayer,
  expand,
  parentName,
  record,
  type Step,
  setConfig,
  shownInstruction,
  stepName,
} from './step.ts';
import { checkStopSignal } from './stop-signal.ts';
import { namesSecret } from './warnings.ts';
import { isAbsolutePath, resolveWorkdir } from './working-directory.ts';

export function lowerEnv(step: Step, instruction: EnvInstruction): void {
  const { state } = step;
  const pairs = instruction.pairs.map(({ key, value }) => ({
    name: expand(step, key.value),
    value: expand(step, value.value),
  }));
  for (const { name, value } of pairs) {
    reportSecret(step, 'ENV', name);
    state.env = state.env.with(name, value);
    setConfig(step, { Env: withEnvLine(state.config.Env ?? [], name, value) });
  }
  record(step, `ENV ${pairs.map(({ name, value }) => `${name}=${value}`).join(' ')}`);
}

export function reportSecret(step: Step, instruction: 'ARG' | 'ENV', name: string): void {
  if (!namesSecret(name)) return;
  step.context.warnings.add(
    'SecretsUsedInArgOrEnv',
    `${instruction} ${name} looks like a secret, and everyone who has the image can read it; use RUN --mount=type=secret`,
    step.command.at,
  );
}

export function lowerLabel(step: Step, instruction: LabelInstruction): void {
  const pairs = instruction.pairs.map(
    ({ key, value }) => [expand(step, key.value), expand(step, value.value)] as const,
  );
  setConfig(step, { Labels: { ...step.state.config.Labels, ...Object.fromEntries(pairs) } });
  record(step, `LABEL ${pairs.map(([name, value]) => `${name}=${value}`).join(' ')}`);
}

export function lowerWord(step: Step, instruction: WordInstruction): void {
  switch (instruction.kind) {
    case 'workdir':
      lowerWorkdir(step, expand(step, instruction.word.value));
      break;
    case 'user': {
      const user = expand(step, instruction.word.value);
      setConfig(step, { User: user });
      record(step, `USER ${user}`);
      break;
    }
    case 'stopsignal':
      lowerStopSignal(step, expand(step, instruction.word.value));
      break;
    case 'maintainer':
      step.state.facts = { ...step.state.facts, author: instruction.word.value };
      record(step, `MAINTAINER ${instruction.word.value}`);
      break;
  }
}

function lowerWorkdir(step: Step, path: string): void {
  const { state, context } = step;
  const { os } = state.platform;
  if (!state.workdirSet && !isAbsolutePath(path, os)) {
    context.warnings.add(
      'WorkdirRelativePath',
      `WORKDIR ${path} depends on the directory that the base image happens to have; begin with /`,
      step.command.at,
    );
  }
  state.workdirSet = true;
  const workdir = resolveWorkdir(state.config.WorkingDir ?? '', path, os);
  setConfig(step, { WorkingDir: workdir });
  state.workdir = workdir.replaceAll(os === 'windows' ? '\\' : '/', '/');
  const createdBy = `WORKDIR ${state.workdir}`;
  if (state.workdir === '/') {
    record(step, createdBy);
    return;
  }
  addLayer(step, createdBy, {
    op: { kind: 'mkdir', path: state.workdir, user: state.config.User ?? '' },
    inputs: [state.vertex],
    inputNames: [parentName(step)],
    name: stepName(step, shownInstruction(step)),
  });
}

function lowerStopSignal(step: Step, signal: string): void {
  if (step.state.facts.platform.os === 'windows') {
    throw new BuildError({
      kind: 'user',
      code: 'NO_SIGNALS',
      message: 'A Windows image takes no STOPSIGNAL',
    });
  }
  checkStopSignal(signal);
  setConfig(step, { StopSignal: signal });
  record(step, `STOPSIGNAL ${signal}`);
}

export function lowerList(step: Step, instruction: ListInstruction): void {
  if (instruction.kind === 'expose') lowerExpose(step, instruction);
  else lowerVolume(step, instruction);
}

function lowerExpose(step: Step, instruction: ListInstruction): void {
  const { context, command, state } = step;
  const texts = instruction.words.map(({ value }) => value).sort();
  const words = texts.flatMap((text) => processWords(text, state.env, { escape: context.escape }));
  const ports = words.flatMap((word) => {
    const spec = parsePort(word);
    if (spec.oddCase) {
      context.warnings.add('ExposeProtoCasing', `Write the protocol of "${word}" in lower case`, command.at);
    }
    if (spec.mapped) {
      const text = `EXPOSE takes the container's port only, not an address or a host port as in "${word}"`;
      context.warnings.add('ExposeInvalidFormat', text, command.at);
    }
    return spec.ports;
  });
  const exposed = Object.fromEntries(ports.map((port) => [port, {}]));
  setConfig(step, { ExposedPorts: { ...state.config.ExposedPorts, ...exposed } });
  record(step, `EXPOSE ${plainList(ports)}`);
}

function lowerVolume(step: Step, instruction: ListInstruction): void {
  const paths = instruction.words.map(({ value }) => expand(step, value));
  if (paths.includes('')) {
    throw new BuildError({
      kind: 'user',
      code: 'EMPTY_VOLUME',
      message: 'VOLUME names an empty path',
      hint: 'A variable in it may not be set.',
    });
  }
  const volumes = Object.fromEntries(paths.map((path) => [path, {}]));
  setConfig(step, { Volumes: { ...step.state.config.Volumes, ...volumes } });
  record(step, `VOLUME ${plainList(paths)}`);
}

export function lowerCommand(step: Step, instruction: CommandInstruction): void {
  const { command } = instruction;
  const name = instruction.kind === 'cmd' ? 'CMD' : 'ENTRYPOINT';
  const args = command.form === 'exec' ? command.argv : [...shellOf(step), command.text];
  if (command.form === 'shell' && (step.state.config.Shell ?? []).length === 0) {
    step.context.warnings.add(
      'JSONArgsRecommended',
      `${name} runs in a shell, which does not pass signals on; write it as a JSON array`,
      step.command.at,
    );
  }
  if (name === 'CMD') {
    setConfig(step, { Cmd: args, ArgsEscaped: true });
  } else {
    setConfig(step, step.seen.has('cmd') ? { Entrypoint: args } : { Entrypoint: args, Cmd: [] });
  }
  record(step, `${name} ${quotedList(args)}`);
}

/** The words that SHELL, the base or the system puts before a shell form. */
export function shellOf(step: Step): readonly string[] {
  const { config, facts } = step.state;
  if (config.Shell !== undefined && config.Shell.length > 0) return config.Shell;
  return facts.platform.os === 'windows' ? ['cmd', '/S', '/C'] : ['/bin/sh', '-c'];
}

export function lowerShell(step: Step, instruction: ShellInstruction): void {
  setConfig(step, { Shell: instruction.shell });
  record(step, `SHELL ${plainList(instruction.shell)}`);
}

export function lowerHealthcheck(step: Step, instruction: HealthcheckInstruction): void {
  const check: Healthcheck = {
    Test: testOf(instruction),
    ...(instruction.interval === 0 ? {} : { Interval: instruction.interval }),
    ...(instruction.timeout === 0 ? {} : { Timeout: instruction.timeout }),
    ...(instruction.startPeriod === 0 ? {} : { StartPeriod: instruction.startPeriod }),
    ...(instruction.startInterval === 0 ? {} : { StartInterval: instruction.startInterval }),
    ...(instruction.retries === 0 ? {} : { Retries: instruction.retries }),
  };
  setConfig(step, { Healthcheck: check });
  record(step, `HEALTHCHECK ${healthcheckText(check)}`);
}

function testOf({ none, command }: HealthcheckInstruction): readonly string[] {
  if (none || command === undefined) return ['NONE'];
  return command.form === 'exec' ? ['CMD', ...command.argv] : ['CMD-SHELL', command.text];
}

/** Kept for those who build on this image; no history. */
export function lowerOnbuild(step: Step, instruction: OnbuildInstruction): void {
  setConfig(step, { OnBuild: [...(step.state.config.OnBuild ?? []), instruction.expression] });
}
