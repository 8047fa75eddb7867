import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareBaseline, parseBaseline, renderBaseline } from '../../../src/dockerfile/lint/baseline.ts';
import { fingerprintPath } from '../../../src/dockerfile/lint/fingerprint.ts';
import type { LintedFile } from '../../../src/dockerfile/lint/format/linted-file.ts';
import { lint } from '../../../src/dockerfile/lint/lint.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';

const FOLDER = '/repo';

function linted(path: string, text: string): LintedFile {
  return { path, text, diagnostics: lint(parseDockerfile(text, path), { folder: FOLDER }) };
}

const names = (text: string, path = 'Dockerfile'): readonly string[] =>
  linted(path, text).diagnostics.map(({ fingerprint }) => fingerprint);

describe('fingerprints', () => {
  const TEXT = 'FROM debian\nRUN sudo a && b\nUSER 1\n';

  test.each([
    ['# a comment\n\nFROM debian\nRUN sudo a && b\nUSER 1\n'],
    ['FROM debian\nRUN sudo a \\\n  # why\n  && b\nUSER 1\n'],
    ['FROM  debian\r\nRUN sudo a && b\r\nUSER 1\r\n'],
  ])('stay: %j', (text) => {
    expect(names(text)).toEqual(names(TEXT));
  });

  test('differ by path, rule, text and count', () => {
    const all = [
      ...names(TEXT),
      ...names(TEXT, 'web/Dockerfile'),
      ...names('FROM debian:latest\nRUN sudo a && c\nUSER 1\n'),
    ];
    expect(new Set(all).size).toBe(6);
    const twice = names('FROM debian:12\nRUN sudo a\nENV A=1\nRUN sudo a\nUSER 1\n');
    expect(twice.map((name) => name.split(':')[1])).toEqual(['1', '2']);
    expect(twice[0]?.split(':')[0]).toBe(twice[1]?.split(':')[0]);
  });

  test('are the same for every way to name the file', () => {
    for (const path of ['./web/Dockerfile', '/repo/web/Dockerfile', 'web//Dockerfile', 'web\\Dockerfile'])
      expect([path, fingerprintPath(path, FOLDER)]).toEqual([path, 'web/Dockerfile']);
    expect(fingerprintPath('../repo/web/Dockerfile', FOLDER)).toBe('web/Dockerfile');
    expect(fingerprintPath('../repository/Dockerfile', FOLDER)).toBe('../repository/Dockerfile');
    expect(fingerprintPath('/elsewhere/Dockerfile', FOLDER)).toBe('/elsewhere/Dockerfile');
    expect(names(TEXT, '/repo/Dockerfile')).toEqual(names(TEXT));
  });
});

describe('a baseline', () => {
  const files = [linted('b', 'FROM debian\nUSER 1\n'), linted('a', 'FROM debian\nUSER 1\nRUN sudo x\n')];

  test('is a line a finding, sorted, and does not depend on the order of the files', () => {
    const text = renderBaseline(files, FOLDER);
    expect(renderBaseline(files.toReversed(), FOLDER)).toBe(text);
    expect(
      text.split('\n').flatMap((line) => /"path":"(.)","rule":"(\w+)"/.exec(line)?.slice(1) ?? []),
    ).toEqual(['a', 'DL3004', 'a', 'DL3006', 'b', 'DL3006']);
    expect(renderBaseline([], FOLDER)).toBe('{\n  "version": 1,\n  "findings": []\n}\n');
  });

  test('takes its findings out and tells what is stale in the files at hand alone', () => {
    const baseline = parseBaseline(renderBaseline(files, FOLDER), 'b.json');
    const [first] = files;
    expect(compareBaseline(first === undefined ? [] : [first], baseline, FOLDER)).toMatchObject({
      files: [{ path: 'b', diagnostics: [] }],
      known: 1,
      stale: [],
    });
    const mended = compareBaseline([linted('a', 'FROM debian\nUSER 1\nRUN cd /x && y\n')], baseline, FOLDER);
    expect(mended.stale.map(({ rule }) => rule)).toEqual(['DL3004']);
    expect(mended.files[0]?.diagnostics.map(({ rule }) => rule)).toEqual(['DL3003']);
  });

  test('may begin with a byte order mark', () => {
    expect(parseBaseline(`\uFEFF${renderBaseline(files, FOLDER)}`, 'b.json')).toHaveLength(3);
  });

  test('in the configuration silences the same findings', () => {
    const text = 'FROM debian\nRUN sudo x\nUSER 1\n';
    const parsed = parseDockerfile(text, 'Dockerfile');
    const [first, second] = lint(parsed);
    const left = lint(parsed, { baseline: new Set([first?.fingerprint ?? '']) });
    expect(left).toEqual([second]);
  });

  test('whatever is found is known to the baseline written of it', () => {
    const line = fc.constantFrom(
      'FROM debian',
      'FROM debian AS a',
      'RUN cd /x',
      'RUM x',
      'RUN <<A',
      'sudo \u2028 "\\',
      'A',
      'ENV a b',
      '# hadolint ignore=DL3006, nonsense',
      'MAINTAINER \u{1F600}',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const file = linted('Dockerfile', lines.join('\n'));
        const baseline = parseBaseline(renderBaseline([file], FOLDER), 'b.json');
        const compared = compareBaseline([file], baseline, FOLDER);
        expect(compared.files[0]?.diagnostics).toEqual([]);
        expect([compared.known, compared.stale]).toEqual([file.diagnostics.length, []]);
      }),
    );
  });
});
