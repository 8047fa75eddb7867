import { expect, test } from '@jest/globals';
import { withKeptOwners } from '../../../src/engine/embedded/kept-owners.ts';
import type { Entry, EntryWithBody } from '../../../src/image/layer/entry.ts';
import { memoryTree } from '../../support/memory-tree.ts';

const BEFORE = memoryTree({
  app: { folder: true, uid: 1000, gid: 1000 },
  'app/run.sh': { uid: 1000, gid: 42, text: 'x' },
  'app/mine': { uid: 5, gid: 6, text: 'x' },
  'app/big': { uid: 70_000, gid: 70_001, text: 'x' },
  'app/link': { link: 'mine', uid: 1000, gid: 1000 },
});

async function owners(highestId: number, entries: Readonly<Record<string, Partial<Entry>>>) {
  async function* members(): AsyncGenerator<EntryWithBody> {
    for (const [path, more] of Object.entries(entries))
      yield { entry: { path, type: 'file', mode: 0o644, uid: 0, gid: 0, size: 0, mtime: 0, ...more } };
  }
  const found: Record<string, string> = {};
  for await (const { entry } of withKeptOwners(members(), BEFORE, highestId))
    found[entry.path] = `${entry.uid}:${entry.gid}`;
  return found;
}

test('files keep owners that the step could not see', async () => {
  expect(
    await owners(0, {
      app: { type: 'directory' },
      'app/run.sh': {},
      'app/link': { type: 'symlink', linkName: 'mine' },
      'app/new': {},
    }),
  ).toEqual({ app: '1000:1000', 'app/run.sh': '1000:42', 'app/link': '1000:1000', 'app/new': '0:0' });
});

test('owners that exist are what the step says', async () => {
  expect(
    await owners(65_535, {
      'app/run.sh': {},
      'app/big': { uid: 65_534, gid: 65_534 },
      'app/mine': { uid: 7, gid: 65_534 },
    }),
  ).toEqual({ 'app/run.sh': '0:0', 'app/big': '70000:70001', 'app/mine': '7:65534' });
});

test('something of another kind in the same place is new', async () => {
  expect(await owners(0, { app: {}, 'app/run.sh': { type: 'hardlink', linkName: 'app/new' } })).toEqual({
    app: '0:0',
    'app/run.sh': '0:0',
  });
});
