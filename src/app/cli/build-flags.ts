import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { readAll } from '../../base/errors.ts';
import type { NamedContextSource } from '../../engine/engine.ts';
import type { BuildOptions } from '../build-options.ts';
import { shellcheckMode } from '../lint/shellcheck.ts';
import { parseAnnotation } from '../options/annotations.ts';
import { cacheMounts } from '../options/cache-mounts.ts';
import { cacheScope } from '../options/cache-scope.ts';
import { compressionOf, compressionTypeOf, isolationOf, thresholdOf } from '../options/choices.ts';
import { dockerOnlyReason, refuseDockerOnly } from '../options/docker-only.ts';
import { defaultJobs } from '../options/jobs.ts';
import { buildArgs, labels } from '../options/key-values.ts';
import { parseEntitlement, parseHost, parseNetwork, parseUlimit } from '../options/limits.ts';
import { parseMirror } from '../options/mirrors.ts';
import { parseNamedContext } from '../options/named-contexts.ts';
import { checkPush, decideOutputs } from '../options/outputs.ts';
import { parsePlatforms } from '../options/platforms.ts';
import { badInput, InputProblems } from '../options/problems.ts';
import { parseTag } from '../options/references.ts';
import { secretFromSpec } from '../options/secrets.ts';
import { parseSize } from '../options/sizes.ts';
import { sourceDateEpoch } from '../options/source-date-epoch.ts';
import { parseSsh, sshAgents } from '../options/ssh.ts';
import type { AbsentFlags, FlagSpecs, ParsedArguments } from './arguments.ts';
import { CACHE_FLAGS, cacheOptions } from './cache-flags.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Scripts switch them off. */
const DOCKER_ONLY_FLAGS = ['provenance', 'sbom'] as const;

const NO_CONTAINERS = 'steps leave no containers behind. Leave it out.';
/** Those of docker build that are asked for most. */
export const ABSENT_FLAGS: AbsentFlags = {
  attest: dockerOnlyReason('attests'),
  builder: dockerOnlyReason('builder'),
  'cgroup-parent': dockerOnlyReason('cgroup-parent'),
  rm: NO_CONTAINERS,
  'force-rm': NO_CONTAINERS,
  squash:
    'layers are not put together. A last stage that copies from the others (COPY --from) leaves out what it does not need.',
};

