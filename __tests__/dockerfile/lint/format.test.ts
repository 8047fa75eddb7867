import { describe, expect, test } from '@jest/globals';
import { FORMATS } from '../../../src/dockerfile/lint/config.ts';
import type { LintedFile } from '../../../src/dockerfile/lint/format/linted-file.ts';
import { renderFindings } from '../../../src/dockerfile/lint/format/render.ts';
import { lint } from '../../../src/dockerfile/lint/lint.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';

function linted(path: string, text: string): LintedFile {
  return { path, text, diagnostics: lint(parseDockerfile(text, path), { ignored: ['TSIB1001'] }) };
}

const FILES = [
  linted('a & b/Dockerfile', 'FROM debian:12 as x\nRUN cd "<x>" && \\\n  y\n'),
  linted('clean', 'FROM debian:12\nUSER 1\n'),
];
const json = (text: string) => JSON.parse(text) as Record<string, unknown>;

describe('renderFindings', () => {
  test('knows every format of the configuration, and no other', () => {
    for (const format of FORMATS) expect(renderFindings(format, FILES)).not.toBe('');
    expect(() => renderFindings('toString', FILES)).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_FORMAT' }),
    );
  });

  test('tty: source line and marker', () => {
    expect(renderFindings('tty', FILES)).toBe(`warning[FromAsCasing]: as and FROM differ in case
  --> a & b/Dockerfile:1:16
  |
1 | FROM debian:12 as x
  |                ^^
  = fix: Write AS
  = see https://docs.docker.com/go/dockerfile/rule/from-as-casing/

warning[DL3003]: cd holds for this RUN only: set the folder with WORKDIR
  --> a & b/Dockerfile:2:5
  |
2 | RUN cd "<x>" && \\
  |     ^^^^^^^^
  = see https://github.com/hadolint/hadolint/wiki/DL3003

2 findings in 1 file: 2 warnings; lint --fix mends 1
`);
    expect(renderFindings('tty', FILES, { color: true })).toContain('\u001B[33mwarning[DL3003]\u001B[0m');
  });

  test('tty: what steers terminals is shown and not done; long texts are cut', () => {
    const text = 'FROM debian:12\nUSER 1\nR\u001B[2J\u202Ex y\n';
    expect(renderFindings('tty', [linted('x', text)])).toContain('3 | R␛[2J\uFFFDx y');
    expect(renderFindings('gnu', [linted('x', `${text}${'y'.repeat(9999)}\n`)])).toMatch(
      /^x:3:1: DL1000 error: .*R␛\[2J\uFFFDx.*\nx:4:1: DL1000 error: .{0,500}…\n$/,
    );
  });

  test('json: hadolint’s keys', () => {
    expect(JSON.parse(renderFindings('json', FILES))).toMatchObject([
      {
        code: 'FromAsCasing',
        column: 16,
        file: 'a & b/Dockerfile',
        level: 'warning',
        line: 1,
        endLine: 1,
        endColumn: 18,
      },
      { code: 'DL3003', column: 5, file: 'a & b/Dockerfile', level: 'warning', line: 2 },
    ]);
  });

  test('gnu, codacy and github: a finding a line', () => {
    expect(renderFindings('gnu', FILES).split('\n')[1]).toBe(
      'a & b/Dockerfile:2:5: DL3003 warning: cd holds for this RUN only: set the folder with WORKDIR',
    );
    expect(json(renderFindings('codacy', FILES).split('\n')[1] ?? '')).toEqual({
      filename: 'a & b/Dockerfile',
      line: 2,
      message: 'cd holds for this RUN only: set the folder with WORKDIR',
      patternId: 'DL3003',
    });
    const [file] = FILES;
    const awkward = {
      ...file,
      path: 'a:b,c',
      diagnostics: (file?.diagnostics ?? []).slice(0, 1).map((one) => ({ ...one, message: '50%\nx' })),
    };
    expect(renderFindings('github', [awkward as LintedFile])).toBe(
      '::warning file=a%3Ab%2Cc,line=1,endLine=1,col=16,endColumn=18,title=FromAsCasing::50%25%0Ax\n',
    );
  });

  test('checkstyle and junit: XML with escapes', () => {
    expect(renderFindings('checkstyle', FILES)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<checkstyle version="4.3">
  <file name="a &amp; b/Dockerfile">
    <error line="1" column="16" severity="warning" message="as and FROM differ in case" source="FromAsCasing"/>
    <error line="2" column="5" severity="warning" message="cd holds for this RUN only: set the folder with WORKDIR" source="DL3003"/>
  </file>
  <file name="clean">
  </file>
</checkstyle>
`);
    const junit = renderFindings('junit', FILES);
    expect(junit).toContain('<testsuites tests="3" failures="2">');
    // GitLab shows the text of an element, not its attributes.
    expect(junit).toContain('>a &amp; b/Dockerfile:1:16: as and FROM differ in case</failure>');
  });

  test('codeclimate: objects ended by NUL, and an array for GitLab, with names of their own', () => {
    const objects = renderFindings('codeclimate', FILES)
      .split('\0')
      .filter((one) => one !== '');
    expect(objects.map((one) => json(one)['check_name'])).toEqual(['FromAsCasing', 'DL3003']);
    const twice = linted('x', 'FROM debian:12\nUSER 1\nRUN cd /a && b\nENV a=b\nRUN cd /a && b\n');
    const issues = JSON.parse(renderFindings('gitlab_codeclimate', [twice])) as { fingerprint: string }[];
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });

  test('sonarqube: columns from 0', () => {
    expect(json(renderFindings('sonarqube', FILES))['issues']).toMatchObject([
      {
        ruleId: 'FromAsCasing',
        primaryLocation: { textRange: { startLine: 1, startColumn: 15, endColumn: 17 } },
      },
      { ruleId: 'DL3003' },
    ]);
  });

  test('sarif: rules with pages, exact regions, names that stay, fixes; also for nothing', () => {
    const [run] = json(renderFindings('sarif', FILES, { version: '1.2.3' }))['runs'] as Record<
      string,
      unknown
    >[];
    expect(run).toMatchObject({
      tool: {
        driver: {
          version: '1.2.3',
          rules: [
            { id: 'DL3003', helpUri: 'https://github.com/hadolint/hadolint/wiki/DL3003' },
            { id: 'FromAsCasing', helpUri: 'https://docs.docker.com/go/dockerfile/rule/from-as-casing/' },
          ],
        },
      },
      results: [
        {
          ruleId: 'FromAsCasing',
          ruleIndex: 1,
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: 'a%20%26%20b/Dockerfile', index: 0 },
                region: { startLine: 1, startColumn: 16, endLine: 1, endColumn: 18 },
              },
            },
          ],
          fixes: [{ artifactChanges: [{ replacements: [{ insertedContent: { text: 'AS' } }] }] }],
        },
        { ruleId: 'DL3003', ruleIndex: 0 },
      ],
    });
    const names = (text: string) =>
      (
        json(renderFindings('sarif', [linted('x', text)]))['runs'] as {
          results: { partialFingerprints: object }[];
        }[]
      )[0]?.results.map(({ partialFingerprints }) => partialFingerprints);
    expect(names('FROM debian:12\nUSER 1\nRUN cd /a && b\n')).toEqual(
      names('# moved\nFROM debian:12\nUSER 1\nRUN cd /a && b\n'),
    );
    expect(json(renderFindings('sarif', []))).toMatchObject({ version: '2.1.0', runs: [{ results: [] }] });
  });

  test('names that steer terminals or a runner are shown and do nothing', () => {
    const files = [
      'a\n::error::x',
      'b\u001B[31m',
      '::set-output name=x::y',
      '\u200B::x',
      './::z',
      '-::x',
    ].map((path) => linted(path, 'FROM debian\nUSER 1\n'));
    const starts = renderFindings('gnu', files)
      .split('\n')
      .map((line) => line.split(':1:6:')[0]);
    expect(starts).toEqual([
      'a␊::error::x',
      'b␛[31m',
      './::set-output name=x::y',
      './\u200B::x',
      './::z',
      './-::x',
      '',
    ]);
    const tty = renderFindings('tty', files);
    expect(tty).toContain('  --> a␊::error::x:1:6\n');
    expect(tty).not.toContain('\u001B');
  });

  test('github: a step has room for 10 of a kind, so the gravest come first', () => {
    const some = linted('a', 'FROM debian:12\nLABEL A=b\nUSER x\nRUN cd /x && sudo y\n');
    const kinds = renderFindings('github', [some, linted('b', 'FROM debian\nMAINTAINER x\n')])
      .split('\n')
      .map((line) => /^::(\w+) file=(.*?),.*title=([\w, ]+)/.exec(line)?.slice(1).join(' '));
    expect(kinds).toEqual([
      'error a DL3004',
      'error b DL4000',
      'warning a DL3003',
      'warning b DL3006',
      'notice a DL3066',
      'notice a DL3048',
      undefined,
    ]);
  });

  test('sarif: a rule is as grave as what is told of it', () => {
    const text = 'FROM debian\nRUN sudo x\nUSER 1\n';
    const parsed = parseDockerfile(text, 'D');
    const at = {
      file: 'D',
      start: { line: 2, column: 5, offset: 16 },
      end: { line: 2, column: 6, offset: 17 },
    };
    const diagnostics = lint(parsed, {
      override: { info: ['DL3006'], style: ['DL3004'] },
      external: [
        { rule: 'SC9001', severity: 'info', message: 'm', at },
        { rule: 'SC9001', severity: 'warning', message: 'm', at },
        { rule: 'SC9002', severity: 'style', message: 'm', at },
      ],
    });
    const log = json(renderFindings('sarif', [{ path: 'D', text, diagnostics }])) as unknown as {
      runs: {
        tool: { driver: { rules: { id: string; defaultConfiguration: object; properties: object }[] } };
      }[];
    };
    const rules = log.runs[0]?.tool.driver.rules.map(({ id, defaultConfiguration, properties }) => ({
      id,
      ...defaultConfiguration,
      severity: (properties as Record<string, unknown>)['problem.severity'],
    }));
    expect(rules).toEqual([
      { id: 'DL3004', level: 'note', severity: 'recommendation' },
      { id: 'DL3006', level: 'note', severity: 'recommendation' },
      { id: 'SC9001', level: 'warning', severity: 'warning' },
      { id: 'SC9002', level: 'note', severity: 'recommendation' },
    ]);
  });

  test('sarif: files above the folder', () => {
    const uris = ['../x/Dockerfile', '../repo/a/Dockerfile', '../../x', '/repo/../a b'].map((path) => {
      const file = { ...linted('x', ''), path };
      const { runs } = json(renderFindings('sarif', [file], { folder: '/repo' })) as unknown as {
        runs: { artifacts: { location: { uri: string } }[] }[];
      };
      return runs[0]?.artifacts[0]?.location.uri;
    });
    expect(uris).toEqual(['file:///x/Dockerfile', 'a/Dockerfile', 'file:///x', 'file:///a%20b']);
  });
});
