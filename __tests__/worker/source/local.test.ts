import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { digestOf } from '../../../src/image/digest.ts';
import type { FileTree, TreeNode } from '../../../src/image/file-tree.ts';
import { localTree } from '../../../src/worker/source/local.ts';
import { codeOf, collect, noise, sampleBytes } from '../../support/bytes.ts';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'local-tree-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, content: string | Buffer = path): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), content);
}

function tree(more: Partial<Parameters<typeof localTree>[0]> = {}): FileTree {
  return localTree({ name: 'the build context', root, ...more });
}

async function paths(of: FileTree, path = ''): Promise<string[]> {
  const found: string[] = [];
  for (const node of await of.list(path)) found.push(node.path, ...(await paths(of, node.path)));
  return found;
}

async function contents(of: FileTree, nodes: readonly TreeNode[]): Promise<string[]> {
  const found: string[] = [];
  for await (const { entry, body } of of.read(nodes)) {
    found.push(`${entry.path}: ${body === undefined ? 'none' : await collect(body)}`);
  }
  return found;
}

describe('nodes', () => {
  test('files, folders and links as they are, owners as 0:0', async () => {
    put('d/file', 'content');
    chmodSync(join(root, 'd/file'), 0o4750);
    utimesSync(join(root, 'd/file'), 5, 1_234_567_890.5);
    chmodSync(join(root, 'd'), 0o1777);
    symlinkSync('../elsewhere', join(root, 'link'));
    const context = tree();
    expect(await context.lookup('d/file')).toEqual({
      path: 'd/file',
      type: 'file',
      mode: 0o4750,
      uid: 0,
      gid: 0,
      size: 7,
      mtime: 1_234_567_890.5,
    });
    expect(await context.lookup('d')).toMatchObject({ type: 'directory', mode: 0o1777, size: 0 });
    expect(await context.lookup('link')).toMatchObject({
      type: 'symlink',
      linkName: '../elsewhere',
      size: 0,
    });
    expect(await context.lookup('')).toMatchObject({ path: '', type: 'directory' });
  });

  test('owners on demand', async () => {
    put('a');
    expect(await tree({ keepOwners: true }).lookup('a')).toMatchObject({ uid: process.getuid?.() });
  });

  test('nothing is below a link or a file', async () => {
    put('d/f');
    put('file');
    symlinkSync('d', join(root, 'link'));
    symlinkSync('/', join(root, 'out'));
    const context = tree();
    for (const path of ['link/f', 'out/etc', 'file/x', 'nope/x', 'd/nope', '../x']) {
      expect(await context.lookup(path)).toBeUndefined();
    }
    for (const path of ['link', 'out', 'file', 'nope', 'out/etc'])
      expect(await context.list(path)).toEqual([]);
  });

  test('byte order, and names that are no UTF-8', async () => {
    for (const name of ['b', 'a', 'a-b', '\u{1f600}', '\uffee']) put(name);
    mkdirSync(join(root, 'a.d'));
    writeFileSync(Buffer.concat([Buffer.from(`${root}/a.d/caf`), Buffer.from([0xe9])]), 'latin');
    const context = tree();
    expect(await paths(context)).toEqual(['a', 'a-b', 'a.d', 'a.d/caf\udce9', 'b', '\uffee', '\u{1f600}']);
    const node = await context.lookup('a.d/caf\udce9');
    expect(await contents(context, [node as TreeNode])).toEqual(['a.d/caf\udce9: latin']);
  });

  test('hard links share an inode, single files have none', async () => {
    put('a');
    linkSync(join(root, 'a'), join(root, 'b'));
    put('c');
    const [a, b, c] = await tree().list('');
    expect(a?.inode).toBeDefined();
    expect(b?.inode).toBe(a?.inode);
    expect(c?.inode).toBeUndefined();
  });

  test('sockets are left out, and one that is asked for is told to be one', async () => {
    put('a');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(root, 'socket'), resolve));
    try {
      expect(await paths(tree())).toEqual(['a']);
      const told = await tree({ includes: () => true }).explainAbsence?.('socket');
      expect(told).toBe('/socket is a socket, and a layer can hold none.');
    } finally {
      server.close();
    }
  });

  test('what was listed stays listed', async () => {
    put('a');
    const context = tree();
    await context.list('');
    put('b');
    expect(await paths(context)).toEqual(['a']);
  });

  test('the folder itself may be a link', async () => {
    put('d/f');
    symlinkSync('d', join(root, 'link'));
    const linked = localTree({ name: 'x', root: join(root, 'link') });
    expect(await paths(linked)).toEqual(['f']);
    expect(await linked.lookup('')).toMatchObject({ type: 'directory' });
  });

  test('a folder that is not there', async () => {
    expect(await codeOf(() => tree({ root: join(root, 'nope') }).list(''))).toBe('CONTEXT_UNREADABLE');
  });
});

