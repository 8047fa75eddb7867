import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseDiffId } from '../../src/image/digest.ts';
import type { LayerFile } from '../../src/worker/worker.ts';
import { describeTree, membersOf, SNAPSHOTTERS, type SnapshotterBed } from '../support/snapshotters.ts';
import { type LayerNode, MTIME, makeLayer } from '../support/worker-layers.ts';

describe.each(SNAPSHOTTERS)('$name', ({ name, open, unavailable }) => {
  const check = unavailable === undefined ? test : test.skip;
  let bed: SnapshotterBed;
  let counter = 0;
  beforeAll(async () => {
    if (unavailable === undefined) bed = await open();
    else console.log(`skipped: ${unavailable}`);
  });
  afterAll(async () => {
    await bed?.close();
  });
  const layer = (nodes: Readonly<Record<string, LayerNode>>): Promise<LayerFile> =>
    makeLayer(bed.folder, nodes);
  /** What a shell script changes, as `path type` lines. */
  const changesOf = async (stack: readonly LayerFile[], script: string): Promise<string[]> => {
    await using snapshot = await bed.snapshotter.create(stack, `s${++counter}`);
    await snapshot.begin();
    execFileSync('sh', ['-c', script], { cwd: snapshot.path });
    await snapshot.end();
    return (await membersOf(snapshot)).map(({ entry }) => `${entry.path} ${entry.type}`);
  };

  check('a view shows the layers merged, with modes, owners and times', async () => {
    const base = await layer({
      d: { mode: 0o1777, uid: 7 },
      'd/gone': { content: 'x' },
      'd/kept': { content: 'kept', mode: 0o4755, uid: 1000, gid: 2000 },
      opaque: {},
      'opaque/hidden': { content: 'x' },
      'dir-to-file': {},
      'dir-to-file/x': { content: 'x' },
      'file-to-dir': { content: 'x' },
      link: { type: 'symlink', linkName: '/nowhere' },
      pipe: { type: 'fifo' },
    });
    const top = await layer({
      d: { mode: 0o700 },
      'd/.wh.gone': { content: '' },
      'dir-to-file': { content: 'now a file' },
      'file-to-dir': {},
      'file-to-dir/y': { content: 'y' },
      hard: { type: 'hardlink', linkName: 'first' },
      ...{},
      opaque: { mode: 0o711 },
      'opaque/.wh..wh..opq': { content: '' },
      'opaque/new': { content: 'new' },
    }).catch(() => undefined);
    expect(top).toBeDefined();
    await expect(bed.snapshotter.view([base, top as LayerFile])).rejects.toMatchObject({
      code: 'UNPACK_FAILED',
    });
    const good = await layer({
      d: { mode: 0o700 },
      'd/.wh.gone': { content: '' },
      'dir-to-file': { content: 'now a file' },
      'file-to-dir': {},
      'file-to-dir/y': { content: 'y' },
      first: { content: 'linked' },
      hard: { type: 'hardlink', linkName: 'first' },
      opaque: { mode: 0o711 },
      'opaque/.wh..wh..opq': { content: '' },
      'opaque/new': { content: 'new' },
    });
    await using view = await bed.snapshotter.view([base, good]);
    const at = (path: string) => lstatSync(`${view.path}/${path}`);
    expect(readdirSync(view.path).sort()).toEqual([
      'd',
      'dir-to-file',
      'file-to-dir',
      'first',
      'hard',
      'link',
      'opaque',
      'pipe',
    ]);
    expect(readdirSync(`${view.path}/d`)).toEqual(['kept']);
    expect(readdirSync(`${view.path}/opaque`)).toEqual(['new']);
    expect([at('d').mode & 0o7777, at('d').uid]).toEqual([0o700, 0]);
    expect([at('d/kept').mode & 0o7777, at('d/kept').uid, at('d/kept').gid]).toEqual([0o4755, 1000, 2000]);
    expect(at('d/kept').mtimeMs).toBe(MTIME * 1000);
    expect(at('d').mtimeMs).toBe(MTIME * 1000);
    expect(readFileSync(`${view.path}/dir-to-file`, 'utf8')).toBe('now a file');
    expect(at('hard').ino).toBe(at('first').ino);
    expect(readlinkSync(`${view.path}/link`)).toBe('/nowhere');
    expect(at('pipe').isFIFO()).toBe(true);
  });

  check('folders that a layer only implies keep mode, owner and time of the layer below', async () => {
    const base = await layer({ tmp: { mode: 0o1777, uid: 5, gid: 6 }, 'tmp/sub': { mode: 0o750, uid: 9 } });
    const top = await layer({ 'tmp/sub/file': { content: 'x' }, 'fresh/file': { content: 'y' } });
    await using view = await bed.snapshotter.view([base, top]);
    const of = (path: string): number[] => {
      const stat = lstatSync(`${view.path}/${path}`);
      return [stat.mode & 0o7777, stat.uid, stat.gid, stat.mtimeMs];
    };
    expect(of('tmp')).toEqual([0o1777, 5, 6, MTIME * 1000]);
    expect(of('tmp/sub')).toEqual([0o750, 9, 0, MTIME * 1000]);
    expect(of('fresh').slice(0, 3)).toEqual([0o755, 0, 0]);
    expect(existsSync(`${view.path}/tmp/sub/file`)).toBe(true);
  });

  check(
    'a whiteout and a new node of the same name in one layer: the new one alone is there, in any order',
    async () => {
      const base = await layer({ d: {}, 'd/old': { content: 'x' }, f: { content: 'old' } });
      const before = await layer({
        '.wh.d': { content: '' },
        d: {},
        'd/new': { content: 'n' },
        '.wh.f': { content: '' },
        f: { content: 'new' },
      });
      const after = await layer({
        d: {},
        'd/new': { content: 'n' },
        '.wh.d': { content: '' },
        f: { content: 'new' },
        '.wh.f': { content: '' },
      });
      for (const top of [before, after]) {
        await using view = await bed.snapshotter.view([base, top]);
        expect(readdirSync(`${view.path}/d`)).toEqual(['new']);
        expect(readFileSync(`${view.path}/f`, 'utf8')).toBe('new');
      }
    },
  );

  check('nothing of a layer lands outside of it', async () => {
    const outside = `${bed.folder}/outside`;
    execFileSync('mkdir', ['-p', outside]);
    const evil = await layer({
      out: { type: 'symlink', linkName: outside },
      'out/file': { content: 'x' },
      up: { type: 'symlink', linkName: '../../../..' },
      'up/tmp/tsib-escaped': { content: 'x' },
    });
    const base = await layer({ down: { type: 'symlink', linkName: outside } });
    const through = await layer({
      'down/file': { content: 'x' },
      '.wh.nothing': { content: '' },
      'down/.wh.victim': { content: '' },
    });
    execFileSync('touch', [`${outside}/victim`]);
    await using one = await bed.snapshotter.view([evil]);
    await using two = await bed.snapshotter.view([base, through]);
    expect(readdirSync(outside)).toEqual(['victim']);
    expect(existsSync('/tmp/tsib-escaped')).toBe(false);
    expect(existsSync(`${one.path}/${outside}/file`)).toBe(true);
    expect(existsSync(`${two.path}/down/file`)).toBe(true);
    await expect(bed.snapshotter.view([await layer({ '../x': { content: 'x' } })])).rejects.toMatchObject({
      code: 'TAR_PATH_ESCAPES',
    });
  });

  check('a layer with another digest than it claims is refused and leaves nothing', async () => {
    const real = await layer({ x: { content: 'x' } });
    const lie = { ...real, diffId: parseDiffId(`sha256:${'1'.repeat(64)}`) };
    const before = readdirSync(bed.layers).length;
    await expect(bed.snapshotter.prepare([lie])).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
    expect(readdirSync(bed.layers)).toHaveLength(before);
  });

  check('changes: new, changed and deleted nodes, in byte order', async () => {
    const base = await layer({
      a: {},
      'a/deleted': { content: 'x' },
      'a/same': { content: 'x' },
      gone: {},
      'gone/inside': { content: 'x' },
      changed: { content: 'x' },
      chmodded: { content: 'x' },
      replaced: {},
      'replaced/old': { content: 'x' },
      'replaced/both': { content: 'x' },
      'to-link': { content: 'x' },
    });
    const script = `
      rm a/deleted; rm -r gone; echo y >> changed; chmod 600 chmodded
      rm -r replaced; mkdir replaced; echo n > replaced/new; echo n > replaced/both
      ln -sf changed to-link; mkdir a/b; echo z > a/b/z; echo z > 'a-b'; ln changed hard; mkfifo pipe`;
    expect(await changesOf([base], script)).toEqual(
      [
        'a directory',
        'a-b file',
        'a/.wh.deleted file',
        'a/b directory',
        'a/b/z file',
        'changed file',
        'chmodded file',
        'hard hardlink',
        'pipe fifo',
        'replaced directory',
        'replaced/.wh.old file',
        'replaced/both file',
        'replaced/new file',
        'to-link symlink',
        '.wh.gone file',
      ].sort((x, y) =>
        Buffer.compare(Buffer.from(x.split(' ')[0] ?? ''), Buffer.from(y.split(' ')[0] ?? '')),
      ),
    );
  });

  check('folders in the place of files and links are compared with nothing behind these', async () => {
    const base = await layer({
      file: { content: 'x' },
      out: { type: 'symlink', linkName: '/etc' },
      in: { type: 'symlink', linkName: 'kept' },
      kept: {},
      'kept/below': {},
      'kept/below/x': { content: 'x' },
    });
    const script = `
      rm file out in; mkdir file out in file/below in/below out/ssl; echo y > file/passwd
      echo y > out/passwd; : > out/ssl/empty; echo y > in/below/y`;
    expect(await changesOf([base], script)).toEqual([
      'file directory',
      'file/below directory',
      'file/passwd file',
      'in directory',
      'in/below directory',
      'in/below/y file',
      'out directory',
      'out/passwd file',
      'out/ssl directory',
      'out/ssl/empty file',
    ]);
  });

  check('folders that lead to a change come with it; the time of a folder alone is no change', async () => {
    const base = await layer({
      d: {},
      'd/e': {},
      'd/e/f': { content: 'x' },
      'd/e/g': { content: 'x' },
      o: {},
    });
    const above = ['d directory', 'd/e directory'];
    expect(await changesOf([base], 'echo y > d/e/f')).toEqual([...above, 'd/e/f file']);
    expect(await changesOf([base], 'rm d/e/g')).toEqual([...above, 'd/e/.wh.g file']);
    expect(await changesOf([base], 'chmod 700 d/e')).toEqual(above);
    expect(await changesOf([base], 'touch -d @1 d/e o; echo > o/x; rm o/x')).toEqual([]);
    const locked = await layer({ lock: { content: '' } });
    expect(await changesOf([locked], ': >> lock')).toEqual([]);
    expect(await changesOf([locked], 'chmod 600 lock')).toEqual(['lock file']);
    expect(await changesOf([base], 'true')).toEqual([]);
  });

  check('a folder that gets an attribute is a change', async () => {
    const base = await layer({ d: {} });
    expect(await changesOf([base], 'setfattr -n user.note -v hello d')).toEqual(['d directory']);
  });

  check("attributes survive, binary ones too; the snapshotter's own stay inside", async () => {
    const capability = Buffer.from('0100000200040000000000000000000000000000', 'hex');
    const base = await layer({
      tool: {
        content: 'x',
        mode: 0o755,
        xattrs: new Map([
          ['security.capability', capability],
          ['user.bin', Buffer.from([0xff, 0, 0x80])],
        ]),
      },
      d: {},
      'd/x': { content: 'x' },
    });
    await using snapshot = await bed.snapshotter.create([base], 'attributes');
    await snapshot.begin();
    execFileSync('sh', ['-c', 'echo y >> d/x; rm -r d; mkdir d; cp --preserve=all tool copy; touch tool'], {
      cwd: snapshot.path,
    });
    await snapshot.end();
    const members = await membersOf(snapshot);
    const copy = members.find(({ entry }) => entry.path === 'copy')?.entry;
    expect(Buffer.from(copy?.xattrs?.get('security.capability') ?? [])).toEqual(capability);
    expect(Buffer.from(copy?.xattrs?.get('user.bin') ?? [])).toEqual(Buffer.from([0xff, 0, 0x80]));
    expect(
      members
        .flatMap(({ entry }) => [...(entry.xattrs?.keys() ?? [])])
        .filter((name) => name.includes('overlay')),
    ).toEqual([]);
  });

  check('names with blanks, newlines, dashes, backslashes and bytes that are no UTF-8', async () => {
    const base = await layer({ 'a b': {}, 'a b/\udcff': { content: 'x' }, '-dash': { content: 'x' } });
    const names = await changesOf(
      [base],
      `rm -- -dash; rm -r 'a b'/*; printf x > 'new
line'; printf x > 'back\\slash'; printf x > "$(printf 'byte\\377')"`,
    );
    expect(names).toEqual([
      '.wh.-dash file',
      'a b directory',
      'a b/.wh.\udcff file',
      'back\\slash file',
      'byte\udcff file',
      'new\nline file',
    ]);
  });

  check('sockets are left out', async () => {
    const script = `node -e "require('net').createServer().listen('sock', () => process.exit(0))"; touch file; test -S sock`;
    expect((await changesOf([], script)).filter((line) => !line.startsWith('file'))).toEqual([]);
  });

  check('an empty stack is an empty folder', async () => {
    await using view = await bed.snapshotter.view([]);
    expect(readdirSync(view.path)).toEqual([]);
    expect(await changesOf([], 'mkdir x')).toEqual(['x directory']);
  });

  check('a committed result is the unpacked form of its layer', async () => {
    const base = await layer({ d: {}, 'd/x': { content: 'x' } });
    const diffId = parseDiffId(`sha256:${'2'.repeat(64)}`);
    {
      await using snapshot = await bed.snapshotter.create([base], 'commit');
      await snapshot.begin();
      execFileSync('sh', ['-c', 'rm d/x; echo y > d/y'], { cwd: snapshot.path });
      await snapshot.end();
      await snapshot.commit(diffId);
    }
    await using view = await bed.snapshotter.view([
      base,
      { diffId, path: '/nonexistent', compression: 'none' },
    ]);
    expect(readdirSync(`${view.path}/d`)).toEqual(['y']);
  });

  const stacks = name === 'overlay' ? check : test.skip;
  stacks(
    'more than 100 layers',
    async () => {
      const layers = await Promise.all(
        Array.from({ length: 101 }, (_, i) => layer({ [`f${i}`]: { content: `${i}` } })),
      );

      await using snapshot = await bed.snapshotter.create(layers, 'many');
      expect(readdirSync(snapshot.path)).toHaveLength(101);
    },
    120_000,
  );

  check('calls for one layer at the same time share the work', async () => {
    const one = await layer({ shared: { content: 'x' } });
    const before = readdirSync(bed.layers).length;
    await Promise.all([1, 2, 3].map(() => bed.snapshotter.prepare([one])));
    expect(readdirSync(bed.layers)).toHaveLength(before + 1);
  });

  check('prune deletes what was not used since, and it can be unpacked again', async () => {
    const one = await layer({ pruned: { content: 'x'.repeat(100_000) } });
    await bed.snapshotter.prepare([one]);
    expect(await bed.snapshotter.prune(new Date(Date.now() - 3_600_000))).toBe(0);
    expect(await bed.snapshotter.prune(new Date(Date.now() + 3_600_000))).toBeGreaterThan(90_000);
    await using view = await bed.snapshotter.view([one]);
    expect(readdirSync(view.path)).toEqual(['pruned']);
  });

  const NAMES = ['a', 'b', 'a/x', 'a/y', 'b/x', 'b/x/deep', 'a-b'] as const;
  const step = fc.oneof(
    fc.record({
      op: fc.constant('write' as const),
      path: fc.constantFrom(...NAMES),
      text: fc.constantFrom('1', '22', '333'),
    }),
    fc.record({
      op: fc.constantFrom('rm' as const, 'mkdir' as const, 'ln' as const),
      path: fc.constantFrom(...NAMES),
      text: fc.constantFrom('', '7'),
    }),
    fc.record({
      op: fc.constant('mv' as const),
      path: fc.constantFrom(...NAMES),
      text: fc.constantFrom(...NAMES),
    }),
  );
  const shell = ({
    op,
    path,
    text,
  }: {
    op: 'write' | 'rm' | 'mkdir' | 'ln' | 'mv';
    path: string;
    text: string;
  }): string =>
    ({
      write: `printf ${text} > ${path}`,
      rm: `rm -rf ${path}`,
      mkdir: `mkdir ${path} && chmod 7${text || '5'}5 ${path}`,
      ln: `ln -s target${text} ${path}`,
      mv: `mv ${path} ${text}`,
    })[op];

  check(
    'difference and its application give the same tree, whatever was done',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(step, { minLength: 1, maxLength: 8 }),
          fc.array(step, { minLength: 1, maxLength: 8 }),
          async (first, second) => {
            const stack: LayerFile[] = [];
            for (const steps of [first, second]) {
              await using snapshot = await bed.snapshotter.create(stack, `p${++counter}`);
              await snapshot.begin();
              execFileSync(
                'sh',
                ['-c', `${steps.map((each) => `{ ${shell(each)}; } 2>/dev/null`).join('\n')}\ntrue`],
                { cwd: snapshot.path },
              );
              await snapshot.end();
              const members = await membersOf(snapshot);
              const nodes = members.map(
                ({ entry: { path, ...fields }, content }) =>
                  [
                    path,
                    {
                      ...fields,
                      mtime: Math.floor(fields.mtime),
                      ...(content === undefined ? {} : { content }),
                    },
                  ] as const,
              );
              stack.push(await layer(Object.fromEntries(nodes)));
              await using view = await bed.snapshotter.view(stack);
              expect(await describeTree(view.path)).toEqual(await describeTree(snapshot.path));
            }
          },
        ),
        { numRuns: 6 },
      );
    },
    120_000,
  );
});
