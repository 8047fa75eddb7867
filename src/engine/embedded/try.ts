import { BuildError } from '../../base/errors.ts';
import type { ExportImage, ExportOutcome } from '../../export/exporter.ts';
import type { CacheKey } from '../../image/cache-key.ts';
import type { LayerIndex } from '../../image/layer/entry.ts';
import { serialiseImage, serialiseIndex } from '../../image/manifest.ts';
import type { Layer } from '../../image/types.ts';
import type { Target, Vertex } from '../../plan/graph.ts';
import type { Worker } from '../../worker/worker.ts';
import type { BuildRequest, BuildResult } from '../engine.ts';
import { assemble } from './assemble.ts';
import { layersOf, type Planned } from './bases.ts';
import { Blobs } from './blobs.ts';
import type { EngineDependencies } from './dependencies.ts';
import { Executor } from './execute.ts';
import { VertexKeys } from './keys.ts';
import type { TimePolicy } from './layer-times.ts';
import { Solver } from './solver.ts';
import type { Steps } from './steps.ts';
import { Trees } from './trees.ts';

/** One attempt at a planned build. */
export interface Try {
  readonly dependencies: EngineDependencies;
  readonly request: BuildRequest;
  readonly planned: Planned;
  readonly steps: Steps;
  readonly signal: AbortSignal;
  readonly distrusted: ReadonlySet<CacheKey>;
}

/** Solves the targets, makes images of them and hands them to the exporters. */
export async function tryBuild(
  attempt: Try,
): Promise<Omit<BuildResult, 'caches' | 'diagnostics' | 'duration'>> {
  const { request, planned, steps } = attempt;
  const { targets, vertices } = planned.graph;
  const blobs = blobsFor(attempt);
  const stacks = await solve(attempt, blobs);
  const images = targets.map((target, i) => exportImage(target, stacks[i] ?? [], attempt));
  const [first] = images;
  if (first === undefined)
    throw new BuildError({ kind: 'bug', code: 'NO_TARGET', message: 'The plan has no target' });
  const index =
    images.length === 1 ? undefined : serialiseIndex(images.map(({ manifest }) => manifest.descriptor));
  const { descriptor } = index ?? first.manifest;
  const exports = await runExporters(attempt, blobs, images, index);
  return {
    digest: descriptor.digest,
    descriptor,
    imageId: first.config.descriptor.digest,
    images: images.map(({ image, manifest }) => ({ image, descriptor: manifest.descriptor })),
    exports,
    steps: steps.reports(vertices),
    references: request.references,
  };
}

async function solve(attempt: Try, blobs: Blobs): Promise<readonly (readonly Layer[])[]> {
  const { dependencies, request, planned, steps, signal } = attempt;
  const { graph } = planned;
  const trees = new Trees({
    request,
    blobs,
    indexes: dependencies.indexes,
    caches: dependencies.cacheFrom,
    openContext: dependencies.openContext,
  });
  const worker = lazyWorker(attempt);
  const executor = new Executor({
    request,
    blobs,
    trees,
    steps,
    times: timesOf(request),
    vertex: (id) => solver.vertex(id),
    stack: (id) => solver.stack(id),
    worker: worker.get,
  });
  const solver = new Solver(
    {
      graph,
      keys: new VertexKeys({
        graph,
        contentOf: (vertex) => trees.contentOf(vertex),
      }),
      blobs,
      steps,
      cacheFrom: dependencies.cacheFrom,
      cacheTo: dependencies.cacheTo,
      distrusted: attempt.distrusted,
      baseLayers: (vertex) => layersOf(planned.imageOf(vertex)),
      rememberIndex: (index: LayerIndex) => dependencies.indexes.put(index),
      execute: (vertex, stop) => executor.execute(vertex, stop),
      jobs: request.jobs,
      createdAt: new Date(request.now * 1000).toISOString(),
    },
    signal,
  );
  try {
    return await solver.solve(graph.targets.map(({ vertex }) => vertex));
  } finally {
    await worker.stop();
  }
}

function blobsFor({ dependencies, steps, signal }: Try): Blobs {
  return new Blobs({
    store: dependencies.store,
    caches: dependencies.cacheFrom,
    registry: dependencies.registry,
    signal,
    onFetched: (layer, from) =>
      steps.progress(
        `fetched layer ${layer.descriptor.digest.slice(7, 19)} (${layer.descriptor.size} bytes) from ${from}`,
      ),
  });
}

/** The worker is started by the first step that needs it, once, and stopped with the attempt. */
function lazyWorker({ dependencies, steps, signal }: Try): {
  get: () => Promise<Worker>;
  stop: () => Promise<void>;
} {
  let worker: Promise<Worker> | undefined;
  const start = async (): Promise<Worker> => {
    const started = await dependencies.startWorker(signal);
    const { rung, snapshotter, privilege, limits } = started.isolation;
    steps.notice(`isolation: ${rung}, ${snapshotter} (${privilege})`);
    for (const limit of limits) steps.notice(`isolation ${rung}: ${limit}`);
    return started;
  };
  return {
    get: () => {
      worker ??= start();
      return worker;
    },
    stop: async () => {
      if (worker === undefined) return;
      const started = await worker.catch(() => undefined);
      await started?.[Symbol.asyncDispose]();
    },
  };
}

function timesOf(request: BuildRequest): TimePolicy {
  return { after: request.epoch.clampAfter, to: request.epoch.seconds };
}

function exportImage(target: Target, layers: readonly Layer[], { request, planned }: Try): ExportImage {
  const base = baseOf(target, planned);
  const image = assemble({
    target,
    layers,
    base,
    created: new Date(request.epoch.seconds * 1000).toISOString().replace('.000Z', 'Z'),
    annotations: request.annotations,
  });
  return { image, ...serialiseImage(image) };
}

function baseOf(
  target: Target,
  planned: Planned,
): { history: Planned['graph']['targets'][0]['history'][0]['entry'][]; layers: number } {
  const vertices = new Map(planned.graph.vertices.map((vertex): [string, Vertex] => [vertex.id, vertex]));
  const bottom = vertices.get(target.chain[0] ?? '');
  if (bottom?.op.kind !== 'image') return { history: [], layers: 0 };
  const { image } = planned.imageOf(bottom);
  return { history: [...image.config.history], layers: image.layers.length };
}

async function runExporters(
  { dependencies, request, steps, signal }: Try,
  blobs: Blobs,
  images: readonly ExportImage[],
  index: ReturnType<typeof serialiseIndex> | undefined,
): Promise<readonly ExportOutcome[]> {
  const outcomes: ExportOutcome[] = [];
  for (const exporter of dependencies.exporters) {
    steps.progress(exporter.description);
    outcomes.push(
      await exporter.export({
        images,
        ...(index === undefined ? {} : { index }),
        content: { open: (layer) => blobs.open(layer) },
        references: request.references,
        signal,
        onProgress: (message) => steps.progress(message),
      }),
    );
  }
  return outcomes;
}
