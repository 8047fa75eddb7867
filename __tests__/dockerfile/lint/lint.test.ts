// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Dockerfile text
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Diagnostic } from '../../../src/dockerfile/diagnostic.ts';
import type { LintConfig } from '../../../src/dockerfile/lint/config.ts';
import { lint } from '../../../src/dockerfile/lint/lint.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';

const CASES = new URL('../../testdata/lint/', import.meta.url);

function findings(text: string, config: LintConfig = {}): readonly Diagnostic[] {
  return lint(parseDockerfile(text, 'Dockerfile'), config);
}

const ids = (text: string, config: LintConfig = {}) =>
  findings(text, config).map(({ rule, at }) => `${at.start.line} ${rule}`);

function tell({ rule, aliases, severity, message, at, fix }: Diagnostic): string {
  const place = `${at.start.line}:${at.start.column}-${at.end.line}:${at.end.column}`;
  const names = [rule, ...aliases].join('=');
  return `${place} ${severity} ${names} ${message}${fix === undefined ? '' : ` [${fix.safety} fix: ${fix.title}]`}`;
}

describe('golden cases', () => {
  test.each(readdirSync(CASES))('%s', (name) => {
    const text = readFileSync(new URL(`${name}/Dockerfile`, CASES), 'utf8');
    const golden = new URL(`${name}/lint.txt`, CASES);
    const actual = `${findings(text).map(tell).join('\n')}\n`;
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(golden, actual);
    expect(actual).toBe(readFileSync(golden, 'utf8'));
  });
});

