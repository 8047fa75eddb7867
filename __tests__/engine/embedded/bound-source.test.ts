import { createReadStream } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { indexLayer } from '../../../src/image/layer/read-layer.ts';
import type { RunRequest } from '../../../src/worker/worker.ts';
import { codeOf } from '../../support/bytes.ts';
import { benchBuild } from '../../support/engine-bench.ts';
import { MemoryCache } from '../../support/memory-cache.ts';

const files = { 'd/sub/f': '1', 'd/other': '2', '[id]/page': '3' };
const links = { 'to-folder': 'd/sub', 'to-file': '/d/other', 'd/up': '../to-folder', dangling: 'nowhere' };

/** Where the first mount's source is, and what its layers hold. */
async function mounted(request: RunRequest): Promise<{ source: string; members: readonly string[] }> {
  const [mount] = request.mounts;
  if (mount?.type !== 'layers') throw new TypeError('no bind mount');
  const members: string[] = [];
  for (const { path, diffId } of mount.stack) {
    const index = await indexLayer(createReadStream(path), 'none', diffId);
    members.push(...index.entries.map((entry) => entry.path));
  }
  return { source: mount.source, members };
}

const bound = (source: string): string => `FROM scratch\nRUN --mount=source=${source},target=/m ["use"]\n`;

describe('the source of a bind mount from the context', () => {
  test.each([
    ['d/sub', { source: '/d/sub', members: ['d', 'd/sub', 'd/sub/f'] }],
    ['/d/../d/other', { source: '/d/other', members: ['d', 'd/other'] }],
    ['to-folder', { source: '/d/sub', members: ['d', 'd/sub', 'd/sub/f'] }],
    ['to-folder/f', { source: '/d/sub/f', members: ['d', 'd/sub', 'd/sub/f'] }],
    ['to-file', { source: '/d/other', members: ['d', 'd/other'] }],
    ['d/up', { source: '/d/sub', members: ['d', 'd/sub', 'd/sub/f'] }],
    ['[id]', { source: '/[id]', members: ['[id]', '[id]/page'] }],
  ])('%s is followed, and only what is there is handed over', async (source, expected) => {
    let seen: unknown;
    await benchBuild({
      dockerfile: bound(source),
      files,
      links,
      run: async (_, request) => {
        seen = await mounted(request);
        return {};
      },
    });
    expect(seen).toEqual(expected);
  });

  test.each(['d/nope', 'dangling', 'd/*'])('%s is not there', async (source) => {
    const build = () => benchBuild({ dockerfile: bound(source), files, links, caches: [new MemoryCache()] });
    expect(await codeOf(build)).toBe('COPY_SOURCE_NOT_FOUND');
  });

  test('shows the mode of its folder, which counts for the key', async () => {
    const cache = new MemoryCache();
    const build = (mode: string) =>
      benchBuild({
        dockerfile: `FROM scratch AS made\nCOPY --chmod=${mode} d/sub /o/\nCOPY --chmod=600 d/sub /o/\nFROM scratch\nRUN --mount=from=made,source=/o,target=/m ["use"]\n`,
        files,
        caches: [cache],
      });
    await build('700');
    expect((await build('0700')).worker.requests).toHaveLength(0);
    expect((await build('750')).worker.requests).toHaveLength(1);
  });

  test('has no wildcards: a folder named so is looked at for the key', async () => {
    const cache = new MemoryCache();
    const build = (page: string) =>
      benchBuild({ dockerfile: bound('[id]'), files: { '[id]/page': page, i: 'x' }, caches: [cache] });
    await build('1');
    expect((await build('1')).worker.requests).toHaveLength(0);
    expect((await build('2')).worker.requests).toHaveLength(1);
  });
});
