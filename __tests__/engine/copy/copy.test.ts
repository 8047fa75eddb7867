import { describe, expect, test } from '@jest/globals';
import { copyEntries } from '../../../src/engine/embedded/copy/copy.ts';
import { membersWithBodies } from '../../../src/engine/embedded/copy/member-bodies.ts';
import { codeOf } from '../../support/bytes.ts';
import { addOp, copied, copyOp, MADE } from '../../support/copied.ts';
import { memoryTree } from '../../support/memory-tree.ts';

const context = memoryTree({
  a: 'A',
  b: { text: 'B', mode: 0o600 },
  'd/.h': 'H',
  'd/f': { text: 'F', mode: 0o640 },
  'd/s': { folder: true, mode: 0o700 },
  'd/s/g': 'G',
  ln: { link: 'a' },
  ld: { link: 'd' },
  'links/broken': { link: 'nowhere' },
  'x.go': '1',
  'y.go': '2',
});

describe('folders on the way below one of a group (set-group-id)', () => {
  const root = memoryTree({ team: { folder: true, mode: 0o2775, uid: 5, gid: 6 } });
  const context = memoryTree({ 'd/e/f': 'F' });

  test('are of that group and hand it on; what is copied is not', async () => {
    expect(await copied(copyOp(['d'], '/team/x/'), [root, context])).toEqual([
      'd 2775 5:6 team',
      'd 2755 0:6 team/x',
      'd 755 0:0 team/x/e',
      'f 644 0:0 team/x/e/f = F',
    ]);
  });

  test('are of the owner and have the mode that COPY says', async () => {
    const op = copyOp(['d/e/f'], '/team/x/', { chown: '7:8', chmod: '0700' });
    expect(await copied(op, [root, context])).toEqual([
      'd 2775 5:6 team',
      'd 2700 7:8 team/x',
      'f 700 7:8 team/x/f = F',
    ]);
  });
});

describe('sources', () => {
  test.each([
    ['a file to a new name', ['a'], '/o', ['f 644 0:0 o = A']],
    ['a file into a folder', ['a'], '/o/', ['d 755 0:0 o', 'f 644 0:0 o/a = A']],
    ['the folder form with a dot', ['a'], '/o/.', ['d 755 0:0 o', 'f 644 0:0 o/a = A']],
    ['.. stays inside the context', ['../../a'], '/', ['f 644 0:0 a = A']],
    [
      'a folder means its content, and the new folder has a mode of its own',
      ['d/s'],
      '/o',
      ['d 755 0:0 o', 'f 644 0:0 o/g = G'],
    ],
    [
      'a link to a file is that file under the name of the link',
      ['ln'],
      '/o/',
      ['d 755 0:0 o', 'f 644 0:0 o/ln = A'],
    ],
    ['.. at the end of the destination makes no folder', ['d/s'], '/q/..', ['f 644 0:0 g = G']],
    ['a way through a link', ['ld/f'], '/', ['f 640 0:0 f = F']],
    ['links in a folder stay links', ['links'], '/', ['l 777 0:0 broken -> nowhere']],
    ['wildcards', ['*.go'], '/', ['f 644 0:0 x.go = 1', 'f 644 0:0 y.go = 2']],
    ['wildcards over folders', ['d/?/*'], '/', ['f 644 0:0 g = G']],
    ['wildcards hit dot files too', ['d/*h'], '/', ['f 644 0:0 .h = H']],
    ['a wildcard without a hit is no error and makes nothing', ['nothing*'], '/o/', []],
    ['the last of several sources wins', ['a', 'b'], '/o', ['f 600 0:0 o = B']],
    ['the same file twice', ['a', 'ln'], '/', ['f 644 0:0 a = A', 'f 644 0:0 ln = A']],
  ])('%s', async (_, sources, destination, expected) => {
    expect(await copied(copyOp(sources, destination), [undefined, context])).toEqual(expected);
  });

  test('a file whose name would mean a deletion in a layer is taken, as BuildKit takes it', async () => {
    const tree = memoryTree({ 'w/.wh.x': 'X', 'w/y': 'Y' });
    expect(await copied(copyOp(['w'], '/o/'), [undefined, tree])).toEqual([
      'd 755 0:0 o',
      'f 644 0:0 o/.wh.x = X',
      'f 644 0:0 o/y = Y',
    ]);
  });

  test('heredocs are files of their own', async () => {
    const op = copyOp([{ kind: 'inline', name: 'note', content: 'hi\n' }, 'a'], '/o/', { chown: '5:6' });
    expect(await copied(op, [undefined, context])).toEqual([
      'd 755 5:6 o',
      'f 644 5:6 o/a = A',
      'f 644 5:6 o/note = hi\n',
    ]);
  });

  test('a download is one file, a repository is a folder', async () => {
    const download = memoryTree({ file: { text: 'x', mode: 0o600 } }, { soleFile: 'file' });
    const remote = copyOp([{ kind: 'remote', from: 1 }], '/o');
    expect(await copied(remote, [undefined, download])).toEqual(['f 600 0:0 o = x']);
    expect(await copied(remote, [undefined, memoryTree({ file: 'x' })])).toEqual([
      'd 755 0:0 o',
      'f 644 0:0 o/file = x',
    ]);
  });

  test('names that are no UTF-8, and byte order', async () => {
    const odd = memoryTree({ 'caf\udce9': '1', '\u{1f600}': '2', '\uffee': '3', z: '4' });
    const members = await copied(copyOp('.', '/'), [undefined, odd]);
    expect(members.map((line) => line.split(' ')[3])).toEqual(['caf\udce9', 'z', '\uffee', '\u{1f600}']);
  });
});