describe('lint', () => {
  test('one bad line does not silence the others', () => {
    expect(ids('FROM debian\nRUM make\nRUN cd /x && make\nCOPY --nosuch a b\nMAINTAINER me\n')).toEqual([
      '1 TSIB1001',
      '1 DL3006',
      '2 DL1000',
      '3 DL3003',
      '4 DL1000',
      '5 DL4000',
    ]);
  });

  test('names that every object has are names as others', () => {
    const text =
      'FROM debian:12\nENV constructor=1\nLABEL toString=x\nRUN constructor update && toString=1 valueOf\nUSER 1\n';
    expect(ids(text, { labelSchema: { a: 'url' } })).toEqual(['1 DL3049', '3 DL3048']);
  });

  test.each([
    'if true; then echo a; fi',
    '{ echo a; }',
    'case x in x) echo a;; esac',
    'for a in b; do echo a; done',
  ])('backticks end %s', (command) => {
    expect(ids(`FROM debian:12\nRUN X=\`${command}\`; echo "$X"\nUSER 1\n`)).not.toContain('2 SC1072');
  });

  test('DL3026 knows a stage in any case', () => {
    const text = 'FROM x.y/debian:12 AS Build\nFROM x.y/debian:12\nCOPY --from=build a b\nUSER 1\n';
    expect(ids(text, { trustedRegistries: ['x.y'] })).not.toContain('3 DL3026');
    expect(ids(text, { trustedRegistries: ['z'] })).toContain('1 DL3026');
  });

  test.each([
    ['ENV A=1 B=$A', true],
    ['ENV A=1 B=x/${A}/y', true],
    ['ENV A=1 B=${A:-2}', true],
    ['ENV A=1 B=${C:-$A}', true],
    ['ENV A=1 B="$A"', true],
    ["ENV A=1 B='$A'", false],
    ['ENV A=1 B=\\$A', false],
    ['ENV A=1 B=$AA', false],
    ['ENV A=$A B=1', false],
    ['ENV A=$A:1 A=$A:2', true],
    ['ARG A\nENV A=1 B=$A', false],
  ])('%s refers to itself: %s', (text, told) => {
    expect(ids(`FROM debian:12\n${text}\nUSER 1\n`).some((id) => id.endsWith('DL3044'))).toBe(told);
  });

  test.each([
    ['apt-get update', 'rm -rf /var/lib/apt/lists/*', 'DL3009'],
    ['yum install -y a-1', 'yum clean all', 'DL3032'],
    ['zypper -n install a=1', 'zypper clean', 'DL3036'],
    ['dnf install -y a-1', 'dnf clean all', 'DL3040'],
    ['yarn install', 'yarn cache clean', 'DL3060'],
  ])('%s on the line of RUN, %s in its heredoc, and the other way round', (install, clean, rule) => {
    const told = (run: string) => ids(`FROM a:1\n${run}\nEOF\nUSER 1\n`).some((id) => id.endsWith(rule));
    expect(told(`RUN ${install} && sh <<EOF\n${clean}`)).toBe(false);
    expect(told(`RUN sh <<EOF && ${clean}\n${install}`)).toBe(false);
    expect(told(`RUN ${install} && sh <<EOF\ntrue`)).toBe(true);
    expect(told(`RUN cat <<EOF && ${install}\n${clean}`)).toBe(true);
  });

  test('what a heredoc fetches or reads is for the line of its RUN, too', () => {
    const of = (run: string) => ids(`FROM a:1\n${run}\nEOF\nUSER 1\n`);
    expect(of('RUN sh <<EOF && apt-get install -y a=1\napt-get update')).not.toContain('3 TSIB1002');
    expect(of('RUN export PIP_NO_CACHE_DIR=1 && sh <<EOF\npip install a==1')).not.toContain('3 DL3042');
  });

  test('two rules that say the same are one finding with both ids', () => {
    const [finding] = findings('FROM debian:12\nUSER 1\nCMD run\n');
    expect(finding).toMatchObject({ rule: 'DL3025', aliases: ['JSONArgsRecommended'] });
  });

  test('where only one of the two has it, it stands alone', () => {
    expect(ids('FROM debian:12\nUSER 1\nARG MY_PASSWD\n')).toEqual(['3 SecretsUsedInArgOrEnv']);
    expect(ids('FROM debian:12\nUSER 1\nARG MY_TOKENS\n')).toEqual(['3 DL3064']);
  });

  test('a place inside a continued instruction is exact', () => {
    const text = 'FROM debian:12\nUSER 1\nRUN make \\\n  # a comment\n  && cd /x \\\n  && make\n';
    const [finding] = findings(text);
    expect(finding?.rule).toBe('DL3003');
    expect(text.slice(finding?.at.start.offset, finding?.at.end.offset)).toBe('cd /x');
  });

  test('a place inside a heredoc is exact, tabs of <<- left out', () => {
    const text = 'FROM debian:12\nUSER 1\nRUN <<-EOF\n\tset -e\n\tsudo make\n\tEOF\n';
    const [finding] = findings(text);
    expect(finding?.rule).toBe('DL3004');
    expect(text.slice(finding?.at.start.offset, finding?.at.end.offset)).toBe('sudo make');
  });

  test('a heredoc for a shell is read, one for another program is not', () => {
    expect(ids('FROM debian:12\nUSER 1\nRUN bash -e <<EOF\nsudo make\nEOF\n')).toContain('4 DL3004');
    expect(ids('FROM debian:12\nUSER 1\nRUN python3 <<EOF\nsudo = make\nEOF\n')).toEqual([]);
    expect(ids('FROM debian:12\nUSER 1\nRUN <<EOF\n#!/usr/bin/env python3\nsudo = (1\nEOF\n')).toEqual([]);
  });

  test('exec forms keep their quoting, and give places', () => {
    const text = 'FROM debian:12\nUSER 1\nRUN ["bash", "-c", "cd /x && sudo y"]\n';
    const found = findings(text);
    expect(found.map(({ rule, at }) => [rule, text.slice(at.start.offset, at.end.offset)])).toEqual([
      ['DL3003', 'cd /x'],
      ['DL3004', 'sudo y'],
    ]);
  });

  test('triggers of ONBUILD are checked', () => {
    expect(ids('FROM debian:12\nUSER 1\nONBUILD RUN apt-get install -y curl\n')).toContain('3 DL3008');
  });

  test('files for Windows get no advice about sh', () => {
    const text =
      '# escape=`\nFROM mcr.microsoft.com/windows/servercore:ltsc2025\nUSER 1\nRUN powershell Get-Item x | Select-Object (1)\n';
    expect(ids(text)).toEqual([]);
  });

  test('never throws, sorts by place and stays inside the text', () => {
    const line = fc.constantFrom(
      'FROM a',
      'FROM $b AS c',
      'FROM',
      'ARG x=1',
      'ENV a b',
      'ENV a=$b c',
      'RUN if a; then',
      'RUN ["a", "b\\u0020c"]',
      'COPY --from=c . x',
      'RUN <<A <<-B',
      'A',
      'B',
      '\tcd /x',
      '# hadolint ignore=DL3006',
      'USER',
      'EXPOSE x:y',
      'ONBUILD RUN cd /',
      'ONBUILD FROM x',
      'SHELL x',
      'WORKDIR \\',
      'HEALTHCHECK CMD a',
      'CMD a | b &',
      'LABEL "a b"=c',
      '# check=skip=all',
      'RUN apt-get install x \\',
      '&& \u{1F600} "',
      '`',
      '',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'), (lines, end) => {
        const text = lines.join(end);
        const offsets = findings(text).map(({ at }) => [at.start.offset, at.end.offset] as const);
        for (const [start, stop] of offsets) {
          expect(start).toBeLessThanOrEqual(stop);
          expect(stop).toBeLessThanOrEqual(text.length);
        }
        expect(offsets.map(([start]) => start)).toEqual(
          offsets.map(([start]) => start).toSorted((a, b) => a - b),
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe('comments that steer', () => {
  const base = 'FROM debian:12\nUSER 1\n';

  test('ignore is for the next instruction, with a reason, and may be stacked', () => {
    expect(
      ids(`${base}# hadolint ignore=DL3003\nRUN cd /a\nRUN cd /b\n`).filter((id) => id.includes('DL3003')),
    ).toEqual(['5 DL3003']);
    expect(ids(`${base}# hadolint ignore=DL3003, DL3004 -- because\nRUN cd /a && sudo b\n`)).toEqual([]);
    expect(
      ids(`${base}# hadolint ignore=DL3003\n# why\n# hadolint ignore=DL3004\nRUN cd /a && sudo b\n`),
    ).toEqual([]);
  });

  test('either id of a finding silences it', () => {
    expect(ids(`${base}# hadolint ignore=JSONArgsRecommended\nCMD a\n`)).toEqual([]);
    expect(ids(`${base}# check=skip=JSONArgsRecommended\nCMD a\n`)).toEqual([]);
    expect(ids(`${base}CMD a\n`, { ignored: ['DL3025'] })).toEqual([]);
  });

  test('global is for the whole file, stage for what stands below a FROM', () => {
    expect(ids(`# hadolint global ignore=DL3006,TSIB1001\nFROM debian\nFROM alpine\n`)).toEqual([]);
    const text = `# hadolint stage ignore=DL3003\n${base}RUN cd /a && b\nFROM debian:12\nUSER 1\nRUN cd /c && d\n`;
    expect(ids(text)).toEqual(['7 DL3003']);
  });

  test('they can be switched off', () => {
    expect(ids(`${base}# hadolint ignore=DL3003\nRUN cd /a && b\n`, { disableIgnorePragma: true })).toEqual([
      '4 DL3003',
    ]);
  });

  test('shell= names the shell of scripts', () => {
    expect(ids(`${base}RUN [[ -f a ]]\n`)).toEqual(['3 SC3010']);
    expect(ids(`# hadolint shell=bash\n${base}RUN [[ -f a ]]\n`)).toEqual([]);
  });

  test('the check directive skips, and makes errors', () => {
    const text = 'FROM debian:12 as x\nUSER 1\n';
    expect(findings(text).map(({ rule, severity }) => [rule, severity])).toEqual([
      ['FromAsCasing', 'warning'],
    ]);
    expect(findings(`# check=error=true\n${text}`)[0]?.severity).toBe('error');
    expect(ids(`# check=skip=FromAsCasing\n${text}`)).toEqual([]);
    expect(ids(`# check=skip=all\n${text}`)).toEqual([]);
    expect(ids(text, { buildArgs: { BUILDKIT_DOCKERFILE_CHECK: 'skip=all' } })).toEqual([]);
    expect(ids(text, { buildArgs: { BUILDKIT_DOCKERFILE_CHECK: ' skip = X, all ; skip= all' } })).toEqual([]);
  });
});

describe('configuration', () => {
  const text = 'FROM debian\nUSER 1\n';

  test('the gravest override wins, ignored beats them all', () => {
    expect(findings(text, { override: { info: ['DL3006'], error: ['DL3006'] } })[0]?.severity).toBe('error');
    expect(findings(text, { override: { error: ['DL3006'] }, ignored: ['DL3006'] })).toEqual([]);
  });

  test('a rule that is off is raised by a severity', () => {
    expect(ids('FROM debian:12\nUSER 1\n', { override: { style: ['DL3057'] } })).toEqual(['1 DL3057']);
  });

  test('build arguments and ARG defaults are filled in', () => {
    const from = 'ARG TAG=12\nFROM debian:${TAG}\nUSER 1\n';
    expect(ids(from)).toEqual([]);
    expect(ids(from, { buildArgs: { TAG: 'latest' } })).toEqual(['2 DL3007']);
  });

  test.each(['[a-', '!', 'a\\', '[z-a]'])('an ignore file with %s is told, whatever is copied', (pattern) => {
    const [finding, ...others] = findings('FROM debian:12\nUSER 1\n', { dockerignore: `b\n${pattern}\n` });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: 'DL1000', severity: 'error', at: { start: { line: 1 } } });
    expect(finding?.message).toContain('The ignore file cannot be used: ');
  });

  test('an unread file cannot be silenced', () => {
    expect(ids('FROM debian:12\nUSER 1\nRUM x\n', { ignored: ['DL1000'] })).toEqual(['3 DL1000']);
  });
});
