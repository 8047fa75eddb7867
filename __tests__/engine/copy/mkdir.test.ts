import { describe, expect, test } from '@jest/globals';
import { mkdirEntries } from '../../../src/engine/embedded/copy/mkdir.ts';
import { codeOf } from '../../support/bytes.ts';
import { lineOf, MADE } from '../../support/copied.ts';
import { memoryTree } from '../../support/memory-tree.ts';

const root = memoryTree({
  srv: { folder: true, mode: 0o711 },
  www: { link: '/srv/www' },
  file: '',
  team: { folder: true, mode: 0o2775, uid: 5, gid: 6 },
  'etc/passwd': 'app:x:7:8:::\n',
});

async function made(path: string, user = '', onNothing = false): Promise<string[]> {
  const tree = onNothing ? undefined : root;
  return (await mkdirEntries({ kind: 'mkdir', path, user }, tree, MADE)).map(lineOf);
}

describe('WORKDIR', () => {
  test.each([
    ['/srv', '', []],
    ['/', '', []],
    ['/a//b/../c/', '', ['d 755 0:0 a', 'd 755 0:0 a/c']],
    ['/srv/x', 'app', ['d 711 0:0 srv', 'd 755 7:8 srv/x']],
    ['/srv/x', 'nobody', ['d 711 0:0 srv', 'd 755 0:0 srv/x']],
    ['/www/x', '9', ['d 711 0:0 srv', 'd 755 9:9 srv/www', 'd 755 9:9 srv/www/x']],
    ['/team/x/y', '', ['d 2775 5:6 team', 'd 2755 0:6 team/x', 'd 2755 0:6 team/x/y']],
    ['/team/x', 'app', ['d 2775 5:6 team', 'd 2755 7:8 team/x']],
  ])('%s as "%s"', async (path, user, expected) => {
    expect(await made(path, user)).toEqual(expected);
  });

  test('on nothing', async () => {
    expect(await made('/a', '5:6', true)).toEqual(['d 755 5:6 a']);
    expect(await codeOf(() => made('/a', 'app', true))).toBe('NO_ACCOUNTS');
  });

  test('new folders have the time that is given', async () => {
    const entries = await mkdirEntries({ kind: 'mkdir', path: '/srv/x', user: '' }, root, 42);
    expect(entries.map(({ mtime }) => mtime)).toEqual([1_000_000_000, 42]);
  });

  test('through a file', async () => {
    expect(await codeOf(() => made('/file/x'))).toBe('NOT_A_FOLDER');
    expect(await codeOf(() => made('/file'))).toBe('NOT_A_FOLDER');
  });
});
