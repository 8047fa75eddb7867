import { describe, expect, test } from '@jest/globals';
import type { RemoteOpener } from '../../../src/engine/embedded/dependencies.ts';
import { memoryStore } from '../../../src/image/store/memory.ts';
import { benchBuild } from '../../support/engine-bench.ts';
import { MemoryCache } from '../../support/memory-cache.ts';
import { memoryTree } from '../../support/memory-tree.ts';

const ADD = 'FROM scratch\nADD https://files.test/a/tool.txt /bin/';

/** Serves one file and counts how often it is opened, read and closed. */
function remote(content: string, identity = content): { open: RemoteOpener; seen: string[] } {
  const seen: string[] = [];
  const open: RemoteOpener = async (op) => {
    seen.push(`open ${op.url}`);
    return {
      identity,
      files: async () => {
        seen.push('read');
        return memoryTree({ 'tool.txt': content }, { soleFile: 'tool.txt' });
      },
      changedAt: async () => 777,
      [Symbol.asyncDispose]: async () => void seen.push('close'),
    };
  };
  return { open, seen };
}

test('ADD of an address gives the file under its name; what was opened is closed', async () => {
  const { open, seen } = remote('one');
  const { files } = await benchBuild({ dockerfile: ADD, openRemote: open });
  expect(files).toMatchObject({ 'bin/tool.txt': 'one' });
  expect([seen[0], seen.at(-1)]).toEqual(['open https://files.test/a/tool.txt', 'close']);
});

test('what was fetched before is not read again; other content is', async () => {
  const common = { dockerfile: ADD, caches: [new MemoryCache()], store: memoryStore() };
  await benchBuild({ ...common, openRemote: remote('one').open });
  const again = remote('one');
  expect((await benchBuild({ ...common, openRemote: again.open })).files).toMatchObject({
    'bin/tool.txt': 'one',
  });
  expect(again.seen).not.toContain('read');
  const other = await benchBuild({ ...common, openRemote: remote('two').open });
  expect(other.files).toMatchObject({ 'bin/tool.txt': 'two' });
});

describe('SOURCE_DATE_EPOCH that names a source', () => {
  const files = { a: '1' };
  const rest = 'FROM scratch\nARG SOURCE_DATE_EPOCH\nLABEL epoch=$SOURCE_DATE_EPOCH\nCOPY a /a\n';
  const stage = `ARG SOURCE_DATE_EPOCH=Source\nFROM scratch AS source\nARG VERSION=1\nADD https://files.test/$VERSION.tar /\n${rest}`;

  test('a stage of one remote ADD: its time is the image’s, and it is fetched once more only when it is used', async () => {
    const { open, seen } = remote('one');
    const { result } = await benchBuild({ dockerfile: stage, files, openRemote: open });
    const config = result.images[0]?.image.config;
    expect([config?.created, config?.config.Labels]).toEqual(['1970-01-01T00:12:57Z', { epoch: '777' }]);
    expect(seen).toEqual(['open https://files.test/1.tar', 'close']);
  });

  test('a named context', async () => {
    const dockerfile = `ARG SOURCE_DATE_EPOCH=src\n${rest}`;
    for (const context of [
      { kind: 'http', url: 'https://files.test/x' },
      { kind: 'git', url: 'https://files.test/x.git' },
    ] as const) {
      const request = { namedContexts: { src: context } };
      const { result } = await benchBuild({ dockerfile, files, request, openRemote: remote('one').open });
      expect(result.images[0]?.image.config.created).toBe('1970-01-01T00:12:57Z');
    }
    const image = { namedContexts: { src: { kind: 'image', reference: 'docker.io/library/x:1' } } } as const;
    await expect(benchBuild({ dockerfile, files, request: image })).rejects.toMatchObject({
      code: 'BAD_EPOCH',
    });
  });

  test('a stage that does more', async () => {
    for (const add of [
      'ADD a /',
      'ADD https://files.test/1 https://files.test/2 /',
      'ADD https://files.test/1 a /',
    ]) {
      const dockerfile = `ARG SOURCE_DATE_EPOCH=src\nFROM scratch AS src\n${add}\n${rest}`;
      const built = benchBuild({ dockerfile, files, openRemote: remote('one').open });
      await expect(built).rejects.toMatchObject({ code: 'EPOCH_STAGE' });
    }
  });
});
