import { tmpdir } from 'node:os';
import { describe, expect, jest, test } from '@jest/globals';
import type { BuildError, BuildErrors } from '../../../src/base/errors.ts';
import type { BuildCache } from '../../../src/cache/build-cache.ts';
import type { StepReport } from '../../../src/engine/engine.ts';
import type { Exporter, ExportRequest } from '../../../src/export/exporter.ts';
import { localExporter } from '../../../src/export/to/local.ts';
import { memoryStore } from '../../../src/image/store/memory.ts';
import { benchBuild } from '../../support/engine-bench.ts';
import { MemoryCache } from '../../support/memory-cache.ts';
import { ScriptedWorker } from '../../support/scripted-worker.ts';

const COMPILE = `FROM scratch AS compile
COPY src /src
RUN ["cc", "/src/main.c"]
FROM scratch
COPY --from=compile /out/app /bin/app
`;
const FILES = { 'src/main.c': 'int main;', 'README.md': 'not copied' };
const compiler = (argv: readonly string[]): { files: Record<string, string> } => ({
  files: { 'out/app': `built by ${argv[0]}` },
});

function outcomes(steps: readonly StepReport[]): Record<string, string> {
  return Object.fromEntries(
    steps.map(({ name, outcome }) => [
      name,
      outcome.type === 'done' ? `done: ${outcome.miss}` : outcome.type,
    ]),
  );
}

async function failure(build: Promise<unknown>): Promise<BuildError> {
  const error = await build.then(
    () => undefined,
    (thrown: unknown) => thrown as BuildError,
  );
  if (error === undefined) throw new TypeError('the build did not fail');
  return error;
}

