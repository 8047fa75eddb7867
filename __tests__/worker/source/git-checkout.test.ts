import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FileTree } from '../../../src/image/file-tree.ts';
import { memoryStore } from '../../../src/image/store/memory.ts';
import { createTransport } from '../../../src/registry/http/transport.ts';
import {
  type GitSource,
  type GitTreeOptions,
  gitTree,
  resolveGitCommit,
} from '../../../src/worker/source/git.ts';
import { openRepository } from '../../../src/worker/source/remote.ts';
import { codeOf, collect } from '../../support/bytes.ts';
import { COMMIT_TIME, type GitServer, gitServer } from '../../support/git-server.ts';
import { webServers } from '../../support/web-server.ts';

const REMOTE = { store: memoryStore(), environment: {} };
let server: GitServer;
let base = '';
let tip = '';

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'git-checkout-'));
  server = await gitServer();
  for (const name of ['deep', 'library']) {
    writeFileSync(join(server.folder(name), name), name);
    server.commit(name);
  }
  server.publish('deep');
  addModule('library', 'deep', '../deep.git');
  server.publish('library');
  const folder = server.folder('main');
  writeFileSync(join(folder, 'text.txt'), 'one\ntwo\n');
  tip = server.commit('main');
  server.git('main', 'tag', '-a', 'v1', '-m', 'version 1');
  server.git('main', 'tag', 'light');
  server.git('main', 'update-ref', 'refs/pull/7/head', 'HEAD');
  server.git('main', 'checkout', '-q', '-b', 'modules/all');
  addModule('main', 'library', '../library.git');
  server.git('main', 'checkout', '-q', '--orphan', 'link');
  server.git('main', 'rm', '-q', '--cached', '.gitmodules');
  server.git('main', 'commit', '-q', '-m', 'a link');
  server.git('main', 'checkout', '-qf', 'main');
  server.publish('main');
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(base, { recursive: true, force: true });
});

/** A submodule of the last commit of a repository, which is not checked out. */
function addModule(name: string, module: string, url: string): void {
  const folder = server.folder(name);
  const section = `[submodule "${module}"]\n\tpath = ${module}-module\n\turl = ${url}\n`;
  writeFileSync(join(folder, '.gitmodules'), section);
  const head = server.git(module, 'rev-parse', 'HEAD');
  server.git(name, 'add', '.gitmodules');
  server.git(name, 'update-index', '--add', '--cacheinfo', `160000,${head},${module}-module`);
  server.git(name, 'commit', '-q', '-m', 'a module');
}

function source(more: Partial<GitSource> = {}): GitSource {
  return { url: server.url('main'), keepGitDir: false, submodules: true, ...more };
}

function options(more: Partial<GitTreeOptions> = {}): GitTreeOptions {
  return { folder: join(base, 'checkouts'), ...more };
}

async function textOf(tree: FileTree, path: string): Promise<string> {
  const node = await tree.lookup(path);
  if (node === undefined) return 'nothing';
  for await (const { body } of tree.read([node])) return (await collect(body)).toString();
  return 'nothing';
}

describe('a server that gives whole repositories alone', () => {
  test.each([
    ['main', 'main'],
    ['v1', 'main'],
    ['refs/pull/7/head', 'main'],
  ])('%s', async (ref) => {
    await using tree = await gitTree(source({ ref }), options());
    expect([tree.commit, await textOf(tree, 'text.txt')]).toEqual([tip, 'one\ntwo\n']);
  });

  test('submodules of submodules, by relative addresses', async () => {
    await using tree = await gitTree(source({ ref: 'modules/all' }), options());
    expect(await textOf(tree, 'library-module/library')).toBe('library');
    expect(await textOf(tree, 'library-module/deep-module/deep')).toBe('deep');
  });
});

