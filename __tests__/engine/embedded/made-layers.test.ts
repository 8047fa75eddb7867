import { describe, expect, test } from '@jest/globals';
import { memoryStore } from '../../../src/image/store/memory.ts';
import { benchBuild } from '../../support/engine-bench.ts';
import { MemoryCache } from '../../support/memory-cache.ts';

const files = { a: '1', 'd/b': '2' };
const run = () => ({ files: { app: 'built' } });
const COMPILE = 'FROM scratch AS compile\nRUN ["cc"]\nFROM scratch\n';

/** A build with one step at a time, and how many layers it wrote. */
async function built(dockerfile: string, caches: readonly MemoryCache[] = []) {
  const inner = memoryStore();
  let wrote = 0;
  const put: typeof inner.put = async (source, expected) => {
    wrote += 1;
    return await inner.put(source, expected);
  };
  const store = { ...inner, put };
  const bench = await benchBuild({ dockerfile, files, run, store, caches, request: { jobs: 1 } });
  return { wrote, files: bench.files, digest: bench.result.digest };
}

describe('a layer that this build has made already', () => {
  test('is not written again for a copy of it to its own place', async () => {
    const { wrote, files } = await built(`${COMPILE}COPY --from=compile /app /app\n`);
    expect({ wrote, files }).toEqual({ wrote: 1, files: { app: 'built' } });
  });

  test('is not written again for one context in two stages', async () => {
    const text = 'FROM scratch AS one\nCOPY . /x/\nFROM scratch\nCOPY --from=one /x/a /y\nCOPY . /x/\n';
    const { wrote, files } = await built(text);
    expect({ wrote, files }).toEqual({
      wrote: 2,
      files: { 'x/': '', 'x/a': '1', 'x/d/': '', 'x/d/b': '2', y: '1' },
    });
  });

  test.each([
    ['another path', 'COPY --from=compile /app /other'],
    ['another owner', 'COPY --from=compile --chown=5 /app /app'],
    ['another mode', 'COPY --from=compile --chmod=600 /app /app'],
    ['another content of the same size', 'COPY <<EOF /app\nbuil\nEOF'],
  ])('is written for %s', async (_, copy) => {
    expect((await built(`${COMPILE}${copy}\nCOPY --from=compile /app /z\n`)).wrote).toBe(3);
  });

  test('is what the cache has of both steps', async () => {
    const cache = new MemoryCache();
    const text = `${COMPILE}COPY --from=compile /app /app\n`;
    const { digest } = await built(text, [cache]);
    expect([cache.records.size, cache.blobs.size]).toEqual([2, 1]);
    expect((await built(text, [cache])).digest).toBe(digest);
  });
});
