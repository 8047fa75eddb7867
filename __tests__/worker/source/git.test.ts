import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FileTree } from '../../../src/image/file-tree.ts';
import { type GitSource, gitTree, resolveGitCommit } from '../../../src/worker/source/git.ts';
import { codeOf, collect } from '../../support/bytes.ts';
import { COMMIT_TIME, runGit } from '../../support/git-server.ts';

let base = '';
let repo = '';
const commits: string[] = [];

const git = (...args: string[]): string => runGit(repo, args);

function commit(message: string): string {
  git('add', '-A');
  git('commit', '-q', '-m', message);
  return git('rev-parse', 'HEAD');
}

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'git-source-'));
  repo = join(base, 'library');
  mkdirSync(repo);
  git('init', '-q', '-b', 'main');
  writeFileSync(join(repo, 'lib'), 'library');
  commit('library');
  repo = join(base, 'repo');
  mkdirSync(repo);
  git('init', '-q', '-b', 'main');
  writeFileSync(join(repo, 'file'), 'first');
  commits.push(commit('first'));
  git('tag', 'light');
  git('branch', 'same');
  writeFileSync(join(repo, 'file'), 'second');
  writeFileSync(join(repo, 'run.sh'), 'run', { mode: 0o700 });
  symlinkSync('file', join(repo, 'link'));
  mkdirSync(join(repo, 'sub/inner'), { recursive: true });
  writeFileSync(join(repo, 'sub/inner/x'), 'x');
  writeFileSync(join(repo, '.gitattributes'), 'sub export-ignore\n* text=auto eol=crlf\n');
  commits.push(commit('second'));
  git('tag', '-a', 'v1', '-m', 'version 1');
  git('tag', 'same');
  git('checkout', '-q', '-b', 'with-modules');
  git('submodule', '--quiet', 'add', '../library', 'modules/library');
  commits.push(commit('modules'));
  git('checkout', '-q', 'main');
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

function source(more: Partial<GitSource> = {}): GitSource {
  return { url: `file://${repo}`, keepGitDir: false, submodules: true, ...more };
}

function options(): Parameters<typeof gitTree>[1] {
  return { folder: join(base, 'checkouts'), protocols: 'file' };
}

async function shown(tree: FileTree, path = ''): Promise<string[]> {
  const found: string[] = [];
  for (const node of await tree.list(path)) {
    found.push(`${node.mode.toString(8)} ${node.path}`);
    if (node.path !== '.git') found.push(...(await shown(tree, node.path)));
  }
  return found;
}

async function textOf(tree: FileTree, path: string): Promise<string> {
  const node = await tree.lookup(path);
  if (node === undefined) return 'nothing';
  for await (const { body } of tree.read([node])) return (await collect(body)).toString();
  return 'nothing';
}

