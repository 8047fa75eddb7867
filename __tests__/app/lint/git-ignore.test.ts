import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { GitIgnore } from '../../../src/app/lint/git-ignore.ts';
import { needs, testWith } from '../../support/needs.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'git-ignore-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A few names, three folders deep. */
function makeTree(): void {
  for (const one of ['a', 'b', 'a b', '!a'])
    for (const two of ['a', 'b', 'ab'])
      for (const three of ['a', 'c']) {
        mkdirSync(join(folder, one, two), { recursive: true });
        writeFileSync(join(folder, one, two, three), '');
      }
}

function kept(at = folder, outer = GitIgnore.around(folder)): readonly string[] {
  const ignore = outer.below(at);
  return readdirSync(at, { withFileTypes: true }).flatMap((entry) => {
    const path = join(at, entry.name);
    if (entry.name === '.git' || ignore.ignores(path, entry.isDirectory())) return [];
    return entry.isDirectory() ? kept(path, ignore) : [relative(folder, path)];
  });
}

describe('as git has it', () => {
  test.each([
    ['a/**\n!a/a\n!a/a/*\n', ['!a', 'a b', 'b', 'a/a']],
    ['[!ab]*\n', ['a', 'a b', 'b']],
    ['\u{FEFF}a b/\n', ['!a', 'a', 'b']],
    ['\\!a\n', ['a', 'a b', 'b']],
    ['a\\ b\\   \n', ['!a', 'a', 'a b', 'b']],
  ])('%j', (text, left) => {
    makeTree();
    writeFileSync(join(folder, '.gitignore'), text);
    const paths = kept().filter((path) => path !== '.gitignore');
    expect(left.filter((one) => !paths.some((path) => path.startsWith(`${one}/`)))).toEqual([]);
    expect(paths.filter((path) => !left.some((one) => path.startsWith(`${one}/`)))).toEqual([]);
  });

  testWith(needs.program('git'))('whatever the patterns', async () => {
    makeTree();
    execFileSync('git', ['init', '-q', folder]);
    const name = fc.constantFrom('a', 'b', 'ab', '*', '**', 'a*', '?', '[!a]', '[ab]', 'a b', '\\!a', '');
    const pattern = fc
      .tuple(
        fc.constantFrom('', '', '!', '/'),
        fc.array(name, { minLength: 1, maxLength: 4 }),
        fc.constantFrom('', '/'),
      )
      .map(([before, names, after]) => before + names.join('/') + after);
    fc.assert(
      fc.property(
        fc.array(pattern, { maxLength: 4 }),
        fc.array(pattern, { maxLength: 2 }),
        (outer, inner) => {
          writeFileSync(join(folder, '.gitignore'), outer.join('\n'));
          writeFileSync(join(folder, 'a', '.gitignore'), inner.join('\n'));
          const argv = [
            '-C',
            folder,
            '-c',
            'core.excludesFile=',
            'ls-files',
            '-z',
            '-o',
            '--exclude-standard',
          ];
          const expected = execFileSync('git', argv, { encoding: 'utf8' }).split('\0').slice(0, -1);
          expect([...kept()].sort()).toEqual(expected.sort());
        },
      ),
      { numRuns: 60 },
    );
  });
});

test('a folder of that name says nothing, nor does one that cannot be read', () => {
  makeTree();
  mkdirSync(join(folder, '.gitignore'));
  expect(kept().length).toBe(24);
});

test('patterns that could be tried in very many ways', () => {
  const deep = Array.from({ length: 40 }, () => 'a').join('/');
  mkdirSync(join(folder, deep), { recursive: true });
  writeFileSync(join(folder, '.gitignore'), `${'**/a/'.repeat(20)}b\n`);
  const ignore = GitIgnore.around(folder).below(folder);
  expect(ignore.ignores(join(folder, deep), true)).toBe(false);
});
