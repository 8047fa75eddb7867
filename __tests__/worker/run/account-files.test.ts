import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readAccountFiles } from '../../../src/worker/run/account-files.ts';
import { RootPaths } from '../../../src/worker/snapshot/root-paths.ts';

let ground: string;
let root: string;

beforeEach(() => {
  ground = mkdtempSync(join(tmpdir(), 'tsib-accounts-'));
  root = join(ground, 'root');
  mkdirSync(join(root, 'etc'), { recursive: true });
});
afterEach(() => rmSync(ground, { recursive: true }));

const read = (): { passwd: string; group: string } => readAccountFiles(new RootPaths(root));

test('what the image has, through links inside of it', () => {
  writeFileSync(join(root, 'accounts'), 'app:x:1:1::/:\n');
  symlinkSync('/accounts', join(root, 'etc/passwd'));
  expect(read()).toEqual({ passwd: 'app:x:1:1::/:\n', group: '' });
});

test('of a file that would fill the memory only the first 4 MiB', () => {
  writeFileSync(join(root, 'etc/passwd'), 'app:x:1:1::/:\n');
  truncateSync(join(root, 'etc/passwd'), 3 * 1024 ** 3);
  const { passwd } = read();
  expect(passwd).toHaveLength(4 * 1024 * 1024);
  expect(passwd.slice(0, 14)).toBe('app:x:1:1::/:\n');
});

test('pipes, folders, loops and what lies outside are no account files', () => {
  writeFileSync(join(ground, 'outside'), 'evil:x:0:0::/:\n');
  symlinkSync('../../../../../../..'.concat(join(ground, 'outside')), join(root, 'etc/passwd'));
  execFileSync('mkfifo', [join(root, 'etc/group')]);
  expect(read()).toEqual({ passwd: '', group: '' });
  for (const name of ['passwd', 'group']) rmSync(join(root, 'etc', name));
  mkdirSync(join(root, 'etc/passwd'));
  symlinkSync('group', join(root, 'etc/group'));
  expect(read()).toEqual({ passwd: '', group: '' });
});
