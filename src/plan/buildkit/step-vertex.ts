import type { SolverVertex } from '../../image/solver-vertex.ts';
import type { Vertex } from '../graph.ts';
import { copyVertex } from './copy-op.ts';
import { execVertex } from './exec-op.ts';
import { fileOp, mkdirBody, ownerOf, rootedPath, timestamp } from './file-op.ts';
import type { SolverFacts } from './solver-facts.ts';

/** What a step's inputs are to BuildKit, in the order of the vertex's `inputs`. */
export interface StepInputs {
  /** undefined: scratch. */
  readonly vertices: readonly (SolverVertex | undefined)[];
  /** What a download is called; undefined for all other inputs. */
  readonly fileNames: readonly (string | undefined)[];
}

/** A RUN, COPY, ADD or WORKDIR as BuildKit's solver knows it; undefined for vertices that are no steps. */
export function stepVertex(vertex: Vertex, inputs: StepInputs, facts: SolverFacts): SolverVertex | undefined {
  const { op, inputs: ids } = vertex;
  switch (op.kind) {
    case 'run':
      return execVertex(op, { ids, vertices: inputs.vertices }, facts);
    case 'copy':
      return copyVertex(op, { ids, ...inputs }, facts);
    case 'mkdir':
      return fileOp(
        inputs.vertices[0],
        [
          {
            body: (base, dialect) =>
              mkdirBody({
                path: rootedPath(op.path),
                mode: 0o755,
                parents: true,
                owner: ownerOf(op.user, base, dialect),
                timestamp: timestamp(dialect.timed === 'nothing' ? undefined : facts.epoch),
              }),
          },
        ],
        facts,
      );
    case 'scratch':
    case 'image':
    case 'local':
    case 'git':
    case 'http':
      return undefined;
  }
}
