import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { BuildError } from '../../../src/base/errors.ts';
import type { RemoteOpener } from '../../../src/engine/embedded/dependencies.ts';
import type { Exporter } from '../../../src/export/exporter.ts';
import type { ContentStore } from '../../../src/image/content-store.ts';
import { memoryStore } from '../../../src/image/store/memory.ts';
import type { WorkerStarter } from '../../../src/worker/worker.ts';
import { benchBuild } from '../../support/engine-bench.ts';
import { MemoryCache } from '../../support/memory-cache.ts';
import { ScriptedWorker } from '../../support/scripted-worker.ts';

/** Gives nothing, ever; an abort ends it. */
function silence(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    const end = (): void => reject(signal?.reason);
    if (signal?.aborted === true) end();
    else signal?.addEventListener('abort', end, { once: true });
  });
}

const failing = ([name]: readonly string[]): { exitCode: number; files: Record<string, string> } => ({
  exitCode: name === 'fail' ? 1 : 0,
  files: { [name ?? '']: 'x' },
});

describe('a step that fails', () => {
  test('stops a download that another stage waits for', async () => {
    const dockerfile = `FROM scratch AS a
RUN ["fail"]
FROM scratch AS b
ADD http://example.com/big /
FROM scratch
COPY --from=a / /
COPY --from=b / /
`;
    const build = benchBuild({ dockerfile, run: failing, openRemote: (_op, signal) => silence(signal) });
    await expect(build).rejects.toMatchObject({ code: 'RUN_FAILED', at: { start: { line: 2 } } });
  });

  test('stops a layer that is on its way from a cache', async () => {
    const dockerfile = (a: string, b: string): string => `FROM scratch AS a
RUN ["${a}"]
FROM scratch AS b
RUN ["base"]
RUN ["${b}"]
FROM scratch
COPY --from=a / /
COPY --from=b / /
`;
    const cache = new MemoryCache();
    await benchBuild({ dockerfile: dockerfile('well', 'one'), run: failing, caches: [cache] });
    let asked: () => void = () => undefined;
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const { name, writable, lookup, hasBlob, save, finish } = cache;
    const silent = {
      name,
      writable,
      lookup,
      hasBlob,
      save,
      finish,
      openBlob: (_blob: unknown, signal: AbortSignal) => {
        asked();
        return silence(signal);
      },
    };
    const build = benchBuild({
      dockerfile: dockerfile('fail', 'two'),
      run: async (argv) => {
        await isAsked;
        return failing(argv);
      },
      caches: [silent],
    });
    await expect(build).rejects.toMatchObject({ code: 'RUN_FAILED', at: { start: { line: 2 } } });
  });

  test('is the one that is told, whatever those that it stopped say', async () => {
    // The stopped one is nearer to the end of the build.
    const dockerfile = `FROM scratch AS a
RUN ["fail"]
RUN ["1"]
RUN ["2"]
RUN ["3"]
FROM scratch AS b
RUN ["other"]
FROM scratch
COPY --from=b / /
COPY --from=a / /
`;
    let other: () => void = () => undefined;
    const isRunning = new Promise<void>((resolve) => {
      other = resolve;
    });
    const scripted = new ScriptedWorker(async ({ args }) => {
      await isRunning;
      return failing(args);
    });
    const startWorker: WorkerStarter = async (signal, events) => ({
      ...(await scripted.start(signal, events)),
      run: async (request, runOptions) => {
        if (request.args[0] !== 'other') return (await scripted.start(signal)).run(request, runOptions);
        other();
        await silence(runOptions.signal).catch(() => undefined);
        throw new BuildError({ kind: 'environment', code: 'KILLED', message: 'killed' });
      },
    });
    const build = benchBuild({ dockerfile, startWorker });
    await expect(build).rejects.toMatchObject({ code: 'RUN_FAILED', at: { start: { line: 2 } } });
  });
});

test('an output that cannot be written stops the planning beside it', async () => {
  const dockerfile = `ARG SOURCE_DATE_EPOCH=src
FROM scratch AS src
ADD http://example.com/f /
FROM scratch
COPY --from=src / /
`;
  let planning: Promise<unknown> | undefined;
  const openRemote: RemoteOpener = (_op, signal) => {
    planning = silence(signal);
    return planning as Promise<never>;
  };
  const unwritable: Exporter = {
    type: 'oci',
    description: 'nowhere',
    check: () => Promise.reject(new BuildError({ kind: 'user', code: 'NOWHERE', message: 'no' })),
    export: () => Promise.reject(new TypeError('never asked')),
  };
  const build = benchBuild({ dockerfile, openRemote, exporters: [unwritable] });
  await expect(build).rejects.toMatchObject({ code: 'NOWHERE' });
  await expect(planning).rejects.toMatchObject({ code: 'NOWHERE' });
});

describe('a build that is cancelled', () => {
  test('stops writing a layer', async () => {
    const abort = new AbortController();
    const inner = memoryStore();
    let chunks = 0;
    const store: ContentStore = {
      ...inner,
      put: (source, expected) =>
        inner.put(
          (async function* () {
            for await (const chunk of source) {
              chunks++;
              abort.abort(new DOMException('SIGINT received', 'AbortError'));
              yield chunk;
            }
          })(),
          expected,
        ),
    };
    const build = benchBuild({
      dockerfile: 'FROM scratch\nCOPY big /\n',
      files: { big: randomBytes(2_000_000).toString('hex') },
      store,
      signal: abort.signal,
    });
    await expect(build).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(chunks).toBe(1);
  });

  test('stops reading a layer for an output', async () => {
    const abort = new AbortController();
    let chunks = 0;
    const reader: Exporter = {
      type: 'oci',
      description: 'read',
      async export({ images, content }) {
        for (const layer of images.flatMap(({ image }) => image.layers)) {
          for await (const _ of await content.open(layer)) {
            chunks++;
            abort.abort(new DOMException('SIGINT received', 'AbortError'));
          }
        }
        throw new TypeError('read to the end');
      },
    };
    const build = benchBuild({
      dockerfile: 'FROM scratch\nCOPY big /\n',
      files: { big: randomBytes(1_000_000).toString('hex') },
      store: memoryStore(),
      signal: abort.signal,
      exporters: [reader],
      readBack: false,
    });
    await expect(build).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(chunks).toBe(1);
  });
});
