import { mkdirSync, mkdtempSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseDigest } from '../../../src/image/digest.ts';
import { oneChunk } from '../../../src/image/one-chunk.ts';
import { parseReference } from '../../../src/image/reference.ts';
import { memoryStore } from '../../../src/image/store/memory.ts';
import type { Descriptor, Platform } from '../../../src/image/types.ts';
import { layoutRepository } from '../../../src/registry/layout/layout-place.ts';
import { withLayouts } from '../../../src/registry/layout/layout-registry.ts';
import { resolveImage } from '../../../src/registry/pull.ts';
import type { Registry } from '../../../src/registry/registry.ts';
import { type SampleImage, sampleImage, sampleIndex } from '../../support/sample-image.ts';

const AMD64: Platform = { os: 'linux', architecture: 'amd64' };
const ARM64: Platform = { os: 'linux', architecture: 'arm64' };
const never = (): never => {
  throw new TypeError('the registry was asked');
};
const registry: Registry = {
  manifest: never,
  resolve: never,
  blob: never,
  hasBlob: never,
  pushBlob: never,
  putManifest: never,
  tags: never,
};

describe('OCI layouts as registries', () => {
  let folder: string;
  const amd = sampleImage({ platform: AMD64, tars: [Buffer.alloc(1024)] });
  const arm = sampleImage({ platform: ARM64, tars: [Buffer.alloc(2048)] });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'layout-registry-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function layout(name: string, images: readonly SampleImage[], entries: readonly Descriptor[]): string {
    const path = join(folder, name);
    const blobs = join(path, 'blobs', 'sha256');
    mkdirSync(blobs, { recursive: true });
    const write = (digest: string, bytes: Uint8Array): void =>
      writeFileSync(join(blobs, digest.slice('sha256:'.length)), bytes);
    for (const { config, manifest, blobs: layers } of images) {
      write(config.descriptor.digest, config.bytes);
      write(manifest.descriptor.digest, manifest.bytes);
      for (const [digest, bytes] of layers) write(digest, bytes);
    }
    const index = sampleIndex(images);
    write(index.descriptor.digest, index.bytes);
    writeFileSync(join(path, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: entries }));
    return path;
  }

  const named = (descriptor: Descriptor, tag: string): Descriptor => ({
    ...descriptor,
    annotations: { 'org.opencontainers.image.ref.name': tag },
  });
  const resolved = async (path: string, suffix: string, platform = AMD64): Promise<string> => {
    const { host, path: name } = layoutRepository(path);
    const reference = parseReference(`${host}/${name}${suffix}`);
    return (await resolveImage(withLayouts(registry, [path]), reference, platform)).manifest.descriptor
      .digest;
  };

  test('an image by its tag, its whole name, its digest, and the only one without a name', async () => {
    const full = {
      ...arm.manifest.descriptor,
      annotations: { 'io.containerd.image.name': 'docker.io/library/app:two' },
    };
    const path = layout('names', [amd, arm], [named(amd.manifest.descriptor, 'one'), full]);
    expect(await resolved(path, ':one')).toBe(amd.manifest.descriptor.digest);
    expect(await resolved(path, ':two', ARM64)).toBe(arm.manifest.descriptor.digest);
    expect(await resolved(path, `@${arm.manifest.descriptor.digest}`, ARM64)).toBe(
      arm.manifest.descriptor.digest,
    );
    await expect(resolved(path, ':three')).rejects.toMatchObject({
      code: 'LAYOUT_NOT_FOUND',
      hint: expect.stringContaining('It has one, two'),
    });
    await expect(resolved(path, '')).rejects.toMatchObject({ code: 'LAYOUT_NOT_FOUND' });
    const single = layout('single', [amd], [named(amd.manifest.descriptor, '7')]);
    expect(await resolved(single, '')).toBe(amd.manifest.descriptor.digest);
    await expect(resolved(single, ':8')).rejects.toMatchObject({ code: 'LAYOUT_NOT_FOUND' });
  });

  test('several platforms: an index in it, and entries one a platform', async () => {
    const nested = layout('nested', [amd, arm], [named(sampleIndex([amd, arm]).descriptor, '1')]);
    const flat = layout(
      'flat',
      [amd, arm],
      [
        { ...amd.manifest.descriptor, platform: AMD64 },
        { ...arm.manifest.descriptor, platform: ARM64 },
      ],
    );
    for (const path of [nested, flat]) {
      expect(await resolved(path, '', ARM64)).toBe(arm.manifest.descriptor.digest);
      expect(await resolved(path, '', AMD64)).toBe(amd.manifest.descriptor.digest);
      await expect(resolved(path, '', { os: 'linux', architecture: 's390x' })).rejects.toMatchObject({
        code: 'PLATFORM_NOT_FOUND',
      });
    }
  });

  test('entries one a platform, in a build that has a store and caches', async () => {
    const path = layout(
      'flat-again',
      [amd, arm],
      [
        { ...amd.manifest.descriptor, platform: AMD64 },
        { ...arm.manifest.descriptor, platform: ARM64 },
      ],
    );
    const index = sampleIndex([amd, arm]).descriptor.digest.slice('sha256:'.length);
    rmSync(join(path, 'blobs', 'sha256', index));
    const { host, path: name } = layoutRepository(path);
    const store = memoryStore();
    await store.put(oneChunk(Buffer.from('{}')));
    // The second time the index that stands for both is in the store.
    for (const platform of [ARM64, AMD64]) {
      const found = await resolveImage(
        withLayouts(registry, [path]),
        parseReference(`${host}/${name}`),
        platform,
        { store, documents: async () => [] },
      );
      expect(found.platform).toEqual(platform);
    }
  });

  test('layers are served, and no file of the layout is touched', async () => {
    const path = layout('layers', [amd], [amd.manifest.descriptor]);
    const repository = layoutRepository(path);
    const [layer] = amd.image.layers;
    if (layer === undefined) throw new TypeError('no layer');
    const { descriptor } = layer;
    const file = join(path, 'blobs', 'sha256', descriptor.digest.slice(7));
    utimesSync(file, 1, 1);
    const layouts = withLayouts(registry, [path]);
    const chunks: Uint8Array[] = [];
    for await (const chunk of await layouts.blob(repository, descriptor)) chunks.push(chunk);
    expect(Buffer.concat(chunks)).toEqual(amd.blobs.get(descriptor.digest));
    expect(await layouts.hasBlob(repository, descriptor.digest)).toBe(true);
    expect(await layouts.hasBlob(repository, parseDigest(`sha256:${'1'.repeat(64)}`))).toBe(false);
    expect(await layouts.hasBlob(layoutRepository('/elsewhere'), descriptor.digest)).toBe(false);
    expect(statSync(file).mtimeMs).toBe(1000);
  });

  test('a damaged layout says what is wrong with it', async () => {
    const path = layout('damaged', [amd], [amd.manifest.descriptor]);
    writeFileSync(join(path, 'blobs', 'sha256', amd.manifest.descriptor.digest.slice(7)), '{}');
    await expect(resolved(path, '')).rejects.toMatchObject({
      code: 'LAYOUT_BROKEN',
      message: expect.stringContaining('other bytes than its name says'),
    });
    writeFileSync(join(path, 'index.json'), 'no JSON');
    await expect(resolved(path, '')).rejects.toMatchObject({ code: 'BAD_MANIFEST' });
    rmSync(join(path, 'index.json'));
    await expect(resolved(path, '')).rejects.toMatchObject({ code: 'LAYOUT_BROKEN' });
  });

  test('everything else goes to the registry', async () => {
    const path = layout('other', [amd], [amd.manifest.descriptor]);
    const docker = { host: 'docker.io', path: 'library/busybox' };
    await expect(withLayouts(registry, [path]).manifest(docker, 'latest')).rejects.toThrow('was asked');
  });

  test('a layout of another build, which a cache remembers, is nowhere: no registry is asked for it', async () => {
    const { descriptor } = amd.image.layers[0]!;
    const elsewhere = layoutRepository('/elsewhere');
    for (const layouts of [withLayouts(registry, []), withLayouts(registry, [folder])]) {
      expect(await layouts.hasBlob(elsewhere, descriptor.digest)).toBe(false);
      const missing = { code: 'NOT_FOUND', message: expect.stringContaining(elsewhere.path) };
      await expect(layouts.blob(elsewhere, descriptor)).rejects.toMatchObject(missing);
      await expect(layouts.manifest(elsewhere, 'latest')).rejects.toMatchObject(missing);
      await expect(layouts.resolve(elsewhere, 'latest')).rejects.toMatchObject(missing);
    }
  });

  test('an index that is larger than anybody needs is not read', async () => {
    const path = layout('huge', [amd], [amd.manifest.descriptor]);
    truncateSync(join(path, 'index.json'), 64 * 1024 * 1024);
    await expect(resolved(path, '')).rejects.toMatchObject({ code: 'LAYOUT_BROKEN' });
  });
});