describe('patterns of sources', () => {
  test.each(['[', 'd/[a-', '[]', '*\\'])('%s is malformed', async (pattern) => {
    const op = copyOp(['a', pattern], '/o/');
    expect(await codeOf(() => copied(op, [undefined, context]))).toBe('BAD_PATTERN');
  });

  test('a backslash may stand before the slash too', async () => {
    expect(await copied(copyOp('d?*\\/f', '/'), [undefined, context])).toEqual([]);
    expect(await copied(copyOp('l*d\\/f', '/'), [undefined, context])).toEqual([]);
    expect(await copied(copyOp('?\\/f', '/'), [undefined, context])).toEqual(['f 640 0:0 f = F']);
  });
});

describe('missing sources', () => {
  test('all of them are told', async () => {
    const op = copyOp(['nope', 'a', 'nor/this'], '/');
    await expect(copyEntries(op, [undefined, context], { mtime: MADE })).rejects.toMatchObject({
      code: 'COPY_SOURCE_NOT_FOUND',
      message: '"/nope": not found in the build context\n"/nor/this": not found in the build context',
    });
  });

  test.each([
    ['D/f', 'did you mean d?'],
    ['d/g', 'did you mean d/f?'],
    ['something-else', undefined],
    ['../d2', 'A path cannot leave the build context: .. stops at its top.'],
    ['d/../../d2', 'A path cannot leave the build context: .. stops at its top.'],
    ['d/../d2', 'did you mean d?'],
  ])('%s', async (pattern, hint) => {
    const op = copyOp(pattern, '/');
    await expect(copyEntries(op, [undefined, context], { mtime: MADE })).rejects.toMatchObject({ hint });
  });

  test('the tree may know why', async () => {
    const tree = { ...context, explainAbsence: async (path: string) => `${path} is ignored` };
    const op = copyOp('secret', '/');
    await expect(copyEntries(op, [undefined, tree], { mtime: MADE })).rejects.toMatchObject({
      hint: 'secret is ignored',
    });
  });

  test.each([
    ['a dangling link', 'links/*'],
    ['a folder that is a file', 'a/b'],
    ['the folder before a wildcard', 'nope/*'],
  ])('%s', async (_, pattern) => {
    expect(await codeOf(() => copied(copyOp(pattern, '/'), [undefined, context]))).toBe(
      'COPY_SOURCE_NOT_FOUND',
    );
  });

  test('a slash in the name of a heredoc', async () => {
    const op = copyOp([{ kind: 'inline', name: 'd/x', content: '' }], '/o/');
    expect(await codeOf(() => copied(op, [undefined]))).toBe('BAD_HEREDOC_NAME');
  });
});

