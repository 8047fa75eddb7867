import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openInside } from '../../../src/worker/snapshot/open-inside.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'open-inside-'));
  mkdirSync(join(folder, 'in/a/b'), { recursive: true });
  mkdirSync(join(folder, 'out/b'), { recursive: true });
  writeFileSync(join(folder, 'in/a/b/file'), 'inside');
  writeFileSync(join(folder, 'out/b/file'), 'outside');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('what was opened stays what it was, whatever takes its place', () => {
  const fd = openInside(join(folder, 'in'), 'a/b');
  renameSync(join(folder, 'in/a'), join(folder, 'in/moved'));
  symlinkSync(join(folder, 'out'), join(folder, 'in/a'));
  expect(readFileSync(join(folder, 'in/a/b/file'), 'utf8')).toBe('outside');
  expect(readFileSync(`/proc/self/fd/${fd}/file`, 'utf8')).toBe('inside');
  closeSync(fd);
});

test.each([
  ['a/b', 'in/a', 'out'],
  ['a/b', 'in/a/b', 'out/b'],
  ['a/b/file', 'in/a/b/file', 'out/b/file'],
])('%s is not opened when %s became a symlink', (inside, swapped, target) => {
  renameSync(join(folder, swapped), join(folder, 'in/moved'));
  symlinkSync(join(folder, target), join(folder, swapped));
  expect(() => openInside(join(folder, 'in'), inside)).toThrow(/became a symlink/);
});

test('nothing leads up', () => {
  expect(() => openInside(join(folder, 'in'), '../out')).toThrow();
});