describe('what belongs to the tree', () => {
  test('a folder that is excluded shows when something in it is not', async () => {
    for (const path of ['a/b/keep', 'a/b/drop', 'a/c/drop', 'top']) put(path);
    const asked: string[] = [];
    const context = tree({
      includes: (path, isDirectory) => {
        asked.push(`${path}${isDirectory ? '/' : ''}`);
        return path === 'a/c' ? 'prune' : path.endsWith('keep') || path === 'top';
      },
    });
    expect(await paths(context)).toEqual(['a', 'a/b', 'a/b/keep', 'top']);
    expect(asked).not.toContain('a/c/drop');
    expect(await context.lookup('a/c')).toBeUndefined();
    expect(await context.list('a/c')).toEqual([]);
  });

  test('tells why something is missing', async () => {
    put('secret');
    const context = tree({ includes: () => false, excludedBy: '.dockerignore' });
    expect(await context.explainAbsence?.('secret')).toBe(
      '/secret exists, but .dockerignore keeps it out of the build context.',
    );
    expect(await context.explainAbsence?.('nope')).toBeUndefined();
    expect(await context.explainAbsence?.('secret/x')).toBeUndefined();
  });
});

describe('content', () => {
  test('small, empty and large files, in the order asked for', async () => {
    const large = sampleBytes(1_500_000);
    put('large', large);
    put('empty', '');
    put('small', 'small');
    mkdirSync(join(root, 'folder'));
    const context = tree();
    const nodes = [...(await context.list(''))].reverse();
    const found = await contents(context, nodes);
    expect(found).toEqual(['small: small', `large: ${large}`, 'folder: none', 'empty: ']);
    const files = nodes.filter(({ type }) => type === 'file');
    expect(await context.digests?.(files)).toEqual([digestOf('small'), digestOf(large), digestOf('')]);
  });

  test('a large file of several pieces has the digest of its bytes, which reading it tells from then on', async () => {
    const large = noise(3_500_000);
    put('large', large);
    const context = tree();
    const nodes = await context.list('');
    const told = async (): Promise<readonly unknown[]> => {
      const all: unknown[] = [];
      for await (const { body, content } of context.read(nodes))
        all.push([digestOf(await collect(body)), content]);
      return all;
    };
    expect(await told()).toEqual([[digestOf(large), undefined]]);
    expect(await context.digests?.(nodes)).toEqual([digestOf(large)]);
    expect(await told()).toEqual([[digestOf(large), digestOf(large)]]);
  });

  test.each([false, true])(
    'pieces that were handed out stay as they are, unless they are fleeting: %s',
    async (fleeting) => {
      const all = new Map(
        [5, 70_000, 200_000, 300_000, 2_500_000].map((size, i) => [`f${size}`, noise(size, i + 1)]),
      );
      for (const [path, bytes] of all) put(path, bytes);
      const context = tree();
      const held = new Map<string, Buffer[]>();
      for await (const { entry, body } of context.read(await context.list(''), { fleeting })) {
        const pieces: Buffer[] = [];
        for await (const piece of body ?? []) {
          const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.length);
          pieces.push(fleeting ? Buffer.from(bytes) : bytes);
        }
        held.set(entry.path, pieces);
      }
      for (const [path, bytes] of all) expect(Buffer.concat(held.get(path) ?? []).equals(bytes)).toBe(true);
    },
  );

  test.each([
    ['longer', (path: string) => writeFileSync(path, 'longer than before')],
    ['shorter', (path: string) => truncateSync(path, 1)],
    ['gone', (path: string) => rmSync(path)],
    ['another of the same size', (path: string) => utimesSync(path, 1, 1)],
    [
      'a link',
      (path: string) => {
        renameSync(path, `${path}2`);
        symlinkSync(`${path}2`, path);
      },
    ],
    [
      'a folder',
      (path: string) => {
        rmSync(path);
        mkdirSync(path);
      },
    ],
  ])('a file that is %s by now', async (_, change) => {
    for (const size of [10, 1_000_000]) {
      put('file', sampleBytes(size));
      const context = tree();
      const nodes = await context.list('');
      change(join(root, 'file'));
      expect(await codeOf(() => contents(context, nodes))).toBe('CONTENT_CHANGED');
      expect(await codeOf(() => context.digests?.(nodes))).toBe('CONTENT_CHANGED');
      rmSync(join(root, 'file'), { recursive: true, force: true });
      rmSync(join(root, 'file2'), { force: true });
    }
  });
});

describe('an abort', () => {
  test('ends the hashing and the reading of a large file, and the listing of folders', async () => {
    put('large', Buffer.alloc(5 * 1024 * 1024));
    put('small');
    const abort = new AbortController();
    const context = tree({ signal: abort.signal });
    const nodes = await context.list('');
    const hashing = context.digests?.(nodes);
    const reading = contents(context, nodes);
    abort.abort(new TypeError('stopped'));
    await expect(hashing).rejects.toThrow('stopped');
    await expect(reading).rejects.toThrow('stopped');
    await expect(context.list('d')).rejects.toThrow('stopped');
  });
});
