import { posix } from 'node:path';
import { type Digest, digestOf } from '../../image/digest.ts';
import type { ContentSelector, SolverInput, SolverVertex } from '../../image/solver-vertex.ts';
import type { VertexId } from '../graph.ts';
import { DIALECTS, type Dialect, toldIndexes } from './dialect.ts';
import { type GoValue, goJson, message } from './go-json.ts';
import { LlbInputs } from './llb-inputs.ts';
import type { SolverFacts } from './solver-facts.ts';

/** An action of a FileOp as its cache map tells it (BuildKit: solver/llbsolver/ops/file.go, CacheMap). */
export interface FileAction {
  /** What of the action counts; `base` is the index of the state that the op stands on. */
  readonly body: (base: number, dialect: Dialect) => GoValue;
  /** What it copies from; absent for actions that copy nothing. */
  readonly from?: {
    readonly vertex: SolverVertex | undefined;
    /** Where the files are, when they are files of our graph. */
    readonly files?: VertexId;
    /** The frontend made the vertex for this op. */
    readonly made?: boolean;
    readonly selector: ContentSelector;
  };
}

/** What is told of a time: nanoseconds, or what stands for none (BuildKit: client/llb/fileop.go, marshalTime). */
export function timestamp(epoch: number | undefined): bigint {
  return epoch === undefined ? -1n : BigInt(epoch) * 1_000_000_000n;
}

/** Actions one after the other, each on the result of the one before, the first on `base`. */
export function fileOp(
  base: SolverVertex | undefined,
  actions: readonly FileAction[],
  facts: Pick<SolverFacts, 'contentOf'>,
): SolverVertex {
  const inputs = new LlbInputs();
  const baseIndex = inputs.add(base);
  const sources = actions.map(({ from }) => {
    if (from?.vertex === undefined) return -1;
    return from.made === true ? inputs.addMade(from.vertex) : inputs.add(from.vertex);
  });
  const count = inputs.vertices.length;
  const indexes = actions.map((_, i) => [
    i === 0 ? baseIndex : count + i - 1,
    sources[i] ?? -1,
    i === actions.length - 1 ? 0 : -1,
  ]);
  const digests = DIALECTS.map((dialect) => {
    const bodies = actions.map(({ body }) =>
      Buffer.from(goJson(body(baseIndex, dialect))).toString('base64'),
    );
    return digestOf(
      goJson({
        Type: 'buildkit.file.v0',
        Actions: bodies,
        ...(areUsual(indexes) ? {} : { indexes }),
      }),
    );
  });
  return {
    digests: [...new Set(digests)],
    inputs: inputs.vertices.map((vertex, index) =>
      // What is written to is never told by its content.
      index === baseIndex
        ? { vertex, selectors: [''] }
        : sourceInput(vertex, readFrom(actions, sources, index), facts),
    ),
    ...(base === undefined ? {} : { base }),
  };
}

/** The pattern that old versions of BuildKit did not count: it stays uncounted. */
function areUsual(indexes: readonly (readonly number[])[]): boolean {
  const last = indexes.length - 1;
  return indexes.every(
    ([input, source, output], i) =>
      // The number of actions where one would expect that of inputs: so it is in BuildKit.
      input === (i === 0 ? 0 : indexes.length + i - 1) &&
      (source === -1 || source === 1) &&
      output === (i === last ? 0 : -1),
  );
}

interface Reading {
  readonly files: VertexId | undefined;
  readonly selectors: readonly ContentSelector[];
}

function readFrom(actions: readonly FileAction[], sources: readonly number[], index: number): Reading {
  const from = actions.flatMap((action, i) =>
    sources[i] === index && action.from !== undefined ? [action.from] : [],
  );
  return { files: from[0]?.files, selectors: from.map(({ selector }) => selector) };
}

function sourceInput(
  vertex: SolverVertex,
  reading: Reading,
  facts: Pick<SolverFacts, 'contentOf'>,
): SolverInput {
  const paths = reading.selectors.map(({ path }) => path);
  const content =
    reading.files === undefined
      ? undefined
      : facts.contentOf(reading.files, withoutRepeats(reading.selectors));
  return { vertex, selectors: [selectorOf(paths)], ...(content === undefined ? {} : { content }) };
}

