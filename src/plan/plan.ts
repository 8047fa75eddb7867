import { BuildError, throwAll, toBuildError } from '../base/errors.ts';
import type { Dockerfile } from '../dockerfile/ast.ts';
import type { Platform } from '../image/types.ts';
import { type BaseSource, beginStage, contextOp, initialState } from './bases.ts';
import { reportBadDefaults } from './from-line.ts';
import { chooseEpoch, type EpochSource, notOneSource, readGlobalArgs } from './global-args.ts';
import type { BuildGraph, GitOp, HttpOp, Target } from './graph.ts';
import { GraphBuilder } from './graph-builder.ts';
import { historyEntry } from './history.ts';
import { ignoredSources } from './ignored-source.ts';
import { lowerStage } from './lower.ts';
import { proxyEnvOf } from './lower-arg.ts';
import { NamedContexts } from './named-contexts.ts';
import {
  type ImageRequest,
  imageRequestKey,
  type PlanOptions,
  type PlanResult,
  type ResolvedBase,
  sourceTimeKey,
} from './options.ts';
import { fullPlatform } from './platform-args.ts';
import { type Resolution, resolveBases } from './resolve-bases.ts';
import type { StageNode } from './stage-node.ts';
import type { StageState } from './stage-state.ts';
import { StageTable } from './stage-table.ts';
import { numbered, type PlanContext, type StepCounter } from './step.ts';
import { finishTarget } from './target.ts';
import { unusedInput } from './unused-input.ts';
import { Warnings } from './warnings.ts';

const DEFAULT_HOSTNAME = 'buildkitsandbox';

interface Job {
  readonly file: Dockerfile;
  readonly options: PlanOptions;
  readonly resolved: ReadonlyMap<string, ResolvedBase>;
  readonly graph: GraphBuilder;
  readonly requests: Map<string, ImageRequest>;
  /** Of which the time is needed, by sourceTimeKey. */
  readonly times: Map<string, HttpOp | GitOp>;
}

/**
 * Dockerfile and options to the graph of a build, as BuildKit's dockerfile2llb does it. Pure: the configs of images that it needs
 * are asked for by returning `needs`; call it again with them (keys by imageRequestKey) until there is a graph. Triggers of a base
 * (ONBUILD) may bring more of them.
 * Warnings and notices are those of the first platform.
 * @throws BuildError, or BuildErrors with all that is wrong
 */
export function plan(
  file: Dockerfile,
  options: PlanOptions,
  resolved: ReadonlyMap<string, ResolvedBase>,
): PlanResult {
  const job: Job = {
    file,
    options,
    resolved,
    graph: new GraphBuilder(),
    requests: new Map(),
    times: new Map(),
  };
  const results = options.platforms.map((platform) => planPlatform(job, platform));
  if (job.requests.size > 0 || job.times.size > 0)
    return { kind: 'needs', images: [...job.requests.values()], times: [...job.times.values()] };
  const targets = results.flatMap((result) => (result === undefined ? [] : [result.target]));
  const epoch = results[0]?.epoch;
  const graph: BuildGraph = {
    vertices: job.graph.needed(targets.flatMap(({ chain }) => chain)),
    targets,
    ...(epoch === undefined ? {} : { sourceDateEpoch: epoch }),
  };
  const [first] = results;
  return { kind: 'graph', graph, warnings: first?.warnings.all ?? [], notices: first?.notices ?? [] };
}

interface Planned {
  readonly target: Target;
  readonly warnings: Warnings;
  readonly notices: readonly string[];
  readonly epoch: number | undefined;
}

/** Undefined: images are needed first. */
function planPlatform(job: Job, platform: Platform): Planned | undefined {
  const { file, options } = job;
  const warnings = new Warnings();
  const contexts = new NamedContexts(options.namedContexts);
  const { values, declared, errors } = readGlobalArgs(file, options, platform);
  throwAll(errors);
  const { epoch, globals, buildArgs } = chooseEpoch(file, options, values, (source) =>
    timeOf(job, source, platform),
  );
  const input = { file, globals, declared, contexts, target: platform, warnings };
  reportBadDefaults(input, options);
  const table = new StageTable(input);
  throwAll(table.errors);
  const target = targetOf(table, options.target);
  const context: PlanContext = {
    options,
    buildArgs,
    globals,
    escape: file.directives.escape,
    target: platform,
    graph: job.graph,
    warnings,
    proxyEnv: proxyEnvOf(buildArgs),
    hostname: options.hostname ?? buildArgs.get('BUILDKIT_SANDBOX_HOSTNAME') ?? DEFAULT_HOSTNAME,
    isIgnored: ignoredSources(options.ignorePatterns ?? []),
    cacheNamespace: buildArgs.get('BUILDKIT_CACHE_MOUNT_NS') ?? '',
    showPlatform: options.platforms.length > 1,
    showStage: table.stages.length > 1,
  };
  const resolution = resolveBases(table, target, context, contexts, job.resolved);
  for (const request of resolution.missing) {
    const key = imageRequestKey(request);
    if (!job.requests.has(key)) job.requests.set(key, request);
  }
  if (job.requests.size > 0 || job.times.size > 0) return undefined;
  throwAll(lowerAll(context, table, resolution));
  const notices = unusedInput(file, options, table, contexts);
  return { target: finishTarget(context, target.state as StageState), warnings, notices, epoch };
}

