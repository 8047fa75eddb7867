import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { digestOf } from '../../../src/image/digest.ts';
import { KnownDigests } from '../../../src/worker/source/known-digests.ts';
import { localTree } from '../../../src/worker/source/local.ts';

let work: string;
let root: string;
let memory: string;

beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'known-digests-'));
  root = mkdtempSync(join(work, 'context-'));
  memory = join(work, 'digests', 'context');
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(work, { recursive: true, force: true });
});

/** As the next build: the digest of `a`, and what was known of it before. */
async function digest(path = 'a'): Promise<{ digest: string | undefined; known: boolean }> {
  const known = await KnownDigests.load(memory);
  let asked = false;
  const of = known.of.bind(known);
  jest.spyOn(known, 'of').mockImplementation((...args) => {
    const found = of(...args);
    asked ||= found !== undefined;
    return found;
  });
  const tree = localTree({ name: 'the context', root, known });
  const node = await tree.lookup(path);
  const [found] = (await tree.digests?.(node === undefined ? [] : [node])) ?? [];
  await known.save();
  return { digest: found, known: asked };
}

/** Time goes on, for the rule on files that were changed a moment ago. */
function later(): void {
  const now = Date.now();
  jest.spyOn(Date, 'now').mockReturnValue(now + 60_000);
}

describe('digests of earlier builds', () => {
  test('a file that is what it was is not read again', async () => {
    writeFileSync(join(root, 'a'), 'one');
    later();
    expect(await digest()).toEqual({ digest: digestOf('one'), known: false });
    expect(await digest()).toEqual({ digest: digestOf('one'), known: true });
  });

  test('large files too', async () => {
    writeFileSync(join(root, 'a'), Buffer.alloc(2 * 1024 * 1024, 'x'));
    later();
    await digest();
    expect((await digest()).known).toBe(true);
  });

  test('one of the same size and time of content, but another change, is read', async () => {
    writeFileSync(join(root, 'a'), 'one');
    utimesSync(join(root, 'a'), 1000, 1000);
    later();
    await digest();
    writeFileSync(join(root, 'a'), 'two');
    utimesSync(join(root, 'a'), 1000, 1000);
    expect(await digest()).toEqual({ digest: digestOf('two'), known: false });
  });

  test('another file in its place is read', async () => {
    for (const name of ['a', 'b']) {
      writeFileSync(join(root, name), `${name}!`);
      utimesSync(join(root, name), 1000, 1000);
    }
    later();
    await digest();
    renameSync(join(root, 'b'), join(root, 'a'));
    expect(await digest()).toEqual({ digest: digestOf('b!'), known: false });
  });

  test('a file that was changed a moment ago is not remembered: it may change again within a tick of the clock', async () => {
    writeFileSync(join(root, 'a'), 'one');
    await digest();
    expect((await digest()).known).toBe(false);
  });

  test('names that are not UTF-8', async () => {
    writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xff, 0x61])]), 'odd');
    later();
    const path = '\udcffa';
    expect((await digest(path)).digest).toBe(digestOf('odd'));
    expect((await digest(path)).known).toBe(true);
  });

  test.each([
    ['damaged', (text: string) => text.replace('sha256:', 'sha257:')],
    ['cut off', (text: string) => text.slice(0, -5)],
    ['of another format', (text: string) => text.replace('/1', '/2')],
  ])('a file that is %s is not used', async (_what, change) => {
    writeFileSync(join(root, 'a'), 'one');
    later();
    await digest();
    writeFileSync(memory, change(readFileSync(memory, 'utf8')));
    expect(await digest()).toEqual({ digest: digestOf('one'), known: false });
  });

  test('nothing new: nothing is written, and no temporary file stays', async () => {
    writeFileSync(join(root, 'a'), 'one');
    later();
    await digest();
    const before = readFileSync(memory);
    rmSync(memory);
    const known = await KnownDigests.load(memory);
    await known.save();
    expect(readdirSync(join(work, 'digests'))).toEqual([]);
    expect(before.length).toBeGreaterThan(0);
  });

  test('a place that cannot be written is no error', async () => {
    writeFileSync(join(work, 'digests'), 'a file where the folder should be');
    writeFileSync(join(root, 'a'), 'one');
    later();
    expect((await digest()).digest).toBe(digestOf('one'));
  });
});