/** Paths in descending order of their bytes, "historical reasons" in BuildKit. */
function selectorOf(paths: readonly string[]): Digest {
  const bytes = paths.map((path) => Buffer.from(path)).sort((a, b) => Buffer.compare(b, a));
  return digestOf(bytes.map((path) => path.toString()).join('\0'));
}

/** Plain paths once, and none that lies below another; those with wildcards or patterns as they are. In order of paths. */
function withoutRepeats(selectors: readonly ContentSelector[]): readonly ContentSelector[] {
  const plain = selectors.filter((each) => !hasFilters(each));
  const paths = (follow: boolean): readonly string[] =>
    outermost(plain.filter(({ followLinks }) => followLinks === follow).map(({ path }) => path));
  const plainSelector = (path: string, followLinks: boolean): ContentSelector => ({
    path,
    wildcard: false,
    followLinks,
    include: [],
    exclude: [],
  });
  return [
    ...paths(false).map((path) => plainSelector(path, false)),
    ...paths(true).map((path) => plainSelector(path, true)),
    ...selectors.filter(hasFilters),
  ].sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
}

function hasFilters({ wildcard, include, exclude }: ContentSelector): boolean {
  return wildcard || include.length > 0 || exclude.length > 0;
}

/** Sorted, without repeats and without what is below another path of the list (BuildKit: ops/exec.go, dedupePaths). */
export function outermost(paths: readonly string[]): readonly string[] {
  if (paths.length <= 1) return paths;
  const all = [...new Set(paths)];
  const below = (path: string, other: string): boolean =>
    path !== other && path.startsWith(other.endsWith('/') ? other : `${other}/`);
  return all
    .filter((path) => !all.some((other) => below(path, other)))
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

/** `user[:group]` of --chown and USER (BuildKit: client/llb/fileop.go, WithUser). `base`: where names are looked up. */
export function ownerOf(text: string, base: number, dialect: Dialect): GoValue | undefined {
  if (text === '') return undefined;
  const colon = text.indexOf(':');
  const user = colon === -1 ? text : text.slice(0, colon);
  const group = colon === -1 ? undefined : text.slice(colon + 1);
  return message({
    user: account(user, base, dialect),
    group: group === undefined ? undefined : account(group, base, dialect),
  });
}

function account(name: string, base: number, dialect: Dialect): GoValue {
  const id = name === 'root' || name === '' ? 0 : Number(/^[+-]?\d+$/.test(name) ? name : Number.NaN);
  if (Number.isInteger(id) && id >= -(2 ** 31) && id < 2 ** 31) return accountId(id >>> 0, dialect);
  return { User: { byName: message({ name, input: base }, toldIndexes(dialect)) } };
}

export function accountId(id: number, { old }: Dialect): GoValue {
  return { User: message(old ? { byID: id } : { byId: id }) };
}

/** A folder that is made; the frontend asks for one where a WORKDIR or an owned cache mount is. */
export function mkdirBody(fields: {
  readonly path: string;
  readonly mode: number;
  readonly parents: boolean;
  readonly owner: GoValue | undefined;
  readonly timestamp: bigint;
}): GoValue {
  const { path, mode, parents, owner } = fields;
  return message({ path, mode, makeParents: parents, owner, timestamp: fields.timestamp });
}

/** A file with these bytes, made on nothing. */
export function inlineFile(path: string, mode: number, content: string): SolverVertex {
  const data = Buffer.from(content).toString('base64');
  return fileOp(undefined, [{ body: () => message({ path, mode, data, timestamp: -1n }) }], {
    contentOf: () => undefined,
  });
}

/** Absolute and cleaned, as Go's path.Join does it. */
export function rootedPath(path: string): string {
  const clean = posix.join('/', path);
  return clean.length > 1 && clean.endsWith('/') ? clean.slice(0, -1) : clean;
}