/** Asks for a time that is not known yet. */
function timeOf(job: Job, source: EpochSource, platform: Platform): number | undefined {
  const op = source.kind === 'stage' ? stageSource(job, source.name, platform) : contextOp(source);
  if (op.kind === 'local') return undefined;
  const key = sourceTimeKey(op);
  const { sourceTimes } = job.options;
  if (sourceTimes?.has(key) !== true) job.times.set(key, op);
  return sourceTimes?.get(key);
}

/** What a stage adds that is nothing but one remote ADD, as planning it alone tells. */
function stageSource({ file, options }: Job, name: string, platform: Platform): HttpOp | GitOp {
  const buildArgs = { ...options.buildArgs, SOURCE_DATE_EPOCH: '' };
  const planned = plan(file, { ...options, target: name, platforms: [platform], buildArgs }, new Map());
  const ops = planned.kind === 'graph' ? planned.graph.vertices.map(({ op }) => op) : [];
  const sources = ops.filter((op) => op.kind === 'http' || op.kind === 'git');
  const [source] = sources;
  if (source !== undefined && sources.length === 1 && !ops.some(({ kind }) => kind === 'local'))
    return source;
  throw notOneSource(name, file.stages.find((stage) => stage.name === name.toLowerCase())?.from.at);
}

/** @throws BuildError */
function targetOf(table: StageTable, name: string | undefined): StageNode {
  const target = table.target(name);
  if (target !== undefined) return target;
  throw new BuildError({
    kind: 'user',
    code: 'NO_STAGES',
    message: 'The Dockerfile has no stage to build',
    hint: 'Begin one with FROM.',
  });
}

/** Works through the stages in the order of the file; images that are only read from come first. */
function lowerAll(context: PlanContext, table: StageTable, resolution: Resolution): readonly BuildError[] {
  const { reachable, sources } = resolution;
  const errors: BuildError[] = [];
  const stages = new Set(table.stages);
  for (const node of [...reachable].filter((each) => !stages.has(each))) {
    node.state = initialState(node, sourceIn(sources, node), context, { total: 0, done: 0 });
  }
  for (const node of table.stages) {
    if (!reachable.has(node) || (node.base !== undefined && node.base.state === undefined)) continue;
    const counter = { total: stepCount(node), done: 0 };
    const first = node.base?.state ?? initialState(node, sourceIn(sources, node), context, counter);
    if (node.replacement !== undefined) {
      node.state = first;
      continue;
    }
    try {
      const state = beginStage(onImage(context, node, first, counter));
      errors.push(...lowerStage(context, node, state, counter));
      node.state = state;
    } catch (error) {
      errors.push(toBuildError(error).located(node.at));
    }
  }
  return errors;
}

function sourceIn(sources: ReadonlyMap<StageNode, BaseSource>, node: StageNode): BaseSource {
  return sources.get(node) ?? { kind: 'scratch' };
}

const COUNTED: ReadonlySet<string> = new Set(['run', 'copy', 'add', 'workdir']);

/** FROM counts unless it is another stage or scratch. */
function stepCount(node: StageNode): number {
  const base = node.base === undefined && node.baseName !== 'scratch' ? 1 : 0;
  return base + node.commands.filter(({ instruction }) => COUNTED.has(instruction.kind)).length;
}

/** Files that are no image become the first layer of a stage that is FROM them. */
function onImage(context: PlanContext, node: StageNode, state: StageState, counter: StepCounter): StageState {
  const kind = context.graph.get(state.vertex)?.op.kind;
  if (kind !== 'local' && kind !== 'git' && kind !== 'http') return state;
  const empty = context.graph.add({
    op: { kind: 'scratch' },
    inputs: [],
    inputNames: [],
    name: 'FROM scratch',
  });
  const text = `FROM ${node.baseName}`;
  const vertex = context.graph.add({
    op: {
      kind: 'copy',
      instruction: 'COPY',
      sources: [{ kind: 'path', from: 1, pattern: '/' }],
      destination: '/',
      link: false,
      parents: false,
      exclude: [],
      unpack: 'never',
    },
    inputs: [empty, state.vertex],
    inputNames: ['scratch', `context ${node.baseName}`],
    name: numbered(context, node, counter, fullPlatform(state.platform), text),
    at: node.at,
  });
  return { ...state, vertex, chain: [empty, vertex], history: [{ entry: historyEntry(text, true), vertex }] };
}
