import { BuildError, toBuildError } from '../base/errors.ts';
import { nearest } from '../dockerfile/suggest.ts';
import { CONTAINER_FIELDS } from '../image/container-fields.ts';
import { formatPlatform, normalisePlatform } from '../image/platform.ts';
import { formatReference, parseReference, withDefaultTag } from '../image/reference.ts';
import type { ContainerConfig, ImageConfig, Platform } from '../image/types.ts';
import { Environment, splitPair } from './environment.ts';
import { parseGitReference } from './git-reference.ts';
import type { GitOp, HttpOp, LocalOp, VertexId } from './graph.ts';
import { gitSource, httpOp } from './lower-copy.ts';
import type { NamedContexts, NamedContextUse } from './named-contexts.ts';
import type { ImageRequest, NamedContext, ResolvedBase } from './options.ts';
import { fullPlatform } from './platform-args.ts';
import type { StageNode } from './stage-node.ts';
import type { StageState } from './stage-state.ts';
import { numbered, type PlanContext, type StepCounter } from './step.ts';
import { resolveWorkdir } from './working-directory.ts';

const SCRATCH = 'scratch';
const DEFAULT_PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const FAMILIAR = ['alpine', 'busybox', 'centos', 'debian', 'golang', 'ubuntu', 'fedora'];

/** What a stage without a base stage stands on. */
export type BaseSource =
  | { readonly kind: 'scratch' }
  | { readonly kind: 'image'; readonly request: ImageRequest }
  /** Files that are no image. */
  | { readonly kind: 'files'; readonly use: NamedContextUse };

/** @throws BuildError `BAD_REFERENCE` */
export function baseSourceOf(
  node: StageNode,
  context: Pick<PlanContext, 'target'>,
  contexts: NamedContexts,
  stageNames: readonly string[],
): BaseSource {
  const platform = node.platform ?? context.target;
  const use = node.replacement ?? contexts.find(node.baseName, platform);
  if (use !== undefined) return contextSource(use, node, platform);
  if (node.baseName === SCRATCH) return { kind: 'scratch' };
  const near = nearest(node.baseName, [...stageNames, ...FAMILIAR]);
  return {
    kind: 'image',
    request: imageRequest(
      node,
      node.baseName,
      platform,
      near === undefined ? undefined : `did you mean ${near}?`,
    ),
  };
}

function contextSource(use: NamedContextUse, node: StageNode, platform: Platform): BaseSource {
  const { context } = use;
  if (context.kind === 'empty') return { kind: 'scratch' };
  if (context.kind !== 'image') return { kind: 'files', use };
  if (context.reference === SCRATCH) return { kind: 'scratch' };
  return { kind: 'image', request: imageRequest(node, context.reference, platform) };
}

function imageRequest(node: StageNode, name: string, platform: Platform, hint?: string): ImageRequest {
  try {
    const reference = formatReference(withDefaultTag(parseReference(name)));
    return { reference, platform, at: node.at, ...(hint === undefined ? {} : { hint }) };
  } catch (error) {
    const { kind, code, message, hint: advice } = toBuildError(error);
    throw new BuildError({ kind, code, message, hint: hint ?? advice, at: node.at, cause: error });
  }
}

/** The state that a stage begins with, or all there is of one that is only read from. */
export function initialState(
  node: StageNode,
  source: BaseSource,
  context: PlanContext,
  counter: StepCounter,
): StageState {
  switch (source.kind) {
    case 'scratch':
      return scratchState(context.target, context);
    case 'files':
      return filesState(source.use, node.platform ?? context.target, context);
    case 'image':
      return imageState(node, source.request, context, counter);
  }
}

/** A state on nothing. */
function scratchState(platform: Platform, context: PlanContext): StageState {
  const vertex = scratch(context);
  return {
    platform,
    vertex,
    chain: [vertex],
    env: Environment.empty,
    workdir: '/',
    facts: { platform },
    config: { Env: platform.os === 'windows' ? [] : [DEFAULT_PATH], WorkingDir: '/' },
    history: [],
    args: [],
    workdirSet: false,
    base: undefined,
    baseHistory: [],
  };
}

function scratch(context: PlanContext): VertexId {
  return context.graph.add({ op: { kind: 'scratch' }, inputs: [], inputNames: [], name: 'FROM scratch' });
}

