import type { Digest } from '../../image/digest.ts';
import type { ContentSelector } from '../../image/solver-vertex.ts';
import type { RunLimits } from '../cache-key.ts';
import type { VertexId } from '../graph.ts';

/** What BuildKit counts of a step and our graph does not tell. */
export interface SolverFacts extends RunLimits {
  /** Seconds since 1970 that SOURCE_DATE_EPOCH says; BuildKit gives it to all that a step makes. */
  readonly epoch?: number | undefined;
  /** BuildKit's digests over files of a vertex; undefined for vertices whose files are not there before a step was run. */
  readonly contentOf: (
    vertex: VertexId,
    selectors: readonly ContentSelector[],
  ) => (() => Promise<readonly Digest[]>) | undefined;
}
