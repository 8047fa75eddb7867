import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { lintConfigPath } from '../../../src/app/lint/lint-config.ts';
import { runLint } from '../../support/lint-command.ts';

const started = process.cwd();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'));
  process.chdir(folder);
  writeFileSync('Dockerfile', 'FROM debian\nRUN sudo x\nUSER 1\n');
});
afterEach(() => {
  process.chdir(started);
  rmSync(folder, { recursive: true, force: true });
});

const lines = (text: string): readonly string[] => text.split('\n').map((line) => line.trim());

describe('flags', () => {
  test('all that is wrong is told at once, with what was meant', async () => {
    const run = await runLint([
      ...['-t', 'never', '-f', 'word', '--format=prose', '--require-label', 'a:number', '--shelcheck', 'x'],
      ...[
        '--shellcheck',
        'perhaps',
        '--fix=all',
        '--no-fail=maybe',
        '-x',
        '--build-arg',
        '=1',
        'Dockerfile',
        '--error',
      ],
    ]);
    expect([run.exitCode, run.stdout]).toEqual([2, '']);
    for (const [flag, said] of [
      ['-t', 'error, warning, info, style, ignore, none'],
      ['-f', '"word" is not one of tty, json'],
      ['--format', '"prose" is not one of'],
      ['--require-label', '"number" is not one of text, url'],
      ['--shelcheck', 'did you mean --shellcheck?'],
      ['--shellcheck', '"perhaps" is not a way to use shellcheck'],
      ['--fix', 'safe or unsafe'],
      ['--no-fail', '"maybe" is neither true nor false'],
      ['-x', 'there is no such flag'],
      ['--error', 'its value is missing'],
    ] as const)
      expect([
        flag,
        lines(run.stderr).filter((line) => line.includes(`${flag}: `) && line.includes(said)).length,
      ]).toEqual([flag, 1]);
  });

  test.each([
    [['--ignore', '--fix', 'Dockerfile'], /--ignore: its value is missing/],
    [['--baseline', '--fix', 'Dockerfile'], /--baseline: its value is missing/],
    [['--config', '-t', 'none', 'Dockerfile'], /--config: its value is missing/],
  ])('a flag is no value: %j', async (args, message) => {
    const run = await runLint(args);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toMatch(message);
  });

  test.each([
    [['-fjson', '-tnone', 'Dockerfile'], 0],
    [['--no-fail=true', 'Dockerfile'], 0],
    [['--no-fail=false', 'Dockerfile'], 1],
    [['-t', 'none', '--', 'Dockerfile'], 0],
    [['--ignore=-x', '-t', 'none', 'Dockerfile'], 0],
  ])('%j', async (args, exitCode) => {
    expect((await runLint(args)).exitCode).toBe(exitCode);
  });

  test('two reports cannot be one file', async () => {
    const run = await runLint(['-f', 'json', '-o', 'x', '-f', 'sarif', '-o', './x', 'Dockerfile']);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toMatch(/two reports .*\.\/x/);
    expect(
      (await runLint(['-f', 'json', '-o', '/dev/null', '-f', 'gnu', '-o', '/dev/null', 'Dockerfile']))
        .exitCode,
    ).toBe(1);
  });
});

describe('a configuration file', () => {
  const withFile = async (text: string, ...args: readonly string[]) => {
    writeFileSync('.hadolint.yaml', text);
    return await runLint([...args, 'Dockerfile']);
  };

  test('all that is wrong is told at once, with what is wanted', async () => {
    const run = await withFile(
      'ignored: 7\noverride: {fatal: [DL3000], error: 1}\nfailure-threshold: never\nno-fail: 3\nlabel-schema: {a: number, b: text}\nformats: [word]\n',
    );
    expect(run.exitCode).toBe(2);
    for (const [key, wanted] of [
      ['ignored', 'a list of rules'],
      ['override', 'fatal'],
      ['override', 'rules for error'],
      ['failure-threshold', 'error, warning, info, style, ignore, none'],
      ['no-fail', 'true or false'],
      ['label-schema', 'a: number'],
      ['formats', 'tty, json'],
    ] as const)
      expect([
        key,
        wanted,
        lines(run.stderr).filter(
          (line) => line.includes(`"${key}" has a value of the wrong kind`) && line.includes(wanted),
        ).length,
      ]).toEqual([key, wanted, 1]);
  });

  test.each(['yes', 'Yes', 'YES', 'on', 'y', 'true'])('%s is true, as hadolint reads it', async (word) => {
    expect((await withFile(`no-fail: ${word}\n`)).exitCode).toBe(0);
  });

  test.each(['no', 'off', 'N', 'False'])('%s is false', async (word) => {
    expect((await withFile(`no-fail: ${word}\n`)).exitCode).toBe(1);
  });

  test('several documents, unknown tags', async () => {
    expect((await withFile('no-fail: true\n---\nno-fail: false\n')).stderr).toMatch(/one document is wanted/);
    expect((await withFile('ignored: !foo [DL3006, DL3004]\n')).exitCode).toBe(0);
  });
});

test('a rule is explained in any case', async () => {
  expect((await runLint(['--explain', 'dl3006'])).stdout).toMatch(/^# DL3006: /);
  expect((await runLint(['--explain', 'sc1090'])).stdout).toMatch(/^SC1090 .*wiki\/SC1090\n$/);
  expect((await runLint(['--explain', 'nonsense'])).exitCode).toBe(2);
});

test('a user without a home folder has no configuration there', () => {
  const nobody = (): string => readFileSync('nowhere', 'utf8');
  expect(lintConfigPath({}, nobody)).toBeUndefined();
  writeFileSync('hadolint.yml', '');
  expect(lintConfigPath({ XDG_CONFIG_HOME: folder }, nobody)).toBe(join(folder, 'hadolint.yml'));
});

describe('what means nothing is told, and the run goes on', () => {
  test('rules that nobody has', async () => {
    writeFileSync(
      '.hadolint.yaml',
      'ignored: [DL9999, SC1234, SC0001]\noverride: {info: [dl3004, DL3006]}\n',
    );
    const run = await runLint(['--ignore', 'DL3OO6', '--error', 'UndefinedVra', '-f', 'json', 'Dockerfile']);
    expect(lines(run.stderr)).toEqual([
      'unknown rule DL9999',
      'unknown rule DL3OO6 (did you mean DL3006?)',
      'unknown rule UndefinedVra (did you mean UndefinedVar?)',
      'unknown rule dl3004 (did you mean DL3004?)',
      '',
    ]);
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toMatch(/"DL3004".*"level":"error"/);
  });

  test('variables of the environment', async () => {
    const env = {
      HADOLINT_FAILURE_THRESHOLD: 'never',
      HADOLINT_FORMAT: 'json,word',
      HADOLINT_REQUIRE_LABELS: 'a:number',
      HADOLINT_STRICT_LABELS: 'maybe',
      HADOLINT_NOFAIL: 'no',
      HADOLINT_OVERIDE_INFO: 'DL3006',
    };
    const run = await runLint(['Dockerfile'], { env });
    expect(lines(run.stderr.trimEnd()).toSorted()).toEqual([
      'HADOLINT_FAILURE_THRESHOLD is left out: "never" is not one of error, warning, info, style, ignore, none',
      expect.stringMatching(/^HADOLINT_FORMAT is left out: "word" is not one of tty, json, /),
      'HADOLINT_REQUIRE_LABELS is left out: "number" is not one of text, url, spdx, hash, rfc3339, semver, email',
      'HADOLINT_STRICT_LABELS is left out: "maybe" is neither true nor false',
    ]);
    expect(run.exitCode).toBe(1);
  });
});