describe('.git', () => {
  test.each([
    [undefined, 'refs/heads/main', 'HEAD'],
    ['main', 'refs/heads/main', 'HEAD'],
    ['v1', 'refs/tags/v1', 'v1'],
    ['light', 'refs/tags/light', 'light'],
    ['pull/7/head', 'refs/pull/7/head', 'HEAD'],
  ])('has the ref that was asked for (%s), by which git tells versions', async (ref, name, revision) => {
    const wanted = source({ keepGitDir: true, ...(ref === undefined ? {} : { ref }) });
    await using tree = await gitTree(wanted, options());
    expect(await textOf(tree, `.git/${name}`)).toBe(
      `${server.git('main', 'rev-parse', revision === 'HEAD' ? tip : revision)}\n`,
    );
    expect(await textOf(tree, '.git/HEAD')).toBe(`${tip}\n`);
  });

  test('of submodules has nothing of the templates of this machine', async () => {
    await using tree = await gitTree(source({ ref: 'modules/all', keepGitDir: true }), options());
    const names = (await tree.list('.git/modules/library')).map(({ path }) => path.slice(21));
    expect(names).toContain('config');
    expect(names.filter((name) => ['branches', 'description', 'hooks', 'info'].includes(name))).toEqual([]);
  });

  test('of a commit with a submodule that no .gitmodules knows', async () => {
    await using tree = await gitTree(source({ ref: 'link', keepGitDir: true }), options());
    expect(await textOf(tree, 'text.txt')).toBe('one\ntwo\n');
    expect(await tree.lookup('library-module')).toMatchObject({ type: 'directory' });
    expect(await tree.list('library-module')).toEqual([]);
  });
});

test('attributes of the user that builds change no file', async () => {
  const home = join(base, 'home');
  mkdirSync(join(home, '.config/git'), { recursive: true });
  writeFileSync(join(home, '.config/git/attributes'), '*.txt text eol=crlf\n');
  await using tree = await gitTree(source({ ref: 'main' }), options({ environment: { HOME: home } }));
  expect(await textOf(tree, 'text.txt')).toBe('one\ntwo\n');
});

describe('a git that is older than GIT_CONFIG_COUNT, GIT_CONFIG_GLOBAL and --object-format', () => {
  const serve = webServers();
  let environment: Readonly<Record<string, string>>;

  beforeAll(() => {
    const programs = join(base, 'old-git');
    const home = join(base, 'old-home');
    for (const folder of [programs, home]) mkdirSync(folder);
    writeFileSync(
      join(programs, 'git'),
      [
        '#!/bin/sh',
        `if [ "$1" = version ]; then echo 'git version 2.25.1'; exit; fi`,
        'for each; do case $each in --object-format=*) exit 129; esac; done',
        'unset GIT_CONFIG_COUNT GIT_CONFIG_GLOBAL',
        `case "$*" in *secret*) exit 130; esac`,
        'PATH=/usr/local/bin:/usr/bin:/bin exec git "$@"',
      ].join('\n'),
      { mode: 0o755 },
    );
    writeFileSync(join(home, '.gitconfig'), '[core]\n\tattributesFile = ~/attributes\n\tautocrlf = true\n');
    writeFileSync(join(home, 'attributes'), '*.txt text eol=crlf\n');
    environment = { PATH: `${programs}:/usr/bin:/bin`, HOME: home, XDG_CONFIG_HOME: home };
  });

  test('checks out the same, whatever the user has configured', async () => {
    await using tree = await gitTree(source({ ref: 'main' }), options({ environment }));
    expect(await textOf(tree, 'text.txt')).toBe('one\ntwo\n');
  });

  test('hands over credentials, which are in no argument', async () => {
    const authorization = "Bearer it's a !secret";
    const seen: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(401).end();
    });
    const failing = resolveGitCommit(
      source({ url: `${url}/x.git` }),
      options({ environment, authorization }),
    );
    await expect(failing).rejects.toMatchObject({ message: expect.stringContaining('exit code 128') });
    expect(seen[0]).toBe(authorization);
  });
});

