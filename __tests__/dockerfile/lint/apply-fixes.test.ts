import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  applyFixes,
  applyHolding,
  type FixLevel,
  fixDockerfile,
} from '../../../src/dockerfile/lint/apply-fixes.ts';
import { lint } from '../../../src/dockerfile/lint/lint.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';

const fixed = (text: string, level: FixLevel = 'safe') => fixDockerfile(text, 'Dockerfile', {}, level).text;
const CASES = new URL('../../testdata/lint/', import.meta.url);

describe('fixDockerfile', () => {
  test.each([
    ['RUN apt upgrade && apt install -y x', 'RUN apt-get upgrade && apt-get install -y x'],
    ['RUN apt-get install \\\n    x', 'RUN apt-get install -y \\\n    x'],
    ['ADD app.py /app', 'COPY app.py /app'],
    ['ENV A b', 'ENV A=b'],
    ['ENV A b c', 'ENV A="b c"'],
    ['LABEL a  b', 'LABEL a=b'],
    ['MAINTAINER Me <me@x.y>', 'LABEL org.opencontainers.image.authors="Me <me@x.y>"'],
    ['COPY a b /c', 'COPY a b /c/'],
    ['EXPOSE 80/TCP', 'EXPOSE 80/tcp'],
    ['RUN apk add x', 'RUN apk add --no-cache x'],
    ['RUN source /x', 'RUN . /x'],
    [
      'RUN apt-get upgrade && \\\n  # apt install: a comment\n  apt install -y x',
      'RUN apt-get upgrade && \\\n  # apt install: a comment\n  apt-get install -y x',
    ],
  ])('%j becomes %j', (before, after) => {
    expect(fixed(`FROM debian:12\n${before}\n`)).toBe(`FROM debian:12\n${after}\n`);
  });

  test.each([
    ['ADD app.tar.gz /app'],
    ['ADD --checksum=sha256:x https://x.y/a /a'],
    ['ENV A "b" \\\n  c'],
    ['RUN ["apk", "add", "x"]'],
    ['CMD run'],
    ['RUN apt search x'],
    ['RUN sh -c "echo \\"hi\\" && apt-get install curl=1"'],
    ['RUN sh -c "echo \\"hi\\" && yum install curl-1 && yum clean all"'],
    ['RUN sh -c "echo \\"hi\\" && apk add curl=1"'],
  ])('%j stays as it is: no safe fix is known', (line) => {
    expect(fixed(`FROM debian:12\n${line}\n`)).toBe(`FROM debian:12\n${line}\n`);
  });

  test('unsafe fixes are taken when asked for', () => {
    expect(fixed('FROM debian:12\nCMD run --it "all of it"\n', 'unsafe')).toBe(
      'FROM debian:12\nCMD ["run", "--it", "all of it"]\n',
    );
    for (const line of ['CMD run $X', 'CMD a && b', 'CMD a > b', 'CMD cd x', 'CMD ls *']) {
      expect(fixed(`FROM debian:12\n${line}\n`, 'unsafe')).toBe(`FROM debian:12\n${line}\n`);
    }
  });

  test('casing follows the majority', () => {
    expect(fixed('from debian:12 AS Build\nrun make\nCOPY a /b\n')).toBe(
      'from debian:12 as build\nrun make\ncopy a /b\n',
    );
  });

  test('line ends and everything else stay as they are', () => {
    expect(fixed('FROM debian:12\r\n\r\n# apt update\r\nRUN apt update\r\n')).toBe(
      'FROM debian:12\r\n\r\n# apt update\r\nRUN apt-get update && rm -rf /var/lib/apt/lists/*\r\n',
    );
  });

  test.each(
    readdirSync(CASES).flatMap((name): [string, FixLevel][] => [
      [name, 'safe'],
      [name, 'unsafe'],
    ]),
  )('%s: once fixed (%s), nothing is left to fix and nothing reads worse', (name, level) => {
    const text = readFileSync(new URL(`${name}/Dockerfile`, CASES), 'utf8');
    const once = fixed(text, level);
    expect(fixed(once, level)).toBe(once);
    const before = parseDockerfile(text, 'Dockerfile').problems.length;
    const after = parseDockerfile(once, 'Dockerfile');
    expect(after.problems.length).toBeLessThanOrEqual(before);
    const left = lint(after).filter(
      ({ fix }) => fix !== undefined && (level === 'unsafe' || fix.safety === 'safe'),
    );
    expect(left).toEqual([]);
  });
});

