import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { commentText, marksIn } from '../../../src/app/action/fixes/comment-text.ts';
import { canComment, readDiffLines } from '../../../src/app/action/fixes/diff-lines.ts';
import { suggestionsFor } from '../../../src/app/action/fixes/suggestion.ts';
import { linesOf } from '../../../src/app/lint/line-changes.ts';
import { unifiedDiff } from '../../../src/app/lint/unified-diff.ts';
import type { Position } from '../../../src/base/errors.ts';
import type { Diagnostic, Fix } from '../../../src/dockerfile/diagnostic.ts';
import { lint } from '../../../src/dockerfile/lint/lint.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';

function position(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, offset };
}

/** A finding that replaces stretches of a text. */
function finding(
  text: string,
  rule: string,
  edits: readonly (readonly [start: number, end: number, text: string])[],
  safety: Fix['safety'] = 'safe',
): Diagnostic {
  const placed = edits.map(([start, end, replacement]) => ({
    at: { file: 'Dockerfile', start: position(text, start), end: position(text, end) },
    text: replacement,
  }));
  const at = placed[0]?.at ?? { file: 'Dockerfile', start: position(text, 0), end: position(text, 0) };
  const fix = { title: `Mend ${rule}`, safety, edits: placed };
  return { rule, aliases: [], severity: 'warning', message: rule, at, fix, fingerprint: rule };
}

function shown(text: string, diagnostics: readonly Diagnostic[]) {
  return suggestionsFor(text, 'Dockerfile', diagnostics).map(({ startLine, endLine, lines, findings }) => [
    startLine,
    endLine,
    lines,
    findings.map(({ rule }) => rule),
  ]);
}

const TEXT = 'FROM a\nRUN one\nRUN two\nRUN three\n';
const at = (word: string): number => TEXT.indexOf(word);

describe('suggestions', () => {
  test('edits of one line become one suggestion, in the order of the file', () => {
    const two = finding(TEXT, 'B', [[at('two'), at('two') + 3, 'zwei']]);
    const run = finding(TEXT, 'A', [[at('RUN two'), at('RUN two') + 3, 'run']]);
    expect(shown(TEXT, [two, run])).toEqual([[3, 3, ['run zwei'], ['A', 'B']]]);
  });

  test('of edits that overlap the first counts', () => {
    const first = finding(TEXT, 'A', [[at('two'), at('two') + 3, 'zwei']]);
    const second = finding(TEXT, 'B', [[at('two') + 1, at('two') + 2, 'x']]);
    expect(shown(TEXT, [first, second])).toEqual([[3, 3, ['RUN zwei'], ['A']]]);
  });

  test('a fix over several lines takes those between along; neighbours stay apart', () => {
    const wide = finding(TEXT, 'A', [
      [at('one'), at('one') + 3, 'eins'],
      [at('two'), at('two') + 3, 'zwei'],
    ]);
    const next = finding(TEXT, 'B', [[at('three'), at('three') + 5, 'drei']]);
    expect(shown(TEXT, [wide, next])).toEqual([
      [2, 3, ['RUN eins', 'RUN zwei'], ['A']],
      [4, 4, ['RUN drei'], ['B']],
    ]);
  });

  test('stretches that share a line are one', () => {
    const wide = finding(TEXT, 'A', [
      [at('one'), at('one') + 3, 'eins'],
      [at('RUN three'), at('RUN three') + 3, 'run'],
    ]);
    const inner = finding(TEXT, 'B', [[at('two'), at('two') + 3, 'zwei']]);
    expect(shown(TEXT, [inner, wide])).toEqual([[2, 4, ['RUN eins', 'RUN zwei', 'run three'], ['A', 'B']]]);
  });

  test('a line that goes, one that is joined to the next, and one that is put in', () => {
    const start = at('RUN two');
    const goes = finding(TEXT, 'A', [[start, start + 8, '']]);
    expect(shown(TEXT, [goes])).toEqual([[3, 3, [], ['A']]]);
    const joined = finding(TEXT, 'A', [[at('one') + 3, start + 3, ' &&']]);
    expect(shown(TEXT, [joined])).toEqual([[2, 3, ['RUN one && two'], ['A']]]);
    const inside = finding(TEXT, 'A', [[start, start, 'USER x\n']]);
    expect(shown(TEXT, [inside])).toEqual([[2, 2, ['RUN one', 'USER x'], ['A']]]);
    const above = finding(TEXT, 'A', [[0, 0, '# syntax\n']]);
    expect(shown(TEXT, [above])).toEqual([[1, 1, ['# syntax', 'FROM a'], ['A']]]);
    const below = finding(TEXT, 'A', [[TEXT.length, TEXT.length, 'USER x\n']]);
    expect(shown(TEXT, [below])).toEqual([[4, 4, ['RUN three', 'USER x'], ['A']]]);
  });

  test('a file without a last line end, and one with CRLF', () => {
    expect(shown('FROM a', [finding('FROM a', 'A', [[0, 4, 'from']])])).toEqual([[1, 1, ['from a'], ['A']]]);
    const crlf = 'FROM a\r\nRUN b\r\n';
    expect(shown(crlf, [finding(crlf, 'A', [[8, 11, 'run']])])).toEqual([[2, 2, ['run b'], ['A']]]);
  });

  test('unsafe fixes are none, and neither is one after which the file cannot be read', () => {
    expect(shown(TEXT, [finding(TEXT, 'A', [[0, 4, 'from']], 'unsafe')])).toEqual([]);
    const harm = finding(TEXT, 'A', [[at('RUN two'), at('RUN two') + 3, 'RAN']]);
    const good = finding(TEXT, 'B', [[at('three'), at('three') + 5, 'drei']]);
    expect(shown(TEXT, [harm, good])).toEqual([[4, 4, ['RUN drei'], ['B']]]);
  });

  test('the mark is the same wherever the lines stand, and another for other lines, rules and files', () => {
    const mark = (text: string, rule: string, path: string): string | undefined =>
      suggestionsFor(text, path, [
        finding(text, rule, [[text.indexOf('two'), text.indexOf('two') + 3, 'zwei']]),
      ])[0]?.mark;
    const one = mark(TEXT, 'A', 'Dockerfile');
    expect(mark(`# moved\n${TEXT}`, 'A', 'Dockerfile')).toBe(one);
    const others = [
      mark(TEXT, 'B', 'Dockerfile'),
      mark(TEXT, 'A', 'other'),
      mark(TEXT.replace('RUN two', 'RUN  two'), 'A', 'Dockerfile'),
    ];
    expect(new Set([one, ...others]).size).toBe(4);
  });

  test('taken one by one, all of them give what all fixes together give', () => {
    const text =
      'from a as b\nADD x /y/\nRUN apt install z && apt-get install q\n\n\nCOPY a b /c\nENV A 1\nEXPOSE 1/TCP\nRUN true\n';
    const diagnostics = lint(parseDockerfile(text, 'Dockerfile'));
    const lines = [...linesOf(text)];
    const suggestions = suggestionsFor(text, 'Dockerfile', diagnostics);
    expect(suggestions.length).toBeGreaterThan(4);
    for (const { startLine, endLine, lines: added } of suggestions.toReversed())
      lines.splice(startLine - 1, endLine - startLine + 1, ...added.map((line) => `${line}\n`));
    const mended = lines.join('');
    expect(parseDockerfile(mended, 'Dockerfile').problems).toEqual([]);
    const rules = (some: readonly Diagnostic[]): string[] =>
      some.filter(({ fix }) => fix?.safety === 'safe').map(({ rule }) => rule);
    expect(rules(diagnostics).length).toBeGreaterThan(5);
    // What only comes to light by the others is for the next run.
    expect(rules(lint(parseDockerfile(mended, 'Dockerfile')))).toEqual(['FromAsCasing', 'DL3014']);
  });
});