describe('destination', () => {
  const root = memoryTree(
    {
      real: { folder: true, mode: 0o711, uid: 3 },
      'real/file': 'old',
      lnk: { link: 'real' },
      abs: { link: '/made' },
      out: { link: '../../../esc' },
      loop: { link: 'loop' },
      'app/f': { folder: true },
    },
    { name: 'the base' },
  );

  test.each([
    ['an existing folder is copied into', 'a', '/real', ['d 711 3:0 real', 'f 644 0:0 real/a = A']],
    ['links on the way are followed', 'a', '/lnk/n', ['d 711 3:0 real', 'f 644 0:0 real/n = A']],
    ['absolute links start at the root', 'a', '/abs/n', ['d 755 0:0 made', 'f 644 0:0 made/n = A']],
    ['a dangling link makes its target', 'a', '/abs', ['f 644 0:0 made = A']],
    ['no link leads out', 'a', '/out/n', ['d 755 0:0 esc', 'f 644 0:0 esc/n = A']],
    ['a file is replaced', 'a', '/real/file', ['d 711 3:0 real', 'f 644 0:0 real/file = A']],
  ])('%s', async (_, source, destination, expected) => {
    expect(await copied(copyOp(source, destination), [root, context])).toEqual(expected);
  });

  test.each([
    ['a folder over a file', 'd', '/real/file', 'COPY_OVER_FILE'],
    ['a nested folder over a file', 'tree', '/real', 'COPY_OVER_FILE'],
    ['a file over a folder', 'd', '/app', 'COPY_OVER_FOLDER'],
    ['below a file', 'a', '/real/file/x', 'NOT_A_FOLDER'],
    ['a loop of links', 'a', '/loop', 'TOO_MANY_LINKS'],
  ])('%s is refused', async (_, source, destination, code) => {
    const more = memoryTree({ 'd/f': '', a: '', 'tree/file/x': '' });
    expect(await codeOf(() => copied(copyOp(source, destination), [root, more]))).toBe(code);
  });

  test('--link looks at nothing and replaces links by folders', async () => {
    expect(await copied(copyOp('a', '/lnk/', { link: true }), [root, context])).toEqual([
      'd 755 0:0 lnk',
      'f 644 0:0 lnk/a = A',
    ]);
  });

  test('folders are merged: the top keeps its metadata, folders in it take the source’s', async () => {
    const base = memoryTree({
      o: { folder: true, mode: 0o711, uid: 7 },
      'o/s': { folder: true, mode: 0o755, uid: 7 },
      'o/s/old': 'old',
    });
    expect(await copied(copyOp('d', '/o'), [base, context])).toEqual([
      'd 711 7:0 o',
      'f 644 0:0 o/.h = H',
      'f 640 0:0 o/f = F',
      'd 700 0:0 o/s',
      'f 644 0:0 o/s/g = G',
    ]);
  });

  test('what is there already, the same, is left out', async () => {
    const base = memoryTree({ 'o/a': 'A', 'o/b': { text: 'B', mode: 0o644 }, 'o/ln': { link: 'a' } });
    const same = memoryTree(
      { a: 'A', b: { text: 'B', mode: 0o600 }, ln: { link: 'a' } },
      { undigested: true },
    );
    expect(await copied(copyOp('.', '/o'), [base, same])).toEqual(['d 755 0:0 o', 'f 600 0:0 o/b = B']);
    expect(await copied(copyOp('a', '/o'), [base, same])).toEqual([]);
    const other = memoryTree({ a: 'Z' }, { undigested: true });
    expect(await copied(copyOp('a', '/o'), [base, other])).toEqual(['d 755 0:0 o', 'f 644 0:0 o/a = Z']);
  });

  test('times: files keep theirs, what is made has the time of the build', async () => {
    const entries = membersWithBodies(
      await copyEntries(copyOp('a', '/n/o/'), [undefined, context], { mtime: MADE }),
    );
    const times: Record<string, number> = {};
    for await (const { entry } of entries) times[entry.path] = entry.mtime;
    expect(times).toEqual({ n: MADE, 'n/o': MADE, 'n/o/a': 1_000_000_000 });
  });
});

