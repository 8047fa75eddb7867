import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readComments } from '../../../src/dockerfile/lint/shellcheck/findings.ts';
import { runLint } from '../../support/lint-command.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shellcheck-'));
  writeFileSync(join(folder, 'Dockerfile'), 'FROM debian:12\nRUN true\nUSER 1000\n');
  mkdirSync(join(folder, 'bin'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function install(): void {
  const comment = { line: 10, endLine: 10, column: 1, endColumn: 2, level: 'info', code: 9001, message: 'm' };
  const answer = JSON.stringify({ comments: [{ file: '0.sh', ...comment }] });
  writeFileSync(join(folder, 'bin/shellcheck'), `#!/bin/sh\necho '${answer}'\nexit 1\n`);
  chmodSync(join(folder, 'bin/shellcheck'), 0o755);
}

const lint = (env: Readonly<Record<string, string>>, ...args: readonly string[]) =>
  runLint(['-f', 'gnu', ...args, join(folder, 'Dockerfile')], { env });

test('a folder of temporary files that is not there is told, and nothing else is lost', async () => {
  install();
  const env = { PATH: join(folder, 'bin'), RUNNER_TEMP: join(folder, 'nowhere') };
  const auto = await lint(env);
  expect([auto.exitCode, auto.stderr]).toEqual([
    0,
    expect.stringMatching(/^shellcheck is left out: scripts for it cannot be written: ENOENT.*\n$/),
  ]);
  const required = await lint(env, '--shellcheck', 'required');
  expect([required.exitCode, required.stderr]).toEqual([1, expect.stringContaining('cannot be written')]);
});

test('a folder of that name is no program', async () => {
  mkdirSync(join(folder, 'bin/shellcheck'));
  const run = await lint({ PATH: join(folder, 'bin') });
  expect([run.exitCode, run.stderr]).toEqual([0, '']);
});

test('is found by a PATH that counts from here', async () => {
  install();
  const run = await lint({ PATH: relative(process.cwd(), join(folder, 'bin')) });
  expect([run.exitCode, run.stdout, run.stderr]).toEqual([
    1,
    expect.stringContaining(': SC9001 info: m'),
    '',
  ]);
});

test.each(['null', '[]', '{"comments":[null]}', '{"comments":[{"file":"x"}]}', '{'])(
  'an answer of another kind: %s',
  (answer) => {
    expect(() => readComments(answer)).toThrow(expect.objectContaining({ code: 'SHELLCHECK_FAILED' }));
  },
);
