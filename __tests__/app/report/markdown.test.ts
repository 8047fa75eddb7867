import { describe, expect, test } from '@jest/globals';
import { failureMarkdown, findingsMarkdown, resultMarkdown } from '../../../src/app/report/markdown.ts';
import { BuildError, BuildErrors } from '../../../src/base/errors.ts';
import type { Diagnostic } from '../../../src/dockerfile/diagnostic.ts';
import type { BuildResult, StepReport } from '../../../src/engine/engine.ts';

const DIGEST = `sha256:${'a'.repeat(64)}` as BuildResult['digest'];

function step(name: string, miss = 'command changed'): StepReport {
  return { id: name, name, outcome: { type: 'done', miss }, startedAt: 0, endedAt: 1500, keyParts: [] };
}

function result(steps: readonly StepReport[]): BuildResult {
  return {
    digest: DIGEST,
    descriptor: { mediaType: 'm', digest: DIGEST, size: 1 },
    imageId: DIGEST,
    images: [],
    exports: [],
    references: [],
    diagnostics: [],
    steps,
    caches: [],
    mounts: [],
    duration: 1500,
  };
}

/** The cells of each row of a table (GFM, "Tables"): a pipe behind a backslash is none, and a backslash quotes a backslash. */
function rows(markdown: string, title: string): readonly (readonly string[])[] {
  const lines = (markdown.split(`### ${title}\n`)[1] ?? '').split(/\r\n|\r|\n/);
  const table = lines.slice(1, lines.indexOf('', 1)).filter((_, i) => i !== 1);
  return table.map((line) =>
    [...line.matchAll(/\|((?:\\[\s\S]|[^\\|])*)(?=\|)/g)].map(([, cell = '']) => cell.trim()),
  );
}

describe('the step summary', () => {
  test('what was built, and why each step was', () => {
    const text = resultMarkdown(result([step('[1/2] RUN a'), step('[2/2] RUN b', 'x is new')]), 'full');
    expect(text).toContain(`| digest | \`${DIGEST}\` |`);
    expect(rows(text, 'Steps')).toEqual([
      ['step', 'outcome', 'why it was not in a cache'],
      ['`[1/2] RUN a`', 'done in 1.5 s', 'command changed'],
      ['`[2/2] RUN b`', 'done in 1.5 s', 'x is new'],
    ]);
    expect(text).toContain('```mermaid');
    expect(resultMarkdown(result([step('a')]), 'short')).not.toContain('### Steps');
  });

  test.each([
    [1500, '%S.%L', '2000-01-01 00:00:00.000, 2000-01-01 00:00:01.500'],
    [90_000, '%M:%S', '2000-01-01 00:00:00.000, 2000-01-01 00:01:30.000'],
    [3_723_004, '%H:%M', '2000-01-01 00:00:00.000, 2000-01-01 01:02:03.004'],
  ])(
    'the time line of %i ms begins at nought in each time zone, with an axis of its scale',
    (endedAt, axis, times) => {
      const ran = { ...step('[1/2] RUN a'), endedAt };
      const text = resultMarkdown(result([ran, step('[2/2] RUN b')]), 'full');
      // Mermaid shows local times; what is written as a date is one.
      expect(text).toContain(
        `  dateFormat YYYY-MM-DD HH:mm:ss.SSS\n  axisFormat ${axis}\n  [1/2] RUN a :${times}\n`,
      );
    },
  );

  test.each([
    'RUN grep "a\\|b" c | wc',
    'RUN a\\\\|b',
    'RUN a\nb',
    'RUN a\rb',
    'RUN `id` | cat',
    'COPY a\\ b',
  ])('%j stays in its cell', (name) => {
    const table = rows(resultMarkdown(result([step(name, name)]), 'full'), 'Steps');
    expect(table).toHaveLength(2);
    expect(table[1]).toHaveLength(3);
    expect(table[1]?.[0]).toMatch(/^`[^`]*`$/);
  });

  test('names of files make no links, images or elements', () => {
    const miss = 'COPY [x](https://evil.example) ![y](https://evil.example) <img src=x>: content changed';
    const text = resultMarkdown(result([step('COPY a b', miss)]), 'full');
    expect(text).not.toContain('](');
    expect(text).not.toContain('<img');
  });

  test('long names are cut, and what has no room is counted', () => {
    const steps = Array.from({ length: 700 }, (_, i) => step(`RUN ${i} ${'x'.repeat(5000)}`));
    const text = resultMarkdown(result(steps), 'full');
    expect(Buffer.byteLength(text)).toBeLessThan(512 * 1024);
    expect(text).toContain('200 more are not shown here.');
  });

  test('an error is shown as it is, with what to do', () => {
    const error = new BuildError({ kind: 'user', code: 'X', message: 'a <b> ``` c', hint: 'do *this*' });
    const text = failureMarkdown(error, []);
    expect(text).toBe("## Image build failed\n\n```text\na <b> ''' c\n```\n```text\ndo *this*\n```\n");
  });

  test('several errors are told each with its place and what to do', () => {
    const at = (line: number) => ({
      file: 'Dockerfile',
      start: { line, column: 1, offset: 0 },
      end: { line, column: 2, offset: 1 },
    });
    const error = (message: string, line: number, hint?: string) =>
      new BuildError({ kind: 'user', code: 'X', message, hint, at: at(line) });
    const text = failureMarkdown(new BuildErrors([error('one', 2, 'do this'), error('two', 5)]), []);
    expect(text).toBe(
      '## Image build failed\n\n`Dockerfile:2:1`\n\n```text\none\n```\n```text\ndo this\n```\n\n`Dockerfile:5:1`\n\n```text\ntwo\n```\n',
    );
  });

  test('findings with their places', () => {
    const position = { line: 3, column: 1, offset: 9 };
    const finding: Diagnostic = {
      rule: 'DL3000',
      aliases: [],
      fingerprint: 'f',
      severity: 'warning',
      message: 'a | b',
      at: { file: 'Dockerfile', start: position, end: position },
    };
    expect(rows(findingsMarkdown([finding]), 'Lint findings')[1]).toEqual([
      '`Dockerfile:3:1`',
      'warning',
      '`DL3000`',
      'a &#124; b',
    ]);
  });
});
