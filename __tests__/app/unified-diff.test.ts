import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lineChanges, linesOf } from '../../src/app/lint/line-changes.ts';
import { unifiedDiff } from '../../src/app/lint/unified-diff.ts';
import { needs, testWith } from '../support/needs.ts';

const text = fc
  .tuple(
    fc.array(fc.constantFrom('a', 'b', 'c', '', ' d', '-', '+', '\\ No'), { maxLength: 30 }),
    fc.boolean(),
  )
  .map(([lines, ended]) => lines.join('\n') + (ended && lines.length > 0 ? '\n' : ''));

describe('changes of lines', () => {
  test('they turn one text into the other', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = [...linesOf(before)];
        for (const { start, removed, added } of lineChanges(lines.slice(), linesOf(after)).toReversed())
          expect(lines.splice(start, removed.length, ...added)).toEqual(removed);
        expect(lines.join('')).toBe(after);
      }),
    );
  });

  test('they are as few as can be, and far from each other no one change', () => {
    const many = Array.from({ length: 50 }, (_, i) => `${i}\n`);
    const other = many.with(10, 'x\n').toSpliced(30, 1);
    expect(lineChanges(many, other)).toEqual([
      { start: 10, removed: ['10\n'], added: ['x\n'] },
      { start: 30, removed: ['30\n'], added: [] },
    ]);
    expect(lineChanges(many, many)).toEqual([]);
  });

  test('texts without a common line are one change, quickly', () => {
    const numbers = Array.from({ length: 20_000 }, (_, i) => i);
    const [old, young] = [numbers.map((i) => `a${i}\n`), numbers.map((i) => `b${i}\n`)];
    expect(lineChanges(old, young)).toEqual([{ start: 0, removed: old, added: young }]);
  });
});

describe('a unified diff', () => {
  test('context, counts, a last line without end, names that have to be quoted', () => {
    const lines = Array.from({ length: 20 }, (_, i) => `${i}`);
    const before = lines.join('\n');
    const after = lines.with(1, 'x').with(19, 'y').join('\n');
    expect(unifiedDiff('a "b"', before, after)).toBe(
      `--- "a/a \\"b\\""
+++ "b/a \\"b\\""
@@ -1,5 +1,5 @@
 0
-1
+x
 2
 3
 4
@@ -17,4 +17,4 @@
 16
 17
 18
-19
\\ No newline at end of file
+y
\\ No newline at end of file
`,
    );
    expect(unifiedDiff('a', before, before)).toBe('');
  });

  testWith(needs.program('git'))('git applies any of them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'diff-'));
    try {
      execFileSync('git', ['init', '-q'], { cwd: folder });
      const paths = fc.constantFrom('Dockerfile', 'a b/Dockerfile', 'ä/Docker"file');
      // All in one patch: a process for each would take long.
      const cases = fc.sample(fc.tuple(paths, text, text), { numRuns: 300, seed: 7 });
      const wanted = cases
        .map(([path, before, after], index) => ({ path: `${index}/${path}`, before, after }))
        // What is empty is removed by git apply.
        .filter(({ before, after }) => before !== after && before !== '' && after !== '');
      for (const { path, before } of wanted) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), before);
      }
      const input = wanted.map(({ path, before, after }) => unifiedDiff(path, before, after)).join('');
      execFileSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: folder, input });
      expect(wanted.length).toBeGreaterThan(100);
      for (const { path, after } of wanted) expect(readFileSync(join(folder, path), 'utf8')).toBe(after);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
