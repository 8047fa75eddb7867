import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { buildkitCacheReader, buildkitInlineReader } from '../../../src/cache/backends/buildkit.ts';
import { openRegistryImport } from '../../../src/cache/backends/registry.ts';
import type { BuildCache } from '../../../src/cache/build-cache.ts';
import { parseCacheKey } from '../../../src/image/cache-key.ts';
import { type DiffId, type Digest, digestOf } from '../../../src/image/digest.ts';
import type { SolverVertex } from '../../../src/image/solver-vertex.ts';
import { createRegistry } from '../../../src/registry/http/client.ts';
import type { Registry } from '../../../src/registry/registry.ts';
import { RegistryServer } from '../../support/registry-server.ts';

const CONFIG_TYPE = 'application/vnd.buildkit.cacheconfig.v0';
const GZIP = 'application/vnd.oci.image.layer.v1.tar+gzip';
const KEY = parseCacheKey('0'.repeat(64));

let server: RegistryServer;
let registry: Registry;

beforeEach(async () => {
  server = await RegistryServer.start();
  registry = createRegistry({ credentials: { find: async () => undefined }, retry: { attempts: 1 } });
});
afterEach(() => server[Symbol.asyncDispose]());

/** BuildKit's name of a record: of a cache map and its output. */
function recordName(name: string, output = 0): Digest {
  return digestOf(`${digestOf(name)}@${output}`);
}

function vertex(name: string, more: Partial<SolverVertex> = {}): SolverVertex {
  return { digests: [digestOf(name)], inputs: [], ...more };
}

const BASE = vertex('base', { layers: [digestOf('base layer') as string as DiffId] });

function stepOn(base: SolverVertex, more: Partial<SolverVertex> = {}): SolverVertex {
  return vertex('step', { inputs: [{ vertex: base, selectors: ['sel'] }], base, ...more });
}

interface Written {
  readonly layers: readonly unknown[];
  readonly records: readonly unknown[];
}

const GOOD: Written = {
  layers: [{ blob: digestOf('blob 0'), parent: -1 }, { blob: digestOf('blob 1') }],
  records: [
    { digest: recordName('base') },
    {
      digest: recordName('step'),
      inputs: [[{ selector: 'sel', link: 0 }]],
      layers: [{ layer: 1, createdAt: '2026-01-02T03:04:05.123456789Z' }],
    },
  ],
};

function put(config: unknown, descriptor: Readonly<Record<string, unknown>> = {}): void {
  const bytes = Buffer.from(typeof config === 'string' ? config : JSON.stringify(config));
  const { digest, size } = server.addBlob('cache', bytes);
  const layers = ['base layer', 'step layer'].map((name, i) => ({
    mediaType: GZIP,
    digest: digestOf(`blob ${i}`),
    size: 10 + i,
    annotations: { 'containerd.io/uncompressed': digestOf(name), 'buildkit/createdat': 'x', kept: 'y' },
  }));
  const manifest = {
    schemaVersion: 2,
    config: { mediaType: CONFIG_TYPE, digest, size, ...descriptor },
    layers,
  };
  server.addManifest('cache', 'application/vnd.oci.image.manifest.v1+json', manifest, 'x');
}

function open(): Promise<BuildCache> {
  const repository = { host: server.host, path: 'cache' };
  const readers = [buildkitCacheReader, buildkitInlineReader];
  return openRegistryImport({ registry, repository, tag: 'x', readers });
}

async function lookup(cache: BuildCache, asked: SolverVertex): ReturnType<BuildCache['lookup']> {
  return cache.lookup(KEY, 'RUN 1', undefined, async () => asked);
}

