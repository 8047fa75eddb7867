import { createHash } from 'node:crypto';
import type { SourceRange } from '../base/errors.ts';
import type { Op, Vertex, VertexId } from './graph.ts';

export interface NewVertex {
  readonly op: Op;
  readonly inputs: readonly VertexId[];
  readonly inputNames: readonly string[];
  readonly name: string;
  readonly step?: string;
  readonly at?: SourceRange | undefined;
  readonly noCache?: boolean;
}

/** Takes vertices in the order in which they depend on each other; equal ones become one. */
export class GraphBuilder {
  readonly #vertices = new Map<VertexId, Vertex>();

  add(vertex: NewVertex): VertexId {
    const id = idOf(vertex.op, vertex.inputs);
    const known = this.#vertices.get(id);
    const noCache = (vertex.noCache ?? false) || (known?.noCache ?? false);
    this.#vertices.set(
      id,
      known === undefined
        ? {
            id,
            op: vertex.op,
            inputs: vertex.inputs,
            inputNames: vertex.inputNames,
            name: vertex.name,
            noCache,
            ...(vertex.step === undefined ? {} : { step: vertex.step }),
            ...(vertex.at === undefined ? {} : { at: vertex.at }),
          }
        : { ...known, noCache },
    );
    return id;
  }

  get(id: VertexId): Vertex | undefined {
    return this.#vertices.get(id);
  }

  /** The vertices that these need, in topological order. */
  needed(targets: readonly VertexId[]): readonly Vertex[] {
    const wanted = new Set<VertexId>(targets);
    for (const vertex of [...this.#vertices.values()].reverse()) {
      if (!wanted.has(vertex.id)) continue;
      for (const input of vertex.inputs) wanted.add(input);
    }
    return [...this.#vertices.values()].filter((vertex) => wanted.has(vertex.id));
  }
}

function idOf(op: Op, inputs: readonly VertexId[]): VertexId {
  return createHash('sha256').update(canonicalJson({ op, inputs })).digest('hex');
}

/** JSON with sorted keys: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (item === null || typeof item !== 'object' || Array.isArray(item)) return item;
    return Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
