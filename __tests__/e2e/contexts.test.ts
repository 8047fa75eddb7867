import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseArguments } from '../../src/app/cli/arguments.ts';
import { BUILD_FLAGS, buildOptions } from '../../src/app/cli/build-flags.ts';
import { compose } from '../../src/app/compose.ts';
import { prepare } from '../../src/app/prepare.ts';
import { needs, testWith } from '../support/needs.ts';

const DOCKERFILE = 'FROM scratch\nCOPY a.txt /copied\n';
const COMMITTED = 1_600_000_000;
const withGit = testWith(needs.program('git'));

describe('contexts that are no folders', () => {
  let work: string;
  let server: Server;
  let address: string;
  let tar: Buffer;
  const served = new Map<string, Buffer>();
  const asked: { url: string; authorization: string | undefined }[] = [];

  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'contexts-'));
    const files = join(work, 'files');
    mkdirSync(join(files, 'sub'), { recursive: true });
    writeFileSync(join(files, 'Dockerfile'), DOCKERFILE);
    writeFileSync(join(files, 'a.txt'), 'top');
    writeFileSync(join(files, 'sub', 'dockerfile'), DOCKERFILE);
    writeFileSync(join(files, 'sub', 'a.txt'), 'below');
    writeFileSync(join(files, '.dockerignore'), 'a.txt\n');
    tar = execFileSync('tar', ['-c', '-C', files, '.']);
    server = createServer((request, response) => {
      const url = request.url ?? '';
      asked.push({ url, authorization: request.headers.authorization });
      const body = served.get(url.split('?')[0] ?? '');
      response.writeHead(body === undefined ? 404 : 200);
      response.end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    served.set('/context.tar.gz', gzipSync(tar));
    served.set('/Dockerfile', Buffer.from('FROM scratch\nCOPY context /copied\n'));
    if (needs.program('git')() !== undefined) return;
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', files, '-c', 'user.name=t', '-c', 'user.email=t@t', ...args], {
        env: { ...process.env, GIT_COMMITTER_DATE: `${COMMITTED} +0000` },
        stdio: 'pipe',
      });
    git('init', '-q', '-b', 'main');
    git('add', '.');
    git('commit', '-q', '-m', 'first');
    git('update-server-info');
    for (const path of execFileSync('find', ['.git', '-type', 'f'], { cwd: files }).toString().split('\n')) {
      if (path !== '') served.set(path.replace('.git', '/repo.git'), readFileSync(join(files, path)));
    }
  });

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(work, { recursive: true, force: true });
  });

  /** Builds and gives the text of the one file that the Dockerfile copies. */
  async function build(flags: readonly string[], stdin: Uint8Array = new Uint8Array(), env = {}) {
    const out = mkdtempSync(join(work, 'out-'));
    const state = join(work, 'state');
    const output = `type=local,dest=${out}`;
    const args = parseArguments(['--no-lint', '--state-dir', state, '-o', output, ...flags], BUILD_FLAGS);
    const options = buildOptions(args, env);
    await using request = await prepare(options, {
      environment: {},
      async *stdin() {
        // In small pieces, as a pipe may give it.
        for (let at = 0; at < stdin.length; at += 300) yield stdin.subarray(at, at + 300);
      },
      commitTime: () => Promise.resolve(undefined),
      now: Math.floor(Date.now() / 1000),
    });
    await using composed = await compose(options, {
      environment: {},
      onNotice: () => undefined,
      stdout: process.stdout,
    });
    await composed.engine.build(request, { onEvent: () => undefined });
    return { copied: readFileSync(join(out, 'copied'), 'utf8'), epoch: request.epoch.seconds };
  }

  const failing = (...args: Parameters<typeof build>): Promise<unknown> =>
    build(...args).then(
      () => 'built',
      (error: unknown) => error,
    );

  test.each([
    ['plain', (bytes: Buffer) => bytes],
    ['gzip', (bytes: Buffer) => gzipSync(bytes)],
    ['zstd', (bytes: Buffer) => zstdCompressSync(bytes)],
    ['bzip2', (bytes: Buffer) => execFileSync('bzip2', ['-c'], { input: bytes })],
    ['xz', (bytes: Buffer) => execFileSync('xz', ['-c'], { input: bytes })],
  ])('an archive on standard input, %s: its ignore file does not count', async (_name, compressed) => {
    expect((await build(['-'], compressed(tar))).copied).toBe('top');
  });

  test('-f names a path in the archive; a Dockerfile in small letters will do', async () => {
    const wrong = Buffer.from(DOCKERFILE.replace('a.txt', 'sub/a.txt'));
    writeFileSync(join(work, 'Other'), wrong);
    expect((await build(['-f', join(work, 'Other'), '-'], tar)).copied).toBe('below');
    expect((await build(['-f', 'sub/Dockerfile', '-'], tar)).copied).toBe('top');
    await expect(build(['-f', 'none', '-'], tar)).rejects.toMatchObject({ code: 'DOCKERFILE_NOT_FOUND' });
  });

  test('a Dockerfile on standard input has no context, or the one that is given', async () => {
    await expect(build(['-'], Buffer.from(DOCKERFILE))).rejects.toThrow(/a\.txt/);
    const url = `${address}/context.tar.gz`;
    const other = Buffer.from('FROM scratch\nCOPY sub/a.txt /copied\n');
    expect((await build(['-f', '-', url], other)).copied).toBe('below');
  });

  test.each([
    ['STDIN_TWICE', ['-f', '-', '-'], ''],
    ['TWO_DOCKERFILES', ['-f', 'x', '-'], DOCKERFILE],
    ['NOT_A_DOCKERFILE', ['-'], 'PK\u0003\u0004\0\0'],
    ['NOT_A_DOCKERFILE', ['-'], ''],
    ['CONTEXT_NOT_SUPPORTED', ['s3://bucket/key'], ''],
    ['CONTEXT_NOT_FOUND', ['no/such/folder'], ''],
  ])('%s', async (code, flags, text) => {
    expect(await failing(flags, Buffer.from(text))).toMatchObject({ code, kind: 'user' });
  });

  test('the address of an archive, and of a Dockerfile that finds itself as "context"', async () => {
    expect((await build([`${address}/context.tar.gz`])).copied).toBe('top');
    expect((await build([`${address}/Dockerfile`])).copied).toContain('COPY context');
    expect(await failing([`${address}/nothing`])).toMatchObject({ code: 'HTTP_STATUS' });
  });

  test('a download is asked for with its secret, which no message shows', async () => {
    const host = new URL(address).host;
    const flags = ['--secret', `id=HTTP_AUTH_TOKEN_${host},env=T`];
    await build([...flags, `${address}/context.tar.gz`], undefined, { T: 'hush\n' });
    expect(asked.at(-1)?.authorization).toBe('Bearer hush');
    const error = await failing([...flags, `${address}/nothing?token=hush`], undefined, { T: 'hush' });
    expect(String(error)).not.toContain('hush');
  });

  withGit(
    'a Git repository, its folder, the time of its commit; the checkout is gone afterwards',
    async () => {
      expect(await build([`${address}/repo.git`])).toEqual({ copied: 'top', epoch: COMMITTED });
      expect(await build([`${address}/repo.git#main:sub`])).toEqual({ copied: 'below', epoch: COMMITTED });
      expect(await build([`${address}/repo.git?branch=main&subdir=sub`])).toMatchObject({ copied: 'below' });
      expect(execFileSync('ls', [join(work, 'state', 'git')]).toString()).toBe('');
      expect(await failing([`${address}/repo.git#nowhere`])).toMatchObject({ code: 'GIT_REF_NOT_FOUND' });
      expect(await failing([`${address}/repo.git?branch=a&tag=b`])).toMatchObject({
        code: 'BAD_GIT_REFERENCE',
      });
    },
  );

  withGit('git gets the token of its host alone', async () => {
    const host = new URL(address).host;
    const flags = ['--secret', `id=GIT_AUTH_TOKEN.${host},env=T`, '--secret', 'id=GIT_AUTH_TOKEN,env=U'];
    await build([...flags, `${address}/repo.git`], undefined, { T: 'tick', U: 'other' });
    const header = `basic ${Buffer.from('x-access-token:tick').toString('base64')}`;
    expect(asked.filter(({ url }) => url.startsWith('/repo.git')).at(-1)?.authorization).toBe(header);
  });

  withGit('named contexts: a folder with its own ignore file, a repository, a download', async () => {
    const folder = mkdtempSync(join(work, 'named-'));
    writeFileSync(join(folder, 'kept'), 'k');
    writeFileSync(join(folder, 'hidden'), 'h');
    writeFileSync(join(folder, '.dockerignore'), 'hidden\n');
    const from = (source: string) => Buffer.from(`FROM scratch\nCOPY --from=n ${source} /copied\n`);
    expect((await build(['--build-context', `n=${folder}`, '-'], from('kept'))).copied).toBe('k');
    await expect(build(['--build-context', `n=${folder}`, '-'], from('hidden'))).rejects.toThrow(/hidden/);
    const repository = `n=${address}/repo.git#main:sub`;
    expect((await build(['--build-context', repository, '-'], from('a.txt'))).copied).toBe('below');
    const file = `n=${address}/Dockerfile`;
    expect((await build(['--build-context', file, '-'], from('context'))).copied).toContain('COPY context');
  });
});