describe('the text of a comment', () => {
  test('lines with fences, names of people and markup do no harm', () => {
    const text = 'FROM a\nRUN echo ```` @org/team <b>\n';
    const one = {
      ...finding(text, 'DL1', [[7, 10, 'run']]),
      message: 'Ask @org/team about [x](y) <b> & `z`',
    };
    const [suggestion] = suggestionsFor(text, 'Dockerfile', [one]);
    const comment = commentText(suggestion!);
    expect(comment).toContain('`````suggestion\nrun echo ```` @org/team <b>\n`````\n');
    expect(comment.split('\n')[0]).toBe(
      '**DL1**: Ask @\u200borg/team about \\[x\\]\\(y\\) \\<b\\> \\& \\`z\\`. *Mend DL1.*  ',
    );
    expect(marksIn(comment)).toEqual([suggestion?.mark]);
    expect(marksIn('nothing <!-- ts-image-build:fix 12 -->')).toEqual([]);
  });
});

describe('lines of a diff', () => {
  const patch = [
    '@@ -1,3 +1,4 @@ head',
    ' a',
    '-b',
    '+@@ -9,9 +9,9 @@',
    '+c',
    ' d',
    '@@ -20 +21 @@',
    '-x',
    '+y',
    '\\ No newline at end of file',
    '@@ -30,2 +31,0 @@',
    '-p',
    '-q',
  ].join('\n');

  test('a comment stands within one hunk and touches what was changed', () => {
    const diff = readDiffLines(patch);
    expect(diff.hunks.map(({ start, end, changed }) => [start, end, [...changed]])).toEqual([
      [1, 5, [2, 3]],
      [21, 22, [21]],
    ]);
    expect(canComment(diff, 2, 2)).toBe(true);
    expect(canComment(diff, 1, 4)).toBe(true);
    expect(canComment(diff, 4, 4)).toBe(false);
    expect(canComment(diff, 3, 5)).toBe(false);
    expect(canComment(diff, 3, 21)).toBe(false);
    expect(canComment(diff, 21, 21)).toBe(true);
    expect(canComment(diff, 31, 31)).toBe(false);
  });

  test('what we write as a diff we read as one: changed lines are those that were added', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', '+c', '-d', '@@ -1 +1 @@', ''), { maxLength: 12 });
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const [old, young] = [before, after].map((some) => some.map((line) => `${line}\n`).join(''));
        const { hunks } = readDiffLines(unifiedDiff('f', old ?? '', young ?? ''));
        const touched = new Set(hunks.flatMap(({ changed }) => [...changed]));
        const kept = after.filter((_, index) => !touched.has(index + 1));
        // What was not added was there before, in the same order.
        let from = 0;
        for (const line of kept) {
          const found = before.indexOf(line, from);
          expect(found).toBeGreaterThanOrEqual(from);
          from = found + 1;
        }
      }),
    );
  });
});
