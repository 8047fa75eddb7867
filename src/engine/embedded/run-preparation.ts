import type { Layer } from '../../image/types.ts';
import type { Vertex, VertexId } from '../../plan/graph.ts';
import type { LayerFile, LayerPreparer, LayerStack } from '../../worker/worker.ts';

export interface RunPreparationOptions {
  readonly vertex: (id: VertexId) => Vertex;
  /** Of the worker, which it starts. */
  readonly preparer: () => Promise<LayerPreparer>;
  /** Layers as files, fetched where they are not here. */
  readonly layerFiles: (layers: readonly Layer[]) => Promise<LayerStack>;
  /** The layers of a vertex as far as they are known now, base first. */
  readonly knownLayers: (id: VertexId) => readonly Layer[];
}

/**
 * Gets ready what a RUN needs while the steps below it still run: the worker, and what is known of its root file system, fetched and unpacked. Only
 * once a step below it is really run, whose result is new then: a RUN whose definition alone has changed may still be found by content.
 */
export class RunPreparation implements Disposable {
  readonly #options: RunPreparationOptions;
  readonly #waiting = new Map<VertexId, Vertex>();
  readonly #begun = new Set<VertexId>();
  readonly #stop = new AbortController();

  constructor(options: RunPreparationOptions) {
    this.#options = options;
  }

  /** No cache has this RUN as it is defined. */
  missed(run: Vertex): void {
    this.#waiting.set(run.id, run);
    this.#start();
  }

  /** This step is being run. */
  begun({ id }: Vertex): void {
    this.#begun.add(id);
    this.#start();
  }

  /** What is not ready by now nobody needs. */
  [Symbol.dispose](): void {
    this.#stop.abort();
  }

  #start(): void {
    for (const [id, run] of this.#waiting) {
      if (!this.#standsOnNew(run)) continue;
      this.#waiting.delete(id);
      // Whatever goes wrong is told by the step itself when it comes to it.
      this.#prepare(run).catch(() => undefined);
    }
  }

  async #prepare({ inputs }: Vertex): Promise<void> {
    const { preparer, layerFiles, knownLayers } = this.#options;
    const [root] = inputs;
    const layers = root === undefined ? [] : knownLayers(root);
    const files = layers.map(async (layer) => await layerFiles([layer]));
    for (const file of files) file.catch(() => undefined);
    const ready = await preparer();
    const stack: LayerFile[] = [];
    for (const file of files) {
      stack.push(...(await file));
      this.#stop.signal.throwIfAborted();
      // The first ones while the others are on their way.
      ready.unpack([...stack], this.#stop.signal).catch(() => undefined);
    }
    await ready.prepare(stack, this.#stop.signal);
  }

  #standsOnNew({ inputs }: Vertex): boolean {
    const seen = new Set<VertexId>();
    const look = (id: VertexId): boolean => {
      if (this.#begun.has(id)) return true;
      if (seen.has(id)) return false;
      seen.add(id);
      return this.#options.vertex(id).inputs.some(look);
    };
    return inputs.some(look);
  }
}
