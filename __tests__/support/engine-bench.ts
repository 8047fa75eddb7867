import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { tempDir } from '../../src/base/temp.ts';
import type { BuildCache } from '../../src/cache/build-cache.ts';
import { embeddedEngine } from '../../src/engine/embedded/build.ts';
import type { EngineDependencies, RemoteOpener } from '../../src/engine/embedded/dependencies.ts';
import type { BuildEvent, BuildRequest, BuildResult } from '../../src/engine/engine.ts';
import type { Exporter, ExportRequest } from '../../src/export/exporter.ts';
import type { ContentStore } from '../../src/image/content-store.ts';
import type { FileTree } from '../../src/image/file-tree.ts';
import { decompress } from '../../src/image/layer/decompress.ts';
import type { LayerIndex } from '../../src/image/layer/entry.ts';
import { layerTree, type TreeLayer } from '../../src/image/layer/layer-tree.ts';
import { indexLayer } from '../../src/image/layer/read-layer.ts';
import { ociLayoutStore } from '../../src/image/store/oci-layout.ts';
import { validateImage } from '../../src/image/validate.ts';
import { createRegistry } from '../../src/registry/http/client.ts';
import { localTree } from '../../src/worker/source/local.ts';
import type { RunRequest, WorkerStarter } from '../../src/worker/worker.ts';
import { bytesOf } from './cache-records.ts';
import { type ScriptedStep, ScriptedWorker } from './scripted-worker.ts';

export interface BenchOptions {
  readonly dockerfile: string;
  /** Files of the context, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Symlinks of the context: their targets, by path. */
  readonly links?: Readonly<Record<string, string>>;
  readonly run?: (
    argv: readonly string[],
    request: RunRequest,
    worker: ScriptedWorker,
  ) => ScriptedStep | Promise<ScriptedStep>;
  /** Instead of `run`. */
  readonly worker?: ScriptedWorker;
  readonly caches?: readonly BuildCache[];
  /** Instead of `caches`. */
  readonly openCaches?: EngineDependencies['openCaches'];
  /** Default: whether there are `caches`. */
  readonly sharesCaches?: boolean;
  /** Bytes; absent: no cache keeps cache mounts. */
  readonly cacheMountLimit?: number;
  readonly store?: ContentStore;
  readonly request?: Partial<BuildRequest>;
  readonly signal?: AbortSignal;
  readonly exporters?: readonly Exporter[];
  readonly openRemote?: RemoteOpener;
  readonly emulationFor?: EngineDependencies['emulationFor'];
  readonly startWorker?: WorkerStarter;
  readonly onEvent?: (event: BuildEvent) => void;
  /** false: the image is not read, so that only what the build itself needs is fetched; `files` is empty then. */
  readonly readBack?: boolean;
}

export interface BenchResult {
  readonly result: BuildResult;
  readonly events: readonly BuildEvent[];
  readonly worker: ScriptedWorker;
  /** The final image's files, by path; folders end in `/`, links are `-> TARGET`. */
  readonly files: Readonly<Record<string, string>>;
}

const EPOCH = 1_700_000_000;

