import { describe, expect, test } from '@jest/globals';
import type { LayerStack } from '../../../src/worker/worker.ts';
import { benchBuild } from '../../support/engine-bench.ts';
import { MemoryCache } from '../../support/memory-cache.ts';
import { ScriptedWorker } from '../../support/scripted-worker.ts';

const DOCKERFILE = `FROM scratch
COPY a /
RUN ["one"]
COPY b /
RUN ["two"]
`;

const run = (argv: readonly string[]) => ({ files: { [argv[0] ?? '']: 'x' } });

describe('what a RUN needs is got ready while steps below it run', () => {
  test('the worker is started once, whatever comes first', async () => {
    const { worker } = await benchBuild({ dockerfile: DOCKERFILE, files: { a: '1', b: '1' }, run });
    expect(worker.started).toBe(1);
    expect(worker.requests).toHaveLength(2);
  });

  test('layers that are known by then are unpacked: those of cached steps below the one that runs', async () => {
    const cache = new MemoryCache();
    const first = await benchBuild({
      dockerfile: DOCKERFILE,
      files: { a: '1', b: '1' },
      run,
      caches: [cache],
    });
    const { worker } = await benchBuild({
      dockerfile: DOCKERFILE,
      files: { a: '1', b: '2' },
      run,
      caches: [cache],
    });
    const diffIds = first.result.images[0]?.image.config.rootfs.diff_ids ?? [];
    expect(worker.prepared.map((stack) => stack.map(({ diffId }) => diffId))).toEqual([diffIds.slice(0, 2)]);
    expect(worker.requests.map(({ args }) => args)).toEqual([['two']]);
  });

  test('each layer is unpacked once it is here, those below it first; then all are got ready', async () => {
    const cache = new MemoryCache();
    const first = await benchBuild({
      dockerfile: DOCKERFILE,
      files: { a: '1', b: '1' },
      run,
      caches: [cache],
    });
    const worker = new ScriptedWorker(({ args }) => run(args));
    await benchBuild({
      dockerfile: DOCKERFILE,
      files: { a: '1', b: '2' },
      caches: [cache],
      startWorker: worker.start,
    });
    const diffIds = first.result.images[0]?.image.config.rootfs.diff_ids ?? [];
    const idsOf = (stacks: readonly LayerStack[]) => stacks.map((stack) => stack.map(({ diffId }) => diffId));
    expect(idsOf(worker.unpacked)).toEqual([diffIds.slice(0, 1), diffIds.slice(0, 2)]);
    expect(idsOf(worker.prepared)).toEqual([diffIds.slice(0, 2)]);
  });

  test('the worker unpacks while it still starts', async () => {
    const worker = new ScriptedWorker(({ args }) => run(args));
    const unpacked = Promise.withResolvers<void>();
    const early: number[] = [];
    const cache = new MemoryCache();
    await benchBuild({ dockerfile: DOCKERFILE, files: { a: '1', b: '1' }, run, caches: [cache] });
    await benchBuild({
      dockerfile: DOCKERFILE,
      files: { a: '1', b: '2' },
      caches: [cache],
      startWorker: async (signal, events) => {
        events?.onPreparer?.({
          unpack: (stack) => {
            early.push(stack.length);
            return Promise.resolve();
          },
          prepare: (stack) => {
            early.push(stack.length);
            unpacked.resolve();
            return Promise.resolve();
          },
        });
        await unpacked.promise;
        return await worker.start(signal, events);
      },
    });
    expect(early).toEqual([1, 2, 2]);
    expect(worker.requests.map(({ args }) => args)).toEqual([['two']]);
  });

  test('what a step was just made for it is unpacked while the worker still starts', async () => {
    const worker = new ScriptedWorker(({ args }) => run(args));
    const unpacked = Promise.withResolvers<void>();
    await benchBuild({
      dockerfile: 'FROM scratch\nCOPY a /\nCOPY b /\nRUN ["two"]\n',
      files: { a: '1', b: '1' },
      startWorker: async (signal, events) => {
        events?.onPreparer?.({
          unpack: async (stack) => {
            if (stack.length === 2) unpacked.resolve();
          },
          prepare: async () => undefined,
        });
        await unpacked.promise;
        return await worker.start(signal, events);
      },
    });
    expect(worker.requests.map(({ root }) => root.length)).toEqual([2]);
    // The worker that runs it has it from the request itself.
    expect(worker.unpacked).toEqual([]);
  });

  test('nothing is, where only what the RUN itself says has changed and its place is found by content', async () => {
    const cache = new MemoryCache();
    const dockerfile = (copy: string) => `FROM scratch\n${copy}\nRUN ["one"]\n`;
    await benchBuild({ dockerfile: dockerfile('COPY a /'), files: { a: '1' }, run, caches: [cache] });
    const cached = await benchBuild({
      dockerfile: dockerfile('COPY a /'),
      files: { a: '1' },
      caches: [cache],
    });
    expect(cached.worker.started).toBe(0);
  });

  test('a worker that cannot be started fails the RUN, not the steps below it', async () => {
    const events: string[] = [];
    const failed = await benchBuild({
      dockerfile: DOCKERFILE,
      files: { a: '1', b: '1' },
      startWorker: () => Promise.reject(new TypeError('no isolation')),
      onEvent: (event) => {
        if (event.type === 'step-ended') events.push(`${event.step.name}: ${event.step.outcome.type}`);
      },
    }).catch((error: unknown) => error);
    expect(String(failed)).toContain('no isolation');
    expect(events).toEqual(['[1/4] COPY a /: done', '[2/4] RUN ["one"]: failed']);
  });
});
