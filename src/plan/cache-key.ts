import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { BuildError } from '../base/errors.ts';
import { type CacheKey, type KeyPart, parseCacheKey } from '../image/cache-key.ts';
import type { DiffId, Digest } from '../image/digest.ts';
import { formatPlatform } from '../image/platform.ts';
import type { Platform } from '../image/types.ts';
import { splitPair } from './environment.ts';
import type { CopyOp, CopySource, GitOp, Op, RunMount, RunOp, Vertex } from './graph.ts';
import { canonicalJson } from './graph-builder.ts';
import { withoutCredentials } from './hidden-credentials.ts';
import { namesSecret } from './warnings.ts';

/** Changes when keys are made in another way, so that old records are not found. */
const FORMAT = '1';
/** Longer values stand in parts as a digest. */
const LONGEST_VALUE = 120;

/** What decides a step's result besides its vertex. */
export interface KeyFacts {
  /** Keys of the vertex's inputs, all of them, in order. */
  readonly inputs: readonly CacheKey[];
  /** Digests of the files that it reads by content, in the order of its sources or bind mounts; may leave some out. */
  readonly content?: readonly string[];
  /** What explanations tell of some of them, by digest (see `toldFile`); it does not count. */
  readonly told?: ReadonlyMap<string, string>;
  /** Indexes of inputs that `content` tells all of: their keys do not count. */
  readonly covered?: ReadonlySet<number>;
  /** Indexes of inputs of which `content` tells nothing: where in them a source of COPY lies counts, not only what it is called. */
  readonly unread?: ReadonlySet<number>;
  /** What the build gives every RUN. */
  readonly limits?: RunLimits;
  /** Of an image: what names its content, when that is not the digest in its reference. */
  readonly image?: string;
  /**
   * Makes a content key: ChainID of the layers that the step is made on, empty for none. It stands for inputs[0], whose key does not count.
   */
  readonly parent?: string;
}

/** Limits of processes that a Dockerfile says nothing of; `shmSize` in bytes. */
export interface RunLimits {
  readonly shmSize?: number | undefined;
  readonly ulimits: readonly { readonly name: string; readonly soft: number; readonly hard: number }[];
}

/**
 * A thing that counts: what it is called in the key, its full value, how people call it when that is something else, and what they are told
 * behind the value.
 */
type Counted = readonly [name: string, value: string, label?: string, told?: string | undefined];

/**
 * The key under which a step's result is stored, and what it was made of. Counted are, as in BuildKit: for RUN the arguments, the
 * variables, directory, user, network, hostname, names of extra hosts, limits, shapes of mounts and the platform; for COPY and ADD their
 * own fields and the content of what they select (then only the last part of a source); for both the keys of what they are made on. Of
 * downloads the content counts, of repositories the commit. Not counted: where they come from, proxies, values of secrets, ids of cache mounts, addresses of extra hosts; with --link what is copied onto.
 *
 * With `facts.parent` it is a content key: over what the step meets, however that came about. No such key equals one over definitions.
 */
export function keyOf(
  vertex: Vertex,
  facts: KeyFacts,
): { readonly key: CacheKey; readonly parts: readonly KeyPart[] } {
  if (facts.inputs.length !== vertex.inputs.length) {
    throw new BuildError({
      kind: 'bug',
      code: 'BAD_KEY_FACTS',
      message: `${vertex.name} has ${vertex.inputs.length} inputs, not ${facts.inputs.length}`,
    });
  }
  const counted = [
    ['format', FORMAT] as const,
    ...ownFields(vertex.op, facts),
    ...parentFields(vertex.op, facts),
    ...contentFields(vertex, facts.content ?? [], facts.told),
    ...inputFields(vertex, facts),
  ];
  const hashed = counted.map(([name, value]) => [name, value]);
  const hash = createHash('sha256').update(canonicalJson(hashed)).digest('hex');
  return {
    key: parseCacheKey(hash),
    parts: counted.map(([name, value, label = name, told]) => ({
      name: label,
      value: told === undefined ? shown(label, value) : `${value} ${told}`,
    })),
  };
}

