import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { findDockerfiles } from '../../../src/app/lint/find-dockerfiles.ts';
import { runLint } from '../../support/lint-command.ts';

const started = process.cwd();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'find-'));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(started);
  rmSync(folder, { recursive: true, force: true });
});

const TEXT = 'FROM debian\nUSER 1\n';

function write(...names: readonly string[]): void {
  for (const name of names) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), TEXT);
  }
}

const found = (...patterns: readonly string[]) => {
  const { paths, missing } = findDockerfiles(patterns);
  return { paths, missing: missing.map(({ message }) => message) };
};

test('a file that is named in several ways is given once, by the first', async () => {
  write('a/Dockerfile', '-');
  expect(found('./a/Dockerfile', join(folder, 'a/Dockerfile'), 'a', 'a/*', '-', './-').paths).toEqual([
    './a/Dockerfile',
    '-',
    './-',
  ]);
  const { stdout } = await runLint(['-f', 'gitlab_codeclimate', 'a/Dockerfile', './a/Dockerfile']);
  expect(JSON.parse(stdout)).toHaveLength(1);
});

test('a folder that cannot be read does not hide the others', () => {
  write('Dockerfile', 'b/Dockerfile', 'z/Dockerfile');
  const broken = Buffer.from([0x62, 0x61, 0x64, 0xff]);
  mkdirSync(Buffer.concat([Buffer.from('b/'), broken]));
  writeFileSync(Buffer.concat([Buffer.from('b/Dockerfile.'), broken]), TEXT);
  expect(found('.')).toEqual({
    paths: ['Dockerfile', 'b/Dockerfile', 'z/Dockerfile'],
    missing: [
      'b/Dockerfile.bad\uFFFD cannot be read: its name is not UTF-8',
      'b/bad\uFFFD cannot be searched: its name is not UTF-8',
    ],
  });
  // Root may read all.
  if (process.getuid?.() !== 0) {
    chmodSync('b', 0);
    try {
      expect(found('.').paths).toEqual(['Dockerfile', 'z/Dockerfile']);
      expect(found('.').missing).toEqual([expect.stringMatching(/^b cannot be searched: EACCES/)]);
    } finally {
      chmodSync('b', 0o755);
    }
  }
});

test('pipes, links that lead nowhere and links to folders are passed over', () => {
  write('a/Dockerfile');
  execFileSync('mkfifo', ['Dockerfile', 'pipe']);
  symlinkSync('nowhere', 'b.Dockerfile');
  symlinkSync('a', 'c.Dockerfile');
  symlinkSync('a/Dockerfile', 'd.Dockerfile');
  expect(found('.')).toEqual({ paths: ['a/Dockerfile', 'd.Dockerfile'], missing: [] });
  expect(found('p*')).toEqual({ paths: [], missing: ['No file matches p*'] });
  // `lint <(command)` names a pipe.
  expect(found('pipe').paths).toEqual(['pipe']);
});

test('an ignore file that cannot be read is told, and the Dockerfile is linted', async () => {
  write('Dockerfile', 'a/Dockerfile', 'none');
  mkdirSync('a/.dockerignore');
  const run = await runLint(['-f', 'gnu', 'a', 'Dockerfile']);
  expect(run.exitCode).toBe(2);
  expect(run.stdout.split('\n').map((line) => line.split(':')[0])).toEqual([
    'a/Dockerfile',
    'Dockerfile',
    '',
  ]);
  expect(run.stderr).toMatch(/^a\/\.dockerignore cannot be read: EISDIR.*\n$/);
  // The one that is named is the one that counts.
  expect((await runLint(['-f', 'gnu', '--dockerignore', 'none', 'a'])).stderr).toBe('');
});

test('names on stderr give neither a terminal nor a runner commands', async () => {
  const name = '::error::\u001B\n::x.Dockerfile';
  write('Dockerfile');
  const run = await runLint(['-V', '-f', 'json', name, 'Dockerfile']);
  expect(run.stderr).toBe(
    `configuration: no file\nDockerfile: 1 finding\n./::error::␛␊::x.Dockerfile cannot be read: ENOENT: no such file or directory, open '::error::␛␊::x.Dockerfile'\n`,
  );
});
