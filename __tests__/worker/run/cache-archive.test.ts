import { execFileSync } from 'node:child_process';
import {
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { exec } from '../../../src/base/exec.ts';
import { digestOf } from '../../../src/image/digest.ts';
import { compress } from '../../../src/image/layer/compress.ts';
import type { Entry, EntryWithBody } from '../../../src/image/layer/entry.ts';
import { writeTar } from '../../../src/image/layer/tar-write.ts';
import type { MountArchive } from '../../../src/image/mount-archive.ts';
import { oneChunk } from '../../../src/image/one-chunk.ts';
import { packCache, unpackCache } from '../../../src/worker/run/cache-archive.ts';
import { listCache } from '../../../src/worker/run/cache-listing.ts';
import { bytesOf } from '../../support/cache-records.ts';
import { needs, testWith } from '../../support/needs.ts';

const asRoot = testWith(needs.root);
const RULES = { id: (id: number): number => id, keepsAttribute: (): boolean => true };

let work: string;
let from: string;
let to: string;
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'cache-archive-'));
  from = join(work, 'from');
  to = join(work, 'to');
  mkdirSync(from);
  mkdirSync(to);
});
afterEach(() => {
  rmSync(work, { recursive: true, force: true });
});

async function pack(folder = from): Promise<{ archive: MountArchive; bytes: Buffer }> {
  const chunks: Buffer[] = [];
  const { paths } = await listCache(folder);
  const archive = await packCache(folder, paths, async (chunk) => void chunks.push(Buffer.from(chunk)));
  return { archive, bytes: Buffer.concat(chunks) };
}

/** An archive as an attacker would write it: its own digest and sizes are right. */
async function packed(members: readonly (Partial<Entry> & { readonly content?: string })[]) {
  async function* entries(): AsyncGenerator<EntryWithBody> {
    for (const { content, ...fields } of members) {
      const bytes = Buffer.from(content ?? '');
      const type = content === undefined ? 'directory' : 'file';
      const common = { path: '', mode: 0o755, uid: 0, gid: 0, mtime: 0, size: bytes.length };
      const entry: Entry = { type, ...common, ...fields };
      yield entry.type === 'file' ? { entry, body: oneChunk(bytes) } : { entry };
    }
  }
  const tar = (await bytesOf(writeTar(entries()))) ?? Buffer.alloc(0);
  const bytes = (await bytesOf(compress(oneChunk(tar), { type: 'zstd' }))) ?? Buffer.alloc(0);
  const archive = {
    digest: digestOf(bytes),
    size: bytes.length,
    unpacked: tar.length,
    members: members.length,
  };
  return { archive, bytes };
}

const unpack = ({ archive, bytes }: { archive: MountArchive; bytes: Buffer }): Promise<void> =>
  unpackCache(archive, oneChunk(bytes), to, RULES);

const FORMAT = '%P %y %m %U:%G %T@ %s %l\\n';
function tree(folder: string): string[] {
  const lines = execFileSync('find', [folder, '-printf', FORMAT]).toString('latin1').trim().split('\n');
  // The size of a folder is the file system's own affair.
  return lines.map((line) => line.replace(/^(.* d .*) \d+ $/, '$1')).sort();
}

function fill(folder: string): void {
  mkdirSync(join(folder, 'deep', 'er'), { recursive: true });
  writeFileSync(join(folder, 'deep', 'er', 'file'), 'content');
  writeFileSync(join(folder, 'deep', '.wh.not-a-whiteout'), '');
  writeFileSync(join(folder, 'big'), Buffer.alloc(9_000_000, 'pattern '));
  linkSync(join(folder, 'big'), join(folder, 'deep', 'same'));
  symlinkSync('/etc/passwd', join(folder, 'deep', 'link'));
  execFileSync('sh', ['-c', 'printf x > "$(printf "\\377 name")"; mkfifo pipe; chmod 2751 deep'], {
    cwd: folder,
  });
  execFileSync('touch', ['-d', '2021-02-03 04:05:06.123456789', join(folder, 'deep', 'er', 'file')]);
  execFileSync('touch', ['-h', '-d', '1969-12-31 23:59:58.999999999 UTC', join(folder, 'deep', 'link')]);
  utimesSync(join(folder, 'deep'), 1, 1);
}

describe('archives of cache mounts', () => {
  test('keep names, types, modes, links and times to the nanosecond', async () => {
    fill(from);
    await unpack(await pack());
    expect(tree(to)).toEqual(tree(from));
    expect(tree(to).join('\n')).toContain('.123456789');
    expect(lstatSync(join(to, 'big')).ino).toBe(lstatSync(join(to, 'deep', 'same')).ino);
    expect((await listCache(to)).fingerprint).toBe((await listCache(from)).fingerprint);
  });

  asRoot('keep owners, attributes and the folder’s own mode', async () => {
    fill(from);
    execFileSync('chown', ['1000:50', join(from, 'deep', 'er', 'file')]);
    execFileSync('chown', ['1001:51', from]);
    execFileSync('chmod', ['1770', from]);
    const { exitCode } = await exec(['setfattr', '-n', 'user.note', '-v', 'kept', join(from, 'big')]);
    await unpack(await pack());
    expect(tree(to)).toEqual(tree(from));
    if (exitCode === 0) {
      const { stdout } = await exec(['getfattr', '--only-values', '-n', 'user.note', join(to, 'big')]);
      expect(stdout.toString()).toBe('kept');
    }
  });

  test('the same content gives the same bytes, wherever it is; sockets and devices are left out', async () => {
    fill(from);
    const first = await pack();
    await unpack(first);
    const second = await pack(to);
    expect(second.archive).toEqual(first.archive);
    expect(digestOf(second.bytes)).toBe(first.archive.digest);
    const socket = "require('net').createServer().listen('socket', () => process.exit())";
    execFileSync(process.execPath, ['-e', socket], { cwd: from });
    expect(readdirSync(from)).toContain('socket');
    expect((await pack()).archive.members).toBe(first.archive.members);
  });

  test('the fingerprint sees names, sizes, times and modes, but no folder’s time', async () => {
    fill(from);
    const seen = new Set<string>();
    const look = async (): Promise<void> => void seen.add((await listCache(from)).fingerprint);
    await look();
    writeFileSync(join(from, 'deep', 'tmp'), '');
    rmSync(join(from, 'deep', 'tmp'));
    await look();
    expect(seen.size).toBe(1);
    const changes = [
      () => writeFileSync(join(from, 'new'), ''),
      () => truncateSync(join(from, 'big'), 10),
      () => utimesSync(join(from, 'big'), 5, 5),
      () => execFileSync('chmod', ['600', join(from, 'big')]),
      () => execFileSync('chmod', ['700', from]),
      () => rmSync(join(from, 'deep', 'link')),
    ];
    for (const change of changes) {
      change();
      await look();
    }
    expect(seen.size).toBe(1 + changes.length);
  });
});