function ownFields(op: Op, facts: KeyFacts): readonly Counted[] {
  switch (op.kind) {
    case 'scratch':
      return [['step', 'scratch']];
    case 'image':
      return [
        ['step', 'image'],
        ['image', facts.image ?? op.reference.slice(op.reference.indexOf('@') + 1)],
        ['platform', formatPlatform(op.platform)],
      ];
    case 'local':
      return [
        ['step', 'local'],
        ['context', op.context],
      ];
    case 'git':
      return [
        ['step', 'git'],
        ['source', canonicalJson(checkoutShape(op))],
      ];
    case 'http':
      return [
        ['step', 'http'],
        ['source', canonicalJson({ filename: op.filename })],
      ];
    case 'mkdir':
      return [
        ['step', 'WORKDIR'],
        ['directory', op.path],
        ['user', op.user],
      ];
    case 'copy':
      return copyFields(op, facts);
    case 'run':
      return [...runFields(op), ...limitFields(facts)];
  }
}

/** What makes other files of the same commit: its address and ref are in `.git` alone. */
function checkoutShape({ keepGitDir, submodules, subdir, mtime, url, ref }: GitOp): unknown {
  const shape = { keepGitDir, submodules, subdir, mtime };
  return keepGitDir ? { ...shape, url: withoutCredentials(url), ref } : shape;
}

function copyFields(op: CopyOp, { unread }: KeyFacts): readonly Counted[] {
  return [
    ['step', 'COPY'],
    ['sources', canonicalJson(op.sources.map((source) => sourceShape(source, op.parents, unread)))],
    ['destination', op.destination],
    ['--chown', op.chown ?? ''],
    ['--chmod', op.chmod ?? ''],
    ['--link', String(op.link)],
    ['--parents', String(op.parents)],
    ['--exclude', canonicalJson(op.exclude)],
    ['--unpack', op.unpack],
  ];
}

/** Where files lie whose content counts does not matter, only what they are called; with --parents it does. */
function sourceShape(source: CopySource, parents: boolean, unread: KeyFacts['unread']): unknown {
  switch (source.kind) {
    case 'inline':
      return source;
    case 'remote':
      return { kind: 'remote' };
    case 'path':
      return { kind: 'path', pattern: parents ? source.pattern : placeOf(source, unread) };
  }
}

function placeOf(
  { from, pattern }: Extract<CopySource, { kind: 'path' }>,
  unread: KeyFacts['unread'],
): string {
  return unread?.has(from) === true ? posix.resolve('/', pattern) : posix.basename(pattern);
}

function limitFields({ limits }: KeyFacts): readonly Counted[] {
  const { shmSize, ulimits = [] } = limits ?? {};
  const sorted = [...ulimits].sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    ...(shmSize === undefined ? [] : [['shm-size', String(shmSize)] as const]),
    ...(sorted.length === 0
      ? []
      : [['ulimits', sorted.map(({ name, soft, hard }) => `${name}=${soft}:${hard}`).join(' ')] as const]),
  ];
}

function runFields(op: RunOp): readonly Counted[] {
  const hosts = op.extraHosts.map(({ name }) => name).sort();
  return [
    ['step', 'RUN'],
    ['command', canonicalJson(op.args)],
    ['script', op.scriptFile?.content ?? ''],
    ...variables(op),
    ['directory', op.cwd],
    ['user', op.user],
    ['network', op.network],
    ['security', op.security],
    ['hostname', op.hostname],
    ['extra hosts', hosts.join(' ')],
    ['devices', (op.devices ?? []).join(' ')],
    ['mounts', canonicalJson(op.mounts.map(mountShape))],
    ['platform', formatPlatform(op.platform)],
  ];
}

