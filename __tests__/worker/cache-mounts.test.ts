import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest } from '@jest/globals';
import { exec } from '../../src/base/exec.ts';
import { digestOf } from '../../src/image/digest.ts';
import { workerStarter } from '../../src/worker/process/client.ts';
import type { LayerFile, Worker } from '../../src/worker/worker.ts';
import {
  type CarryAnswer,
  type CarryRequest,
  carry,
  mountOf,
  once,
  packOf,
  runWith,
} from '../support/mount-carrier.ts';
import { needs, testWith } from '../support/needs.ts';
import { TestUser } from '../support/test-user.ts';
import { busyboxLayer } from '../support/worker-layers.ts';

const asRoot = testWith(needs.root, needs.busybox);
const asUser = testWith(needs.root, needs.busybox, needs.program('setpriv'), needs.program('useradd'));
const ENTRY = [process.execPath, '--no-warnings', resolve('src/worker-entry.ts')];
jest.setTimeout(120_000);

const WRITE = `cd /cache && mkdir -p deep/er && echo one > deep/er/one && ln deep/er/one two && ln -s /etc/passwd link
chown 1000:50 deep/er && chmod 2770 deep/er && chmod 4755 two
touch -d '2021-02-03 04:05:06' deep/er/one && touch -d '2020-01-01 00:00:00' later && head -c 3000000 /dev/urandom > random`;
const LOOK = `cd /cache && find . | sort | while read -r f; do stat -c '%n %F %a %u:%g %Y %y' "$f"; done; cat deep/er/one`;

let folder: string;
let busybox: LayerFile;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tsib-mounts-'));
  chmodSync(folder, 0o755);
  if (needs.busybox() === undefined) busybox = await busyboxLayer(folder);
});
afterAll(async () => {
  await exec(['rm', '-rf', folder]);
});

describe('cache mounts from one machine to another', () => {
  for (const isolation of ['auto', 'chroot'] as const) {
    asRoot(`as root, isolation ${isolation}: owners, modes, links and times arrive`, async () => {
      const stateDir = mkdtempSync(join(folder, 'root-'));
      const request = { stateDir, entry: ENTRY, isolation, root: [busybox] };
      const answer = await carry({ ...request, write: `${WRITE}\n${LOOK}`, read: LOOK });
      expect(answer).toMatchObject({ restored: true, unchanged: [true, true] });
      expect(answer.read).toBe(answer.written);
      expect(answer.read).toMatch(/deep\/er directory 2770 1000:50/);
      expect(answer.read).toMatch(/two regular file 4755 0:0 1612325106/);
    });
  }

  asUser(
    'as an ordinary user in a user namespace: files of its root and of its other users arrive',
    async () => {
      using user = new TestUser('tsib-mounts', { sudo: false, subordinateIds: true });
      const stateDir = mkdtempSync(join(folder, 'user-'));
      execFileSync('chown', [String(user.uid), stateDir]);
      const readable = await exec([...user.wrapper, 'test', '-r', ENTRY[2] ?? '']);
      if (readable.exitCode !== 0) return console.log('skipped: this checkout cannot be read by other users');
      const request: CarryRequest = {
        stateDir,
        entry: ENTRY,
        isolation: 'userns',
        root: [busybox],
        write: `${WRITE.replace('chown 1000:50 deep/er', 'chown 1000:50 deep/er || true')}\n${LOOK}`,
        read: LOOK,
      };
      const script = resolve('__tests__/support/mount-carrier.ts');
      const argv = [
        ...user.wrapper,
        'env',
        '-i',
        `PATH=${process.env['PATH']}`,
        process.execPath,
        '--no-warnings',
        script,
      ];
      const { stdout, stderr } = await exec([...argv, JSON.stringify(request)]);
      expect(stderr).toBe('');
      const answer = JSON.parse(stdout.toString()) as CarryAnswer;
      if (answer.error?.code === 'NO_ISOLATION') return console.log(`skipped: ${answer.error.message}`);
      expect(answer).toMatchObject({ rung: 'userns', restored: true, unchanged: [true, true] });
      expect(answer.read).toBe(answer.written);
      expect(answer.read).toMatch(/two regular file 4755 0:0 1612325106/);
      const many = answer.limits?.some((line) => line.startsWith('Only root')) === false;
      expect(answer.read).toMatch(many ? /deep\/er directory 2770 1000:50/ : /deep\/er directory \d+ 0:0/);
      // On the disk they belong to the user, or to the user's range of ids.
      expect(execFileSync('find', [stateDir, '-uid', '0']).toString()).toBe('');
    },
  );
});