describe('a repository', () => {
  test('the newest commit of the default branch, as git keeps it', async () => {
    await using tree = await gitTree(source(), options());
    expect(tree.commit).toBe(commits[1]);
    expect(await shown(tree)).toEqual([
      '644 .gitattributes',
      '644 file',
      '777 link',
      '755 run.sh',
      '755 sub',
      '755 sub/inner',
      '644 sub/inner/x',
    ]);
    expect(await tree.lookup('file')).toMatchObject({ uid: 0, gid: 0 });
    expect(await textOf(tree, 'run.sh')).toBe('run');
  });

  test.each([
    ['main', 1],
    ['refs/heads/main', 1],
    ['heads/main', 1],
    ['light', 0],
    ['v1', 1],
    ['tags/v1', 1],
    ['same', 0],
    ['refs/tags/same', 1],
  ])('the ref %s', async (ref, index) => {
    expect(await resolveGitCommit(source({ ref }), options())).toBe(commits[index]);
  });

  test('a tag that is fetched', async () => {
    await using tree = await gitTree(source({ ref: 'v1' }), options());
    expect(tree.commit).toBe(commits[1]);
  });

  test('a commit that no ref points at any more', async () => {
    const ref = commits[0] ?? '';
    await using tree = await gitTree(source({ ref }), options());
    expect(await textOf(tree, 'file')).toBe('first');
  });

  test('a subfolder, which cannot lead out', async () => {
    await using tree = await gitTree(source({ subdir: '/../sub/inner/' }), options());
    expect(await shown(tree)).toEqual(['644 x']);
    expect(await textOf(tree, 'x')).toBe('x');
    expect(await codeOf(() => gitTree(source({ subdir: 'nope' }), options()))).toBe('SUBFOLDER_NOT_FOUND');
    expect(await codeOf(() => gitTree(source({ subdir: 'link' }), options()))).toBe('SUBFOLDER_NOT_FOUND');
  });

  test('submodules, if wanted', async () => {
    await using all = await gitTree(source({ ref: 'with-modules' }), options());
    expect(await textOf(all, 'modules/library/lib')).toBe('library');
    expect(await shown(all, 'modules/library')).toEqual(['644 modules/library/lib']);
    await using some = await gitTree(source({ ref: 'with-modules', submodules: false }), options());
    expect(await shown(some, 'modules')).toEqual(['755 modules/library']);
  });

  test('.git, if wanted', async () => {
    await using tree = await gitTree(source({ keepGitDir: true }), options());
    expect(await shown(tree)).toContain('755 .git');
    expect(await textOf(tree, '.git/config')).toContain(`url = "file://${repo}"`);
  });

  test('.git is the same each time, and knows nothing of this machine', async () => {
    const contents = async (): Promise<ReadonlyMap<string, string>> => {
      await using tree = await gitTree(source({ ref: 'with-modules', keepGitDir: true }), options());
      const files = new Map<string, string>();
      const walk = async (path: string): Promise<void> => {
        for (const node of await tree.list(path)) {
          if (node.type === 'directory') await walk(node.path);
          else files.set(node.path, Buffer.from(await textOf(tree, node.path)).toString('hex'));
        }
      };
      await walk('');
      return files;
    };
    const first = await contents();
    expect(await contents()).toEqual(first);
    expect(first.has('.git/index')).toBe(true);
    expect([...first.keys()].filter((path) => /^\.git\/logs\//.test(path))).toEqual([]);
  });

  test('names of 64 digits', async () => {
    const outer = repo;
    repo = join(base, 'sha256');
    try {
      mkdirSync(repo);
      git('init', '-q', '-b', 'main', '--object-format=sha256');
      writeFileSync(join(repo, 'file'), 'content');
      const id = commit('one');
      for (const ref of ['main', id]) {
        await using tree = await gitTree(source({ ref }), options());
        expect([tree.commit, await textOf(tree, 'file')]).toEqual([id, 'content']);
      }
    } finally {
      repo = outer;
    }
  });

  test('times of the commit, if wanted', async () => {
    await using tree = await gitTree(source({ mtime: 'commit' }), options());
    expect(await tree.lookup('file')).toMatchObject({ mtime: COMMIT_TIME });
    expect(await textOf(tree, 'file')).toBe('second');
    await using other = await gitTree(source(), options());
    expect((await other.lookup('file'))?.mtime).toBeGreaterThan(COMMIT_TIME + 1000);
  });

  test('is deleted when nobody needs it', async () => {
    const tree = await gitTree(source(), options());
    await tree[Symbol.asyncDispose]();
    expect(readdirSync(join(base, 'checkouts'))).toEqual([]);
  });
});

describe('checksums', () => {
  test('whole, shortened, or of the annotated tag', async () => {
    const [first = '', second = ''] = commits;
    const tag = git('rev-parse', 'v1');
    for (const [ref, checksum] of [
      ['main', second],
      ['main', second.slice(0, 7).toUpperCase()],
      ['v1', tag],
      ['v1', second],
    ] as const) {
      expect(await resolveGitCommit(source({ ref, checksum }), options())).toBe(second);
    }
    const wrong = source({ ref: 'main', checksum: first });
    expect(await codeOf(() => resolveGitCommit(wrong, options()))).toBe('GIT_CHECKSUM_MISMATCH');
    expect(await codeOf(() => gitTree(wrong, options()))).toBe('GIT_CHECKSUM_MISMATCH');
    const byName = source({ ref: first, checksum: second });
    expect(await codeOf(() => gitTree(byName, options()))).toBe('GIT_CHECKSUM_MISMATCH');
  });

  test('may be what is fetched', async () => {
    const [checksum = ''] = commits;
    await using tree = await gitTree(source({ ref: 'main', checksum, fetchByCommit: true }), options());
    expect(tree.commit).toBe(checksum);
  });
});

describe('what goes wrong', () => {
  test.each([
    ['nope', 'GIT_REF_NOT_FOUND'],
    ['0'.repeat(40), 'GIT_REF_NOT_FOUND'],
    ['--upload-pack=touch /tmp/x', 'BAD_GIT_REF'],
    ['a:b', 'BAD_GIT_REF'],
    ['', 'GIT_REF_NOT_FOUND'],
  ])('the ref "%s"', async (ref, code) => {
    expect(await codeOf(() => gitTree(source({ ref }), options()))).toBe(ref === '' ? 'BAD_GIT_REF' : code);
    expect(readdirSync(join(base, 'checkouts'))).toEqual([]);
  });

  test('local paths and helpers are not for Dockerfiles', async () => {
    const { folder } = options();
    for (const url of [`file://${repo}`, repo, 'ext::sh -c "echo x"']) {
      expect(await codeOf(() => gitTree(source({ url }), { folder }))).toBe('GIT_FAILED');
    }
  });

  test('a server that is not there', async () => {
    const failing = gitTree(source({ url: 'http://127.0.0.1:9/x.git' }), { folder: join(base, 'checkouts') });
    await expect(failing).rejects.toMatchObject({ kind: 'remote', code: 'GIT_FAILED' });
  });
});

test('credentials go to the server, but into no message', async () => {
  const seen: IncomingMessage['headers'][] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers);
    response.writeHead(401).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const url = `http://me:s%40cret@127.0.0.1:${port}/x.git`;
    const failing = resolveGitCommit(source({ url }), { folder: base });
    await expect(failing).rejects.toMatchObject({ message: expect.not.stringContaining('s%40cret') });
    expect(seen[0]?.authorization).toBe(`Basic ${Buffer.from('me:s@cret').toString('base64')}`);
  } finally {
    server.close();
  }
});