describe('the embedded engine', () => {
  test('a compiled file goes from stage to stage; only it is in the image', async () => {
    const { files, worker, result } = await benchBuild({ dockerfile: COMPILE, files: FILES, run: compiler });
    expect(files).toEqual({ 'bin/': '', 'bin/app': 'built by cc' });
    expect(worker.requests.map(({ args }) => args)).toEqual([['cc', '/src/main.c']]);
    expect([worker.started, worker.disposed]).toEqual([1, 1]);
    expect(result.images[0]?.image.config.history).toHaveLength(1);
  });

  test('a build without RUN never starts a worker', async () => {
    const { worker, files } = await benchBuild({ dockerfile: 'FROM scratch\nCOPY . /', files: { a: '1' } });
    expect(worker.started).toBe(0);
    expect(files).toEqual({ a: '1' });
  });

  test('the same build twice gives the same digest, with nothing shared', async () => {
    const first = await benchBuild({ dockerfile: COMPILE, files: FILES, run: compiler });
    const second = await benchBuild({ dockerfile: COMPILE, files: FILES, run: compiler });
    expect(second.result.digest).toBe(first.result.digest);
  });

  test('the second build takes the final step from the cache and looks at nothing below it', async () => {
    const cache = new MemoryCache();
    const first = await benchBuild({ dockerfile: COMPILE, files: FILES, run: compiler, caches: [cache] });
    expect(outcomes(first.result.steps)).toEqual({
      '[compile 1/2] COPY src /src': 'done: no record (evicted or never built)',
      '[compile 2/2] RUN ["cc", "/src/main.c"]': 'done: no record (evicted or never built)',
      '[stage-1 1/1] COPY --from=compile /out/app /bin/app': 'done: no record (evicted or never built)',
    });
    const second = await benchBuild({ dockerfile: COMPILE, files: FILES, caches: [cache] });
    expect(second.worker.started).toBe(0);
    expect(outcomes(second.result.steps)).toEqual({
      '[compile 1/2] COPY src /src': 'skipped',
      '[compile 2/2] RUN ["cc", "/src/main.c"]': 'skipped',
      '[stage-1 1/1] COPY --from=compile /out/app /bin/app': 'cached',
    });
    expect(second.result.digest).toBe(first.result.digest);
  });

  test('a changed file rebuilds what reads it, and the miss names it', async () => {
    const cache = new MemoryCache();
    await benchBuild({ dockerfile: COMPILE, files: FILES, run: compiler, caches: [cache] });
    const { result, worker } = await benchBuild({
      dockerfile: COMPILE,
      files: { ...FILES, 'src/main.c': 'int changed;' },
      run: compiler,
      caches: [cache],
    });
    expect(worker.requests).toHaveLength(1);
    expect(outcomes(result.steps)['[compile 1/2] COPY src /src']).toMatch(/src.*content changed/);
  });

  test('a file that no step reads changes nothing', async () => {
    const cache = new MemoryCache();
    await benchBuild({ dockerfile: COMPILE, files: FILES, run: compiler, caches: [cache] });
    const { worker } = await benchBuild({
      dockerfile: COMPILE,
      files: { ...FILES, 'README.md': 'new' },
      caches: [cache],
    });
    expect(worker.started).toBe(0);
  });

  test('a layer that is gone from the cache is made again', async () => {
    const cache = new MemoryCache();
    const first = await benchBuild({ dockerfile: COMPILE, files: FILES, run: compiler, caches: [cache] });
    cache.blobs.clear();
    const { result, worker } = await benchBuild({
      dockerfile: COMPILE,
      files: FILES,
      run: compiler,
      caches: [cache],
    });
    expect(worker.requests).toHaveLength(1);
    expect(result.digest).toBe(first.result.digest);
    expect(outcomes(result.steps)['[stage-1 1/1] COPY --from=compile /out/app /bin/app']).toBe(
      'done: its layer is gone from memory (evicted)',
    );
  });

  test('a layer that the cache could not be asked for is not called gone', async () => {
    const cache = new MemoryCache();
    const asked = { dockerfile: COMPILE, files: FILES, run: compiler, caches: [cache] };
    await benchBuild(asked);
    cache.blobs.clear();
    const deaf = Object.assign(cache, { isUnsure: () => true });
    const { result } = await benchBuild({ ...asked, caches: [deaf] });
    expect(outcomes(result.steps)['[stage-1 1/1] COPY --from=compile /out/app /bin/app']).toBe(
      'done: its layer could not be had from memory (see the notice)',
    );
  });

  test('a damaged layer of the cache is noticed, said once, and made again', async () => {
    const cache = new MemoryCache();
    const first = await benchBuild({ dockerfile: COMPILE, files: FILES, run: compiler, caches: [cache] });
    for (const [digest, bytes] of cache.blobs)
      cache.blobs.set(digest, Buffer.concat([bytes.subarray(1), Buffer.from('x')]));
    const { result, events } = await benchBuild({
      dockerfile: COMPILE,
      files: FILES,
      run: compiler,
      caches: [cache],
    });
    expect(result.digest).toBe(first.result.digest);
    const notices = events.flatMap((event) =>
      event.type === 'notice' && event.message.includes('cached layer') ? [event.message] : [],
    );
    expect(notices.length).toBeGreaterThan(0);
    expect(new Set(notices).size).toBe(notices.length);
  });

  test('RUN --security=insecure runs when it is allowed, and the refusal names what allows it', async () => {
    const dockerfile = 'FROM scratch\nRUN --security=insecure ["x"]\nRUN ["y"]\n';
    const refused = await failure(benchBuild({ dockerfile }));
    expect([refused.code, refused.hint]).toEqual([
      'INSECURE_REFUSED',
      expect.stringContaining('--allow security.insecure'),
    ]);
    const { worker } = await benchBuild({ dockerfile, request: { allow: ['security.insecure'] } });
    expect(worker.requests.map(({ insecure }) => insecure)).toEqual([true, undefined]);
  });

  test('RUN for another platform: without emulation it fails before any work of its own, with it it runs', async () => {
    const dockerfile = 'FROM scratch\nCOPY a /a\nRUN ["x"]\n';
    const arm = { platforms: [{ os: 'linux', architecture: 'arm64' }] };
    const files = { a: '1' };
    const none = () => Promise.resolve({ kind: 'missing', why: 'for a reason' } as const);
    let started = 0;
    const error = await failure(
      benchBuild({
        dockerfile,
        files,
        request: arm,
        emulationFor: none,
        run: () => {
          started += 1;
          return {};
        },
      }),
    );
    expect([error.code, error.message, started, error.at?.start.line]).toEqual([
      'EMULATION_MISSING',
      'RUN for linux/arm64 cannot work on this linux/amd64 machine: for a reason',
      0,
      3,
    ]);
    expect(error.hint).toContain('docker/setup-qemu-action');
    const copy = await benchBuild({
      dockerfile: 'FROM scratch\nCOPY a /a\n',
      files,
      request: arm,
      emulationFor: none,
    });
    expect(copy.files).toEqual({ a: '1' });
    const inRoot = (interpreter: string) =>
      benchBuild({
        dockerfile,
        files,
        request: arm,
        emulationFor: async () => ({ kind: 'in-root', interpreter }),
      });
    expect((await inRoot('/a')).worker.requests).toHaveLength(1);
    expect((await failure(inRoot('/usr/bin/qemu'))).message).toContain('without the flag F');
  });

  test('annotations stand where they belong; those of an index need one', async () => {
    const annotations = [
      { place: 'manifest', key: 'all', value: '1' },
      { place: 'manifest', platform: { os: 'linux', architecture: 'arm64' }, key: 'arm', value: '2' },
      { place: 'index', key: 'index', value: '3' },
      { place: 'manifest-descriptor', key: 'entry', value: '4' },
      { place: 'index-descriptor', key: 'top', value: '5' },
    ] as const;
    const exported: ExportRequest[] = [];
    const exporter: Exporter = {
      type: 'oci',
      description: 'look',
      export: async (request) => {
        exported.push(request);
        return { locations: [], bytesSent: 0, bytesSkipped: 0 };
      },
    };
    const options = { dockerfile: 'FROM scratch\nCOPY a /a\n', files: { a: '1' }, exporters: [exporter] };
    const platforms = [
      { os: 'linux', architecture: 'amd64' },
      { os: 'linux', architecture: 'arm64' },
    ];
    await benchBuild({ ...options, request: { annotations, platforms } });
    const [many] = exported;
    const json = (bytes: Uint8Array | undefined) => JSON.parse(Buffer.from(bytes ?? []).toString());
    expect(many?.images.map(({ manifest }) => json(manifest.bytes).annotations)).toEqual([
      { all: '1' },
      { all: '1', arm: '2' },
    ]);
    const index = json(many?.index?.bytes);
    expect(index.annotations).toEqual({ index: '3' });
    expect(index.manifests.map((entry: { annotations: object }) => entry.annotations)).toEqual([
      { entry: '4' },
      { entry: '4' },
    ]);
    expect(many?.index?.descriptor.annotations).toEqual({ top: '5' });
    const { events } = await benchBuild({ ...options, request: { annotations } });
    expect(exported[1]?.images[0]?.manifest.descriptor.annotations).toEqual({ entry: '4' });
    expect(events).toContainEqual({
      type: 'notice',
      message: expect.stringContaining('annotations of the index are left out'),
    });
  });

  test('an SSH agent reaches the step that mounts it, and no key of a cache', async () => {
    const cache = new MemoryCache();
    const dockerfile =
      'FROM scratch\nRUN --mount=type=ssh,id=a,target=/agent --mount=type=ssh ["x"]\nENV SSH_AUTH_SOCK=/own\nRUN --mount=type=ssh ["y"]\n';
    const { worker } = await benchBuild({ dockerfile, caches: [cache], request: { sshAgents: ['default'] } });
    const [first, second] = worker.requests;
    expect(first?.mounts).toEqual([
      {
        type: 'socket',
        path: '/agents/default',
        target: '/run/buildkit/ssh_agent.1',
        mode: 0o600,
        uid: 0,
        gid: 0,
      },
    ]);
    expect(first?.env).toContain('SSH_AUTH_SOCK=/agent');
    expect(second?.env.filter((pair) => pair.startsWith('SSH_AUTH_SOCK'))).toEqual(['SSH_AUTH_SOCK=/own']);
    expect(JSON.stringify([...cache.records.values()])).not.toContain('/agents/');
    // The same keys without an agent.
    const again = await benchBuild({ dockerfile, caches: [cache] });
    expect(again.worker.started).toBe(0);
    const required = await failure(
      benchBuild({ dockerfile: 'FROM scratch\nRUN --mount=type=ssh,id=b,required ["x"]\n' }),
    );
    expect([required.code, required.hint]).toEqual(['SSH_MISSING', expect.stringContaining('--ssh b')]);
  });

  test('a record made on another parent is not used', async () => {
    const cache = new MemoryCache();
    let count = 0;
    const dockerfile = 'FROM scratch\nCOPY a /a\nRUN ["date"]\nRUN ["use"]\n';
    const run = (argv: readonly string[]): { files: Record<string, string> } => ({
      files: { [`${argv[0]}`]: String(count++) },
    });
    await benchBuild({ dockerfile, files: { a: '1' }, run, caches: [cache] });
    for (const [key, record] of cache.records) if (record.step.endsWith('RUN 1')) cache.records.delete(key);
    const { result } = await benchBuild({ dockerfile, files: { a: '1' }, run, caches: [cache] });
    expect(outcomes(result.steps)['[3/3] RUN ["use"]']).toBe(
      'done: the step below it was rebuilt with another result',
    );
  });

  test('an unchanged image keeps its digest at a later time, unless SOURCE_DATE_EPOCH says otherwise', async () => {
    const cache = new MemoryCache();
    const epoch = (seconds: number, fixed: boolean) => ({ epoch: { seconds, clampAfter: seconds, fixed } });
    const first = await benchBuild({
      dockerfile: COMPILE,
      files: FILES,
      run: compiler,
      caches: [cache],
      request: epoch(1000, false),
    });
    const later = await benchBuild({
      dockerfile: COMPILE,
      files: FILES,
      caches: [cache],
      request: epoch(2000, false),
    });
    expect(later.result.digest).toBe(first.result.digest);
    const fixed = await benchBuild({
      dockerfile: COMPILE,
      files: FILES,
      caches: [cache],
      request: epoch(500, true),
    });
    const { config } = fixed.result.images[0]?.image ?? {};
    expect([config?.created, config?.history[0]?.created]).toEqual([
      '1970-01-01T00:08:20Z',
      '1970-01-01T00:08:20Z',
    ]);
  });

  test('rewrite-timestamp: no new layer has a file newer than SOURCE_DATE_EPOCH, also where a cache has one that does', async () => {
    const cache = new MemoryCache();
    const options = { dockerfile: COMPILE, files: FILES, run: compiler, caches: [cache] };
    const on = (seconds: number, rewriteTimes: boolean) =>
      benchBuild({
        ...options,
        request: { rewriteTimes, epoch: { seconds, clampAfter: seconds, fixed: true } },
      });
    await on(2000, true);
    // As they are in the cache.
    expect((await on(3000, true)).worker.started).toBe(0);
    const rewritten = await on(1000, true);
    expect(Object.values(outcomes(rewritten.result.steps))).toContain(
      'done: its layer has files that are newer than SOURCE_DATE_EPOCH (rewrite-timestamp)',
    );
    const fresh = await benchBuild({
      ...options,
      caches: [],
      request: { epoch: { seconds: 1000, clampAfter: 1000, fixed: true } },
    });
    expect(rewritten.result.digest).toBe(fresh.result.digest);
  });

  test('rewrite-timestamp without SOURCE_DATE_EPOCH says that it changes nothing', async () => {
    const { events } = await benchBuild({
      dockerfile: COMPILE,
      files: FILES,
      run: compiler,
      request: { rewriteTimes: true },
    });
    expect(events).toContainEqual({ type: 'notice', message: expect.stringContaining('changes nothing') });
  });

  test('ARG SOURCE_DATE_EPOCH of the file decides the times', async () => {
    const dockerfile = 'ARG SOURCE_DATE_EPOCH=777\nFROM scratch\nCOPY a /a\n';
    const { result } = await benchBuild({ dockerfile, files: { a: '1' } });
    expect(result.images[0]?.image.config.created).toBe('1970-01-01T00:12:57Z');
  });

  test('no-cache runs every step', async () => {
    const cache = new MemoryCache();
    await benchBuild({ dockerfile: COMPILE, files: FILES, run: compiler, caches: [cache] });
    const { worker, result } = await benchBuild({
      dockerfile: COMPILE,
      files: FILES,
      run: compiler,
      caches: [cache],
      request: { noCache: true },
    });
    expect(worker.requests).toHaveLength(1);
    expect(result.steps.every(({ outcome }) => outcome.type === 'done')).toBe(true);
  });

  test('independent stages run at the same time', async () => {
    const dockerfile = `FROM scratch AS a
RUN ["a"]
FROM scratch AS b
RUN ["b"]
FROM scratch
COPY --from=a /a /
COPY --from=b /b /
`;
    const begun = { a: Promise.withResolvers<void>(), b: Promise.withResolvers<void>() };
    const { files } = await benchBuild({
      dockerfile,
      run: async ([name = '']) => {
        // Each goes on when the other one runs too.
        if (name === 'a') begun.a.resolve();
        else begun.b.resolve();
        await (name === 'a' ? begun.b : begun.a).promise;
        return { files: { [name]: 'x' } };
      },
    });
    expect(files).toEqual({ a: 'x', b: 'x' });
  });

  test('a failing RUN tells its exit code, its last output and its line, and stops what runs beside it', async () => {
    const error = await failure(
      benchBuild({
        dockerfile: 'FROM scratch\nCOPY a /\nRUN ["false"]\nRUN ["never"]\n',
        files: { a: '' },
        run: (argv) => ({ exitCode: argv[0] === 'false' ? 3 : 0, output: 'line 1\nit went wrong\n' }),
      }),
    );
    expect(error).toMatchObject({ kind: 'user', code: 'RUN_FAILED', at: { start: { line: 3 } } });
    expect(error.message).toBe('process "false" did not complete successfully: exit code: 3');
    expect(error.hint).toContain('it went wrong');
  });

  test('a missing COPY source tells its line', async () => {
    const error = await failure(benchBuild({ dockerfile: 'FROM scratch\nCOPY missing /', files: { a: '' } }));
    expect(error).toMatchObject({ kind: 'user', code: 'COPY_SOURCE_NOT_FOUND', at: { start: { line: 2 } } });
  });

  test.each(['key', 'constructor'])('a required secret is missed before anything runs: %s', async (id) => {
    const error = await failure(
      benchBuild({
        dockerfile: `FROM scratch\nCOPY . /\nRUN --mount=type=secret,id=${id},required ["x"]`,
        files: { a: '' },
      }),
    );
    expect(error).toMatchObject({ code: 'SECRET_MISSING', at: { start: { line: 3 } } });
  });

  test('a required secret or agent is not missed by a step that a cache has, or whose files are as they were', async () => {
    const mounts = '--mount=type=secret,id=key,required --mount=type=ssh,required';
    const dockerfile = (files: string): string => `FROM scratch\nCOPY ${files} /\nRUN ${mounts} ["x"]\n`;
    const cache = new MemoryCache();
    const options = { dockerfile: dockerfile('a'), files: { a: '' }, caches: [cache] };
    const given = { secrets: { key: Buffer.from('hush') }, sshAgents: ['default'] };
    await benchBuild({ ...options, request: given });
    expect((await benchBuild(options)).worker.started).toBe(0);
    // Another definition, the same layer below.
    const { worker } = await benchBuild({ ...options, dockerfile: dockerfile('./a') });
    expect(worker.started).toBe(0);

    const error = await failure(benchBuild({ ...options, files: { a: 'changed' } }));
    expect((error as BuildErrors).errors.map(({ code }) => code)).toEqual(['SECRET_MISSING', 'SSH_MISSING']);
    const renewed = await failure(benchBuild({ ...options, request: { noCache: true } }));
    expect(renewed).toMatchObject({ code: 'SECRET_MISSING', at: { start: { line: 3 } } });
  });

  test('of a step that no cache has seen, what it requires is missed before what it stands on is run', async () => {
    const dockerfile = 'FROM scratch\nRUN ["slow"]\nRUN --mount=type=secret,id=key,required ["x"]\n';
    const run = jest.fn(() => ({}));
    const error = await failure(benchBuild({ dockerfile, run, caches: [new MemoryCache()] }));
    expect(error).toMatchObject({ code: 'SECRET_MISSING', at: { start: { line: 3 } } });
    expect(run).not.toHaveBeenCalled();
  });

  test('a secret reaches its RUN and neither the image nor a key', async () => {
    const cache = new MemoryCache();
    const secrets = { key: Buffer.from('hush-hush') };
    const dockerfile = 'FROM scratch\nRUN --mount=type=secret,id=key ["x"]\n';
    const run = () => ({ files: { made: 'y' } });
    const { worker, result } = await benchBuild({ dockerfile, run, caches: [cache], request: { secrets } });
    const mount = worker.requests[0]?.mounts[0];
    expect(mount?.type === 'file' && Buffer.from(mount.content).toString()).toBe('hush-hush');
    const everything = JSON.stringify([result, [...cache.records.values()]]);
    expect(everything).not.toContain('hush-hush');
    const other = await benchBuild({
      dockerfile,
      run,
      caches: [cache],
      request: { secrets: { key: Buffer.from('new') } },
    });
    expect(other.worker.started).toBe(0);
  });

  test('lint findings at the threshold end the build before any work', async () => {
    const store = memoryStore();
    const error = await failure(
      benchBuild({
        dockerfile: 'FROM 127.0.0.1:1/never:asked\nMAINTAINER me\n',
        store,
        request: { lint: { enabled: true, failOn: 'error', config: {} } },
      }),
    );
    expect(error).toMatchObject({ kind: 'user', code: 'LINT_FAILED', at: { start: { line: 2 } } });
  });

  test('a cancelled build does not wait for what is on its way to a cache', async () => {
    const { lookup, hasBlob, openBlob, save, finish } = new MemoryCache();
    const uploading = (signal?: AbortSignal): ReturnType<BuildCache['finish']> =>
      new Promise((resolve) => {
        const end = (): void => resolve(finish());
        if (signal?.aborted === true) end();
        else signal?.addEventListener('abort', end, { once: true });
      });
    const slow: BuildCache = {
      name: 'slow',
      writable: true,
      lookup,
      hasBlob,
      openBlob,
      save,
      finish: uploading,
    };
    const abort = new AbortController();
    const error = await failure(
      benchBuild({
        dockerfile: COMPILE,
        files: FILES,
        run: compiler,
        caches: [slow],
        signal: abort.signal,
        // What is cancelled gives no more bytes.
        readBack: false,
        exporters: [
          {
            type: 'oci',
            description: 'cancel at the end',
            export: () => {
              setTimeout(() => abort.abort(new DOMException('SIGINT received', 'AbortError')), 10);
              return Promise.resolve({ locations: [], bytesSent: 0, bytesSkipped: 0 });
            },
          },
        ],
      }).then(() => Promise.reject(new TypeError('not cancelled'))),
    );
    expect(error.message).toBe('not cancelled');
  });

  test('a cancelled build says so and leaves no step behind', async () => {
    const abort = new AbortController();
    const error = await failure(
      benchBuild({
        dockerfile: 'FROM scratch\nRUN ["x"]\n',
        signal: abort.signal,
        run: () => {
          abort.abort(new DOMException('SIGINT received', 'AbortError'));
          return {};
        },
      }),
    );
    expect(error.code).toBe('CANCELLED');
  });
});

test('an output that cannot be made of these platforms is found out before any step', async () => {
  const worker = new ScriptedWorker(() => ({}));
  const build = benchBuild({
    dockerfile: 'FROM scratch\nRUN ["x"]\n',
    worker,
    request: {
      platforms: [
        { os: 'linux', architecture: 'amd64' },
        { os: 'linux', architecture: 'arm64' },
      ],
    },
    exporters: [localExporter({ dest: tmpdir(), platformSplit: false })],
  });
  await expect(build).rejects.toMatchObject({ code: 'OUTPUT_NOT_SUPPORTED' });
  expect(worker.requests).toEqual([]);
});
