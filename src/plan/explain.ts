import type { KeyPart } from '../image/cache-key.ts';
import { formatPlatform } from '../image/platform.ts';
import { digestOf, fileChange } from './content-part.ts';
import type { BuildGraph, Op, RunMount, Target, Vertex, VertexId } from './graph.ts';

const NEVER = 'no record (evicted or never built)';
/** More reasons than this do not help. */
const MOST_REASONS = 3;

/**
 * One line: why a step was not found in the cache. `nearest` are the parts of the last record of the same step; `unreadable` are git refs whose
 * cache has records, but cannot be read.
 */
export function explainMiss(
  parts: readonly KeyPart[],
  nearest: readonly KeyPart[] | undefined,
  unreadable: readonly string[] = [],
): string {
  if (nearest === undefined) return unreadable.length === 0 ? NEVER : notReadable(unreadable);
  const reasons = differences(parts, nearest);
  if (reasons.length === 0) return NEVER;
  const more = reasons.length - MOST_REASONS;
  const told = reasons.slice(0, MOST_REASONS).join('; ');
  return more > 0 ? `${told}; and ${more} more` : told;
}

function notReadable(refs: readonly string[]): string {
  const [first, second, ...others] = refs;
  if (second === undefined) return `the cache in ${first} is not readable from here`;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `the caches in ${first}, ${second}${more} are not readable from here`;
}

function differences(parts: readonly KeyPart[], nearest: readonly KeyPart[]): readonly string[] {
  const now = new Map(parts.map(({ name, value }) => [name, value]));
  const before = new Map(nearest.map(({ name, value }) => [name, value]));
  const reasons: string[] = [];
  for (const name of new Set([...now.keys(), ...before.keys()])) {
    const [value, old] = [now.get(name), before.get(name)];
    if (!isSame(value, old)) reasons.push(difference(name, old, value));
  }
  return reasons;
}

/** Records of earlier versions tell less of a file. */
function isSame(value: string | undefined, old: string | undefined): boolean {
  if (value === old) return true;
  const [now, before] = [digestOf(value), digestOf(old)];
  return now !== undefined && now === before;
}

function difference(name: string, old: string | undefined, value: string | undefined): string {
  if (name === 'format') return 'cache keys are made in another way now';
  if (name === 'command' || name === 'script') return `${name} changed`;
  if (name.startsWith('content ')) return `${name.slice('content '.length)}: ${fileChange(old, value)}`;
  if (/^(?:ARG|ENV) /.test(name)) return variableChange(name, old, value);
  if (old === undefined) return `${name} is new`;
  if (value === undefined) return `${name} is gone`;
  if (name.startsWith('base image ')) return `${name} moved`;
  return isOpaque(old) || isOpaque(value) ? `${name} changed` : `${name} ${quote(old)} -> ${quote(value)}`;
}

function variableChange(name: string, old: string | undefined, value: string | undefined): string {
  if (old === undefined)
    return value?.startsWith('hidden:') ? `${name} is new` : `${name} is new (${quote(value ?? '')})`;
  if (value === undefined) return `${name} is gone`;
  if (isOpaque(old) || isOpaque(value)) return `${name} changed`;
  return `${name} ${quote(old)} -> ${quote(value)}`;
}

/** Digests, keys and lists say nothing to a reader. */
function isOpaque(value: string): boolean {
  return /^(?:hidden:|sha256:|[[{]|[0-9a-f]{64}$)/.test(value);
}

/** On one line, whatever is in it. */
function quote(value: string): string {
  return value === '' ? '(empty)' : value.replaceAll('\r', '\\r').replaceAll('\n', '\\n');
}

/** The graph as text, for people and for tests: vertices in order with short numbers, then the images. */
export function describeGraph(graph: BuildGraph): string {
  const numbers = new Map(graph.vertices.map(({ id }, index) => [id, index] as const));
  const number = (id: VertexId): string => `#${numbers.get(id) ?? '?'}`;
  const lines = graph.vertices.flatMap((vertex) => describeVertex(vertex, number));
  for (const target of graph.targets) lines.push(...describeTarget(target, number));
  if (graph.sourceDateEpoch !== undefined) lines.push(`SOURCE_DATE_EPOCH ${graph.sourceDateEpoch}`);
  return `${lines.join('\n')}\n`;
}

function describeVertex(vertex: Vertex, number: (id: VertexId) => string): readonly string[] {
  const from = vertex.inputs.map(number).join(' ');
  const noCache = vertex.noCache ? ' (no cache)' : '';
  const [first = '', ...others] = vertex.name.split('\n');
  return [
    `${number(vertex.id)} ${first}${others.length === 0 ? '' : ' …'}${noCache}`,
    ...(from === '' ? [] : [`  on ${from}`]),
    ...describeOp(vertex.op).map((line) => `  ${line}`),
  ];
}

function describeOp(op: Op): readonly string[] {
  switch (op.kind) {
    case 'scratch':
      return [];
    case 'image':
      return [`image ${op.reference} ${formatPlatform(op.platform)}`];
    case 'local':
      return [`local ${op.context}`];
    case 'git':
    case 'http':
      return [fields(op)];
    case 'mkdir':
      return [`mkdir ${op.path}${op.user === '' ? '' : ` for ${op.user}`}`];
    case 'copy': {
      const { kind: _kind, sources, ...rest } = op;
      return [...sources.map((source) => `source ${JSON.stringify(source)}`), fields(rest)];
    }
    case 'run': {
      const { kind: _kind, args, mounts, platform, ...rest } = op;
      const shown = { ...rest, platform: formatPlatform(platform) };
      return [`args ${JSON.stringify(args)}`, ...mounts.map(describeMount), fields(shown)];
    }
  }
}

function describeMount(mount: RunMount): string {
  const { type, ...rest } = mount;
  return `mount ${type} ${fields(rest)}`;
}

/** `name=value` of all that is not empty. */
function fields(values: object): string {
  return Object.entries(values)
    .filter(([, value]) => value !== '' && value !== false && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');
}

function describeTarget(target: Target, number: (id: VertexId) => string): readonly string[] {
  return [
    `image ${formatPlatform(target.platform)} of ${target.chain.map(number).join(' ')}`,
    `  config ${JSON.stringify(target.config.config)}`,
    ...target.history.map(({ entry, vertex }) => {
      const layer = vertex === undefined ? '' : ` ${number(vertex)}`;
      return `  history${layer} ${JSON.stringify(entry.created_by ?? '')}`;
    }),
  ];
}