/** Sorted by name: the order in which they were set decides nothing. */
function variables(op: RunOp): readonly Counted[] {
  const args = new Set(op.argNames ?? []);
  return op.env
    .map(splitPair)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(
      ({ name, value }) => [`variable ${name}`, value, `${args.has(name) ? 'ARG' : 'ENV'} ${name}`] as const,
    );
}

function mountShape(mount: RunMount): unknown {
  switch (mount.type) {
    case 'cache': {
      const { id: _id, sharing: _sharing, shaped: _shaped, ...shape } = mount;
      return shape;
    }
    case 'secret':
    case 'ssh': {
      const { written: _written, ...shape } = mount;
      return shape;
    }
    case 'bind':
    case 'tmpfs':
      return mount;
  }
}

/** Under which a cache keeps what a layer holds that no step made: one of a base image. */
export function layerIndexKey(diffId: DiffId): CacheKey {
  const hash = createHash('sha256').update(canonicalJson([FORMAT, 'layer index', diffId]));
  return parseCacheKey(hash.digest('hex'));
}

/** Under which a cache keeps the documents of an image. @param source what its reference names: an index or a manifest */
export function imageDocumentsKey(source: Digest, platform: Platform): CacheKey {
  const parts = [FORMAT, 'image documents', source, formatPlatform(platform)];
  return parseCacheKey(createHash('sha256').update(canonicalJson(parts)).digest('hex'));
}

/** Is the result the same whatever it is made on? */
export function ignoresParent(op: Op): boolean {
  return op.kind === 'copy' && op.link;
}

function parentFields(op: Op, { parent }: KeyFacts): readonly Counted[] {
  if (parent === undefined) return [];
  return [['made on', ignoresParent(op) ? 'anything' : parent]];
}

function inputFields({ op, inputNames }: Vertex, facts: KeyFacts): readonly Counted[] {
  const skipsParent = ignoresParent(op) || facts.parent !== undefined;
  return facts.inputs.flatMap((key, index): readonly Counted[] => {
    if ((skipsParent && index === 0) || facts.covered?.has(index) === true) return [];
    return [[`input ${index}`, key, inputNames[index] ?? `input ${index}`]];
  });
}

function contentFields(
  vertex: Vertex,
  content: readonly string[],
  told: KeyFacts['told'],
): readonly Counted[] {
  const labels = contentLabels(vertex);
  const whole = labels.length === content.length ? labels : undefined;
  return content.map((digest, index) => {
    const label = whole?.[index] ?? `${stepWord(vertex)} ${index + 1}`;
    return [`content ${index}`, digest, `content ${label}`, told?.get(digest)] as const;
  });
}

function contentLabels(vertex: Vertex): readonly string[] {
  const { op } = vertex;
  if (op.kind === 'copy')
    return op.sources.map((source) => `${op.instruction} ${sourceLabel(vertex, source)}`);
  if (op.kind !== 'run') return [];
  return op.mounts.flatMap((mount) =>
    (mount.type === 'bind' || mount.type === 'cache') && mount.from !== undefined
      ? [`RUN --mount target=${mount.target}`]
      : [],
  );
}

function sourceLabel(vertex: Vertex, source: CopySource): string {
  if (source.kind === 'path') return source.pattern;
  return source.kind === 'inline' ? `<<${source.name}` : (vertex.inputNames[source.from] ?? 'remote');
}

function stepWord({ op }: Vertex): string {
  return op.kind === 'copy' ? op.instruction : op.kind.toUpperCase();
}

/** A value as parts tell it: secrets hidden, long ones as a digest. */
function shown(name: string, value: string): string {
  const [kind = '', variable = ''] = name.split(' ', 2);
  if ((kind === 'ARG' || kind === 'ENV') && namesSecret(variable))
    return `hidden:${digest(value).slice(0, 8)}`;
  return value.length > LONGEST_VALUE ? `sha256:${digest(value)}` : value;
}

function digest(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}