test.each([
  ['a command', (marker: string) => `ext::sh -c touch% ${marker}`],
  ['a folder of this machine', () => `file://${base}`],
  ['an option', (marker: string) => `--upload-pack=touch ${marker}`],
])('a submodule that is %s is not fetched', async (_, url) => {
  const marker = join(base, 'marker');
  const name = `hostile-${base.length}-${url(marker).slice(0, 3).replaceAll(/\W/g, 'x')}`;
  writeFileSync(join(server.folder(name), 'file'), 'content');
  server.commit(name);
  addModule(name, 'library', url(marker));
  server.publish(name);
  const wanted = source({ url: server.url(name) });
  expect(await codeOf(() => gitTree(wanted, options()))).toBe('GIT_FAILED');
  expect(existsSync(marker)).toBe(false);
  expect(readdirSync(join(base, 'checkouts'))).toEqual([]);
});

describe('a repository that is opened', () => {
  const open = (): ReturnType<typeof openRepository> => {
    const get = createTransport({ userAgent: 'test' }).send;
    const url = server.url('moving');
    const folder = join(base, 'state');
    return openRepository(source({ url, ref: 'main' }), { ...REMOTE, get, folder });
  };
  const push = (text: string): string => {
    writeFileSync(join(server.folder('moving'), 'file'), text);
    const commit = server.commit('moving');
    server.publish('moving');
    return commit;
  };

  test('has the files of the commit that its key stands for, although somebody pushed since', async () => {
    const first = push('first');
    await using repository = await open();
    expect(repository.identity).toBe(first);
    push('second');
    expect(await textOf(await repository.files(), 'file')).toBe('first');
    expect(await repository.changedAt()).toBe(COMMIT_TIME);
  });

  test('fails where the commit is gone', async () => {
    await using repository = await open();
    server.git('moving', 'checkout', '-q', '--orphan', 'other');
    server.git('moving', 'branch', '-q', '-D', 'main');
    server.git('moving', 'checkout', '-q', '-b', 'main');
    push('third');
    expect(await codeOf(() => repository.files())).toBe('GIT_REF_NOT_FOUND');
  });

  test('leaves nothing behind', () => {
    expect(readdirSync(join(base, 'state/git'))).toEqual([]);
  });
});

test('a cancelled fetch ends git and leaves nothing behind', async () => {
  const asked = Promise.withResolvers<void>();
  const silent = createHttpServer(() => asked.resolve());
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  try {
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/x.git`;
    const { signal, abort } = controlled();
    const failing = gitTree(source({ url, ref: tip }), options({ signal }));
    await asked.promise;
    abort();
    await expect(failing).rejects.toMatchObject({ name: 'AbortError' });
    expect(readdirSync(join(base, 'checkouts'))).toEqual([]);
  } finally {
    silent.closeAllConnections();
    silent.close();
  }
});

function controlled(): { signal: AbortSignal; abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}

describe('what goes wrong', () => {
  test('a password with a percent sign that encodes nothing is taken as it is', async () => {
    const url = server.url('main').replace('//', '//me:100%@');
    const before = server.requests.length;
    expect(await resolveGitCommit(source({ url, ref: 'main' }), options())).toBe(tip);
    const sent = server.requests.slice(before).map(({ headers }) => headers.authorization);
    expect(sent).toContain(`Basic ${Buffer.from('me:100%').toString('base64')}`);
  });

  test('a password is in no message, whatever the address', async () => {
    for (const scheme of ['ssh', 'git', 'http']) {
      const url = `${scheme}://me:s3cret@127.0.0.1:9/x.git`;
      const failing = resolveGitCommit(source({ url }), options());
      await expect(failing).rejects.toMatchObject({ message: expect.not.stringContaining('s3cret') });
    }
  });

  test('a ref with a zero byte is none', async () => {
    for (const ref of ['a\0b', 'a\u007fb', 'a\u0001'])
      expect(await codeOf(() => gitTree(source({ ref }), options()))).toBe('BAD_GIT_REF');
  });

  test('a server that is silent is not waited for without end', async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => sockets.push(socket));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/x.git`;
      const failing = resolveGitCommit(source({ url }), options({ longestSilence: 1 }));
      await expect(failing).rejects.toMatchObject({ code: 'GIT_FAILED' });
    } finally {
      for (const socket of sockets) socket.destroy();
      silent.close();
    }
  }, 20_000);
});