describe('a cache config', () => {
  test('a step is a record of ours with its layer by descriptor', async () => {
    put(GOOD);
    const { record } = await lookup(await open(), stepOn(BASE));
    expect(record).toEqual({
      key: KEY,
      step: 'RUN 1',
      parts: [],
      layer: {
        descriptor: { mediaType: GZIP, digest: digestOf('blob 1'), size: 11, annotations: { kept: 'y' } },
        diffId: digestOf('step layer'),
        sources: [{ host: server.host, path: 'cache' }],
      },
      parent: digestOf('base layer'),
      createdAt: '2026-01-02T03:04:05.123Z',
    });
  });

  test('without BuildKit’s name of the step nothing is found', async () => {
    put(GOOD);
    const cache = await open();
    expect(await cache.lookup(KEY, 'RUN 1')).toEqual({});
    expect(await cache.lookup(KEY, 'RUN 1', undefined, async () => undefined)).toEqual({});
  });

  test.each<[string, SolverVertex, RegExp]>([
    [
      'another step',
      vertex('other', { inputs: [{ vertex: BASE, selectors: ['sel'] }], base: BASE }),
      /no such step/,
    ],
    ['another base', stepOn(vertex('other')), /other inputs/],
    ['another selector', { ...stepOn(BASE), inputs: [{ vertex: BASE, selectors: [''] }] }, /other inputs/],
    [
      'one input more',
      { ...stepOn(BASE), inputs: [...stepOn(BASE).inputs, { vertex: BASE, selectors: ['sel'] }] },
      /other inputs/,
    ],
    ['one input less', { ...stepOn(BASE), inputs: [] }, /other inputs/],
    [
      'content that is not there',
      {
        ...stepOn(BASE),
        inputs: [{ vertex: vertex('x'), selectors: [], content: async () => [digestOf('c')] }],
      },
      /other inputs/,
    ],
    [
      'other layers below',
      stepOn({ ...BASE, layers: [digestOf('z') as string as DiffId] }),
      /without its layer|other inputs/,
    ],
    ['a step that cannot be told', stepOn(BASE, { unknown: 'it asks for devices' }), /devices/],
  ])('%s is a miss with its reason', async (_, asked, reason) => {
    put(GOOD);
    const { record, reason: told } = await lookup(await open(), asked);
    expect(record).toBeUndefined();
    expect(told).toMatch(reason);
  });

  test('content stands for an input that is made in another way', async () => {
    const byContent = { digest: digestOf(`${digestOf('c')}@-1`) };
    const [base, step] = GOOD.records as [object, object];
    put({ ...GOOD, records: [base, { ...step, inputs: [[{ link: 2 }]] }, byContent] });
    const asked = {
      ...stepOn(BASE),
      inputs: [{ vertex: vertex('x'), selectors: ['sel'], content: async () => [digestOf('c')] }],
    };
    expect((await lookup(await open(), asked)).record).toBeDefined();
  });

  test('--link: the layer that was made on nothing is taken, whatever it is put on', async () => {
    put({
      layers: [{ blob: digestOf('blob 1'), parent: -1 }],
      records: [{ digest: recordName('alone'), layers: [{ layer: 0, createdAt: '2026-01-02T03:04:05Z' }] }],
    });
    const asked = vertex('merge', {
      inputs: [{ vertex: vertex('new base'), selectors: [''] }],
      alone: vertex('alone'),
    });
    const { record } = await lookup(await open(), asked);
    expect(record?.layer?.diffId).toBe(digestOf('step layer'));
    expect(record).not.toHaveProperty('parent');
  });

  test('of several results the one on the layers below, else the newest', async () => {
    const at = (layer: number, day: number): unknown => ({ layer, createdAt: `2026-01-0${day}T00:00:00Z` });
    put({
      layers: [
        { blob: digestOf('blob 0'), parent: -1 },
        { blob: digestOf('blob 1') },
        { blob: digestOf('blob 1'), parent: 1 },
      ],
      records: [
        { digest: recordName('base') },
        {
          digest: recordName('step'),
          inputs: [[{ selector: 'sel', link: 0 }]],
          layers: [at(2, 3), at(1, 1), at(1, 2)],
        },
      ],
    });
    const { record } = await lookup(await open(), stepOn(BASE));
    expect(record).toMatchObject({ createdAt: '2026-01-02T00:00:00.000Z', parent: digestOf('base layer') });
  });

  test.each<[string, unknown]>([
    ['not JSON', '{'],
    ['a list', []],
    [
      'layers in a circle',
      {
        layers: [{ blob: digestOf('a'), parent: 0 }],
        records: [{ digest: recordName('s'), layers: [{ layer: 0 }] }],
      },
    ],
    ['a layer that is not there', { records: [{ digest: recordName('s'), layers: [{ layer: 7 }] }] }],
    ['a link to nowhere', { records: [{ digest: recordName('s'), inputs: [[{ link: 9 }]] }] }],
    ['a negative link', { records: [{ digest: recordName('s'), inputs: [[{ link: -1 }]] }] }],
    ['no digest', { records: [{ digest: 'random:1' }] }],
    [
      'few layers, and many results on all of them',
      {
        layers: Array.from({ length: 900 }, (_, i) => ({ blob: digestOf('a'), parent: i - 1 })),
        records: [{ digest: recordName('s'), layers: Array.from({ length: 5000 }, () => ({ layer: 899 })) }],
      },
    ],
    [
      'inputs that are each of very many steps',
      {
        records: Array.from({ length: 200 }, () => ({
          digest: recordName('s'),
          inputs: [Array.from({ length: 9000 }, () => ({}))],
        })),
      },
    ],
  ])('%s: an empty cache and one notice', async (_, config) => {
    put(config);
    const cache = await open();
    expect(await lookup(cache, stepOn(BASE))).toEqual({});
    const { notices } = await cache.finish();
    expect(notices).toEqual([expect.stringContaining("BuildKit's cache in")]);
  });

  test('other bytes than its digest says', async () => {
    put(GOOD, { digest: digestOf('something else'), size: 5 });
    server.repo('cache').blobs.set(digestOf('something else'), Buffer.from('bytez'));
    const cache = await open();
    expect(await lookup(cache, stepOn(BASE))).toEqual({});
    expect((await cache.finish()).notices[0]).toMatch(/other bytes/);
  });

  test('one that is larger than anybody needs is not read', async () => {
    put(GOOD, { size: 2 ** 31 });
    const cache = await open();
    expect((await cache.finish()).notices[0]).toMatch(/more than/);
    expect(server.requests.some(({ method, path }) => method === 'GET' && path.includes('/blobs/'))).toBe(
      false,
    );
  });

  test('links in a circle end', async () => {
    const [base, step] = GOOD.records as [object, { digest: string }];
    put({
      ...GOOD,
      records: [
        base,
        {
          ...step,
          inputs: [
            [
              { selector: 'sel', link: 0 },
              { selector: 'sel', link: 1 },
            ],
          ],
        },
      ],
    });
    expect((await lookup(await open(), stepOn(BASE))).record).toBeDefined();
  });
});