/** Builds with the real engine over doubles: context and stores in memory, a worker that follows a script. Validates what comes out. */
export async function benchBuild(options: BenchOptions): Promise<BenchResult> {
  await using folder = await tempDir(tmpdir(), 'bench-');
  const context = join(folder.path, 'context');
  await mkdir(context);
  const store = options.store ?? ociLayoutStore(join(folder.path, 'store'));
  for (const [path, text] of Object.entries(options.files ?? {})) {
    await mkdir(join(context, dirname(path)), { recursive: true });
    await writeFile(join(context, path), text);
  }
  for (const [path, target] of Object.entries(options.links ?? {}))
    await symlink(target, join(context, path));
  const worker: ScriptedWorker =
    options.worker ?? new ScriptedWorker((request) => options.run?.(request.args, request, worker) ?? {});
  const indexes = new Map<string, LayerIndex>();
  const exported: ExportRequest[] = [];
  const events: BuildEvent[] = [];
  const engine = embeddedEngine({
    registry: createRegistry({
      credentials: { find: () => Promise.resolve(undefined) },
      retry: { attempts: 1 },
    }),
    store,
    indexes: {
      get: async (diffId) => indexes.get(diffId),
      put: async (index) => void indexes.set(index.diffId, index),
    },
    openCaches:
      options.openCaches ??
      (() => {
        const from = options.caches ?? [];
        return Promise.resolve({ from, to: from.filter(({ writable }) => writable) });
      }),
    sharesCaches: options.sharesCaches ?? (options.caches ?? []).length > 0,
    ...(options.cacheMountLimit === undefined ? {} : { cacheMounts: { limit: options.cacheMountLimit } }),
    startWorker: options.startWorker ?? worker.start,
    emulationFor: options.emulationFor ?? (() => Promise.resolve({ kind: 'ready' as const })),
    agentSocket: (id) => Promise.resolve(`/agents/${id}`),
    openRemote: options.openRemote ?? (() => Promise.reject(new Error('this bench has no network'))),
    openContext: async (_source, name, includes, signal): Promise<FileTree> =>
      localTree({ name, root: context, includes, signal }),
    exporters: [
      {
        type: 'oci',
        description: 'keep',
        async export(request) {
          const layers =
            options.readBack === false ? [] : request.images.flatMap(({ image }) => image.layers);
          for (const layer of layers) await bytesOf(await request.content.open(layer));
          exported.push(request);
          return { locations: [], bytesSent: 0, bytesSkipped: 0 };
        },
      },
      ...(options.exporters ?? []),
    ],
  });
  const result = await engine.build(requestOf(options), {
    onEvent: (event) => {
      events.push(event);
      options.onEvent?.(event);
    },
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  const image = exported[0]?.images[0];
  if (image === undefined) throw new TypeError('nothing was exported');
  await validateImage(image);
  if (options.readBack === false) return { result, events, worker, files: {} };
  const layers = await Promise.all(
    image.image.layers.map(async (layer): Promise<TreeLayer> => {
      const open = async (): Promise<AsyncIterable<Uint8Array>> =>
        decompress((await exported[0]?.content.open(layer)) ?? empty(), 'auto');
      const content = (await exported[0]?.content.open(layer)) ?? empty();
      return { index: await indexLayer(content, 'gzip', layer.diffId), open };
    }),
  );
  return { result, events, worker, files: await listing(layerTree('the image', layers)) };
}

export function requestOf(options: BenchOptions): BuildRequest {
  return {
    context: { kind: 'folder', path: '/context' },
    dockerfile: { path: 'Dockerfile', text: options.dockerfile },
    namedContexts: {},
    platforms: [],
    buildPlatform: { os: 'linux', architecture: 'amd64' },
    buildArgs: {},
    labels: {},
    annotations: [],
    secrets: {},
    sshAgents: [],
    allow: [],
    addHosts: [],
    network: 'default',
    ulimits: [],
    noCache: false,
    references: [],
    compression: { type: 'gzip' },
    epoch: { seconds: EPOCH, clampAfter: EPOCH, fixed: false },
    now: EPOCH + 1000,
    lint: { enabled: false, failOn: 'none', config: {} },
    jobs: 4,
    ...options.request,
  };
}

async function listing(tree: FileTree, folder = ''): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const node of await tree.list(folder)) {
    if (node.type === 'directory')
      Object.assign(found, { [`${node.path}/`]: '' }, await listing(tree, node.path));
    else if (node.type === 'symlink') found[node.path] = `-> ${node.linkName}`;
    else
      for await (const { body } of tree.read([node]))
        found[node.path] = (await bytesOf(body))?.toString() ?? '';
  }
  return found;
}

async function* empty(): AsyncGenerator<Uint8Array> {
  // No bytes.
}