/** Files that can be read from; a stage FROM them copies them first. */
function filesState(use: NamedContextUse, platform: Platform, context: PlanContext): StageState {
  const vertex = context.graph.add({
    op: contextOp(use),
    inputs: [],
    inputNames: [],
    name: `[context ${use.name}] load`,
  });
  return { ...scratchState(platform, context), vertex, chain: [vertex] };
}

/** What fetches or reads a context that is no image. */
export function contextOp({ name, context }: NamedContextUse): LocalOp | HttpOp | GitOp {
  const other: NamedContext = context;
  if (other.kind === 'http') return httpOp(other.url, '', 'context');
  const git = other.kind === 'git' ? parseGitReference(other.url) : undefined;
  return git === undefined ? { kind: 'local', context: name } : gitSource(git);
}

function imageState(
  node: StageNode,
  request: ImageRequest,
  context: PlanContext,
  counter: StepCounter,
): StageState {
  const resolved = node.resolved as ResolvedBase;
  const { config } = resolved;
  const { platform } = request;
  reportPlatform(node, request, config, context);
  const vertex =
    resolved.layers === 0
      ? scratch(context)
      : context.graph.add({
          op: { kind: 'image', reference: resolved.reference, platform },
          inputs: [],
          inputNames: [],
          name: numbered(context, node, counter, fullPlatform(platform), `FROM ${resolved.reference}`),
          at: node.at,
        });
  return {
    platform: runsOn(node, platform, config, context),
    vertex,
    chain: [vertex],
    env: Environment.empty,
    workdir: '/',
    facts: { platform: platformOf(config), ...(config.author ? { author: config.author } : {}) },
    config: knownFields(config.config ?? {}),
    history: [],
    args: [],
    workdirSet: false,
    base: { reference: resolved.reference, platform },
    baseHistory: config.history ?? [],
  };
}

function platformOf(config: ImageConfig): Platform {
  const version = config['os.version'];
  return {
    os: config.os,
    architecture: config.architecture,
    ...(config.variant ? { variant: config.variant } : {}),
    ...(version ? { 'os.version': version } : {}),
  };
}

/** Nobody asked for a platform: then it is the programs of the base that tell what they need to run. */
function runsOn(
  node: StageNode,
  platform: Platform,
  config: ImageConfig,
  { options }: PlanContext,
): Platform {
  if (options.implicitPlatform !== true || node.platform !== undefined || config.os !== platform.os)
    return platform;
  return config.architecture === platform.architecture ? platform : normalisePlatform(platformOf(config));
}

function reportPlatform(
  node: StageNode,
  request: ImageRequest,
  config: ImageConfig,
  context: PlanContext,
): void {
  const { platform } = request;
  if (config.os === platform.os && config.architecture === platform.architecture) return;
  const [found, wanted] = [platformOf(config), platform].map((each) =>
    formatPlatform(normalisePlatform(each)),
  );
  context.warnings.add(
    'InvalidBaseImagePlatform',
    `The image ${node.baseName} is for ${found}, but ${wanted} is being built`,
    node.at,
  );
}

/** Nothing of the base that a builder does not know is handed on; its triggers are used up. */
function knownFields(config: ContainerConfig): ContainerConfig {
  const entries = CONTAINER_FIELDS.filter((name) => name !== 'OnBuild').map((name) => [name, config[name]]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== null));
}

/** A stage's own first state: that of its base stage or base, with the variables and the directory of the config. */
export function beginStage(state: StageState): StageState {
  const { os } = state.platform;
  const given = state.config.Env ?? [];
  const hasPath = os === 'windows' || given.some((line) => splitPair(line).name === 'PATH');
  const lines = hasPath ? given : [...given, DEFAULT_PATH];
  const directory = state.config.WorkingDir ?? '';
  const workdir = directory === '' ? '' : resolveWorkdir(directory, directory, os);
  const { OnBuild: _used, ...config } = state.config;
  return {
    ...state,
    env: lines.reduce((env, line) => env.with(splitPair(line).name, splitPair(line).value), state.env),
    workdir: workdir === '' ? state.workdir : workdir.replaceAll(os === 'windows' ? '\\' : '/', '/'),
    config: { ...config, Env: lines, ...(workdir === '' ? {} : { WorkingDir: workdir }) },
  };
}
