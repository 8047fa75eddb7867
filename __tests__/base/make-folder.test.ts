import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { makeFolder, makeStateFolder } from '../../src/base/make-folder.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'tsib-make-folder-'));
});
afterEach(() => rmSync(home, { recursive: true }));

test('all that is missing is made, what is there stays', () => {
  mkdirSync(join(home, 'there'), { mode: 0o755 });
  makeFolder(join(home, 'there/a/b'), 0o700);
  makeFolder(join(home, 'there/a/b/'), 0o755);
  const modes = ['there', 'there/a', 'there/a/b'].map((path) => statSync(join(home, path)).mode & 0o777);
  expect(modes).toEqual([0o755, 0o700, 0o700]);
  symlinkSync('there', join(home, 'link'));
  makeFolder(join(home, 'link/c'));
  expect(statSync(join(home, 'there/c')).isDirectory()).toBe(true);
});

test('what cannot be made is an error', () => {
  writeFileSync(join(home, 'file'), '');
  symlinkSync('nothing', join(home, 'link'));
  expect(() => makeFolder(join(home, 'file'))).toThrow('EEXIST');
  expect(() => makeFolder(join(home, 'file/a/b'))).toThrow('ENOTDIR');
  expect(() => makeFolder(join(home, 'link'))).toThrow('EEXIST');
  expect(() => makeFolder('/proc/nothing/a')).toThrow('ENOENT');
  expect(() => makeStateFolder('/proc/nothing')).toThrow(
    'The state folder /proc/nothing cannot be used: ENOENT',
  );
});

test('also behind a link that leads nowhere', () => {
  symlinkSync('nothing', join(home, 'link'));
  expect(() => makeFolder(join(home, 'link/a'))).toThrow('EEXIST');
});
