import type { BuildError } from '../../base/errors.ts';
import type { KeyPart } from '../../image/cache-key.ts';
import type { DiffId } from '../../image/digest.ts';
import type { Vertex, VertexId } from '../../plan/graph.ts';
import type { BuildEvent, StepOutcome, StepReport } from '../engine.ts';

/** The layer of a step and its size in bytes. */
export interface StepLayer {
  readonly diffId: DiffId;
  readonly uncompressed?: number;
  readonly stored: number;
}

/** Tells the outside what happens to each step, and keeps it for the result. */
export class Steps {
  readonly drained: () => Promise<void> | undefined;
  readonly #begun = performance.now();
  readonly #onEvent: (event: BuildEvent) => void;
  readonly #started = new Map<VertexId, number>();
  readonly #reports = new Map<VertexId, StepReport>();

  /** `drained`: as Engine.build has it. */
  constructor(
    onEvent: (event: BuildEvent) => void,
    drained: () => Promise<void> | undefined = () => undefined,
  ) {
    this.#onEvent = onEvent;
    this.drained = drained;
  }

  get elapsed(): number {
    return Math.round(performance.now() - this.#begun);
  }

  started(vertex: Vertex): void {
    this.#started.set(vertex.id, this.elapsed);
    this.#onEvent({ type: 'step-started', id: vertex.id, name: vertex.name, ...place(vertex) });
  }

  output(vertex: Vertex, text: string, stream: 'stdout' | 'stderr'): void {
    this.#onEvent({ type: 'step-output', id: vertex.id, text, stream });
  }

  cached(
    vertex: Vertex,
    found: Omit<Extract<StepOutcome, { type: 'cached' }>, 'type'>,
    keyParts: readonly KeyPart[],
    layer?: StepLayer,
  ): void {
    this.#end(vertex, { type: 'cached', ...found }, keyParts, layer);
  }

  done(vertex: Vertex, miss: string, keyParts: readonly KeyPart[], layer?: StepLayer): void {
    this.#end(vertex, { type: 'done', miss }, keyParts, layer);
  }

  failed(vertex: Vertex, error: BuildError, keyParts: readonly KeyPart[]): void {
    this.#end(vertex, { type: 'failed', error }, keyParts, undefined);
  }

  notice(message: string): void {
    this.#onEvent({ type: 'notice', message });
  }

  progress(message: string): void {
    this.#onEvent({ type: 'progress', message });
  }

  /** In the order of `vertices`; steps of which nothing was heard were not needed. */
  reports(vertices: readonly Vertex[]): readonly StepReport[] {
    return vertices
      .filter(({ op }) => op.kind === 'run' || op.kind === 'copy' || op.kind === 'mkdir')
      .map(
        (vertex): StepReport =>
          this.#reports.get(vertex.id) ?? {
            id: vertex.id,
            name: vertex.name,
            ...place(vertex),
            outcome: { type: 'skipped' },
            startedAt: 0,
            endedAt: 0,
            keyParts: [],
          },
      );
  }

  #end(
    vertex: Vertex,
    outcome: StepOutcome,
    keyParts: readonly KeyPart[],
    layer: StepLayer | undefined,
  ): void {
    const endedAt = this.elapsed;
    const step: StepReport = {
      id: vertex.id,
      name: vertex.name,
      ...place(vertex),
      outcome,
      startedAt: this.#started.get(vertex.id) ?? endedAt,
      endedAt,
      ...reportOf(layer),
      keyParts,
    };
    this.#reports.set(vertex.id, step);
    this.#onEvent({ type: 'step-ended', step });
  }
}

function place(vertex: Vertex): Pick<StepReport, 'at'> {
  return vertex.at === undefined ? {} : { at: vertex.at };
}

function reportOf(layer: StepLayer | undefined): Pick<StepReport, 'size' | 'diffId'> {
  if (layer === undefined) return {};
  const { diffId, ...size } = layer;
  return { size, diffId };
}
