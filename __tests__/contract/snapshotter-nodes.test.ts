import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Entry } from '../../src/image/layer/entry.ts';
import type { LayerFile } from '../../src/worker/worker.ts';
import { describeTree, membersOf, SNAPSHOTTERS, type SnapshotterBed } from '../support/snapshotters.ts';
import { type LayerNode, makeLayer } from '../support/worker-layers.ts';

/** Kinds of nodes, links and attributes on their way from a layer into a tree and back into a layer. */
describe.each(SNAPSHOTTERS)('$name', ({ open, unavailable }) => {
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

  /**
   * Runs a script on a stack, makes a layer of what it changed, and compares the tree with the one that the layer gives.
   * @returns the layer's members and the new stack
   */
  async function step(
    stack: readonly LayerFile[],
    script: string,
  ): Promise<{ entries: Entry[]; lines: string[]; stack: LayerFile[] }> {
    await using snapshot = await bed.snapshotter.create(stack, `n${++counter}`);
    await snapshot.begin();
    execFileSync('sh', ['-ec', script], { cwd: snapshot.path });
    await snapshot.end();
    const members = await membersOf(snapshot);
    const nodes = members.map(
      ({ entry: { path, ...fields }, content }) =>
        [
          path,
          { ...fields, mtime: Math.floor(fields.mtime), ...(content === undefined ? {} : { content }) },
        ] as const,
    );
    const made = [...stack, await layer(Object.fromEntries(nodes))];
    await using view = await bed.snapshotter.view(made);
    expect(await describeTree(view.path)).toEqual(await describeTree(snapshot.path));
    const entries = members.map(({ entry }) => entry);
    return { entries, lines: entries.map(lineOf), stack: made };
  }

  describe('hard links', () => {
    const nodes: Readonly<Record<string, LayerNode>> = {
      d: {},
      'd/file': { content: 'content', mode: 0o640, uid: 3, gid: 4 },
      empty: { content: '' },
      link: { type: 'symlink', linkName: 'd/file' },
    };

    check.each<[string, string, string[]]>([
      ['to a file of the layer below', 'ln d/file z', ['d directory', 'd/file file', 'z hardlink d/file']],
      ['under an earlier name', 'ln d/file a', ['a file', 'd directory', 'd/file hardlink a']],
      [
        'and a change through it',
        'ln d/file z; echo more >> z',
        ['d directory', 'd/file file', 'z hardlink d/file'],
      ],
      [
        'and another mode and owner',
        'ln d/file z; chown 7:8 z; chmod 4755 d/file',
        ['d directory', 'd/file file', 'z hardlink d/file'],
      ],
      ['to an empty file', 'ln empty z', ['empty file', 'z hardlink empty']],
      ['to a symlink', 'ln -P link z', ['link symlink', 'z hardlink link']],
      [
        'in the place of the first name',
        'ln d/file z; rm d/file',
        ['d directory', 'd/.wh.file file', 'z file'],
      ],
    ])('%s', async (_, script, lines) => {
      expect((await step([await layer(nodes)], script)).lines).toEqual(lines);
    });

    check('more of them in every layer', async () => {
      const base = [await layer(nodes)];
      const first = await step(base, 'ln d/file z1; ln z1 z2');
      const second = await step(first.stack, 'ln z2 z3; echo x >> z3; rm z1');
      const third = await step(second.stack, 'mv z3 d/moved; ln d/moved z4; chmod 600 z4');
      await using view = await bed.snapshotter.view(third.stack);
      expect(readFileSync(`${view.path}/z4`, 'utf8')).toBe('contentx\n');
      expect(statSync(`${view.path}/z4`).ino).toBe(statSync(`${view.path}/d/moved`).ino);
    });

    check('of a layer to a file that only layers below have', async () => {
      const base = await layer({
        ...nodes,
        gone: { content: 'gone' },
        usr: {},
        'usr/lib': {},
        'usr/lib/x': { content: 'x' },
        lib: { type: 'symlink', linkName: 'usr/lib' },
      });
      const top = await layer({
        'new/deep/one': { type: 'hardlink', linkName: 'd/file' },
        two: { type: 'hardlink', linkName: 'new/deep/one' },
        three: { type: 'hardlink', linkName: 'link' },
        four: { type: 'hardlink', linkName: 'lib/x' },
        '.wh.gone': { content: '' },
        kept: { type: 'hardlink', linkName: 'gone' },
      });
      const last = await layer({ '.wh.three': { content: '' }, six: { type: 'hardlink', linkName: 'kept' } });
      {
        await using view = await bed.snapshotter.view([base, top]);
        const at = (path: string): string => readFileSync(`${view.path}/${path}`, 'utf8');
        expect(['new/deep/one', 'two', 'd/file', 'four', 'kept'].map(at)).toEqual([
          'content',
          'content',
          'content',
          'x',
          'gone',
        ]);
        expect(
          ['new/deep/one', 'two', 'd/file'].map((path) => lstatSync(`${view.path}/${path}`).ino),
        ).toEqual(Array(3).fill(lstatSync(`${view.path}/two`).ino));
        expect(lstatSync(`${view.path}/new/deep/one`)).toMatchObject({ uid: 3, gid: 4 });
        expect(lstatSync(`${view.path}/three`).isSymbolicLink()).toBe(true);
        expect([existsSync(`${view.path}/gone`), readdirSync(`${view.path}/new`)]).toEqual([false, ['deep']]);
      }
      const { lines } = await step(
        [base, top, last],
        'echo y >> two; test "$(cat six)" = gone; test ! -e three',
      );
      expect(lines.some((line) => /^two (file|hardlink)/.test(line))).toBe(true);
      await expect(
        bed.snapshotter.view([base, await layer({ bad: { type: 'hardlink', linkName: 'd/nothing' } })]),
      ).rejects.toMatchObject({ code: 'UNPACK_FAILED', message: expect.stringContaining('"d/nothing"') });
      await expect(
        bed.snapshotter.view([base, await layer({ bad: { type: 'hardlink', linkName: 'd' } })]),
      ).rejects.toMatchObject({ code: 'UNPACK_FAILED' });
    });

    check('of a layer that takes the places of the files it links to', async () => {
      const base = await layer({ x: {}, 'x/z': { content: 'z' }, y: { content: 'y' }, a: { content: 'a' } });
      const top = await layer({
        w: { type: 'hardlink', linkName: 'x/z' },
        x: { type: 'hardlink', linkName: 'y' },
        b: { type: 'hardlink', linkName: 'a' },
        a: { type: 'hardlink', linkName: 'y' },
      });
      await using view = await bed.snapshotter.view([base, top]);
      const at = (path: string): string => readFileSync(`${view.path}/${path}`, 'utf8');
      expect(['w', 'x', 'y', 'b', 'a'].map((path) => `${path} ${at(path)}`)).toEqual([
        'w z',
        'x y',
        'y y',
        'b a',
        'a y',
      ]);
    });

    check('of a layer to a file outside of the root', async () => {
      const base = await layer({ out: { type: 'symlink', linkName: '/../../../../../etc' } });
      const top = await layer({ stolen: { type: 'hardlink', linkName: 'out/hostname' } });
      await expect(bed.snapshotter.view([base, top])).rejects.toMatchObject({ code: 'UNPACK_FAILED' });
    });
  });

  check('folders of lower layers are renamed, deleted, made anew, replaced and put back', async () => {
    const base = await layer({
      tree: { mode: 0o750 },
      'tree/a': { content: 'a' },
      'tree/sub': {},
      'tree/sub/b': { content: 'b' },
      other: {},
      'other/c': { content: 'c' },
    });
    const renamed = await step([base], 'mv tree moved');
    expect(renamed.lines).toEqual([
      '.wh.tree file',
      'moved directory',
      'moved/a file',
      'moved/sub directory',
      'moved/sub/b file',
    ]);
    const back = await step(renamed.stack, 'mv moved tree; rm tree/a; mkdir moved; echo n > moved/n');
    const replaced = await step(
      back.stack,
      'rm -r tree/sub; echo file > tree/sub; rm -r other; ln -s tree other',
    );
    expect(replaced.lines).toEqual(['other symlink', 'tree directory', 'tree/sub file']);
    const again = await step(replaced.stack, 'rm tree/sub other; mkdir tree/sub other; echo 2 > tree/sub/b2');
    await using view = await bed.snapshotter.view(again.stack);
    expect([readdirSync(`${view.path}/tree/sub`), readdirSync(`${view.path}/other`)]).toEqual([['b2'], []]);
  });

  check('deletions in every form', async () => {
    const base = await layer({
      d: {},
      'd/a': { content: 'a' },
      'd/b': { content: 'b' },
      'd/sub': {},
      'd/sub/c': { content: 'c' },
      '.wh': { content: 'not a deletion' },
    });
    const forms: readonly (readonly [Readonly<Record<string, LayerNode>>, readonly string[]])[] = [
      [{ 'd/.wh.a': { content: '' } }, ['b', 'sub', 'sub/c']],
      [{ 'd/.wh.sub': { content: '' } }, ['a', 'b']],
      [{ 'd/.wh..wh..opq': { content: '' } }, []],
      [{ 'd/new': { content: 'n' }, 'd/.wh..wh..opq': { content: '' } }, ['new']],
      [{ d: {}, 'd/.wh..wh..opq': { content: '' }, 'd/sub/x': { content: 'x' } }, ['sub', 'sub/x']],
      [{ '.wh.d': { content: '' }, 'd/sub': {} }, ['sub']],
      [{ 'd/.wh..wh.aufs': { content: '' }, '.wh..wh.plnk': {} }, ['a', 'b', 'sub', 'sub/c']],
      [{ 'd/.wh.nothing': { content: '' } }, ['a', 'b', 'sub', 'sub/c']],
      [{ 'd/.wh.sub': { content: '' }, 'd/sub': { content: 'now a file' } }, ['a', 'b', 'sub']],
    ];
    for (const [nodes, left] of forms) {
      await using view = await bed.snapshotter.view([base, await layer(nodes)]);
      expect([nodes, readdirSync(`${view.path}/d`, { recursive: true }).sort()]).toEqual([nodes, left]);
      expect(existsSync(`${view.path}/.wh`)).toBe(true);
    }
  });

  check("attributes of an image that look like the snapshotter's own do not steer it", async () => {
    const opaque = (name: string): ReadonlyMap<string, Uint8Array> => new Map([[name, Buffer.from('y')]]);
    const base = await layer({
      one: {},
      'one/x': { content: 'x' },
      two: {},
      'two/x': { content: 'x' },
      secret: { content: 's' },
    });
    const evil = await layer({
      one: { xattrs: opaque('user.overlay.opaque') },
      two: { xattrs: opaque('trusted.overlay.opaque') },
      three: {
        xattrs: new Map([
          ['trusted.overlay.redirect', Buffer.from('/secret')],
          ['user.overlay.redirect', Buffer.from('/secret')],
        ]),
      },
      kept: {
        content: 'k',
        xattrs: new Map([
          ['trusted.note', Buffer.from('t')],
          ['user.note', Buffer.from('u')],
        ]),
      },
    });
    const { entries, stack } = await step(
      [base, evil],
      'echo y >> kept; echo z > one/new; echo z > three/new',
    );
    const attributes = new Map(entries.map(({ path, xattrs }) => [path, [...(xattrs?.keys() ?? [])].sort()]));
    expect(attributes.get('kept')).toEqual(['trusted.note', 'user.note']);
    expect([attributes.get('one'), attributes.get('three')]).toEqual([[], []]);
    await using view = await bed.snapshotter.view(stack);
    expect(['one/x', 'two/x', 'three/new'].map((path) => existsSync(`${view.path}/${path}`))).toEqual([
      true,
      true,
      true,
    ]);
    expect(readdirSync(`${view.path}/three`)).toEqual(['new']);
  });

  check('access lists and capabilities come from layers and go into them', async () => {
    // Version 2 of both: owner rwx, user 1000 r, group r, mask rwx, others nothing; cap_net_raw+ep.
    const acl = Buffer.from(
      '0200000001000700ffffffff02000400e803000004000400ffffffff10000700ffffffff20000000ffffffff',
      'hex',
    );
    const capability = Buffer.from('0100000200200000000000000000000000000000', 'hex');
    const base = await layer({
      listed: { content: 'l', mode: 0o770, xattrs: new Map([['system.posix_acl_access', acl]]) },
      folder: { mode: 0o770, xattrs: new Map([['system.posix_acl_default', acl]]) },
      able: { content: 'a', mode: 0o755, xattrs: new Map([['security.capability', capability]]) },
    });
    const { entries } = await step(
      [base],
      'chmod g-x listed; cp --preserve=all able able2; echo x > folder/inherits; touch -d @99 able',
    );
    const of = (path: string, name: string): string | undefined => {
      const value = entries.find((entry) => entry.path === path)?.xattrs?.get(name);
      return value === undefined ? undefined : Buffer.from(value).toString('hex');
    };
    expect(of('listed', 'system.posix_acl_access')).toMatch(/^02000000.*02000400e8030000/);
    expect(of('folder', 'system.posix_acl_default')).toBe(acl.toString('hex'));
    expect(of('folder/inherits', 'system.posix_acl_access')).toMatch(/02000400e8030000/);
    expect([of('able', 'security.capability'), of('able2', 'security.capability')]).toEqual(
      [capability, capability].map((each) => each.toString('hex')),
    );
  });

  check('setuid after chown, fifos, devices, sparse files, sockets', async () => {
    const script = `
      echo x > s; chown 5:6 s; chmod 6755 s; mkdir -m 3777 t; mkfifo p; mknod c c 1 3; mknod b b 7 9
      truncate -s 3000000 hole; printf x | dd of=hole bs=1 seek=1500000 conv=notrunc status=none
      node -e "require('net').createServer().listen('sock', () => process.exit(0))"; test -S sock`;
    await using snapshot = await bed.snapshotter.create([], `n${++counter}`);
    await snapshot.begin();
    execFileSync('sh', ['-ec', script], { cwd: snapshot.path });
    await snapshot.end();
    const members = await membersOf(snapshot);
    const at = new Map(members.map(({ entry, content }) => [entry.path, { ...entry, content }]));
    expect([at.get('s'), at.get('t')]).toMatchObject([{ mode: 0o6755, uid: 5, gid: 6 }, { mode: 0o3777 }]);
    expect([at.get('p')?.type, at.get('sock')]).toEqual(['fifo', undefined]);
    expect([at.get('c'), at.get('b')]).toMatchObject([
      { type: 'character', devMajor: 1, devMinor: 3 },
      { type: 'block', devMajor: 7, devMinor: 9 },
    ]);
    const hole = at.get('hole')?.content;
    expect([hole?.length, hole?.indexOf('x'), hole?.findLastIndex((byte) => byte !== 0)]).toEqual([
      3_000_000, 1_500_000, 1_500_000,
    ]);
  });

  check('names of 4 KiB and bytes that are no UTF-8, of links too', async () => {
    const part = 'p'.repeat(240);
    const deep = Array(15).fill(part).join('/');
    const base = await layer({ [`${deep}/\udcfe`]: { content: 'deep' } });
    const script = `cd ${Array(15).fill(part).join(' && cd ')}; f=$(printf '\\376'); echo more >> "$f"; ln "$f" "$(printf 'h\\377')"; ln -s "$(printf 't\\375')" l; ln "$f" ${'q'.repeat(255)}`;
    const { entries } = await step([base], script);
    const names = entries.filter(({ type }) => type !== 'directory');
    expect(
      names.map(({ path, type, linkName }) => [
        path.slice(deep.length + 1),
        type,
        linkName?.slice(type === 'hardlink' ? deep.length + 1 : 0),
      ]),
    ).toEqual([
      ['h\udcff', 'file', undefined],
      ['l', 'symlink', 't\udcfd'],
      ['q'.repeat(255), 'hardlink', 'h\udcff'],
      ['\udcfe', 'hardlink', 'h\udcff'],
    ]);
  });

  check('a path that is too long for the system is told, and nothing of it stays', async () => {
    const deeper = (name: string, count: number): string =>
      `python3 -c "import os; [(os.mkdir('${name}'), os.chdir('${name}')) for _ in range(${count})]"`;
    for (const [name, count] of [
      ['d', 5000],
      ['n'.repeat(200), 30],
    ] as const) {
      await expect(step([], deeper(name, count))).rejects.toMatchObject({
        kind: 'user',
        code: 'PATH_TOO_LONG',
        message: expect.stringContaining(`/${name}/${name}`.slice(0, 90)),
      });
    }
    await bed.settled();
    expect(readdirSync(join(bed.folder, 'scratch'))).toEqual([]);
  });
});

function lineOf({ path, type, linkName }: Entry): string {
  return type === 'hardlink' ? `${path} ${type} ${linkName}` : `${path} ${type}`;
}
