import { describe, expect, test } from '@jest/globals';
import { digestOf, parseDiffId } from '../../../src/image/digest.ts';
import type { IndexedEntry, LayerIndex } from '../../../src/image/layer/entry.ts';
import { firstDifference } from '../../../src/image/layer/index-difference.ts';
import { entry } from '../../support/entries.ts';

function index(...entries: readonly IndexedEntry[]): LayerIndex {
  return { diffId: parseDiffId(`sha256:${'1'.repeat(64)}`), size: 0, entries };
}

function file(path: string, text: string, more: Partial<IndexedEntry> = {}): IndexedEntry {
  const bytes = Buffer.from(text);
  return { ...entry('file', path, { size: bytes.length }), content: digestOf(bytes), ...more };
}

describe('the first difference of two layers', () => {
  test('equal ones have none', () => {
    expect(firstDifference(index(file('a', '1')), index(file('a', '1')))).toBeUndefined();
  });

  test.each<[string, Partial<IndexedEntry>, string]>([
    ['mode', { mode: 0o4755 }, 'mode 0644, then 4755'],
    ['uid', { uid: 7 }, 'uid 0, then 7'],
    ['gid', { gid: 8 }, 'gid 0, then 8'],
    ['mtime', { mtime: 1 }, 'mtime 2001-09-09T01:46:40.000Z, then 1970-01-01T00:00:01.000Z'],
    ['attribute', { xattrs: new Map([['user.x', Buffer.from('v')]]) }, 'xattr user.x absent, then 0x76'],
  ])('names the %s', (_name, more, words) => {
    const found = firstDifference(
      index(file('a', '1'), file('b', '2')),
      index(file('a', '1'), file('b', '2', more)),
    );
    expect(found).toEqual({ path: 'b', differences: [words] });
  });

  test('names the content with sizes, and everything else that is not the same', () => {
    const found = firstDifference(index(file('a', '1')), index(file('a', '22', { mode: 0o600 })));
    expect(found?.path).toBe('a');
    expect(found?.differences).toEqual([
      expect.stringMatching(
        /^content sha256:[0-9a-f]{12}… \(1 bytes\), then sha256:[0-9a-f]{12}… \(2 bytes\)$/,
      ),
      'mode 0644, then 0600',
    ]);
  });

  test('tells which one has a file alone, and another order', () => {
    const [a, b] = [file('a', '1'), file('b', '2')];
    expect(firstDifference(index(a, b), index(b))).toEqual({
      path: 'a',
      differences: ['only in the first result'],
    });
    expect(firstDifference(index(a), index(a, b))).toEqual({
      path: 'b',
      differences: ['only in the second result'],
    });
    expect(firstDifference(index(a, b), index(b, a))).toEqual({
      path: 'a',
      differences: ['order: member 1 of one result only'],
    });
  });
});
