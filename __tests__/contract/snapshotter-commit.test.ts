import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { membersOf, SNAPSHOTTERS, type SnapshotterBed } from '../support/snapshotters.ts';
import { type LayerNode, MTIME, makeLayer } from '../support/worker-layers.ts';

/** File times of this test that count as made by the build become `to`. */
const TIMES = { after: MTIME + 100, to: MTIME + 50 };

const BASE: Readonly<Record<string, LayerNode>> = {
  '': { mode: 0o755 },
  d: { mode: 0o1777, uid: 5 },
  'd/e': {},
  'd/e/f': { content: 'x' },
  'd/e/g': {},
  'd/e/g/deep': { content: 'deep' },
  noted: { xattrs: new Map([['user.note', Buffer.from('base')]]) },
  'noted/x': { content: 'x' },
  o: {},
  old: { mtime: -5 },
  'old/x': { content: 'x', mtime: -7 },
  lock: { content: '', xattrs: new Map([['user.lock', Buffer.from('1')]]) },
  s: {},
  's/big': { content: 'b'.repeat(300_000), uid: 7, xattrs: new Map([['user.note', Buffer.from('big')]]) },
  's/link': { type: 'symlink', linkName: 'big' },
  's/pipe': { type: 'fifo' },
  's/deep': { content: 'deep' },
  'z-twin': { type: 'hardlink', linkName: 's/deep' },
};

/** What the kernel and overlayfs take as changes, although nothing is other than it was. */
const OWNED_AGAIN =
  'chown -hR 0:0 d/e o noted; chown -h 7:0 s/big; chown -hR 0:0 s/[!b]*; chmod 644 d/e/f s/big';
const CHANGED = 'printf x | dd of=s/big bs=1 seek=200000 conv=notrunc status=none';

