// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Dockerfile text
import { describe, expect, test } from '@jest/globals';
import type { LintConfig } from '../../../src/dockerfile/lint/config.ts';
import { lint } from '../../../src/dockerfile/lint/lint.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';

/** The lines on which a check fires. */
function lines(check: string, text: string, config: LintConfig = {}): readonly number[] {
  return lint(parseDockerfile(text, 'Dockerfile'), config)
    .filter(({ rule, aliases }) => [rule, ...aliases].includes(check))
    .map(({ at }) => at.start.line);
}

describe('UndefinedVar', () => {
  test.each([
    ['ARG before the first FROM may name anything', 'ARG V=${Q:-1} P=$TARGETPLATFORM\nFROM a\n', []],
    ['names of one ARG are set one after the other', 'FROM a\nARG x=1 y=$x z w=$z\n', []],
    ['but not those of one ENV', 'FROM a\nENV x=1 y=$x\n', [2]],
    ['the name of an ARG is not expanded', 'FROM a\nARG $x\n', []],
    ['each word is told', 'FROM a\nENV x=$q y=$q\n', [2, 2]],
    ['scratch has a PATH', 'FROM scratch\nENV PATH=/x:$PATH\n', []],
    ['the checksum of an ADD', 'FROM a\nADD --checksum=$sum https://x.y/z /\n', [2]],
    ['the mounts of a RUN', 'FROM a\nARG t\nRUN --mount=type=cache,target=/$t,id=$id make\n', [3]],
    ['triggers of the stage below have run', 'FROM a AS b\nONBUILD ENV x=1\nFROM b\nENV y=$x\n', []],
    [
      'those of the one below that have not',
      'FROM a AS b\nONBUILD ARG x\nFROM b AS c\nFROM c\nENV y=$z\n',
      [5],
    ],
  ])('%s', (_, text, expected) => {
    expect(lines('UndefinedVar', text)).toEqual(expected);
  });
});

test.each([
  ['ARG S=b\nFROM a AS b\nENV x=1\nFROM $S\nENV y=$x$z\n', {}],
  ['FROM a AS b\nENV x=1\n\nFROM "b"\nENV y=$x$z\n', {}],
  ['ARG S=c\nFROM a AS b\nENV x=1\nFROM $S\nENV y=$x$z\n', { buildArgs: { S: 'b' } }],
])('the stage that FROM names through a variable or in quotes: %j', (text, config) => {
  expect(lines('UndefinedVar', text, config)).toEqual([5]);
});

test('WorkdirRelativePath: a trigger that FROM runs comes first', () => {
  const text = 'FROM a AS b\nONBUILD WORKDIR /x\nFROM b\nWORKDIR y\n';
  expect(lines('WorkdirRelativePath', text)).toEqual([]);
});

test.each([
  ['ARG TOKEN\nFROM a\n', []],
  ['FROM a\nENV "TOKEN"=a ${n:-API_KEY}=b\n', [2, 2]],
  ['FROM a\nARG TOKEN\nENV TOKEN_FILE=a\n', [2]],
])('SecretsUsedInArgOrEnv: %j', (text, expected) => {
  expect(lines('SecretsUsedInArgOrEnv', text)).toEqual(expected);
});

test.each([
  ['linux', 'build_amd64', false],
  ['amd64', 'linux', false],
  ['x86_64', 'on-linux', false],
  ['amd64', 'arm64', true],
  ['linux/arm64', 'amd64', true],
])('FromPlatformFlagConstDisallowed: %s as %s', (platform, name, told) => {
  const text = `FROM --platform=${platform} a AS ${name}\n`;
  expect(lines('FromPlatformFlagConstDisallowed', text)).toEqual(told ? [1] : []);
});

describe('EXPOSE is read with its variables filled in', () => {
  test.each([
    ['FROM a\nENV P=80:81\nEXPOSE $P\n', [3]],
    ['FROM a\nEXPOSE ${P:-80:81}\n', [2]],
    ['FROM a\nEXPOSE ::80 :80\n', []],
    ['FROM a\nEXPOSE 127.0.0.1::80\n', [2]],
    ['FROM a\nENV P="80:80 81 82:82"\nEXPOSE $P\n', [3, 3]],
  ])('ExposeInvalidFormat: %j', (text, expected) => {
    expect(lines('ExposeInvalidFormat', text)).toEqual(expected);
  });

  test.each([
    ['FROM a\nENV P=TCP\nEXPOSE 80/$P\n', [3]],
    ['FROM a\nENV P=80/TCP\nEXPOSE $P 81/tcp\n', [3]],
    ['FROM a\nEXPOSE 80/UDP\n', [2]],
  ])('ExposeProtoCasing: %j', (text, expected) => {
    expect(lines('ExposeProtoCasing', text)).toEqual(expected);
  });

  test('only what is written there is fixed', () => {
    const fixes = lint(parseDockerfile('FROM a\nENV P=TCP\nEXPOSE 80/$P 81/TCP\n', 'Dockerfile')).filter(
      ({ rule }) => rule === 'ExposeProtoCasing',
    );
    expect(fixes.map(({ fix }) => fix?.edits[0]?.text)).toEqual([undefined, '81/tcp']);
  });
});

describe('the check directive', () => {
  const told = (directive: string) =>
    lines('MaintainerDeprecated', `# check=${directive}\nFROM a\nMAINTAINER x\n`).length > 0;

  test.each([
    ['skip=all # a reason', false],
    ['skip=all;skip=JSONArgsRecommended', false],
    ['skip=JSONArgsRecommended,all', true],
    ['skip= all', true],
    ['skip=JSONArgsRecommended, MaintainerDeprecated', true],
    ['skip=All', true],
  ])('%s', (directive, expected) => {
    expect(told(directive)).toBe(expected);
  });

  test.each(['skip=all', ''])('says nothing where a build argument "%s" replaces it', (argument) => {
    const buildArgs = { BUILDKIT_DOCKERFILE_CHECK: argument };
    expect(parseDockerfile('# check=foo=bar\nFROM a\n', 'Dockerfile', buildArgs).problems).toEqual([]);
  });

  test.each(['foo=bar', 'skip', 'SKIP=all', 'error=maybe', 'skip=all;', 'error'])(
    '%s is refused',
    (directive) => {
      const { problems } = parseDockerfile(`# check=${directive}\nFROM a\n`, 'Dockerfile');
      expect(problems.map(({ code, at }) => [code, at?.start.line])).toEqual([['BAD_CHECK_DIRECTIVE', 1]]);
    },
  );

  test('error=TRUE makes errors', () => {
    const found = lint(parseDockerfile('# check=error=TRUE\nFROM a AS B\n', 'Dockerfile'));
    expect(found.find(({ rule }) => rule === 'StageNameCasing')?.severity).toBe('error');
  });
});
