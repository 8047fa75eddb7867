import { posix } from 'node:path';
import { BuildError } from '../base/errors.ts';
import type { Heredoc, RunInstruction } from '../dockerfile/ast.ts';
import { type MountSpec, readMount } from '../dockerfile/instruction/run-mount.ts';
import type { Environment } from './environment.ts';
import type { RunMount, RunOp } from './graph.ts';
import { shellOf } from './lower-config.ts';
import { secretPlace } from './mount-names.ts';
import { type StageNode, stateOf } from './stage-node.ts';
import type { StageState } from './stage-state.ts';
import {
  addLayer,
  expand,
  InputList,
  mainContext,
  parentName,
  type Step,
  shownInstruction,
  sourceName,
  stepName,
} from './step.ts';

/** Where a script with `#!` is put for a RUN. */
const SCRIPTS = '/dev/pipes';

interface Script {
  readonly args: readonly string[];
  readonly file?: { readonly path: string; readonly content: string };
  /** First line of a script that stands alone, for the name. */
  readonly summary?: string;
}

export function lowerRun(step: Step, instruction: RunInstruction): void {
  const { state, context } = step;
  const script = scriptOf(step, instruction);
  if (script.args.length === 0) {
    throw new BuildError({
      kind: 'user',
      code: 'NO_COMMAND',
      message: 'RUN [] has nothing to run',
      hint: 'The first element of the array is the program.',
    });
  }
  const inputs = new InputList();
  inputs.add(state.vertex, parentName(step));
  const specs = instruction.mounts.map((mount) => readMount(mount, (value) => expand(step, value)));
  const mounts = specs.map((spec, index) =>
    lowerMount(step, spec, step.command.sources[index], inputs, sshIndex(specs, index)),
  );
  const op: RunOp = {
    kind: 'run',
    args: script.args,
    env: state.env.lines(),
    cwd: state.workdir,
    user: state.config.User ?? '',
    mounts,
    network: instruction.network === 'default' ? context.options.network : instruction.network,
    security: instruction.security,
    hostname: context.hostname,
    extraHosts: context.options.addHosts,
    platform: state.platform,
    ...programsOf(state),
    ...(script.file === undefined ? {} : { scriptFile: script.file }),
    ...(context.proxyEnv.length === 0 ? {} : { proxyEnv: context.proxyEnv }),
    ...argNames(step),
    ...(instruction.devices.length === 0 ? {} : { devices: instruction.devices.map(({ value }) => value) }),
  };
  const shown = shownInstruction(
    step,
    { rawQuotes: true, skipUnset: true },
    withMaskedSecrets(state.env, specs),
  );
  addLayer(step, `RUN ${[...argList(step), ...script.args].join(' ')}`, {
    op,
    inputs: inputs.ids,
    inputNames: inputs.names,
    name: stepName(step, script.summary === undefined ? shown : `${shown} (${script.summary})`),
  });
}

function argNames(step: Step): { readonly argNames?: readonly string[] } {
  const names = [...new Set(step.state.args.map(({ name }) => name))];
  return names.length === 0 ? {} : { argNames: names };
}

/** `|2 a=1 b=`: the declared arguments with their values now, each at its first place. */
function argList(step: Step): readonly string[] {
  const values = new Map<string, string>();
  for (const { name, value } of step.state.args) values.set(name, step.state.env.get(name) ?? value ?? '');
  if (values.size === 0) return [];
  return [`|${values.size}`, ...Array.from(values, ([name, value]) => `${name}=${value}`)];
}

function scriptOf(step: Step, { command, heredocs }: RunInstruction): Script {
  if (command.form === 'exec') return { args: command.argv };
  const [first] = heredocs;
  if (first === undefined) return { args: [...shellOf(step), command.text] };
  if (!isOnlyMarker(command.text)) {
    const text = [command.text, ...heredocs.map(({ content, name }) => content + name)].join('\n');
    return { args: [...shellOf(step), text] };
  }
  const body = bodyOf(first);
  const summary = summarize(first.content);
  if (!body.startsWith('#!') || step.state.facts.platform.os === 'windows') {
    return { args: [...shellOf(step), body], summary };
  }
  const path = posix.join(SCRIPTS, first.name);
  return { args: [...shellOf(step), path], summary, file: { path, content: body } };
}

/** Is the whole line one heredoc marker? Then its body is the script. */
function isOnlyMarker(line: string): boolean {
  return /^\d*<<-?\s*(?:"[^"]*"|'[^']*'|\\.|[^\s"'\\<])+$/s.test(line.trim());
}

/** See RunOp.programs. */
function programsOf({ platform, facts }: StageState): Pick<RunOp, 'programs'> {
  const { os, architecture } = facts.platform;
  const same = os === platform.os && architecture === platform.architecture;
  return same || architecture === '' ? {} : { programs: facts.platform };
}

/** The body with the leading tabs of `<<-` cut. */
export function bodyOf(heredoc: Heredoc): string {
  return heredoc.chomp ? heredoc.content.replace(/^\t+/gm, '') : heredoc.content;
}