test('a registry that falls silent while the cache is opened is not waited for longer than the build waits for any', async () => {
  put(GOOD);
  server.inject({ path: /\/blobs\//, stallAfter: 0, times: 5 });
  const patience = new AbortController();
  const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(patience.signal);
  try {
    const opening = open();
    setTimeout(() => patience.abort(new DOMException('it took too long', 'TimeoutError')), 100);
    const { notices } = await (await opening).finish();
    expect(notices).toEqual([expect.stringContaining('there was no answer in time')]);
    expect(timeout).toHaveBeenCalledWith(30_000);
  } finally {
    timeout.mockRestore();
  }
});

test('an image with an inline cache and a config that makes no sense is left out with a notice', async () => {
  const config = server.addBlob(
    'cache',
    Buffer.from(JSON.stringify({ os: 'linux', architecture: 'amd64', 'moby.buildkit.cache.v0': 'W10=' })),
  );
  server.addManifest(
    'cache',
    'application/vnd.oci.image.manifest.v1+json',
    {
      schemaVersion: 2,
      config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...config },
      layers: [],
    },
    'x',
  );
  const { notices } = await (await open()).finish();
  expect(notices).toEqual([expect.stringMatching(/^BuildKit's cache in .* is left out/)]);
});

test('an image without an inline cache is none', async () => {
  const config = server.addBlob(
    'cache',
    Buffer.from(
      JSON.stringify({ os: 'linux', architecture: 'amd64', rootfs: { type: 'layers', diff_ids: [] } }),
    ),
  );
  server.addManifest(
    'cache',
    'application/vnd.oci.image.manifest.v1+json',
    {
      schemaVersion: 2,
      config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...config },
      layers: [],
    },
    'x',
  );
  const { notices } = await (await open()).finish();
  expect(notices).toEqual([expect.stringContaining('holds something else')]);
});
