import type { Digest } from '../../image/digest.ts';
import type { ContentSelector } from '../../image/solver-vertex.ts';
import type { VertexId } from '../graph.ts';

/** What BuildKit counts of a step and our graph does not tell. */
export interface SolverFacts {
  /** Seconds since 1970 that SOURCE_DATE_EPOCH says; BuildKit gives it to all that a step makes. */
  readonly epoch?: number | undefined;
  /** Bytes of /dev/shm; it is a mount of its own then. */
  readonly shmSize?: number | undefined;
  readonly ulimits: readonly { readonly name: string; readonly soft: number; readonly hard: number }[];
  /** BuildKit's digests over files of a vertex; undefined for vertices whose files are not there before a step was run. */
  readonly contentOf: (
    vertex: VertexId,
    selectors: readonly ContentSelector[],
  ) => (() => Promise<readonly Digest[]>) | undefined;
}