/** docker buildx build's flags with its meaning, as far as this version has them, and a few of our own below. */
export const BUILD_FLAGS: FlagSpecs = {
  file: {
    type: 'string',
    short: 'f',
    value: 'PATH',
    help: 'Dockerfile; - for standard input (default: PATH/Dockerfile)',
  },
  tag: { type: 'string', multiple: true, short: 't', value: 'NAME', help: 'name and tag of the result' },
  'build-arg': {
    type: 'string',
    multiple: true,
    value: 'KEY[=VALUE]',
    help: 'value of an ARG; without =VALUE from the environment',
  },
  target: { type: 'string', value: 'STAGE', help: 'stage to build (default: the last)' },
  platform: {
    type: 'string',
    multiple: true,
    value: 'OS/ARCH',
    help: "platform of the image, or several (default: this machine's)",
  },
  label: { type: 'string', multiple: true, value: 'KEY=VALUE', help: 'label of the image' },
  annotation: {
    type: 'string',
    multiple: true,
    value: '[PLACE:]KEY=VALUE',
    help: 'annotation; PLACE is manifest (default), index, manifest-descriptor or index-descriptor',
  },
  secret: { type: 'string', multiple: true, value: 'SPEC', help: 'id=ID,src=PATH or id=ID,env=NAME' },
  ssh: {
    type: 'string',
    multiple: true,
    value: 'ID[=SOCKET|KEY]',
    help: 'SSH agent, or keys, for RUN --mount=type=ssh and Git; an id alone is the agent of SSH_AUTH_SOCK',
  },
  'build-context': {
    type: 'string',
    multiple: true,
    value: 'NAME=PATH',
    help: 'further context; also docker-image://REF or oci-layout://PATH:TAG for an image',
  },
  pull: { type: 'boolean', help: 'look tags of base images up in their registries (every build does)' },
  provenance: { type: 'string', value: 'false', help: 'only false: attestations are not made' },
  sbom: { type: 'string', value: 'false', help: 'only false: attestations are not made' },
  'no-cache': { type: 'boolean', help: 'run every step' },
  'no-cache-filter': {
    type: 'string',
    multiple: true,
    value: 'STAGE',
    help: 'run every step of these stages',
  },
  network: { type: 'string', value: 'MODE', help: 'network of RUN: default, none or host' },
  allow: {
    type: 'string',
    multiple: true,
    value: 'NAME',
    help: 'grant security.insecure to the steps that ask for it (network.host needs no grant here)',
  },
  'add-host': {
    type: 'string',
    multiple: true,
    value: 'NAME:IP',
    help: 'entry of /etc/hosts in RUN; host-gateway as IP is this machine',
  },
  'shm-size': { type: 'string', value: 'SIZE', help: 'size of /dev/shm in RUN' },
  ulimit: { type: 'string', multiple: true, value: 'NAME=SOFT[:HARD]', help: 'resource limit in RUN' },
  ...CACHE_FLAGS,
  'cache-mounts': {
    type: 'boolean',
    help: 'keep the folders of RUN --mount=type=cache in the caches that are written (default; --no-cache-mounts: only in the state folder)',
  },
  'cache-mount-limit': {
    type: 'string',
    value: 'SIZE',
    help: 'size up to which the folder of a cache mount is kept (default: 2g)',
  },
  output: {
    type: 'string',
    multiple: true,
    short: 'o',
    value: 'SPEC',
    help: 'type=registry|oci|docker|local|tar,dest=PATH',
  },
  push: { type: 'boolean', help: 'push the tags to their registries' },
  load: { type: 'boolean', help: 'load the image into a Docker daemon' },
  'registry-mirror': {
    type: 'string',
    multiple: true,
    value: '[REGISTRY=]MIRROR',
    help: 'where images of a registry (default: docker.io) are looked for first',
  },
  iidfile: { type: 'string', value: 'PATH', help: 'write the image ID here' },
  'metadata-file': { type: 'string', value: 'PATH', help: 'write the metadata (JSON) here' },
  progress: {
    type: 'string',
    value: 'STYLE',
    help: 'auto, plain, tty, json or quiet (default: BUILDKIT_PROGRESS, else auto: tty where stderr is a terminal)',
  },
  quiet: { type: 'boolean', short: 'q', help: 'print the image ID only' },
  check: { type: 'boolean', help: 'lint the Dockerfile and stop' },
  call: { type: 'string', value: 'METHOD', help: 'build, or check: the same as --check' },
  plan: { type: 'boolean', help: 'print the plan and stop; nothing is run or pulled but manifests' },
  lint: { type: 'boolean', help: 'lint before building (default; --no-lint switches it off)' },
  'lint-fail-on': {
    type: 'string',
    value: 'LEVEL',
    help: 'error, warning, info, style or none (default: the configuration file’s, else warning)',
  },
  shellcheck: { type: 'string', value: 'MODE', help: 'auto, off or required (default: auto)' },
  'lint-ignore': { type: 'string', multiple: true, value: 'RULE', help: 'rule that is not looked at' },
  'lint-config': { type: 'string', value: 'PATH', help: 'a .hadolint.yaml' },
  'lint-baseline': { type: 'string', value: 'PATH', help: 'findings in this file are not told' },
  compression: { type: 'string', value: 'TYPE', help: 'gzip or zstd (default: gzip)' },
  'compression-level': {
    type: 'string',
    value: 'N',
    help: 'level of the compressor: gzip 0 to 9, zstd 0 to 22',
  },
  'verify-reproducible': {
    type: 'boolean',
    help: 'build twice and fail, before anything is exported, when the results differ',
  },
  isolation: {
    type: 'string',
    value: 'RUNG',
    help: 'auto, runc, unshare, userns, chroot or none (default: auto)',
  },
  jobs: { type: 'string', value: 'N', help: 'steps at the same time (default: four for each processor)' },
  'state-dir': { type: 'string', value: 'DIR', help: 'folder for blobs, cache and unpacked layers' },
};

/**
 * @param problems what is known to be wrong already
 * @throws BuildError `BAD_INPUT` with all that is wrong
 */
