import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildkitCacheReader, buildkitInlineReader } from '../../src/cache/backends/buildkit.ts';
import { openRegistryCache, openRegistryImport } from '../../src/cache/backends/registry.ts';
import type { BuildCache } from '../../src/cache/build-cache.ts';
import { isResult } from '../../src/cache/record.ts';
import { registryExporter } from '../../src/export/to/registry.ts';
import { createRegistry } from '../../src/registry/http/client.ts';
import type { Registry } from '../../src/registry/registry.ts';
import {
  blobBytes,
  CONTEXT,
  imageLayers,
  manifestOf,
  placeRecorded,
  pushRecorded,
  type RecordedPlace,
} from '../support/buildkit-registry.ts';
import { DockerRegistry } from '../support/docker-registry.ts';
import { type BenchResult, benchBuild } from '../support/engine-bench.ts';
import { MemoryCache } from '../support/memory-cache.ts';
import { needs, testWith } from '../support/needs.ts';
import { RegistryServer } from '../support/registry-server.ts';

const FORMS = ['image', 'index', 'inline'] as const;
/** Those of a final image that needs nothing of the stage before. */
const ALL_CACHED = ['skipped', 'skipped', 'skipped', 'cached', 'cached', 'cached', 'cached'];
const EMPTY_LAYER = 'sha256:9addb4c7f3afa99b03f24f9e05cb87d274a63ae9ba30c94f02c75e85d133e9de';

let umask: number;
// Modes of the context count, and the bench writes it.
beforeAll(() => {
  umask = process.umask(0o022);
});
afterAll(() => {
  process.umask(umask);
});

describe('a cache that BuildKit wrote', () => {
  for (const form of FORMS) {
    test(`${form}: no step is run, and no layer is downloaded`, async () => {
      await using place = await Place.filled(form);
      const { result, worker } = await place.build([await place.open(form)]);
      expect(worker.started).toBe(0);
      expect(outcomes(result)).toEqual(ALL_CACHED);
      expect(result.images[0]?.image.layers.map(({ descriptor }) => descriptor.digest)).toEqual(
        imageLayers(),
      );
      expect(place.layerDownloads()).toEqual([]);
    });

    testWith(needs.dockerRegistry)(`${form}: the same with docker-registry`, async () => {
      await using server = await DockerRegistry.start();
      await using place = await Place.at(server.host, form);
      const { result, worker } = await place.build([await place.open(form)]);
      expect(worker.started).toBe(0);
      expect(outcomes(result)).toEqual(ALL_CACHED);
    });
  }

  test('a changed file: what is below it is taken, what is on it is run on BuildKit’s layers', async () => {
    await using place = await Place.filled('image');
    const { result, worker, files } = await place.build([await place.open('image')], {
      files: { ...CONTEXT, 'src/one.txt': 'other' },
      readBack: true,
    });
    expect(outcomes(result)).toEqual(['cached', 'done', 'done', 'done', 'done', 'done', 'done']);
    expect(worker.requests).toHaveLength(3);
    expect(files).toMatchObject({ 'app/out': 'run', 'two.txt': 'other' });
    const [, copy] = result.steps;
    expect(copy?.outcome).toMatchObject({ miss: expect.stringContaining('other inputs') });
  });

  test('all of it goes over to the caches that are written, and no byte with it', async () => {
    await using place = await Place.filled('image');
    const own = new MemoryCache();
    const first = await place.build([await place.open('image'), own]);
    const results = [...own.records.values()].filter(isResult);
    expect(results).toHaveLength(7);
    expect(own.blobs.size).toBe(0);
    expect(results.every(({ parts }) => parts.length > 0)).toBe(true);
    const second = await place.build([own]);
    expect(outcomes(second.result)).toEqual(ALL_CACHED);
    expect(second.result.digest).toBe(first.result.digest);
  });

  test('under the same tag ours takes its place, and names its layers', async () => {
    await using place = await Place.filled('image');
    const repository = { host: place.host, path: 'bke2e/cache' };
    const own = (): Promise<BuildCache> =>
      openRegistryCache({ registry: place.registry, repository, tag: 'image' });
    const first = await place.build([await place.open('image'), await own()]);
    const report = first.result.caches.find(({ recordsSaved }) => recordsSaved > 0);
    expect(report).toMatchObject({ recordsSaved: 7, failures: [] });
    const { bytes } = await place.registry.manifest(repository, 'image');
    const named = (JSON.parse(Buffer.from(bytes).toString()) as { layers: { digest: string }[] }).layers;
    const layers = imageLayers().slice(1);
    expect(named.map(({ digest }) => digest)).toEqual(expect.arrayContaining([...layers]));
    expect(place.layerDownloads()).toEqual([]);
    const second = await place.build([await own()]);
    expect(outcomes(second.result)).toEqual(ALL_CACHED);
    expect(second.result.digest).toBe(first.result.digest);
  });

  test('an empty layer that BuildKit left out: the step is cached and adds none', async () => {
    await using place = await Place.filled('image', withoutEmptyLayers());
    const { result, worker } = await place.build([await place.open('image')]);
    expect(worker.started).toBe(0);
    expect(outcomes(result)).toEqual(ALL_CACHED);
    const { config, layers } = result.images[0]!.image;
    expect(layers.map(({ descriptor }) => descriptor.digest)).toEqual(
      imageLayers().filter((digest) => digest !== EMPTY_LAYER),
    );
    expect(config.history.filter(({ empty_layer }) => empty_layer === true)).toMatchObject([
      { created_by: 'RUN /bin/put' },
    ]);
  });
});

