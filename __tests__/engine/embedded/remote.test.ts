import { expect, test } from '@jest/globals';
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