function summarize(content: string): string {
  const [first = '', ...others] = content.trim().split(/\r?\n/);
  return others.length === 0 ? first : `${first}...`;
}

function withMaskedSecrets(env: Environment, specs: readonly MountSpec[]): Environment {
  return specs.reduce(
    (masked, spec) =>
      spec.type === 'secret' && spec.env !== undefined ? masked.with(spec.env, '****') : masked,
    env,
  );
}

/** Position among the ssh mounts: the default socket is numbered. */
function sshIndex(specs: readonly MountSpec[], index: number): number {
  return specs.slice(0, index).filter(({ type }) => type === 'ssh').length;
}

function lowerMount(
  step: Step,
  spec: MountSpec,
  source: StageNode | undefined,
  inputs: InputList,
  position: number,
): RunMount {
  switch (spec.type) {
    case 'secret':
      return lowerSecret(step, spec);
    case 'ssh':
      return lowerSsh(step, spec, position);
    case 'tmpfs':
      return {
        type: 'tmpfs',
        target: targetOf(step, spec.target),
        readonly: spec.readonly,
        ...(spec.size === 0 ? {} : { size: spec.size }),
      };
    case 'cache':
      return lowerCache(step, spec, source, inputs);
    case 'bind':
      return {
        type: 'bind',
        from: bindSource(step, spec, source, inputs),
        source: posix.join('/', spec.source),
        target: targetOf(step, spec.target),
        readonly: spec.readonly,
      };
  }
}

function bindSource(step: Step, spec: MountSpec, source: StageNode | undefined, inputs: InputList): number {
  if (spec.from === '' || source === undefined) return inputs.add(mainContext(step), 'build context');
  return inputs.add(stateOf(source, step, 'mounts').vertex, sourceName(source));
}

/** `from` gives a new cache its first content. One with a mode or an owner begins empty; beside `source` those count for nothing, as in BuildKit. */
function lowerCache(step: Step, spec: MountSpec, source: StageNode | undefined, inputs: InputList): RunMount {
  const path = posix.join('/', spec.source);
  const shape = path === '/' ? { mode: spec.mode, uid: spec.uid, gid: spec.gid } : {};
  const seed =
    spec.from === '' || source === undefined
      ? undefined
      : inputs.add(stateOf(source, step, 'mounts').vertex, sourceName(source));
  return {
    type: 'cache',
    id: cacheId(step, spec),
    target: targetOf(step, spec.target),
    readonly: spec.readonly,
    sharing: spec.sharing ?? 'shared',
    source: path,
    mode: shape.mode ?? 0o755,
    uid: shape.uid ?? 0,
    gid: shape.gid ?? 0,
    ...(seed === undefined ? {} : { from: seed }),
    ...((shape.mode ?? shape.uid ?? shape.gid) === undefined ? {} : { shaped: true as const }),
  };
}

function cacheId(step: Step, spec: MountSpec): string {
  const id = spec.id === '' ? posix.normalize(spec.target) : spec.id;
  const { cacheNamespace } = step.context;
  return cacheNamespace === '' ? id : `${cacheNamespace}/${id}`;
}

function lowerSecret(step: Step, spec: MountSpec): RunMount {
  const { id, target } = secretPlace(spec);
  return {
    type: 'secret',
    id,
    required: spec.required,
    mode: spec.mode ?? 0o400,
    uid: spec.uid ?? 0,
    gid: spec.gid ?? 0,
    ...(target === undefined ? {} : placed(step, target)),
    ...(spec.env === undefined ? {} : { env: spec.env }),
  };
}

function lowerSsh(step: Step, spec: MountSpec, position: number): RunMount {
  if (spec.source !== '') {
    throw new BuildError({
      kind: 'user',
      code: 'BAD_MOUNT',
      message: '"source" does not go with a mount of type ssh',
      hint: 'Name the agent with id=…',
    });
  }
  const target = spec.target === '' ? `/run/buildkit/ssh_agent.${position}` : spec.target;
  return {
    type: 'ssh',
    id: spec.id === '' ? 'default' : spec.id,
    ...placed(step, target),
    required: spec.required,
    mode: spec.mode ?? 0o600,
    uid: spec.uid ?? 0,
    gid: spec.gid ?? 0,
  };
}

/** Where a file or socket goes, and how that was written when it was written in another way. */
function placed(step: Step, written: string): { readonly target: string; readonly written?: string } {
  const target = posix.resolve('/', step.state.workdir, written);
  return target === written ? { target } : { target, written };
}

/** Absolute; relative ones and none at all are below the working directory. */
function targetOf(step: Step, target: string): string {
  const absolute = posix.isAbsolute(target) ? target : posix.join('/', step.state.workdir, target);
  const clean = posix.resolve('/', absolute);
  if (clean !== '/') return clean;
  throw new BuildError({
    kind: 'user',
    code: 'BAD_MOUNT',
    message: 'A mount cannot take the place of the root folder',
    hint: 'Give it a target=…',
  });
}
