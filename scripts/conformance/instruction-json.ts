import type {
  Command,
  CopyInstruction,
  HealthcheckInstruction,
  Instruction,
  RunInstruction,
  Text,
} from '../../src/dockerfile/ast.ts';
import { chompHeredoc } from '../../src/dockerfile/heredoc.ts';
import { readDevice } from '../../src/dockerfile/instruction/run-device.ts';
import { type MountSpec, readMount } from '../../src/dockerfile/instruction/run-mount.ts';
import { attempt } from './attempt.ts';
import type { Json } from './json-shape.ts';
import { commentText } from './node-dump.ts';

/** An instruction in the words of BuildKit's typed commands, what is unset left out. */
export function instructionJson(instruction: Instruction): Json {
  const name = instruction.kind.toUpperCase();
  switch (instruction.kind) {
    case 'run':
      return { name, ...runJson(instruction) };
    case 'cmd':
      return { name, ...commandJson(instruction.command) };
    case 'entrypoint':
      return { name, ...withoutEmptyCommand(commandJson(instruction.command)) };
    case 'copy':
    case 'add':
      return { name, ...copyJson(instruction) };
    case 'env':
    case 'label':
      return {
        name,
        pairs: instruction.pairs.map(({ key, value }) => ({
          Key: key.value,
          Value: value.value,
          NoDelim: instruction.legacy,
        })),
      };
    case 'arg':
      return {
        name,
        args: instruction.pairs.map(({ key, value }) => ({
          Key: key.value,
          Value: value?.value ?? null,
          DocComment: docComment(instruction, key.value),
        })),
      };
    case 'healthcheck':
      return { name, health: healthJson(instruction) };
    case 'onbuild':
      return { name, expression: instruction.expression };
    case 'shell':
      return { name, shell: instruction.shell };
    case 'maintainer':
      return { name, maintainer: instruction.word.value };
    case 'workdir':
      return { name, path: instruction.word.value };
    case 'user':
      return { name, user: instruction.word.value };
    case 'stopsignal':
      return { name, signal: instruction.word.value };
    case 'volume':
      return { name, volumes: instruction.words.map((word) => word.value) };
    case 'expose':
      return { name, ports: instruction.words.map((word) => word.value).sort() };
    case 'from':
      return { name };
  }
}

/** The comment above an instruction that begins with a name, without the name. */
export function docComment({ comments }: Pick<Instruction, 'comments'>, name: string): string {
  const line = comments.map(commentText).find((text) => text.startsWith(`${name} `));
  return line === undefined ? '' : line.slice(name.length + 1);
}

function commandJson(command: Command): Json {
  if (command.form === 'exec') return { cmd: command.argv, shell: false };
  return { cmd: command.text === '' ? [] : [command.text], shell: true };
}

function withoutEmptyCommand(json: Json): Json {
  return { ...json, cmd: Array.isArray(json['cmd']) && json['cmd'].length === 0 ? undefined : json['cmd'] };
}

function runJson(run: RunInstruction): Json {
  const used = [...new Set(run.flags.map((flag) => flag.name))].sort();
  const files = run.heredocs.map(({ name, content, chomp }) => ({ Name: name, Data: content, Chomp: chomp }));
  const devices = run.devices
    .map(readDevice)
    .map(({ name, required }) => ({ Name: name, Required: required }));
  return {
    ...commandJson(run.command),
    ...mountsJson(run.mounts),
    flags: some(used),
    files: some(files),
    devices: some(devices),
    network: run.network === 'default' ? undefined : run.network,
    security: run.security === 'sandbox' ? undefined : run.security,
  };
}

function mountsJson(mounts: readonly Text[]): Json {
  const result = attempt(() => mounts.map((mount) => mountJson(readMount(mount, (value) => value))));
  return 'error' in result ? { mountError: result.error.message } : { mounts: some(result.value) };
}

function mountJson(mount: MountSpec): Json {
  return {
    Type: mount.type,
    From: mount.from,
    Source: mount.source,
    Target: mount.target,
    ReadOnly: mount.readonly,
    SizeLimit: mount.size,
    CacheID: mount.id,
    CacheSharing: mount.sharing ?? '',
    Required: mount.required,
    Env: mount.env ?? null,
    Mode: mount.mode ?? null,
    UID: mount.uid ?? null,
    GID: mount.gid ?? null,
  };
}

export function contentsJson(copy: CopyInstruction): Json[] {
  return copy.inlineSources.map(({ heredoc: { name, content, chomp, expand } }) => ({
    Path: name,
    Data: chomp ? chompHeredoc(content) : content,
    Expand: expand,
  }));
}

function copyJson(copy: CopyInstruction): Json {
  return {
    src: some(copy.sources.map((source) => source.value)),
    contents: some(contentsJson(copy)),
    dest: copy.destination.value,
    from: given(copy.from),
    chown: given(copy.chown),
    chmod: given(copy.chmod),
    checksum: given(copy.checksum),
    exclude: some(copy.exclude.map((pattern) => pattern.value)),
    link: copy.link || undefined,
    parents: copy.parents || undefined,
    keepGitDir: copy.keepGitDir,
    unpack: copy.unpack,
  };
}

export function testOf(check: HealthcheckInstruction): string[] {
  const { command } = check;
  if (check.none || command === undefined) return ['NONE'];
  return command.form === 'exec' ? ['CMD', ...command.argv] : ['CMD-SHELL', command.text];
}

function healthJson(check: HealthcheckInstruction): Json {
  return {
    Test: testOf(check),
    Interval: check.interval || undefined,
    Timeout: check.timeout || undefined,
    StartPeriod: check.startPeriod || undefined,
    StartInterval: check.startInterval || undefined,
    Retries: check.retries || undefined,
  };
}

function some<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

function given(text: Text | undefined): string | undefined {
  return text === undefined || text.value === '' ? undefined : text.value;
}