describe('flags', () => {
  test('--chmod in octal goes for folders on the way too, but not for links', async () => {
    const op = copyOp(['d/s', 'links'], '/n/o', { chmod: '2700' });
    expect(await copied(op, [undefined, context])).toEqual([
      'd 700 0:0 n',
      'd 700 0:0 n/o',
      'l 777 0:0 n/o/broken -> nowhere',
      'f 2700 0:0 n/o/g = G',
    ]);
  });

  test('--chmod with letters leaves folders on the way alone', async () => {
    const op = copyOp('d', '/n/o', { chmod: 'u=rwX,go=rX' });
    expect(await copied(op, [undefined, context])).toEqual([
      'd 755 0:0 n',
      'd 755 0:0 n/o',
      'f 644 0:0 n/o/.h = H',
      'f 644 0:0 n/o/f = F',
      'd 755 0:0 n/o/s',
      'f 644 0:0 n/o/s/g = G',
    ]);
  });

  test('--chown with names of the destination', async () => {
    const base = memoryTree({ 'etc/passwd': 'app:x:11:22::/:/bin/sh\n' });
    const op = copyOp(['a', 'links'], '/n/', { chown: 'app' });
    expect(await copied(op, [base, context])).toEqual([
      'd 755 11:22 n',
      'f 644 11:22 n/a = A',
      'l 777 11:22 n/broken -> nowhere',
    ]);
  });

  test('owners of another stage are kept', async () => {
    const stage = memoryTree({ f: { text: 'x', uid: 5, gid: 6 } }, { name: 'stage' });
    expect(await copied(copyOp('f', '/'), [undefined, stage])).toEqual(['f 644 5:6 f = x']);
  });

  test.each([
    [
      'the way is kept',
      'd/s/g',
      ['d 755 0:0 o', 'd 755 0:0 o/d', 'd 700 0:0 o/d/s', 'f 644 0:0 o/d/s/g = G'],
    ],
    ['a pivot cuts it off', 'd/./s/g', ['d 755 0:0 o', 'd 700 0:0 o/s', 'f 644 0:0 o/s/g = G']],
    ['any depth', '**/g', ['d 755 0:0 o', 'd 755 0:0 o/d', 'd 700 0:0 o/d/s', 'f 644 0:0 o/d/s/g = G']],
    ['a link at the end stays one', 'ln', ['d 755 0:0 o', 'l 777 0:0 o/ln -> a']],
    ['a pattern without a hit', 'z*', ['d 755 0:0 o']],
    ['nothing of all', '.', ['d 755 0:0 o']],
  ])('--parents: %s', async (_, source, expected) => {
    expect(await copied(copyOp(source, '/o', { parents: true }), [undefined, context])).toEqual(expected);
  });

  test('--parents wants plain paths to exist', async () => {
    const op = copyOp('d/nope', '/', { parents: true });
    expect(await codeOf(() => copied(op, [undefined, context]))).toBe('COPY_SOURCE_NOT_FOUND');
  });

  test.each([
    [['s'], ['.h', 'f']],
    [
      ['f', '**/g'],
      ['.h', 's'],
    ],
    [
      ['*', '!s/g'],
      ['s', 's/g'],
    ],
    [['.*'], ['f', 's', 's/g']],
    [
      ['**/g', '!s'],
      ['.h', 'f', 's'],
    ],
  ])('--exclude=%p', async (exclude, expected) => {
    const lines = await copied(copyOp('d', '/', { exclude }), [undefined, context]);
    expect(lines.map((line) => line.split(' ')[3])).toEqual(expected);
  });

  test('--exclude does not touch what a source names', async () => {
    const op = copyOp(['*.go', 'a'], '/', { exclude: ['*.go', 'a'] });
    expect(await copied(op, [undefined, context])).toHaveLength(3);
  });

  test.each(['[', '!'])('--exclude=%s is malformed', async (pattern) => {
    const op = copyOp('a', '/', { exclude: [pattern] });
    expect(await codeOf(() => copied(op, [undefined, context]))).toBe('BAD_PATTERN');
  });
});