describe('a worker and its cache mounts', () => {
  let stateDir: string;
  let worker: Worker;
  const start = (): Promise<Worker> =>
    workerStarter({ stateDir, entry: ENTRY, isolation: 'auto', onNotice: () => undefined })();
  beforeEach(async () => {
    if (needs.root() !== undefined || needs.busybox() !== undefined) return;
    stateDir = mkdtempSync(join(folder, 'one-'));
    worker = await start();
  });
  afterEach(async () => {
    await worker?.[Symbol.asyncDispose]();
  });

  const mount = mountOf('m');
  /** An archive made on another machine. */
  const archiveOf = async (text: string): Promise<Awaited<ReturnType<typeof packOf>>> => {
    const other = mountOf('source');
    await runWith(worker, [busybox], `rm -rf /cache/*; printf '${text}' > /cache/file`, other);
    return packOf(worker, other);
  };

  asRoot('what is here already is not fetched', async () => {
    const { archive } = await archiveOf('there');
    await runWith(worker, [busybox], 'echo here > /cache/file', mount);
    const open = jest.fn(async () => once(Buffer.alloc(0)));
    expect(await worker.restoreCache(mount, archive, open)).toBe(false);
    expect(open).not.toHaveBeenCalled();
    expect(await runWith(worker, [busybox], 'cat /cache/file', mount)).toBe('here\n');
  });

  asRoot('a change is seen, and that it was taken back', async () => {
    expect(await worker.inspectCache(mount)).toBeUndefined();
    const { archive, bytes } = await archiveOf('text');
    expect(digestOf(bytes)).toBe(archive.digest);
    await worker.restoreCache(mount, archive, async () => once(bytes));
    expect(await worker.inspectCache(mount)).toEqual({ size: 4, members: 1, archive: archive.digest });
    await runWith(worker, [busybox], 'echo more > /cache/new', mount);
    expect(await worker.inspectCache(mount)).toEqual({ size: 9, members: 2 });
    await runWith(worker, [busybox], 'rm /cache/new', mount);
    expect((await worker.inspectCache(mount))?.archive).toBe(archive.digest);
  });

  asRoot('a bad archive, and one that breaks off, leave an empty mount and nothing behind', async () => {
    const { archive, bytes } = await archiveOf('text');
    const changed = Buffer.from(bytes);
    changed[bytes.length - 5] = (changed[bytes.length - 5] ?? 0) ^ 1;
    const bad = worker.restoreCache(mount, archive, async () => once(changed));
    await expect(bad).rejects.toMatchObject({ name: 'BuildError' });
    const broken = async function* (): AsyncGenerator<Uint8Array> {
      yield bytes.subarray(0, 20);
      throw new RangeError('the connection broke');
    };
    await expect(worker.restoreCache(mount, archive, async () => broken())).rejects.toThrow(
      'connection broke',
    );
    const refused = Promise.reject(new RangeError('evicted'));
    refused.catch(() => undefined);
    await expect(worker.restoreCache(mount, archive, () => refused)).rejects.toThrow('evicted');
    expect(await worker.inspectCache(mount)).toBeUndefined();
    const scratch = join(stateDir, 'worker', 'root', 'runs');
    const [own = ''] = readdirSync(scratch);
    expect(readdirSync(join(scratch, own, 'disk')).filter((name) => name.startsWith('cache-'))).toEqual([]);
    expect(await runWith(worker, [busybox], 'ls -A /cache', mount)).toBe('');
  });

  asRoot(
    'a restore that is cancelled ends at once, whatever its source does, and the worker lives on',
    async () => {
      const { archive, bytes } = await archiveOf('text');
      const abort = new AbortController();
      const stuck = async function* (): AsyncGenerator<Uint8Array> {
        yield bytes.subarray(0, 20);
        setTimeout(() => abort.abort(), 100);
        await new Promise(() => undefined);
      };
      const restore = worker.restoreCache(mount, archive, async () => stuck(), abort.signal);
      await expect(restore).rejects.toMatchObject({ name: 'AbortError' });
      expect(await worker.inspectCache(mount)).toBeUndefined();
      expect(await worker.restoreCache(mount, archive, async () => once(bytes))).toBe(true);
      expect(await runWith(worker, [busybox], 'cat /cache/file', mount)).toBe('text');
    },
  );

  asRoot('platforms have mounts of their own', async () => {
    await runWith(worker, [busybox], 'echo amd > /cache/file', mount);
    const arm = mountOf('m', { platform: 'linux/arm64' });
    expect(await runWith(worker, [busybox], 'ls -A /cache', arm)).toBe('');
    expect(await worker.inspectCache(mountOf('m', { platform: 'linux/riscv64' }))).toBeUndefined();
  });

  asRoot(
    'sharing=private: the first of two at once has what was restored, the second begins empty',
    async () => {
      const own = mountOf('p', { sharing: 'private' });
      const { archive, bytes } = await archiveOf('kept');
      await worker.restoreCache(own, archive, async () => once(bytes));
      const step = 'cat /cache/file 2>/dev/null; touch /cache/$$; sleep 1';
      const seen = await Promise.all([1, 2].map(() => runWith(worker, [busybox], step, own)));
      expect(seen.sort()).toEqual(['', 'kept']);
      expect((await worker.inspectCache(own))?.members).toBe(2);
    },
  );

  asRoot('sharing=locked: another build that uses it is not waited for', async () => {
    const locked = mountOf('l', { sharing: 'locked' });
    const { archive, bytes } = await archiveOf('kept');
    await worker.restoreCache(locked, archive, async () => once(bytes));
    await using other = await start();
    let isRunning = (): void => undefined;
    const running = new Promise<void>((done) => {
      isRunning = done;
    });
    const step = other.run(
      {
        id: 'holder',
        root: [busybox],
        args: ['/bin/sh', '-c', 'cat /cache/file; sleep 2'],
        env: ['PATH=/bin'],
        cwd: '/',
        user: '',
        mounts: [locked],
        network: 'default',
        hostname: 'x',
        extraHosts: [],
      },
      { onOutput: () => isRunning() },
    );
    await running;
    await expect(worker.inspectCache(locked)).rejects.toMatchObject({ code: 'CACHE_MOUNT_BUSY' });
    await expect(packOf(worker, locked)).rejects.toMatchObject({ code: 'CACHE_MOUNT_BUSY' });
    await using ended = await step;
    expect(ended.exitCode).toBe(0);
    expect((await worker.inspectCache(locked))?.archive).toBe(archive.digest);
  });

  asRoot('an archive that breaks off is never taken for a whole one', async () => {
    await runWith(worker, [busybox], 'head -c 30000000 /dev/urandom > /cache/file', mount);
    const abort = new AbortController();
    let isWhole = false;
    const taking = Promise.withResolvers<void>();
    const pack = worker.packCache(
      mount,
      async (source) => {
        try {
          for await (const _chunk of source) abort.abort();
          isWhole = true;
        } finally {
          taking.resolve();
        }
      },
      abort.signal,
    );
    await expect(pack).rejects.toMatchObject({ name: 'AbortError' });
    await taking.promise;
    expect(isWhole).toBe(false);
    expect((await packOf(worker, mount)).archive.members).toBe(2);
  });

  asRoot('a reader of an archive that gives up is told as it was', async () => {
    await runWith(worker, [busybox], 'head -c 20000000 /dev/urandom > /cache/file', mount);
    const full = worker.packCache(mount, async (source) => {
      for await (const _chunk of source) throw new RangeError('the disk is full');
    });
    await expect(full).rejects.toThrow('the disk is full');
    // And it goes on working.
    expect((await packOf(worker, mount)).archive.members).toBe(2);
  });
});
