import { BuildError, reasonOf } from '../../base/errors.ts';
import type { CacheRecord } from '../../cache/build-cache.ts';
import type { ExportImage, ExportOutcome, LayerContent } from '../../export/exporter.ts';
import type { CacheKey } from '../../image/cache-key.ts';
import type { LayerIndex } from '../../image/layer/entry.ts';
import { serialiseImage, serialiseIndex } from '../../image/manifest.ts';
import { annotationsAt } from '../../image/placed-annotation.ts';
import type { Layer, RawBlob } from '../../image/types.ts';
import { layerIndexKey } from '../../plan/cache-key.ts';
import type { Target, VertexId } from '../../plan/graph.ts';
import type { BuildEpoch, BuildRequest, BuildResult, Engine } from '../engine.ts';
import { assemble, isoTime } from './assemble.ts';
import { layersOf, type Planned } from './bases.ts';
import { Blobs } from './blobs.ts';
import { SolverVertices } from './buildkit/solver-vertices.ts';
import { takeOver } from './buildkit/take-over.ts';
import type { Refusal } from './cache-search.ts';
import type { Caches, EngineDependencies } from './dependencies.ts';
import { Executor } from './execute.ts';
import { inlineAnnotation } from './inline.ts';
import type { KeptMounts } from './kept-mounts.ts';
import { VertexKeys } from './keys.ts';
import { LazyWorker } from './lazy-worker.ts';
import { missingMounts } from './ops/run.ts';
import { RunPreparation } from './run-preparation.ts';
import { Solver, type VertexResult } from './solver.ts';
import type { Steps } from './steps.ts';
import { Trees } from './trees.ts';

/** One attempt at a planned build. */
export interface Try {
  readonly dependencies: EngineDependencies;
  readonly caches: Caches;
  readonly mounts: KeptMounts | undefined;
  readonly request: BuildRequest;
  readonly planned: Planned;
  readonly steps: Steps;
  readonly signal: AbortSignal;
  readonly distrusted: ReadonlySet<CacheKey>;
  readonly beforeExport: Parameters<Engine['build']>[1]['beforeExport'] | undefined;
}

