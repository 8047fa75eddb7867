import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { hasRunnerCommand } from '../../../src/app/report/runner-command.ts';

const program = fileURLToPath(new URL('../../../src/cli.ts', import.meta.url));
let folder: string;
let child: ChildProcess | undefined;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'process-'));
  writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY Dockerfile /\n');
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  child?.kill('SIGKILL');
});

function start(
  args: readonly string[],
  stdout: 'pipe' | number = 'pipe',
  path = process.env['PATH'] ?? '',
  more: Readonly<Record<string, string>> = {},
): ChildProcess {
  child = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    env: { PATH: path, HOME: folder, ...more },
    stdio: ['pipe', stdout, 'pipe'],
  });
  child.stdin?.on('error', () => undefined);
  return child;
}

/** What it wrote to stderr, and how it ended. */
async function end(process: ChildProcess): Promise<{ readonly said: string; readonly code: unknown }> {
  const [said, [code, signal]] = await Promise.all([
    text(process.stderr as NodeJS.ReadableStream),
    once(process, 'exit'),
  ]);
  return { said, code: signal ?? code };
}

/** A shellcheck that tells when it runs, and does not end by itself. */
function slowShellcheck(): string {
  const bin = mkdtempSync(join(folder, 'bin-'));
  const script = `#!/bin/sh\necho > '${join(bin, 'runs')}'\nexec sleep 600\n`;
  writeFileSync(join(bin, 'shellcheck'), script, { mode: 0o755 });
  return bin;
}

describe('the process', () => {
  test.each([
    ['build', '-'],
    ['build', '-f', '-', '.'],
    ['lint', '-'],
    ['prune', '--state-dir', 'state'],
  ])('one SIGINT ends %s %s while standard input is waited for', async (...args) => {
    const process = start(args);
    // It has begun to read when more is taken than a pipe holds.
    await new Promise<void>((resolve) =>
      process.stdin?.write(Buffer.alloc(256 * 1024, 'x'), () => resolve()),
    );
    process.kill('SIGINT');
    expect(await end(process)).toEqual({ code: 1, said: expect.stringContaining('cancelled') });
  });

  test('one SIGINT ends a build while ShellCheck runs', async () => {
    const bin = slowShellcheck();
    writeFileSync(join(folder, 'Dockerfile.run'), 'FROM scratch\nRUN echo a\n');
    const path = `${bin}:${process.env['PATH'] ?? ''}`;
    const build = start(['build', '-f', 'Dockerfile.run', '.'], 'pipe', path);
    while (!existsSync(join(bin, 'runs'))) await new Promise((resolve) => setTimeout(resolve, 20));
    build.kill('SIGINT');
    expect(await end(build)).toEqual({ code: 1, said: expect.stringContaining('cancelled') });
  });

  test('a build goes on when nobody reads its progress any more', async () => {
    const dest = join(folder, 'image.tar');
    const build = start(['build', '--no-lint', '-o', `type=oci,dest=${dest}`, '.']);
    build.stderr?.destroy();
    expect(await once(build, 'exit')).toEqual([0, null]);
    expect(existsSync(dest)).toBe(true);
  });

  test('what nobody has caught is told as a fault of ours, in the end too', async () => {
    const run = new URL('../../../src/app/cli/run.ts', import.meta.url).href;
    const script = `process.argv = ['node', 'cli', 'build', '-'];
      const { runCli } = await import(${JSON.stringify(run)});
      setTimeout(() => Promise.reject(new Error('nobody has caught it')), 0);
      await runCli();`;
    child = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: folder });
    const { said, code } = await end(child);
    expect(said).toMatch(/^ERROR: nobody has caught it\n {2}This is a fault of ts-image-build/);
    expect(code).toBe(125);
  });

  test('under --progress json what nobody has caught is JSON too', async () => {
    const run = new URL('../../../src/app/cli/run.ts', import.meta.url).href;
    const script = `process.argv = ['node', 'cli', 'build', '--progress', 'json', '-'];
      const { runCli } = await import(${JSON.stringify(run)});
      process.stdin.once('newListener', () => setTimeout(() => Promise.reject(new Error('nobody has caught it')), 0));
      await runCli();`;
    child = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: folder });
    const { said, code } = await end(child);
    const lines = said.split('\n').slice(0, -1);
    const told = lines.map((line) => JSON.parse(line) as { readonly type: string; readonly code?: string });
    expect(told.at(-1)).toMatchObject({
      type: 'error',
      kind: 'bug',
      message: 'nobody has caught it',
      stack: expect.any(String),
    });
    expect(code).toBe(125);
  });

  test('under --progress json an output that cannot be written is JSON too', async () => {
    const full = openSync('/dev/full', 'w');
    const build = start(['build', '--progress', 'json', '--no-lint', '--plan', '.'], full);
    closeSync(full);
    const { said, code } = await end(build);
    const last: unknown = JSON.parse(said.trimEnd().split('\n').at(-1) ?? '');
    expect(last).toMatchObject({ type: 'error', message: expect.stringContaining('ENOSPC') });
    expect(code).toBe(1);
  });

  test('in a job of GitHub nothing that is quoted is a command to its runner', async () => {
    const text = 'FROM scratch\nCOPY --from=x a /##[add-mask]b\nRUN <<EOF\n::add-mask::c\nEOF\n';
    writeFileSync(join(folder, 'Dockerfile.commands'), `${text}RUM ::set-output name=a::b ##[group]\n`);
    const args = ['build', '-f', 'Dockerfile.commands', '.'];
    const { said } = await end(start(args, 'pipe', undefined, { GITHUB_ACTIONS: 'true' }));
    expect(said).toContain('set-output');
    expect(hasRunnerCommand(said)).toBe(false);
    expect((await end(start(args))).said).toContain('##[group]');
  });

  test('results that cannot be written are a failure', async () => {
    const full = openSync('/dev/full', 'w');
    const lint = start(['lint', '--format', 'json', '--no-fail', 'Dockerfile'], full);
    closeSync(full);
    // Told once.
    expect(await end(lint)).toEqual({ code: 1, said: expect.stringMatching(/^[^\n]*ENOSPC[^\n]*\n$/) });
  });
});