/** Results must not depend on which steps came from a cache: what a step leaves and what its layer unpacks to are the same. */
describe.each(SNAPSHOTTERS)('$name: a committed result', ({ open, unavailable }) => {
  const check = unavailable === undefined ? test : test.skip;
  /** One that commits, one that unpacks. */
  let beds: [SnapshotterBed, SnapshotterBed];
  let counter = 0;
  beforeAll(async () => {
    if (unavailable === undefined) beds = [await open(), await open()];
    else console.log(`skipped: ${unavailable}`);
  });
  afterAll(async () => {
    for (const bed of beds ?? []) await bed.close();
  });

  /** Runs the scripts one upon the other; after each, both ways must show the same. Gives the members of the last layer. */
  async function steps(...scripts: readonly string[]): Promise<string[]> {
    const [committing, unpacking] = beds;
    const stack = [await makeLayer(unpacking.folder, BASE)];
    let paths: string[] = [];
    for (const script of scripts) {
      await using snapshot = await committing.snapshotter.create(stack, `c${++counter}`);
      await snapshot.begin();
      execFileSync('bash', ['-c', `${script}\ntrue`], { cwd: snapshot.path, stdio: 'pipe' });
      await snapshot.end();
      const members = await membersOf(snapshot);
      paths = members.map(({ entry }) => entry.path);
      const nodes = members.map(({ entry: { path, ...fields }, content }) => {
        const mtime = fields.mtime > TIMES.after ? TIMES.to : Math.floor(fields.mtime);
        return [path, { ...fields, mtime, ...(content === undefined ? {} : { content }) }] as const;
      });
      const layer = await makeLayer(unpacking.folder, Object.fromEntries(nodes));
      await snapshot.commit(layer.diffId, TIMES);
      stack.push(layer);
      await using left = await committing.snapshotter.create(stack, `l${++counter}`);
      await using unpacked = await unpacking.snapshotter.create(stack, `u${++counter}`);
      expect(describeExactly(left.path)).toEqual(describeExactly(unpacked.path));
    }
    return paths;
  }

  check.each<[string, string, readonly string[]]>([
    ['only the time of a folder was changed', 'touch d/e; echo > o/x; rm o/x', []],
    ['the root folder was changed', 'chmod 700 .; touch .', []],
    [
      'files are new, old, from the future',
      'echo a > a; touch -d @7.5 b; touch -d @9999999999 c',
      ['a', 'b', 'c'],
    ],
    ['only the time of a folder from before 1970 was changed', 'echo > old/t; rm old/t', []],
    [
      'files are from before 1970',
      'touch -d @-0.25 a; touch -d @-315619199.75 b; ln -s a c; touch -h -d @-1 c; mkdir e; touch -d @-3.5 e',
      ['a', 'b', 'c', 'e'],
    ],
    ['a file from before 1970 got its own time', 'touch -d @-7 old/x', []],
    ['a folder was replaced by an equal one', 'rm -r o; mkdir o', []],
    [
      'a folder was replaced and hides what was in it',
      'rm -r d/e; mkdir -p d/e/g; echo > d/e/new',
      ['d', 'd/e', 'd/e/.wh.f', 'd/e/g', 'd/e/g/.wh.deep', 'd/e/new'],
    ],
    ['a symlink has a time of its own', 'ln -s d link', ['link']],
    [
      'a socket was left behind',
      'python3 -c "import socket; socket.socket(socket.AF_UNIX).bind(\'o/s\')"',
      [],
    ],
    ['a folder lost its attribute', 'setfattr -x user.note noted', ['noted']],
    ['a folder got one', 'setfattr -n user.other -v 1 o', ['o']],
    ['a folder has another value', 'setfattr -n user.note -v changed noted', ['noted']],
    ['a folder with an attribute was only touched', 'touch noted; : >> lock', []],
    ['an empty file lost its attribute', 'setfattr -x user.lock lock', ['lock']],
    ['all got the owners and modes that they had', OWNED_AGAIN, []],
    ['all but one did', `${OWNED_AGAIN}; chmod 600 s/big`, ['s', 's/big']],
    ['times were set to what they were', `touch -h -d @${MTIME} s/big s/link s/pipe d/e/f`, []],
    ['a file was written anew', `cp s/big t; cat t > s/big; rm t`, ['s', 's/big']],
    ['a file has other bytes and its time', `${CHANGED}; touch -d @${MTIME} s/big`, ['s', 's/big']],
    ['a file lost its attribute', 'setfattr -x user.note s/big', ['s', 's/big']],
    ['a symlink leads elsewhere', `ln -sfn bug s/link; touch -h -d @${MTIME} s/link`, ['s', 's/link']],
    ['a folder was replaced by its copy', 'cp -a d/e t; rm -r d/e; mv t d/e', []],
    ['a file with two names got what it had', 'chown 0:0 s/deep; chmod 644 z-twin', []],
    [
      'a file got another name in the place of one',
      'rm z-twin; ln s/deep y-twin',
      ['.wh.z-twin', 's', 's/deep', 'y-twin'],
    ],
    [
      'a folder was replaced by its copy with a change',
      'cp -a d t; rm -r d; mv t d; chmod 600 d/e/f; cp -a o t; rm -r o; mv t o',
      ['d', 'd/e', 'd/e/f'],
    ],
    ['a folder below one that lost its attribute', 'mkdir o/n; setfattr -n user.n -v 1 o/n', ['o', 'o/n']],
  ])('is its unpacked layer when %s', async (_what, script, paths) => {
    expect(await steps(script)).toEqual([...paths]);
    await steps(script, 'mkdir -p d/e/g/later o/later; rm -rf noted; touch d', 'rm -rf d/e; mkdir -p d/e/g');
  });

  check('is seen on the stack that it was made on, and on no other', async () => {
    const [bed] = beds;
    const small = await makeLayer(bed.folder, { a: {} });
    const large = await makeLayer(bed.folder, { a: {}, made: { mode: 0o700 }, 'made/x': { content: 'x' } });
    const layer = await makeLayer(bed.folder, { made: {} });
    await using snapshot = await bed.snapshotter.create([small], `c${++counter}`);
    await snapshot.begin();
    execFileSync('sh', ['-c', 'mkdir made; touch a'], { cwd: snapshot.path });
    await snapshot.end();
    await snapshot.commit(layer.diffId, TIMES);
    await using other = await bed.snapshotter.view([large, layer]);
    expect(describeExactly(other.path).join('\n')).toContain('made/x f');
  });

  check('folders that a layer only implies keep their attributes', async () => {
    const [bed] = beds;
    const base = await makeLayer(bed.folder, BASE);
    const top = await makeLayer(bed.folder, { 'noted/new': { content: 'x' } });
    await using view = await bed.snapshotter.view([base, top]);
    expect(describeExactly(view.path).at(-1)).toContain('# file: noted\nuser.note="base"');
  });

  const NAMES = ['a', 'd', 'd/e', 'd/e/f', 'd/e/g', 'd/e/g/x', 'o', 'o/x', 'noted', 'noted/y'] as const;
  const action = fc.oneof(
    ...NAMES.flatMap((path) =>
      [
        `rm -rf ${path}`,
        `mkdir -p ${path}`,
        `touch ${path}`,
        `echo x > ${path}`,
        `chmod 711 ${path}`,
        `setfattr -n user.note -v base ${path}`,
        `setfattr -x user.note ${path}`,
        `chown -hR 0:0 ${path}`,
        `touch -h -d @${MTIME} ${path}`,
        `cp -a ${path} copied && rm -rf ${path} && mv copied ${path}`,
      ].map((script) => fc.constant(script)),
    ),
  );
  check(
    'is its unpacked layer, whatever was done',
    async () => {
      const script = fc.array(action, { minLength: 1, maxLength: 6 }).map((lines) => lines.join('\n'));
      await fc.assert(
        fc.asyncProperty(script, script, script, async (...scripts) => {
          await steps(...scripts);
        }),
        { numRuns: 8 },
      );
    },
    120_000,
  );
});

/** All of a tree, its root too, with times to the nanosecond and attributes. */
function describeExactly(path: string): string[] {
  const nodes = execFileSync('find', [path, '-printf', '%P %y %m %U:%G %T@ %l %n\\n'], {
    encoding: 'latin1',
  });
  const attributes = execFileSync('getfattr', ['-R', '-P', '-h', '-d', '-m', '^user\\.[^o]', '.'], {
    cwd: path,
    encoding: 'latin1',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  // Link counts of folders are the file system's own affair.
  const lines = nodes.split('\n').map((line) => (/^\S* d /.test(line) ? line.replace(/ \d+$/, '') : line));
  return [...lines.sort(), attributes];
}
