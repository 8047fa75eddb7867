import { mkdirSync, mkdtempSync, rmdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readInputs } from '../../src/app/action/inputs.ts';
import { gitAuthorization } from '../../src/app/contexts/authorization.ts';
import { contextAddress } from '../../src/app/contexts/context-address.ts';
import { dockerfileOnDisk, ignoreFileOf } from '../../src/app/contexts/folder-context.ts';
import { openContext } from '../../src/app/contexts/open-context.ts';
import { oneChunk } from '../../src/image/one-chunk.ts';
import { gitServer } from '../support/git-server.ts';
import { sampleTar } from '../support/sample-layers.ts';

const before = process.cwd();
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'contexts-'));
  mkdirSync(join(folder, 'web'));
  writeFileSync(join(folder, 'web', 'Dockerfile'), 'FROM scratch\n');
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

test('-f with an archive on standard input: a path in it, or of this machine where that is there', async () => {
  const tar = await sampleTar([{ path: 'sub/D', content: 'FROM scratch\nENV in=archive\n' }]);
  const opened = async (file: string): Promise<string> => {
    const wanted = {
      context: '-',
      file,
      stateDir: join(folder, 'state'),
      secrets: {},
      ssh: {},
      buildArgs: {},
    };
    const stdin = (): AsyncIterable<Uint8Array> => oneChunk(tar);
    await using context = await openContext(wanted, { environment: {}, stdin });
    return context.dockerfile.text;
  };
  writeFileSync('own', 'FROM scratch\nENV on=disk\n');
  for (const file of ['sub/D', './sub/D', '/sub/D']) expect(await opened(file)).toContain('archive');
  expect(await opened(join(process.cwd(), 'own'))).toContain('disk');
  for (const file of ['own', '/no/such/file'])
    await expect(opened(file)).rejects.toMatchObject({ code: 'DOCKERFILE_NOT_FOUND' });
});

describe('contexts of this machine', () => {
  test('a Dockerfile is called as Git calls it, so that annotations find it', () => {
    const written = ['web/Dockerfile', './web/Dockerfile', 'web/../web//Dockerfile', 'web/./Dockerfile'];
    for (const file of [...written, join(process.cwd(), 'web/Dockerfile')])
      expect(dockerfileOnDisk(file).path).toBe('web/Dockerfile');
    process.chdir('web');
    expect(dockerfileOnDisk('../web/Dockerfile').path).toBe('Dockerfile');
    process.chdir(folder);
  });

  test.each([
    ['none', 'The Dockerfile none is not there'],
    ['web', 'The Dockerfile web is a folder'],
    ['web/Dockerfile/x', 'The Dockerfile web/Dockerfile/x is not there'],
    ['', 'The Dockerfile is named by nothing'],
  ])('no Dockerfile at "%s" is told in words', (file, message) => {
    expect(() => dockerfileOnDisk(file)).toThrow(
      expect.objectContaining({ code: 'DOCKERFILE_NOT_FOUND', message }),
    );
  });

  test('an ignore file is a file: a folder of its name says nothing, one that cannot be read is an error', () => {
    mkdirSync('both/Dockerfile.dockerignore', { recursive: true });
    mkdirSync('both/.dockerignore');
    expect(ignoreFileOf('both', 'both/Dockerfile')).toBeUndefined();
    rmdirSync('both/.dockerignore');
    writeFileSync('both/.dockerignore', 'a\n');
    expect(ignoreFileOf('both', 'both/Dockerfile')).toEqual({ path: 'both/.dockerignore', text: 'a\n' });
    symlinkSync('/proc/self/mem', 'both/other.dockerignore');
    expect(() => ignoreFileOf('both', 'both/other')).toThrow(
      expect.objectContaining({ code: 'IGNORE_FILE_UNREADABLE', kind: 'environment' }),
    );
  });

  test('a folder of the name Dockerfile is none where there is a dockerfile', () => {
    mkdirSync('named/Dockerfile', { recursive: true });
    expect(() => dockerfileOnDisk('named/Dockerfile')).toThrow('is a folder');
    writeFileSync('named/dockerfile', 'FROM scratch\n');
    expect(dockerfileOnDisk('named/Dockerfile').path).toBe('named/dockerfile');
  });

  test("docker/build-push-action's default context is told what stands for it here", () => {
    expect(() => contextAddress('{{defaultContext}}:web')).toThrow(
      expect.objectContaining({
        code: 'CONTEXT_NOT_SUPPORTED',
        hint: expect.stringContaining('the folder itself'),
      }),
    );
  });
});

describe("the job's token", () => {
  const basic = (token: string): string =>
    `basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
  const build = (inputs: Record<string, string>, server: string) =>
    readInputs((name) => inputs[name] ?? '', { RUNNER_TEMP: folder, GITHUB_SERVER_URL: server }).build;

  test('opens a private repository of the own server, and is no secret of the build', async () => {
    await using server = await gitServer(basic('job-token'));
    writeFileSync(join(server.folder('private'), 'Dockerfile'), 'FROM scratch\n');
    server.commit('private');
    server.publish('private');
    const context = server.url('private');
    const open = async (inputs: Record<string, string>): Promise<string> => {
      const options = build({ context, ...inputs }, new URL(context).origin);
      await using opened = await openContext(options, { environment: {}, stdin: async function* () {} });
      return opened.dockerfile.text;
    };
    expect(await open({ 'github-token': 'job-token' })).toBe('FROM scratch\n');
    expect(build({ context, 'github-token': 'job-token' }, new URL(context).origin).secrets).toEqual({});
    await expect(open({ 'github-token': '' })).rejects.toMatchObject({ code: 'GIT_FAILED' });
    await expect(
      open({ 'github-token': 'job-token', secrets: 'GIT_AUTH_TOKEN=other' }),
    ).rejects.toMatchObject({ code: 'GIT_FAILED' });
    expect(await open({ 'github-token': 'other', secrets: 'GIT_AUTH_TOKEN=job-token' })).toContain('FROM');
  });

  test('goes to no other server, and to no other repository', () => {
    const remote = (context: string): string | undefined =>
      build({ context, 'github-token': 't' }, 'https://github.com').contextToken?.remote;
    expect(remote('https://github.com/o/r.git#main:web')).toBe('https://github.com/o/r.git');
    expect(remote('github.com/o/r')).toBe('https://github.com/o/r');
    for (const other of [
      'https://github.com.example/o/r.git',
      'http://github.com/o/r.git',
      'https://github.com:444/o/r.git',
      'git@github.com:o/r.git',
      'https://github.com/o/r.tar.gz',
      '.',
    ])
      expect(remote(other)).toBeUndefined();
    const own = { remote: 'https://github.com/o/r.git', token: 't' };
    expect(gitAuthorization({}, 'https://github.com/o/r.git', own)).toBe(basic('t'));
    expect(gitAuthorization({}, 'https://github.com/o/other.git', own)).toBeUndefined();
  });
});
