import type { DiffId, Digest } from './digest.ts';

/**
 * A step as BuildKit's solver knows it (BuildKit: solver/types.go, CacheMap): what names it apart from its inputs, and how it hangs on them. For
 * caches that BuildKit wrote; made for such a cache only.
 */
export interface SolverVertex {
  /** Digests of its cache map; each of them names it. None: only what is read of it tells it, as with a build context. */
  readonly digests: readonly Digest[];
  readonly inputs: readonly SolverInput[];
  /** The step on whose files its own layer lies; absent for none. */
  readonly base?: SolverVertex;
  /** Of an image: its layers, base first. */
  readonly layers?: readonly DiffId[];
  /** For COPY --link: the same layer, made on nothing. */
  readonly alone?: SolverVertex;
  /** Why BuildKit's name of it cannot be told. */
  readonly unknown?: string;
}

export interface SolverInput {
  readonly vertex: SolverVertex;
  /** Names for which of its files are read, as versions of BuildKit have it; an empty one for no choice. */
  readonly selectors: readonly string[];
  /** Digests over what is read, as versions of BuildKit make them; none when they cannot be told without running a step. May read files. */
  readonly content?: () => Promise<readonly Digest[]>;
}

/** The paths of an input that a step reads (BuildKit: solver/llbsolver/ops/opsutils, Selector). */
export interface ContentSelector {
  /** Absolute. */
  readonly path: string;
  readonly wildcard: boolean;
  readonly followLinks: boolean;
  /** As in an ignore file; empty takes all. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}
