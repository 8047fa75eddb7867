import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Position, SourceRange } from '../../../src/base/errors.ts';
import type { LintConfig } from '../../../src/dockerfile/lint/config.ts';
import { lint } from '../../../src/dockerfile/lint/lint.ts';
import { RULES } from '../../../src/dockerfile/lint/rules.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';

const CASES = new URL('../../testdata/lint/', import.meta.url);
/** Every rule is told. */
const ALL: LintConfig = {
  override: { info: RULES.filter(({ severity }) => severity === 'off').map(({ id }) => id) },
  labelSchema: { a: 'url', z: 'email' },
};

/** What is wrong with the places of findings in a text. */
function wrongPlaces(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  const starts = [0];
  for (const line of text.split('\n')) starts.push((starts.at(-1) ?? 0) + line.length + 1);
  const wrong = (what: string, { line, column, offset }: Position): readonly string[] => {
    const width = lines[line - 1]?.length ?? -1;
    const place = `${what} at ${line}:${column}`;
    if (column < 1 || column - 1 > width) return [`${place}: the line has ${width} characters`];
    return (starts[line - 1] ?? -1) + column - 1 === offset ? [] : [`${place}: its offset is ${offset}`];
  };
  const wrongRange = (what: string, { start, end }: SourceRange): readonly string[] => [
    ...wrong(`${what} begins`, start),
    ...wrong(`${what} ends`, end),
    ...(end.offset < start.offset ? [`${what} ends before it begins`] : []),
  ];
  return lint(parseDockerfile(text, 'D'), ALL).flatMap(({ rule, at, fix }) => [
    ...wrongRange(rule, at),
    ...(at.end.column === 1 && at.end.line > at.start.line
      ? [`${rule} reaches into line ${at.end.line} with nothing`]
      : []),
    ...(fix?.edits ?? []).flatMap((edit) => wrongRange(`the fix of ${rule}`, edit.at)),
  ]);
}

const PIECES = [
  ...[
    'FROM debian',
    'RUN sudo x',
    'RUN cd /x \\',
    ' && y',
    'ENV a b',
    'RUN <<E',
    'E',
    'LABEL a=x',
    'CMD x',
    'MAINTAINER x',
    'RUM',
  ],
  ...[
    'ONBUILD RUN sudo',
    'COPY a b c',
    'EXPOSE 80/TCP',
    'HEALTHCHECK CMD x',
    '# hadolint ignore=DL3003',
    '\u{1F600}',
    '\u2028',
  ],
  ...['\r\n', '\n', '\t', ' ', '\\', '"', '\r', ''],
];

/** Services refuse a whole report for one place that is not in the file. */
describe('findings and fixes stand in their lines', () => {
  test.each(readdirSync(CASES))(
    '%s, with line ends of Windows, tabs, blank lines and no line end too',
    (name) => {
      const text = readFileSync(new URL(`${name}/Dockerfile`, CASES), 'utf8');
      const unended = text.trimEnd();
      const texts = [
        ...[text, unended, `${unended} \\`].flatMap((one) => [one, one.replace(/\r?\n/g, '\r\n')]),
        text.replaceAll(' ', '\t'),
        text.replaceAll('\n', '\n\n'),
      ];
      expect(texts.flatMap(wrongPlaces)).toEqual([]);
    },
  );

  test('any text', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }), (all) => {
        expect(wrongPlaces(all.join(''))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
