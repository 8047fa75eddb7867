import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { LintConfig } from '../../../src/dockerfile/lint/config.ts';
import type { LintedFile } from '../../../src/dockerfile/lint/format/linted-file.ts';
import { renderFindings } from '../../../src/dockerfile/lint/format/render.ts';
import { lint } from '../../../src/dockerfile/lint/lint.ts';
import { RULES } from '../../../src/dockerfile/lint/rules.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import {
  githubProblems,
  issueValidator,
  sarifValidator,
  sonarqubeValidator,
} from '../../support/report-schemas.ts';
import { readXml } from '../../support/xml-document.ts';

const CASES = new URL('../../testdata/lint/', import.meta.url);
const PAGES = new URL('../../../docs/rules/', import.meta.url);
const FOLDER = '/repo';
const OPTIONS = { version: '1.2.3', folder: FOLDER };

function linted(path: string, text: string, config: LintConfig = {}): LintedFile {
  return { path, text, diagnostics: lint(parseDockerfile(text, path), { ...config, folder: FOLDER }) };
}

/** Every rule is told, those too that are off by themselves. */
const ALL = { override: { info: RULES.filter(({ severity }) => severity === 'off').map(({ id }) => id) } };

const SAMPLES: readonly LintedFile[] = [
  ...readdirSync(CASES).map((name) =>
    linted(`./${name}/Dockerfile`, readFileSync(new URL(`${name}/Dockerfile`, CASES), 'utf8'), ALL),
  ),
  ...readdirSync(PAGES).map((name) => {
    const page = readFileSync(new URL(name, PAGES), 'utf8');
    return linted(`/repo/${name}`, /```dockerfile\S*\n([\s\S]*?)```/.exec(page)?.[1] ?? '', ALL);
  }),
  linted('a & b/<"x">\u0001%.Dockerfile', 'FROM debian:12 as x\nMAINTAINER \u0000 & <b> ]]> "\u{1F600}"\n'),
  linted('/elsewhere/Dockerfile', 'FROM debian\n'),
  linted('-', 'RUM x\n'),
  linted('empty', ''),
];

const json = (text: string): unknown => JSON.parse(text);
const sarif = sarifValidator();
const issue = issueValidator();
const sonarqube = sonarqubeValidator();

function expectValid(files: readonly LintedFile[]): void {
  const count = files.reduce((sum, { diagnostics }) => sum + diagnostics.length, 0);
  const log = json(renderFindings('sarif', files, OPTIONS));
  expect(sarif(log)).toEqual([]);
  expect(githubProblems(log)).toEqual([]);
  const gitlab = json(renderFindings('gitlab_codeclimate', files, OPTIONS)) as readonly unknown[];
  expect(gitlab.flatMap(issue)).toEqual([]);
  const climate = renderFindings('codeclimate', files, OPTIONS).split('\0').slice(0, -1).map(json);
  expect(climate).toEqual(gitlab);
  expect(gitlab).toHaveLength(count);
  expect(sonarqube(json(renderFindings('sonarqube', files, OPTIONS)))).toEqual([]);
  const checkstyle = readXml(renderFindings('checkstyle', files, OPTIONS));
  expect(checkstyle.children.flatMap(({ children }) => children)).toHaveLength(count);
  const junit = readXml(renderFindings('junit', files, OPTIONS));
  expect(junit.attributes['failures']).toBe(String(count));
  const failures = junit.children.flatMap(({ children }) => children).flatMap(({ children }) => children);
  expect(failures).toHaveLength(count);
  for (const { text, attributes } of failures) expect(text.endsWith(`: ${attributes['message']}`)).toBe(true);
}

describe('reports are of their form', () => {
  test('for every rule and awkward names', () => {
    const told = new Set(SAMPLES.flatMap(({ diagnostics }) => diagnostics.map(({ rule }) => rule)));
    expect(told.size).toBeGreaterThan(90);
    expectValid(SAMPLES);
  });

  test('for no finding, and for no file', () => {
    expectValid([linted('Dockerfile', 'FROM debian:12\nUSER 1\n')]);
    expectValid([]);
  });

  test('for any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.array(
          fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('FROM a as B', 'RUN sudo "', 'ENV a b')),
          {
            maxLength: 8,
          },
        ),
        (name, lines) => expectValid([linted(name.isWellFormed() ? `d/${name}` : 'd', lines.join('\n'))]),
      ),
    );
  });

  test('the schema minds what is wrong', () => {
    const log = json(renderFindings('sarif', SAMPLES, OPTIONS)) as { runs: { results: object[] }[] };
    Object.assign(log.runs[0]?.results[0] ?? {}, { level: 'fatal', nosuch: 1 });
    expect(sarif(log).join()).toMatch(/results\[0\].*additional properties.*results\[0\]\.level/);
    expect(issue({ type: 'issue' })).not.toEqual([]);
    expect(sonarqube({ issues: [{}] })).not.toEqual([]);
    for (const text of ['<a>', '<a b=c/>', '<a b="<"/>', '<a b="&x;"/>', '<a></b>', '<a/><b/>', 'x'])
      expect(() => readXml(`<?xml version="1.0" encoding="UTF-8"?>\n${text}`)).toThrow(SyntaxError);
  });
});

test('attributes come out of the XML as they went in', () => {
  const path = 'a & b\t<"x\'">\n\u{1F600}';
  const { children } = readXml(renderFindings('checkstyle', [linted(path, 'FROM debian\n')], OPTIONS));
  expect(children[0]?.attributes['name']).toBe(path);
});