describe('a hostile archive is refused, and nothing of it is outside of the folder', () => {
  const root = { path: '' };
  const cases: Readonly<Record<string, readonly (Partial<Entry> & { readonly content?: string })[]>> = {
    'a file below a symlink': [
      root,
      { path: 'out', type: 'symlink', linkName: '..' },
      { path: 'out/x', content: 'x' },
    ],
    'a symlink in the place of a folder': [
      root,
      { path: 'a' },
      { path: 'a', type: 'symlink', linkName: '../' },
      { path: 'a/x', content: 'x' },
    ],
    'a file over a symlink': [
      root,
      { path: 'a', type: 'symlink', linkName: '../x' },
      { path: 'a', content: 'x' },
    ],
    'a hard link to a file outside': [root, { path: 'a', type: 'hardlink', linkName: 'etc/passwd' }],
    'a hard link through a symlink': [
      root,
      { path: 'l', type: 'symlink', linkName: '..' },
      { path: 'a', type: 'hardlink', linkName: 'l/secret' },
    ],
    'a hard link to a folder': [root, { path: 'd' }, { path: 'a', type: 'hardlink', linkName: 'd' }],
    'a device': [root, { path: 'null', type: 'character', devMajor: 1, devMinor: 3 }],
    'a name with ..': [root, { path: '../x', content: 'x' }],
    'a parent that is missing': [root, { path: 'a/b', content: 'x' }],
    'a folder twice': [root, { path: 'd' }, { path: 'd', mode: 0o777 }],
    'the root as a symlink': [{ path: '.', type: 'symlink', linkName: '/' }],
  };
  test.each(Object.keys(cases))('%s', async (name) => {
    writeFileSync(join(work, 'secret'), 'secret');
    await expect(unpack(await packed(cases[name] ?? []))).rejects.toMatchObject({ name: 'BuildError' });
    expect(readdirSync(work).sort()).toEqual(['from', 'secret', 'to']);
    expect(readFileSync(join(work, 'secret'), 'utf8')).toBe('secret');
  });

  test('a name that is too long, however deep it lies', async () => {
    const members: Partial<Entry>[] = [root];
    for (let path = 'x'.repeat(200); path.length < 4500; path += `/${'x'.repeat(200)}`)
      members.push({ path });
    await expect(unpack(await packed(members))).rejects.toMatchObject({
      code: 'TAR_UNSUPPORTED',
    });
  });

  test('an absolute name stays inside', async () => {
    const name = join(work, 'outside');
    await expect(unpack(await packed([root, { path: name, content: 'x' }]))).rejects.toMatchObject({
      code: 'CACHE_MOUNT_BAD',
    });
    await unpack(await packed([root, { path: '/outside', content: 'x' }]));
    expect(readdirSync(to)).toEqual(['outside']);
  });

  test('more bytes or members than it should have', async () => {
    const bomb = await packed([root, { path: 'zeros', content: '\0'.repeat(20_000_000) }]);
    expect(bomb.bytes.length).toBeLessThan(20_000);
    const lied = (facts: Partial<MountArchive>): Promise<void> =>
      unpack({ ...bomb, archive: { ...bomb.archive, ...facts } });
    await expect(lied({ unpacked: 1_000_000 })).rejects.toMatchObject({ code: 'DECOMPRESSED_TOO_LARGE' });
    await expect(lied({ members: 1 })).rejects.toMatchObject({ code: 'TAR_TOO_LARGE' });
    await expect(lied({ size: bomb.bytes.length - 1 })).rejects.toMatchObject({ code: 'CACHE_MOUNT_BAD' });
    await expect(lied({ size: bomb.bytes.length + 1 })).rejects.toMatchObject({ code: 'CACHE_MOUNT_BAD' });
  });

  test('another digest, a cut and a changed byte', async () => {
    fill(from);
    const { archive, bytes } = await pack();
    await expect(unpack({ archive: { ...archive, digest: digestOf('x') }, bytes })).rejects.toMatchObject({
      code: 'CACHE_MOUNT_BAD',
      message: expect.stringContaining('digest'),
    });
    await expect(unpack({ archive, bytes: bytes.subarray(0, -10) })).rejects.toMatchObject({
      name: 'BuildError',
    });
    const changed = Buffer.from(bytes);
    changed[100] = (changed[100] ?? 0) ^ 0xff;
    await expect(unpack({ archive, bytes: changed })).rejects.toMatchObject({ name: 'BuildError' });
  });
});