test('of two fixes for one place the first is taken', () => {
  const text = 'FROM debian:12 as x\n';
  const [diagnostic] = lint(parseDockerfile(text, 'Dockerfile'));
  const list = lint(parseDockerfile(text, 'Dockerfile')).filter(({ fix }) => fix !== undefined);
  expect(list).toHaveLength(1);
  const twice = applyFixes(text, [...list, ...list], 'safe');
  expect(twice.fixed).toHaveLength(1);
  expect(twice.text).toBe('FROM debian:12 AS x\n');
  expect(diagnostic).toBeDefined();
});

describe('a fix that does not hold', () => {
  const text = 'FROM debian:12\nRUN apt upgrade\nADD a.py /a\nEXPOSE 80/TCP\n';
  const found = lint(parseDockerfile(text, 'Dockerfile')).filter(({ fix }) => fix?.safety === 'safe');
  const blank = { aliases: [], severity: 'info' as const, message: '', fingerprint: 'x:1' };
  /** As if a rule were wrong: it makes an instruction that nobody knows. */
  const breaks = (word: string, to: string) => {
    const offset = text.indexOf(word);
    const start = { line: 1, column: 1, offset };
    const at = { file: 'Dockerfile', start, end: { ...start, offset: offset + word.length } };
    const edits = [{ at, text: to }];
    return { ...blank, rule: `BAD-${word}`, at, fix: { title: 'Break it', safety: 'safe' as const, edits } };
  };
  const expected = 'FROM debian:12\nRUN apt-get upgrade\nCOPY a.py /a\nEXPOSE 80/tcp\n';
  const holding = (diagnostics: typeof found) =>
    applyHolding({ text, path: 'Dockerfile' }, diagnostics, 'safe');

  test('is left out alone', () => {
    expect(holding(found).text).toBe(expected);
    const all = [...found, breaks('FROM debian:12', 'FORM'), breaks('0/', ' ! '), breaks('EXPOSE', 'EXPO')];
    const applied = holding(all);
    expect(applied.fixed.map(({ rule }) => rule)).not.toContain('BAD-EXPOSE');
    expect(applied.text).toBe(expected);
    expect(applied.fixed).toHaveLength(found.length);
  });

  test('what touches it gets its turn', () => {
    expect(holding([breaks('RUN apt', 'RUM apt'), ...found]).text).toBe(expected);
  });

  test('the order of the findings does not matter', () => {
    const all = [...found, breaks('ADD', 'ADDD'), breaks('RUN apt', 'RUM apt')];
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (mixed) => {
        expect(holding(mixed)).toEqual(holding(all));
        expect(applyFixes(text, mixed, 'safe')).toEqual(applyFixes(text, all, 'safe'));
      }),
    );
  });

  test('too many of them: what holds up to there is taken', () => {
    const lines = Array.from({ length: 60 }, (_, index) => `COPY a${index} /a`).join('\n');
    const long = `FROM debian:12\nRUN apt upgrade\n${lines}\n`;
    const own = lint(parseDockerfile(long, 'Dockerfile')).filter(({ rule }) => rule === 'DL3027');
    const bad = Array.from({ length: 60 }, (_, index) => {
      const offset = long.indexOf(`COPY a${index} `);
      const start = { line: index + 3, column: 1, offset };
      const at = { file: 'Dockerfile', start, end: { ...start, offset: offset + 4 } };
      const fix = { title: 'Break it', safety: 'safe' as const, edits: [{ at, text: 'COPPY' }] };
      return { ...blank, rule: 'BAD', at, fix };
    });
    const applied = applyHolding({ text: long, path: 'Dockerfile' }, [...own, ...bad], 'safe');
    expect(applied.text).toBe(long.replace('apt upgrade', 'apt-get upgrade'));
  });
});
