import { describe, expect, test } from '@jest/globals';
import type { BuildEvent, StepReport } from '../../../src/engine/engine.ts';
import { benchBuild } from '../../support/engine-bench.ts';
import { MemoryCache } from '../../support/memory-cache.ts';
import type { ScriptedStep } from '../../support/scripted-worker.ts';

/** A compiler that leaves comments out. */
const compile =
  (source: string) =>
  (argv: readonly string[]): ScriptedStep => ({
    files: { [`out/${argv[0]}`]: source.replace(/#.*/g, '') },
  });

function outcomes(steps: readonly StepReport[]): Record<string, string> {
  return Object.fromEntries(
    steps.map(({ name, outcome }) => {
      const how = outcome.type === 'cached' ? `cached${outcome.by === undefined ? '' : ' by content'}` : '';
      return [
        name.replace(/^\[(\S+) .*\] /, '$1: '),
        outcome.type === 'done' ? `done: ${outcome.miss}` : how || outcome.type,
      ];
    }),
  );
}

const FINAL = 'stage-1: COPY --from=compile /out/cc /bin/app';

function project(last: string): string {
  return `FROM scratch AS compile
COPY main.c /
RUN ["cc"]
FROM scratch
${last}
`;
}

describe('a stage that was rebuilt and came out the same', () => {
  const dockerfile = project('COPY --from=compile /out/cc /bin/app');
  const build = (caches: readonly MemoryCache[], text: string) =>
    benchBuild({ dockerfile, files: { 'main.c': text }, run: compile(text), caches });

  test('does not rebuild the COPY that reads from it', async () => {
    const cache = new MemoryCache();
    const first = await build([cache], 'x # one');
    const second = await build([cache], 'x # two');
    expect(second.worker.requests).toHaveLength(1);
    expect(outcomes(second.result.steps)[FINAL]).toBe('cached by content');
    expect(second.result.digest).toBe(first.result.digest);
    expect(second.files).toEqual({ 'bin/': '', 'bin/app': 'x ' });
  });

  test('is not even built the next time', async () => {
    const cache = new MemoryCache();
    await build([cache], 'x # one');
    await build([cache], 'x # two');
    const third = await build([cache], 'x # two');
    expect(outcomes(third.result.steps)).toEqual({
      'compile: COPY main.c /': 'skipped',
      'compile: RUN ["cc"]': 'skipped',
      [FINAL]: 'cached',
    });
  });

  test('another content is copied, and the miss names the path', async () => {
    const cache = new MemoryCache();
    await build([cache], 'x # one');
    const second = await build([cache], 'y # one');
    expect(outcomes(second.result.steps)[FINAL]).toMatch(/^done: .*COPY \/out\/cc: content changed/);
    expect(second.files['bin/app']).toBe('y ');
  });

  test('a layer that is gone is made again', async () => {
    const cache = new MemoryCache();
    const first = await build([cache], 'x # one');
    cache.blobs.clear();
    const second = await build([cache], 'x # two');
    expect(outcomes(second.result.steps)[FINAL]).toMatch(/^done: /);
    expect(second.result.digest).toBe(first.result.digest);
  });

  test('a layer that turns out to be damaged is made again', async () => {
    const cache = new MemoryCache();
    const first = await build([cache], 'x # one');
    for (const [digest, bytes] of cache.blobs)
      cache.blobs.set(digest, Buffer.concat([bytes.subarray(1), Buffer.from('x')]));
    const second = await build([cache], 'x # two');
    expect(second.result.digest).toBe(first.result.digest);
  });

  test('without a cache, files are not hashed for a key that nobody asks for', async () => {
    const { result } = await benchBuild({ dockerfile, files: { 'main.c': 'x' }, run: compile('x') });
    const copy = result.steps.find(({ name }) => name.includes('--from'));
    expect(copy?.keyParts.some(({ name }) => name.startsWith('content'))).toBe(false);
  });
});

describe('RUN', () => {
  test('with a mount of a stage that came out the same is not run again', async () => {
    const cache = new MemoryCache();
    const dockerfile = project('RUN --mount=type=bind,from=compile,source=/out,target=/in ["use"]');
    const build = (text: string) =>
      benchBuild({ dockerfile, files: { 'main.c': text }, run: compile(text), caches: [cache] });
    await build('x # one');
    const second = await build('x # two');
    expect(second.worker.requests.map(({ args }) => args[0])).toEqual(['cc']);
    const third = await build('y # two');
    expect(third.worker.requests.map(({ args }) => args[0])).toEqual(['cc', 'use']);
  });

  test('mounts of two stages are told apart', async () => {
    const cache = new MemoryCache();
    const dockerfile = `FROM scratch AS a
COPY a /d/
FROM scratch AS b
COPY b /d/
FROM scratch
RUN --mount=type=bind,from=a,source=/d,target=/a --mount=type=bind,from=b,source=/d,target=/b ["use"]
`;
    const build = (a: string, b: string) =>
      benchBuild({
        dockerfile,
        files: { 'a/f': a, 'b/f': b },
        run: () => ({ files: { o: a + b } }),
        caches: [cache],
      });
    await build('1', '2');
    const swapped = await build('2', '1');
    expect(swapped.files).toEqual({ o: '21' });
  });

  test('on layers that came out the same is not run again: a step below it is said in another way', async () => {
    const cache = new MemoryCache();
    const build = (first: string) =>
      benchBuild({
        dockerfile: `FROM scratch\n${first}\nRUN ["use"]\n`,
        files: { a: '1', b: '2' },
        run: (argv) => ({ files: { [argv.at(-1) ?? '']: 'x' } }),
        caches: [cache],
      });
    await build('COPY a /');
    const copied = await build('COPY a /a');
    expect(Object.values(outcomes(copied.result.steps))).toEqual([expect.anything(), 'cached by content']);
    expect(copied.worker.requests).toHaveLength(0);
    const other = await build('COPY b /a');
    expect(other.worker.requests).toHaveLength(1);
    await build('RUN ["make", "f"]');
    const rerun = await build('RUN ["remake", "f"]');
    expect(rerun.worker.requests.map(({ args }) => args[0])).toEqual(['remake']);
  });

  test('no-cache runs it although its content is known', async () => {
    const cache = new MemoryCache();
    const dockerfile = project('COPY --from=compile /out/cc /bin/app\nRUN ["use"]');
    const options = { dockerfile, files: { 'main.c': 'x' }, run: compile('x'), caches: [cache] };
    await benchBuild(options);
    const again = await benchBuild({ ...options, request: { noCache: true } });
    expect(again.worker.requests).toHaveLength(2);
  });
});

describe('COPY --link', () => {
  test('is found whatever it is copied onto', async () => {
    const cache = new MemoryCache();
    const build = (below: string) =>
      benchBuild({
        dockerfile: `FROM scratch\nCOPY ${below} /\nCOPY --link c /c\n`,
        files: { a: '1', b: '2', c: '3' },
        caches: [cache],
      });
    await build('a');
    const { result, files } = await build('b');
    expect(Object.values(outcomes(result.steps))).toEqual([expect.stringMatching(/^done/), 'cached']);
    expect(files).toEqual({ b: '2', c: '3' });
  });
});

test('the log says how a step was found', async () => {
  const cache = new MemoryCache();
  const dockerfile = project('COPY --from=compile /out/cc /bin/app');
  const events: BuildEvent[] = [];
  for (const text of ['x # one', 'x # two']) {
    const built = await benchBuild({
      dockerfile,
      files: { 'main.c': text },
      run: compile(text),
      caches: [cache],
    });
    events.push(...built.events);
  }
  const found = events.flatMap((event) =>
    event.type === 'step-ended' && event.step.outcome.type === 'cached' ? [event.step.outcome] : [],
  );
  expect(found).toEqual([{ type: 'cached', from: 'memory', by: 'content' }]);
});

describe('COPY --from a stage that is cached', () => {
  test('another path of the same name is another step', async () => {
    const cache = new MemoryCache();
    const build = (path: string) =>
      benchBuild({
        dockerfile: `FROM scratch AS a\nRUN ["make"]\nFROM scratch\nCOPY --from=a ${path} /app\n`,
        run: () => ({ files: { 'one/app': '1', 'two/app': '2' } }),
        caches: [cache],
      });
    expect((await build('/one/app')).files).toEqual({ app: '1' });
    expect((await build('/two/app')).files).toEqual({ app: '2' });
    const again = await build('two//app');
    expect(outcomes(again.result.steps)['stage-1: COPY --from=a two//app /app']).toBe('cached');
  });
});

describe('a source that is not there', () => {
  test('is told at the line that names it, whichever step asked first', async () => {
    const dockerfile = `FROM scratch AS a
COPY missing /x
RUN ["make"]
FROM scratch
RUN ["first"]
COPY --from=a /x /x
RUN ["last"]
`;
    await expect(benchBuild({ dockerfile })).rejects.toMatchObject({
      code: 'COPY_SOURCE_NOT_FOUND',
      at: { start: { line: 2 } },
    });
  });
});

describe('limits of processes', () => {
  test.each<[string, Parameters<typeof benchBuild>[0]['request']]>([
    ['ulimits', { ulimits: [{ name: 'nofile', soft: 1, hard: 2 }] }],
    ['the size of /dev/shm', { shmSize: 1_000_000 }],
  ])('%s: RUN is run again with others, COPY is not', async (_what, request) => {
    const cache = new MemoryCache();
    const options = {
      dockerfile: 'FROM scratch\nCOPY a /\nRUN ["use"]\n',
      files: { a: '1' },
      caches: [cache],
    };
    await benchBuild(options);
    const second = await benchBuild({ ...options, request: request ?? {} });
    expect(second.result.steps.map(({ outcome }) => outcome.type)).toEqual(['cached', 'done']);
    const third = await benchBuild({ ...options, request: request ?? {} });
    expect(third.result.steps.map(({ outcome }) => outcome.type)).toEqual(['cached', 'cached']);
  });
});

describe('a stage that is built without the cache', () => {
  const dockerfile = `FROM scratch AS a
RUN ["fetch"]
FROM scratch AS b
COPY --from=a /v /b/
FROM scratch
COPY --from=b /b /
RUN ["use"]
`;
  const build = (cache: MemoryCache, v: string, noCache: readonly string[]) =>
    benchBuild({
      dockerfile,
      run: ([name]) => ({ files: name === 'fetch' ? { v } : { o: 'x' } }),
      caches: [cache],
      request: { noCache },
    });

  test('is built, and what reads of it takes what is new', async () => {
    const cache = new MemoryCache();
    await build(cache, '1', []);
    const second = await build(cache, '2', ['a']);
    expect(second.files).toEqual({ v: '2', o: 'x' });
    expect(outcomes(second.result.steps)['b: COPY --from=a /v /b/']).toBe(
      'done: it reads a stage that was built without the cache',
    );
    const third = await build(cache, '3', []);
    expect(third.files).toEqual({ v: '2', o: 'x' });
    expect(third.worker.requests).toEqual([]);
  });

  test('and came out the same leaves what reads of it cached', async () => {
    const cache = new MemoryCache();
    await build(cache, '1', []);
    const second = await build(cache, '1', ['a']);
    expect(second.worker.requests.map(({ args }) => args[0])).toEqual(['fetch']);
    expect(outcomes(second.result.steps)).toMatchObject({
      'b: COPY --from=a /v /b/': 'cached by content',
      'stage-2: RUN ["use"]': 'cached',
    });
  });
});
