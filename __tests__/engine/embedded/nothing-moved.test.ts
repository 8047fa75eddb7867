import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openRegistryCache } from '../../../src/cache/backends/registry.ts';
import { registryExporter } from '../../../src/export/to/registry.ts';
import { createRegistry } from '../../../src/registry/http/client.ts';
import type { Registry } from '../../../src/registry/registry.ts';
import { type BenchResult, benchBuild } from '../../support/engine-bench.ts';
import { RegistryServer } from '../../support/registry-server.ts';
import { type SampleImage, sampleImage } from '../../support/sample-image.ts';
import { sampleTar } from '../../support/sample-layers.ts';

/** Runners that share a registry and nothing else: base images, the cache and the result are in its repositories. */
describe('a fresh runner with a filled cache', () => {
  let server: RegistryServer;
  let registry: Registry;
  let base: SampleImage;
  let files: Record<string, string>;

  beforeEach(async () => {
    server = await RegistryServer.start();
    registry = createRegistry({ credentials: { find: () => Promise.resolve(undefined) } });
    // So many files that what the layer holds is no longer kept in the index of the cache itself.
    const many = Array.from({ length: 4000 }, (_, i) => ({ path: `usr/lib/${i}`, content: `file ${i}` }));
    base = sampleImage({ tars: [await sampleTar([{ path: 'etc/' }, { path: 'usr/lib/' }, ...many])] });
    for (const bytes of [...base.blobs.values(), base.config.bytes]) server.addBlob('base/os', bytes);
    const { mediaType } = base.manifest.descriptor;
    server.addManifest('base/os', mediaType, Buffer.from(base.manifest.bytes).toString(), '1');
    files = { 'main.c': 'int main;', conf: 'port=1' };
  });
  afterEach(() => server[Symbol.asyncDispose]());

  function dockerfile(): string {
    return `FROM ${server.host}/base/os:1 AS compile
WORKDIR /src
COPY main.c ./
RUN ["cc", "main.c"]
FROM ${server.host}/base/os:1
COPY --from=compile /out /bin/app
COPY conf /etc/app.conf
`;
  }

  /** Each with an empty store. */
  async function build(target = 'team/app'): Promise<BenchResult> {
    server.requests.length = 0;
    const repository = { host: server.host, path: 'team/cache' };
    return benchBuild({
      dockerfile: dockerfile(),
      files,
      run: () => ({ files: { out: `compiled ${files['main.c']}` } }),
      caches: [await openRegistryCache({ registry, repository, tag: 'cache' })],
      exporters: [registryExporter({ registry, references: [`${server.host}/${target}:1`] })],
      readBack: false,
    });
  }

  /** What was downloaded, without what only names other things. */
  function downloads(): string[] {
    const gets = server.requests.filter(({ method, path }) => method === 'GET' && path.includes('/blobs/'));
    return gets.map(({ path }) => nameOf(path.replace(/^.*\/blobs\//, ''), path)).sort();
  }

  /** Bytes that were sent to repositories other than the cache's. */
  function sent(): number {
    const uploads = server.requests.filter(
      ({ method, path }) => method !== 'GET' && path.includes('/blobs/') && !path.includes('team/cache'),
    );
    return uploads.reduce((sum, { received }) => sum + received, 0);
  }

  function nameOf(digest: string, path: string): string {
    if (digest === base.config.descriptor.digest) return 'config of the base';
    if (base.blobs.has(digest)) return 'layer of the base';
    const cache = server.repo('team/cache');
    const manifest = JSON.parse(
      cache.manifests.get(cache.tags.get('cache') ?? '')?.bytes.toString() ?? '{}',
    ) as { layers?: { digest: string; mediaType: string }[] };
    const layer = manifest.layers?.find((each) => each.digest === digest);
    if (layer?.mediaType.includes('layer-index') === true) return 'what a layer holds';
    if (layer !== undefined) return 'layer of the cache';
    return path.includes('team/cache') ? 'index of the cache' : 'something else';
  }

  test('unchanged: the index is all that is downloaded, and nothing is sent', async () => {
    const first = await build();
    const second = await build();
    expect(second.result.digest).toBe(first.result.digest);
    expect(second.worker.started).toBe(0);
    expect(downloads()).toEqual(['index of the cache']);
    expect(sent()).toBe(0);
    const ofBase = server.log().filter((line) => line.includes('/base/os/manifests/'));
    expect(ofBase).toEqual(['HEAD /v2/base/os/manifests/1 200']);
    // Pushing asks for each blob once and puts the manifest.
    const target = server.requests.filter(({ path }) => path.startsWith('/v2/team/app/'));
    expect(target.filter(({ method }) => method === 'HEAD')).toHaveLength(4);
    expect(
      target.filter(({ method, path }) => method === 'PUT' && path.includes('/manifests/')),
    ).toHaveLength(1);
  });

  test('unchanged, pushed to another repository: layers are mounted from where they are', async () => {
    const first = await build();
    const second = await build('team/other');
    expect(second.result.digest).toBe(first.result.digest);
    expect(downloads()).toEqual(['index of the cache']);
    // The config is the only blob that no other repository is known to have.
    expect(sent()).toBeLessThan(2000);
  });

  test('a changed file that is copied onto the base: what that holds is read from the cache, not the base', async () => {
    await build();
    files['conf'] = 'port=2';
    const { result, worker } = await build();
    expect(worker.started).toBe(0);
    expect(result.steps.map(({ outcome }) => outcome.type)).toEqual([
      'skipped',
      'skipped',
      'skipped',
      'cached',
      'done',
    ]);
    // The index is not read again to be extended: its tag has not moved.
    expect(downloads()).toEqual(['index of the cache', 'what a layer holds']);
  });

  test('a changed source: the RUN that reads it gets its layers, each once; the rest stays where it is', async () => {
    await build();
    files['main.c'] = 'int changed;';
    const { worker } = await build();
    expect(worker.requests).toHaveLength(1);
    // WORKDIR's layer is so small that the index has it; everything above was made anew.
    expect(downloads().filter((name) => name.startsWith('layer'))).toEqual(['layer of the base']);
  });

  test('a changed source that compiles to the same downloads nothing for the final image', async () => {
    await build();
    const before = files['main.c'];
    files['main.c'] = 'int remark;';
    server.requests.length = 0;
    const repository = { host: server.host, path: 'team/cache' };
    const { result } = await benchBuild({
      dockerfile: dockerfile(),
      files,
      run: () => ({ files: { out: `compiled ${before}` } }),
      caches: [await openRegistryCache({ registry, repository, tag: 'cache' })],
      exporters: [registryExporter({ registry, references: [`${server.host}/team/app:1`] })],
      readBack: false,
    });
    expect(result.steps.slice(3).map(({ outcome }) => outcome)).toEqual([
      { type: 'cached', from: expect.any(String), by: 'content' },
      { type: 'cached', from: expect.any(String), by: 'content' },
    ]);
    expect(downloads().filter((name) => name.startsWith('layer'))).toEqual(['layer of the base']);
  });

  test('no layer of a base is stored in the cache', async () => {
    await build();
    const stored = [...server.repo('team/cache').blobs.keys()];
    expect(stored.length).toBeGreaterThan(0);
    expect(stored.filter((digest) => base.blobs.has(digest))).toEqual([]);
  });

  test('what a damaged cache says of the base is not taken: the base itself is read', async () => {
    await build();
    const cache = server.repo('team/cache');
    const manifest = JSON.parse(
      cache.manifests.get(cache.tags.get('cache') ?? '')?.bytes.toString() ?? '',
    ) as {
      layers: { digest: string; mediaType: string }[];
    };
    for (const { digest, mediaType } of manifest.layers)
      if (mediaType.includes('layer-index')) cache.blobs.set(digest, Buffer.from('damaged'));
    files['conf'] = 'port=2';
    const { worker, result } = await build();
    expect(worker.started).toBe(0);
    expect(result.steps.at(-1)?.outcome.type).toBe('done');
    expect(downloads()).toContain('layer of the base');
  });
});