/** A registry with the base image and a cache. */
class Place implements AsyncDisposable {
  readonly host: string;
  readonly registry: Registry;
  readonly #server: RegistryServer | undefined;

  private constructor(host: string, server: RegistryServer | undefined) {
    this.host = host;
    this.#server = server;
    this.registry = createRegistry({ credentials: { find: () => Promise.resolve(undefined) } });
  }

  static async filled(form: (typeof FORMS)[number], config?: Buffer): Promise<Place> {
    const server = await RegistryServer.start();
    placeRecorded(server, BASE);
    placeRecorded(server, { ...cacheOf(form), config });
    return new Place(server.host, server);
  }

  static async at(host: string, form: (typeof FORMS)[number]): Promise<Place> {
    const place = new Place(host, undefined);
    await pushRecorded(place.registry, host, BASE);
    await pushRecorded(place.registry, host, cacheOf(form));
    return place;
  }

  open(tag: string): Promise<BuildCache> {
    const repository = { host: this.host, path: 'bke2e/cache' };
    const readers = [buildkitCacheReader, buildkitInlineReader];
    return openRegistryImport({ registry: this.registry, repository, tag, readers });
  }

  build(
    caches: readonly BuildCache[],
    more: { readonly files?: Readonly<Record<string, string>>; readonly readBack?: boolean } = {},
  ): Promise<BenchResult> {
    return benchBuild({
      dockerfile: CONTEXT['Dockerfile'] ?? '',
      files: CONTEXT,
      run: (argv) => (argv[1] === undefined ? {} : { files: { [argv[1].slice(1)]: 'run' } }),
      caches,
      request: { buildArgs: { REGISTRY: this.host }, network: 'host' },
      exporters: [registryExporter({ registry: this.registry, references: [`${this.host}/bke2e/app:1`] })],
      readBack: false,
      ...more,
    });
  }

  layerDownloads(): readonly string[] {
    const layers = new Set<string>(imageLayers());
    return (this.#server?.requests ?? [])
      .filter(({ method, path }) => method === 'GET' && layers.has(path.replace(/^.*\/blobs\//, '')))
      .map(({ path }) => path);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server?.[Symbol.asyncDispose]();
  }
}

const BASE = { name: 'base', path: 'bke2e/tiny', tag: '1' } as const;

function cacheOf(form: (typeof FORMS)[number]): RecordedPlace {
  return { name: form, path: 'bke2e/cache', tag: form };
}

function outcomes(result: BenchResult['result']): readonly string[] {
  return result.steps.map(({ outcome }) => outcome.type);
}

/** As BuildKit writes a config when it knows the empty layer by its digest: those on it lie on what is below it. */
function withoutEmptyLayers(): Buffer {
  const { json } = manifestOf('image');
  const config = JSON.parse(blobBytes(json.config?.digest ?? '').toString()) as {
    layers: { blob: string; parent?: number }[];
    records: { layers?: { layer: number }[] }[];
  };
  const below = (layer: number): number => {
    const { blob, parent = 0 } = config.layers[layer]!;
    return blob === EMPTY_LAYER ? below(parent) : layer;
  };
  for (const layer of config.layers) if (layer.parent !== -1) layer.parent = below(layer.parent ?? 0);
  for (const { layers = [] } of config.records)
    for (const result of layers) result.layer = below(result.layer);
  return Buffer.from(JSON.stringify(config));
}
