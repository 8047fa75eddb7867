import type { Instruction } from '../dockerfile/ast.ts';
import { type ExpandOptions, expandHeredoc, expandWord } from '../dockerfile/expand.ts';
import type { ContainerConfig, Platform } from '../image/types.ts';
import type { Environment } from './environment.ts';
import type { VertexId } from './graph.ts';
import type { GraphBuilder, NewVertex } from './graph-builder.ts';
import { historyEntry } from './history.ts';
import type { PlanOptions } from './options.ts';
import { crossTarget, fullPlatform } from './platform-args.ts';
import type { Command, StageNode } from './stage-node.ts';
import type { StageState } from './stage-state.ts';
import type { Warnings } from './warnings.ts';

/** What all stages of one platform have in common. */
export interface PlanContext {
  readonly options: PlanOptions;
  readonly buildArgs: ReadonlyMap<string, string>;
  readonly globals: Environment;
  readonly escape: '\\' | '`';
  readonly target: Platform;
  readonly graph: GraphBuilder;
  readonly warnings: Warnings;
  readonly proxyEnv: readonly string[];
  readonly hostname: string;
  /** Is a source of the main context left out by the ignore file? */
  readonly isIgnored: (source: string) => boolean;
  /** Put before the ids of cache mounts. */
  readonly cacheNamespace: string;
  /** Show platforms in names: there are several. */
  readonly showPlatform: boolean;
  /** Show the stage in names: there are several. */
  readonly showStage: boolean;
}

/** Counts the steps of a stage for names as `[build 2/5]`. */
export interface StepCounter {
  readonly total: number;
  done: number;
}

/** One instruction at work. */
export interface Step {
  readonly context: PlanContext;
  readonly node: StageNode;
  readonly state: StageState;
  readonly command: Command;
  readonly counter: StepCounter;
  readonly noCache: boolean;
  /** Kinds of instructions seen before in this stage. */
  readonly seen: ReadonlySet<Instruction['kind']>;
}

/** Arguments whose values never become variables of RUN. */
export const NOT_IN_ENVIRONMENT: ReadonlySet<string> = new Set([
  'BUILDKIT_SBOM_SCAN_CONTEXT',
  'BUILDKIT_SBOM_SCAN_STAGE',
]);

/** One word after expansion; names that are not set are reported. */
export function expand(step: Step, text: string): string {
  const { value, unmatched } = expandWord(text, step.state.env, { escape: step.context.escape });
  reportUnset(step, unmatched);
  return value;
}

/** The body of an unquoted heredoc after expansion. */
export function expandBody(step: Step, body: string): string {
  const { value, unmatched } = expandHeredoc(body, step.state.env);
  reportUnset(step, unmatched);
  return value;
}

function reportUnset(step: Step, unmatched: Iterable<string>): void {
  const { state, context, command } = step;
  for (const name of unmatched) {
    if (NOT_IN_ENVIRONMENT.has(name) || state.args.some((arg) => arg.name === name)) continue;
    context.warnings.undefinedVariable(name, state.env.names(), command.at);
  }
}

export function setConfig(step: Step, fields: Partial<ContainerConfig>): void {
  step.state.config = { ...step.state.config, ...fields };
}

/** History of a step without a layer. */
export function record(step: Step, createdBy: string): void {
  step.state.history = [...step.state.history, { entry: historyEntry(createdBy, false) }];
}

/** Makes a vertex of the step the new top of the stage, with its history. */
export function addLayer(
  step: Step,
  createdBy: string,
  vertex: Omit<NewVertex, 'noCache' | 'at' | 'step'>,
): void {
  const { command, context } = step;
  // What WORKDIR makes never changes, so no-cache is not about it (as in BuildKit).
  const noCache = step.noCache && vertex.op.kind !== 'mkdir';
  const id = context.graph.add({ ...vertex, step: stepIdentity(step), at: command.at, noCache });
  step.state.vertex = id;
  step.state.chain = [...step.state.chain, id];
  step.state.history = [...step.state.history, { entry: historyEntry(createdBy, true), vertex: id }];
}

/** Which step this is whatever it says: `linux/arm64 build RUN 2`, behind the place of the Dockerfile where that is given. */
function stepIdentity({ context, node, state, command }: Step): string {
  const { kind } = command.instruction;
  const same = node.commands.filter(({ instruction }) => instruction.kind === kind);
  const platform = context.showPlatform ? `${fullPlatform(state.platform)} ` : '';
  const place = context.options.place === undefined ? '' : `${context.options.place} `;
  return `${place}${platform}${node.label} ${kind.toUpperCase()} ${same.indexOf(command) + 1}`;
}

/** What the vertex below a step is called in words of its key. */
export function parentName(step: Step): string {
  const { state } = step;
  if (state.chain.length > 1) return 'previous step';
  return state.base === undefined ? 'scratch' : `base image ${withoutDigest(state.base.reference)}`;
}

export function sourceName(node: StageNode): string {
  if (node.stage !== undefined) return `stage ${node.label}`;
  const reference = node.resolved?.reference;
  return reference === undefined ? `context ${node.label}` : `image ${withoutDigest(reference)}`;
}

function withoutDigest(reference: string): string {
  const at = reference.indexOf('@');
  return at === -1 ? reference : reference.slice(0, at);
}

/** `[linux/arm64 build 2/5] RUN make`. Counts the step. */
export function stepName(step: Step, text: string): string {
  const { context, counter, node, state, command } = step;
  const platform = fullPlatform(state.platform) + crossTarget(state.platform, state.env);
  return numbered(context, node, counter, platform, command.triggered ? `ONBUILD ${text}` : text);
}

/** Puts platform, stage and position before a text. */
export function numbered(
  context: PlanContext,
  node: StageNode,
  counter: StepCounter,
  platform: string,
  text: string,
): string {
  if (counter.total === 0) return text;
  counter.done += 1;
  const position = String(counter.done).padStart(String(counter.total).length);
  const parts = [context.showPlatform ? platform : '', context.showStage ? node.label : ''];
  return `[${[...parts, `${position}/${counter.total}`].filter((part) => part !== '').join(' ')}] ${text}`;
}

/** An instruction as names show it: on one line, with the values of its variables. */
export function shownInstruction(step: Step, options: ExpandOptions = {}, env = step.state.env): string {
  const { instruction } = step.command;
  const flags = instruction.flags.map(({ name, value }) =>
    value === undefined ? `--${name}` : `--${name}=${value}`,
  );
  const words = [instruction.keyword.value.toUpperCase(), ...flags, instruction.args.value.trim()];
  const text = words.filter((word) => word !== '').join(' ');
  try {
    return expandWord(text, env, { escape: step.context.escape, ...options }).value;
  } catch {
    return text;
  }
}

/** Inputs of a vertex under construction, each once. */
export class InputList {
  readonly ids: VertexId[] = [];
  readonly names: string[] = [];

  /** Its index. */
  add(id: VertexId, name: string): number {
    const known = this.ids.indexOf(id, 1);
    if (known > 0) return known;
    this.names.push(name);
    return this.ids.push(id) - 1;
  }
}

/** The main build context. */
export function mainContext(step: Step): VertexId {
  return step.context.graph.add({
    op: { kind: 'local', context: 'context' },
    inputs: [],
    inputNames: [],
    name: '[internal] load build context',
  });
}