describe('members', () => {
  test('hard links of one copy stay hard links, the first name is the file', async () => {
    const linked = memoryTree({
      'z/first': { text: 'x', inode: '1' },
      a: { text: 'x', inode: '1' },
      other: { text: 'x', inode: '2' },
    });
    expect(await copied(copyOp('.', '/'), [undefined, linked])).toEqual([
      'f 644 0:0 a = x',
      'f 644 0:0 other = x',
      'd 755 0:0 z',
      'h 644 0:0 z/first -> a',
    ]);
    // Each hit of a wildcard is a copy of its own.
    expect(await copied(copyOp('*', '/'), [undefined, linked])).toEqual([
      'f 644 0:0 a = x',
      'f 644 0:0 first = x',
      'f 644 0:0 other = x',
    ]);
  });

  test('hard links over the same hard links are no change', async () => {
    const linked = { a: { text: 'x', inode: '1' }, b: { text: 'x', inode: '1' } };
    const plain = { a: 'x', b: 'x' };
    expect(await copied(copyOp('.', '/'), [memoryTree(linked), memoryTree(linked)])).toEqual([]);
    expect(await copied(copyOp('.', '/'), [memoryTree(plain), memoryTree(linked)])).toEqual([
      'f 644 0:0 a = x',
      'h 644 0:0 b -> a',
    ]);
  });

  test('contents come as the tree finds them cheap, folders and link targets still first', async () => {
    const tree = memoryTree(
      { 'a/1': { text: 'x', inode: '1' }, 'b/2': { text: 'x', inode: '1' }, 'c/3': '3', d: { folder: true } },
      { order: (a, b) => (a.path < b.path ? 1 : -1) },
    );
    const members = await copied(copyOp('.', '/'), [undefined, tree]);
    expect(members).toEqual([
      'd 755 0:0 a',
      'd 755 0:0 b',
      'd 755 0:0 c',
      'f 644 0:0 c/3 = 3',
      'f 644 0:0 a/1 = x',
      'd 755 0:0 d',
      'h 644 0:0 b/2 -> a/1',
    ]);
    expect(tree.reads).toEqual(['c/3', 'a/1']);
  });

  test('devices, FIFOs and xattrs are copied as they are', async () => {
    const xattrs = new Map([['security.capability', Buffer.from([1, 0, 255])]]);
    const tree = memoryTree({
      fifo: { folder: true, type: 'fifo', mode: 0o600 },
      null: { folder: true, type: 'character', mode: 0o666, devMajor: 1, devMinor: 3 },
      ping: { text: 'x', mode: 0o4755, xattrs },
    });
    const entries = membersWithBodies(
      await copyEntries(copyOp('.', '/'), [undefined, tree], { mtime: MADE }),
    );
    const found = [];
    for await (const { entry } of entries) found.push(entry);
    expect(found).toMatchObject([
      { path: 'fifo', type: 'fifo' },
      { path: 'null', type: 'character', devMajor: 1, devMinor: 3 },
      { path: 'ping', type: 'file', mode: 0o4755, xattrs },
    ]);
  });

  test('a tree that does not give what it showed is told', async () => {
    const tree = { ...memoryTree({ a: 'A' }), read: async function* () {} };
    expect(await codeOf(() => copied(copyOp('a', '/'), [undefined, tree]))).toBe('CONTENT_CHANGED');
  });

  test('ADD of what is no archive is a copy', async () => {
    expect(await copied(addOp(['a', 'd/s'], '/o/'), [undefined, context])).toEqual([
      'd 755 0:0 o',
      'f 644 0:0 o/a = A',
      'f 644 0:0 o/g = G',
    ]);
  });
});
