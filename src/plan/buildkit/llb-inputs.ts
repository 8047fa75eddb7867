import type { SolverVertex } from '../../image/solver-vertex.ts';

/** Inputs of an LLB vertex under construction, each once. A scratch state is no input: its index is -1 (BuildKit: pb.Empty). */
export class LlbInputs {
  readonly vertices: SolverVertex[] = [];
  readonly #made = new Map<string, SolverVertex>();

  add(vertex: SolverVertex | undefined): number {
    if (vertex === undefined) return -1;
    const known = this.vertices.indexOf(vertex);
    return known === -1 ? this.vertices.push(vertex) - 1 : known;
  }

  /** A vertex that the frontend makes up for this one, e.g. for an inline file: equal ones are one. */
  addMade(vertex: SolverVertex): number {
    const name = vertex.digests.join();
    const known = this.#made.get(name) ?? vertex;
    this.#made.set(name, known);
    return this.add(known);
  }
}