export function buildOptions(
  args: ParsedArguments,
  environment: Environment,
  problems = new InputProblems(),
): BuildOptions {
  const read = <T>(name: string, reader: () => T, otherwise: T): T =>
    problems.attempt(`--${name}`, reader) ?? otherwise;
  const each = <T>(name: string, reader: (item: string) => T): readonly T[] =>
    args.list(name).flatMap((item) => problems.attempt(`--${name}`, () => [reader(item)]) ?? []);
  const shmSize = args.text('shm-size');
  const tags = each('tag', parseTag);
  const annotations = each('annotation', parseAnnotation).flat();
  for (const name of DOCKER_ONLY_FLAGS)
    read(name, () => refuseDockerOnly(name, args.text(name) ?? ''), undefined);
  const type = read('compression', () => compressionTypeOf(args.text('compression')), undefined);
  const compression = read('compression-level', () => compressionOf(type, args.text('compression-level')), {
    type: 'gzip' as const,
  });
  const wanted = {
    texts: args.list('output'),
    push: args.flag('push') ?? false,
    load: args.flag('load') ?? false,
    tags,
    annotations,
    compression,
  };
  if (args.list('tag').length === 0) problems.attempt('--push', () => checkPush(wanted));
  const outputs = read('output', () => decideOutputs(wanted), { outputs: [], annotations, compression });
  const givenArgs = read('build-arg', () => buildArgs(args.list('build-arg'), environment), {});
  const context = problems.attempt('build', () => onlyContext(args)) ?? '.';
  const [file, target] = [said(args, 'file'), said(args, 'target')];
  const scope = cacheScope(environment, { context, file: file ?? '', target: target ?? '' });
  const mounts = read(
    'cache-mount-limit',
    () => cacheMounts(args.flag('cache-mounts') ?? true, args.text('cache-mount-limit') ?? ''),
    undefined,
  );
  const options: BuildOptions = {
    context,
    ...optional('file', file),
    ...optional('target', target),
    platforms: read('platform', () => parsePlatforms(args.list('platform')), []),
    buildArgs: givenArgs,
    labels: read('label', () => labels(args.list('label')), {}),
    namedContexts: Object.fromEntries(each('build-context', parseNamedContext)) as Record<
      string,
      NamedContextSource
    >,
    secrets: Object.fromEntries(each('secret', (spec) => secretFromSpec(spec, environment))),
    ssh: read('ssh', () => sshAgents(readAll(args.list('ssh'), (spec) => parseSsh(spec, environment))), {}),
    addHosts: each('add-host', parseHost),
    allow: each('allow', parseEntitlement),
    network: read('network', () => parseNetwork(args.text('network') ?? ''), 'default'),
    ...(shmSize === undefined ? {} : { shmSize: read('shm-size', () => parseSize(shmSize), 0) }),
    ulimits: each('ulimit', parseUlimit),
    noCache:
      args.flag('no-cache') === true
        ? true
        : args.list('no-cache-filter').length > 0 && args.list('no-cache-filter'),
    tags,
    ...outputs,
    logins: [],
    mirrors: each('registry-mirror', parseMirror),
    ...readEpoch(problems, environment),
    lint: {
      enabled: args.flag('lint') ?? true,
      ...optional(
        'failOn',
        read('lint-fail-on', () => thresholdIn(args.text('lint-fail-on')), undefined),
      ),
      shellcheck: read('shellcheck', () => shellcheckMode(args.text('shellcheck')), 'auto'),
      ignore: args.list('lint-ignore'),
      ...optional('config', said(args, 'lint-config')),
      ...optional('baseline', said(args, 'lint-baseline')),
    },
    cache: cacheOptions(
      args,
      problems,
      { scope, compression: outputs.compression, buildArgs: givenArgs },
      environment,
    ),
    verifyReproducible: args.flag('verify-reproducible') ?? false,
    ...(mounts === undefined ? {} : { cacheMounts: mounts }),
    isolation: read('isolation', () => isolationOf(args.text('isolation')), 'auto'),
    stateDir: stateDirOf(args, environment),
    jobs: read('jobs', () => jobsOf(args.text('jobs')), 1),
  };
  problems.throwIfAny('BAD_INPUT', args.hasUnknown ? 'Run build --help to see its flags.' : undefined);
  return options;
}

/** The folder that --state-dir names; absolute. */
export function stateDirOf(args: ParsedArguments, environment: Environment): string {
  return resolve(said(args, 'state-dir') ?? defaultStateDir(environment));
}

/** Where the command line keeps its state: `$XDG_CACHE_HOME/ts-image-build`, by default below `~/.cache`. XDG: a relative path does not count. */
export function defaultStateDir(environment: Environment): string {
  const caches = environment['XDG_CACHE_HOME'] ?? '';
  const folder = isAbsolute(caches) ? caches : join(environment['HOME'] || homedir(), '.cache');
  return join(folder, 'ts-image-build');
}

/** Scripts give an empty text for what they do not say. */
function said(args: ParsedArguments, name: string): string | undefined {
  return args.text(name) || undefined;
}

function onlyContext({ positionals, hasUnknown }: ParsedArguments): string {
  const [context, ...more] = positionals;
  if (hasUnknown) return context ?? '.';
  if (context === undefined)
    throw badInput(
      'the context is missing',
      'Write a folder, e.g. "build .", or - for a Dockerfile on standard input.',
    );
  if (more.length > 0) throw badInput(`one context is wanted, and there is also ${more.join(' ')}`);
  return context;
}

function readEpoch(problems: InputProblems, environment: Environment): Pick<BuildOptions, 'sourceDateEpoch'> {
  const epoch = problems.attempt('SOURCE_DATE_EPOCH', () =>
    sourceDateEpoch(environment['SOURCE_DATE_EPOCH'] ?? ''),
  );
  return epoch === undefined ? {} : { sourceDateEpoch: epoch };
}

function jobsOf(text: string | undefined): number {
  if (text === undefined) return defaultJobs();
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw badInput(`"${text}" is not a number of jobs`);
  return number;
}

function thresholdIn(text: string | undefined): ReturnType<typeof thresholdOf> | undefined {
  return text === undefined ? undefined : thresholdOf(text);
}

function optional<K extends string, T extends string>(
  key: K,
  value: T | undefined,
): { readonly [P in K]?: T } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: T });
}
