import type { BuildCache } from '../../../cache/build-cache.ts';
import type { Vertex, VertexId } from '../../../plan/graph.ts';
import { stepOf } from '../cache-search.ts';
import type { VertexKeys } from '../keys.ts';
import type { SolverVertices } from './solver-vertices.ts';

export interface TakeOver {
  readonly vertices: readonly Vertex[];
  /** Was its result asked for? */
  readonly isSolved: (id: VertexId) => boolean;
  readonly from: readonly BuildCache[];
  readonly to: readonly BuildCache[];
  readonly keys: Pick<VertexKeys, 'of'>;
  readonly foreign: Pick<SolverVertices, 'of'>;
  readonly signal: AbortSignal;
}

/**
 * What BuildKit's caches hold of steps that were not needed this time goes over to the caches that are written. The next build may need it, and
 * BuildKit's cache may be gone by then: under the same name, ours takes its place. No layer is moved.
 */
export async function takeOver({
  vertices,
  isSolved,
  from,
  to,
  keys,
  foreign,
  signal,
}: TakeOver): Promise<void> {
  const theirs = from.filter((cache) => cache.foreign === true);
  if (theirs.length === 0 || to.length === 0) return;
  const left = vertices.filter((vertex) => isStep(vertex) && !vertex.noCache && !isSolved(vertex.id));
  for (const vertex of left) {
    try {
      const { key, parts } = await keys.of(vertex.id);
      for (const cache of theirs) {
        const { record } = await cache.lookup(key, stepOf(vertex), signal, () => foreign.of(vertex.id));
        if (record === undefined) continue;
        for (const target of to) target.save({ ...record, parts });
        break;
      }
    } catch {
      // The build has all that it needs; what is wrong with this step is told when it is.
      signal.throwIfAborted();
    }
  }
}

function isStep({ op }: Vertex): boolean {
  return op.kind === 'run' || op.kind === 'copy' || op.kind === 'mkdir';
}