/** The layers of a target, and when each of its steps made its own. */
interface Solved {
  readonly layers: readonly Layer[];
  readonly madeAt: (vertex: VertexId) => string;
  readonly layerless: ReadonlySet<VertexId>;
  /** What the manifest says for itself. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** Solves the targets, makes images of them and hands them to the exporters. */
export async function tryBuild(
  given: Try,
): Promise<Omit<BuildResult, 'caches' | 'mounts' | 'diagnostics' | 'duration'>> {
  const { dependencies, mounts, steps } = given;
  // A step that fails stops downloads too; the worker is stopped when it has ended its steps.
  const failed = new AbortController();
  const signal = AbortSignal.any([given.signal, failed.signal]);
  const attempt: Try = { ...given, signal };
  const blobs = blobsFor(attempt);
  await using worker = new LazyWorker(dependencies.startWorker, steps, given.signal);
  const solved = await solve(attempt, blobs, worker, (reason) => failed.abort(reason));
  signal.throwIfAborted();
  // Beside the exporters; then the worker and the caches have nothing more to do.
  const saved = (mounts?.save(worker.get, signal) ?? Promise.resolve()).then(async () => {
    const { to, toFinal = [] } = attempt.caches;
    await Promise.all([
      worker[Symbol.asyncDispose](),
      ...[...to, ...toFinal].map((cache) => cache.flush?.()),
    ]);
  });
  saved.catch(() => undefined);
  try {
    return await exportAll(attempt, blobs, solved);
  } finally {
    await saved;
  }
}

/** Layers of caches are used as they are; one with later times than the image may tell has to be made again. */
function refusalOfNewer(trees: Trees, epoch: BuildEpoch): Refusal {
  return async ({ layer }) => {
    if (layer === undefined) return undefined;
    try {
      if ((await trees.latestTime(layer)) <= epoch.seconds) return undefined;
      return 'its layer has files that are newer than SOURCE_DATE_EPOCH (rewrite-timestamp)';
    } catch (thrown) {
      return `the times of its files cannot be read (rewrite-timestamp): ${reasonOf(thrown)}`;
    }
  };
}

async function exportAll(
  attempt: Try,
  blobs: Blobs,
  solved: readonly Solved[],
): Promise<Awaited<ReturnType<typeof tryBuild>>> {
  const { request, planned, steps } = attempt;
  const { targets, vertices } = planned.graph;
  const images = solved.map((each, i) => exportImage(targets[i], each, attempt));
  const [first] = images;
  if (first === undefined) throw noTarget();
  const index = indexOver(images, attempt);
  const { descriptor } = index ?? first.manifest;
  const built = {
    digest: descriptor.digest,
    imageId: first.config.descriptor.digest,
    images: images.map(({ image, manifest }) => ({ image, descriptor: manifest.descriptor })),
    steps: steps.reports(vertices),
  };
  const content: LayerContent = { open: (layer) => blobs.open(layer, attempt.signal) };
  await attempt.beforeExport?.({ ...built, content });
  const exports = await runExporters(attempt, content, images, index);
  return { ...built, descriptor, exports, references: request.references };
}

async function solve(
  attempt: Try,
  blobs: Blobs,
  worker: LazyWorker,
  stop: (reason: unknown) => void,
): Promise<readonly Solved[]> {
  const { dependencies, request, planned, steps, signal } = attempt;
  const { graph } = planned;
  const epoch = epochOf(attempt);
  await using trees = new Trees({
    request,
    blobs,
    indexes: dependencies.indexes,
    caches: attempt.caches.from,
    onIndexed: (layer, index) => keepIndex(attempt, layer, index),
    openContext: dependencies.openContext,
    openRemote: dependencies.openRemote,
    signal,
  });
  const executor = new Executor({
    request,
    blobs,
    trees,
    steps,
    times: { after: epoch.clampAfter, to: epoch.seconds },
    vertex: (id) => solver.vertex(id),
    stack: (id) => solver.stack(id),
    worker: worker.get,
    preparer: worker.preparer,
    agentSocket: dependencies.agentSocket,
    emulationFor: dependencies.emulationFor,
    mounts: attempt.mounts,
  });
  const { shmSize, ulimits } = request;
  const keys = new VertexKeys({
    graph,
    limits: { shmSize, ulimits },
    contentOf: (vertex) => trees.contentOf(vertex),
    identityOf: (vertex) => trees.identityOf(vertex),
    treeOf: (id) => executor.tree(id),
  });
  const foreign = new SolverVertices({
    graph,
    limits: { shmSize, ulimits },
    imageOf: (vertex) => planned.imageOf(vertex),
    contentOf: (vertex) => trees.contentOf(vertex),
    identityOf: (vertex) => trees.identityOf(vertex),
    treeOf: (id) => executor.tree(id),
  });
  using preparation = new RunPreparation({
    vertex: (id) => solver.vertex(id),
    preparer: worker.preparer,
    layerFiles: (layers) => executor.layerFiles(layers),
    knownLayers: (id) => solver.knownLayers(id),
  });
  const solver = new Solver(
    {
      graph,
      keys,
      foreign,
      blobs,
      steps,
      cacheFrom: attempt.caches.from,
      cacheTo: attempt.caches.to,
      cacheToFinal: attempt.caches.toFinal ?? [],
      distrusted: attempt.distrusted,
      ...(request.rewriteTimes === true && epoch.fixed ? { refusal: refusalOfNewer(trees, epoch) } : {}),
      baseLayers: (vertex) => layersOf(planned.imageOf(vertex)),
      rememberIndex: (index) => dependencies.indexes.put(index),
      preparation,
      whyNot: (vertex) => (vertex.op.kind === 'run' ? missingMounts(vertex.op, vertex, request) : []),
      execute: (vertex, stop) => executor.execute(vertex, stop),
      jobs: request.jobs,
      createdAt: isoTime(epoch.seconds),
    },
    signal,
    stop,
  );
  const stacks = await solver.solve(graph.targets.map(({ vertex }) => vertex));
  await takeOver({
    vertices: graph.vertices,
    isSolved: (id) => solver.isSolved(id),
    ...attempt.caches,
    keys,
    foreign,
    signal,
  });
  const results = await resultsOf(solver, graph.targets);
  const madeAt = (vertex: VertexId): string => results.get(vertex)?.createdAt ?? isoTime(epoch.seconds);
  const layerless = new Set([...results].flatMap(([id, { layer }]) => (layer === undefined ? [id] : [])));
  return Promise.all(
    graph.targets.map(async (target, i) => ({
      layers: stacks[i] ?? [],
      madeAt,
      layerless,
      annotations: request.inlineCache === true ? await inlineAnnotation(target, solver, keys) : {},
    })),
  );
}

/** The next runner then copies onto a base, and from one, of which it has no byte. Its bytes are not stored: registries serve them. */
function keepIndex(attempt: Try, layer: Layer, index: LayerIndex): void {
  if (layer.sources.length === 0) return;
  const record: CacheRecord = {
    key: layerIndexKey(layer.diffId),
    step: `layer ${layer.diffId}`,
    parts: [],
    layer,
    createdAt: isoTime(epochOf(attempt).seconds),
    index,
  };
  for (const cache of attempt.caches.to) cache.save(record);
}

async function resultsOf(
  solver: Solver,
  targets: readonly Target[],
): Promise<ReadonlyMap<VertexId, VertexResult>> {
  const made = targets.flatMap(({ history }) => history.flatMap(({ vertex }) => vertex ?? []));
  return new Map(
    await Promise.all(
      made.map(async (id): Promise<[VertexId, VertexResult]> => [id, await solver.result(id)]),
    ),
  );
}

/** What the build arg or the file says of SOURCE_DATE_EPOCH is known only after planning, and wins. */
function epochOf({ request, planned }: Try): BuildEpoch {
  const seconds = planned.graph.sourceDateEpoch;
  return seconds === undefined ? request.epoch : { seconds, clampAfter: seconds, fixed: true };
}

function blobsFor({ dependencies, caches, steps, signal }: Try): Blobs {
  return new Blobs({
    store: dependencies.store,
    caches: caches.from,
    registry: dependencies.registry,
    signal,
    onFetched: (layer, from) =>
      steps.progress(
        `fetched layer ${layer.descriptor.digest.slice(7, 19)} (${layer.descriptor.size} bytes) from ${from}`,
      ),
  });
}

function exportImage(
  target: Target | undefined,
  { layers, madeAt, layerless, annotations: own }: Solved,
  attempt: Try,
): ExportImage {
  if (target === undefined) throw noTarget();
  const { annotations: asked } = attempt.request;
  const annotations = { ...annotationsAt(asked, 'manifest', target.platform), ...own };
  const baseLayers = baseLayersOf(target, attempt.planned);
  const image = assemble({
    target,
    layers,
    baseLayers,
    madeAt,
    layerless,
    epoch: epochOf(attempt),
    annotations,
  });
  const { config, manifest } = serialiseImage(image);
  const place = annotationsAt(asked, 'manifest-descriptor', target.platform);
  return { image, config, manifest: described(manifest, place) };
}

/** The descriptor of a document says more; the document itself does not change. */
function described(blob: RawBlob, annotations: Readonly<Record<string, string>> | undefined): RawBlob {
  return annotations === undefined ? blob : { ...blob, descriptor: { ...blob.descriptor, annotations } };
}

/** undefined for an image of one platform, which has none. */
function indexOver(images: readonly ExportImage[], { request, steps }: Try): RawBlob | undefined {
  const { annotations } = request;
  if (images.length > 1) {
    const manifests = images.map(({ manifest }) => manifest.descriptor);
    const index = serialiseIndex(manifests, annotationsAt(annotations, 'index'));
    return described(index, annotationsAt(annotations, 'index-descriptor'));
  }
  if (annotations.some(({ place }) => place === 'index' || place === 'index-descriptor'))
    steps.notice('annotations of the index are left out: an image of one platform has no index');
  return undefined;
}

function baseLayersOf({ chain }: Target, planned: Planned): number {
  const bottom = planned.graph.vertices.find(({ id }) => id === chain[0]);
  return bottom?.op.kind === 'image' ? planned.imageOf(bottom).image.layers.length : 0;
}

function noTarget(): BuildError {
  return new BuildError({ kind: 'bug', code: 'NO_TARGET', message: 'The plan has no target' });
}

async function runExporters(
  { dependencies, request, steps, signal }: Try,
  content: LayerContent,
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
        content,
        references: request.references,
        signal,
        onProgress: (message) => steps.progress(message),
      }),
    );
  }
  return outcomes;
}
