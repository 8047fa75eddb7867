import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { WorkerMount } from '../../src/worker/worker.ts';
import { type SandboxBed, sandboxBed, sandboxCases } from '../support/sandboxes.ts';
import { makeLayer } from '../support/worker-layers.ts';

const cases = await sandboxCases();
/** How long the processes sleep by which these tests know their own. */
const SECONDS = 10_000_000 + process.pid;

describe.each(cases)('$name', ({ name, sandbox, unavailable }) => {
  const check = unavailable === undefined ? test : test.skip;
  /** For what chroot says it does not isolate. */
  const isolated = unavailable === undefined && name !== 'chroot' ? test : test.skip;
  let bed: SandboxBed;
  beforeAll(async () => {
    if (unavailable === undefined) bed = await sandboxBed(sandbox);
    else console.log(`${name} skipped: ${unavailable}`);
  });
  afterAll(async () => {
    await bed?.close();
  });

  check('exit codes are exact, a death by signal is 128 + n', async () => {
    expect((await bed.run('exit 0')).exitCode).toBe(0);
    expect((await bed.run('exit 42')).exitCode).toBe(42);
    expect((await bed.run('nosuch')).exitCode).toBe(127);
    expect((await bed.run("sh -c 'kill -9 $$'; exit $?")).exitCode).toBe(137);
  });

  check('so it is when the machine kills the first process, and nobody adds words of his own', async () => {
    const run = bed.run(`printf half >&2; exec sleep ${SECONDS}`);
    while (sleepers() < 1) await new Promise((wake) => setTimeout(wake, 10));
    for (const pid of sleeping()) process.kill(Number(pid), 'SIGKILL');
    expect(await run).toMatchObject({ exitCode: 137, stdout: '', stderr: 'half' });
  });

  check('both streams come live and apart; stdin is empty', async () => {
    const first = Promise.withResolvers<number>();
    const began = Date.now();
    const seen: string[] = [];
    const ran = await bed.run(
      'cat; echo one; echo two >&2; sleep 1; echo three',
      {},
      {
        onOutput: (chunk, stream) => {
          seen.push(`${stream} ${Buffer.from(chunk).toString().trim()}`);
          first.resolve(Date.now());
        },
      },
    );
    expect(ran.exitCode).toBe(0);
    expect([...seen].sort()).toEqual(['stderr two', 'stdout one', 'stdout three']);
    expect((await first.promise) - began).toBeLessThan(Date.now() - began - 800);
  });

  check('the environment is the one given, and HOME', async () => {
    const env = [
      'PATH=/bin',
      'EMPTY=',
      'BLANKS= a  b ',
      'QUOTES=\'"`$(id)',
      'LINES=a\nb',
      'LD_LIBRARY_PATH=/evil',
      'LD_PRELOAD=./evil.so',
    ];
    const { stdout } = await bed.run(['/bin/env', '-0'], { env });
    const lines = (await bed.run(['/bin/env'], { env })).stdout;
    expect(stdout === '' ? lines : lines).toContain('QUOTES=\'"`$(id)\n');
    for (const pair of [...env, 'HOME=/root']) expect(lines).toContain(`${pair}\n`);
    expect(lines.split('\n').filter((line) => line !== '')).toHaveLength(env.length + 2);
    expect((await bed.run(['/bin/env'], { user: 'app' })).stdout).toContain('HOME=/home/app\n');
  });

  check('the user is looked up in the image, with its groups', async () => {
    const id = async (user: string): Promise<string> =>
      (await bed.run('id -u; id -g; id -G', { user })).stdout.replaceAll('\n', ';');
    expect(await id('')).toBe('0;0;0;');
    expect(await id('app')).toBe('1000;1000;50 1000 2000;'.replace('50 1000 2000', '1000 50 2000'));
    expect(await id('1000')).toBe('1000;1000;1000 50 2000;');
    expect(await id('app:staff')).toBe('1000;50;50;');
    expect(await id('4321')).toBe('4321;0;0;');
    expect(await id('4321:1234')).toBe('4321;1234;1234;');
    await expect(bed.run('true', { user: 'nobody-here' })).rejects.toMatchObject({
      code: 'USER_NOT_FOUND',
      kind: 'user',
    });
    await expect(bed.run('true', { user: 'app:nogroup' })).rejects.toMatchObject({
      code: 'USER_NOT_FOUND',
      kind: 'user',
    });
  });

  check('an ordinary user has no capabilities and cannot write where it may not', async () => {
    const { exitCode } = await bed.run('touch /root/x 2>/dev/null || touch /var/x 2>/dev/null', {
      user: 'app',
    });
    expect(exitCode).toBe(1);
    expect((await bed.run('touch /tmp/x; stat -c %u:%g:%a /tmp/x', { user: 'app' })).stdout).toBe(
      '1000:1000:644\n',
    );
  });

  check("a program that does not exist is the user's error", async () => {
    await expect(bed.run(['/bin/nosuch'])).rejects.toMatchObject({ code: 'COMMAND_NOT_FOUND', kind: 'user' });
    await expect(bed.run(['nosuch'])).rejects.toMatchObject({ code: 'COMMAND_NOT_FOUND' });
    await expect(bed.run(['/var/data'])).rejects.toMatchObject({ code: 'COMMAND_NOT_FOUND' });
    expect((await bed.run(['echo', 'found by PATH'])).stdout).toBe('found by PATH\n');
  });

  check('devices work, and nothing of ours stays in the result', async () => {
    const script = `
      echo x > /dev/null && head -c 4 /dev/urandom | wc -c && head -c 2 /dev/zero | wc -c
      grep -c localhost /etc/hosts; grep 1.2.3.4 /etc/hosts; test -s /etc/resolv.conf && echo resolv`;
    const ran = await bed.run(script, { extraHosts: [{ name: 'extra', ip: '1.2.3.4' }] });
    expect(ran.stdout).toBe('4\n2\n2\n1.2.3.4\textra\nresolv\n');
    expect(ran.changes).toEqual([]);
  });

  check('a root without any folder gets them, and loses them again', async () => {
    const bare = await makeLayer(bed.folder, {
      busybox: { content: readFileSync('/bin/busybox'), mode: 0o755 },
    });
    const ran = await bed.run(['/busybox', 'sh', '-c', 'echo x > /dev/null; echo y > /kept'], {
      root: [bare],
    });
    expect(ran).toMatchObject({ exitCode: 0, changes: ['kept file'] });
  });

  check('links for mount targets do not lead out of the root', async () => {
    const links = await makeLayer(bed.folder, {
      etc: {},
      'etc/hosts': { type: 'symlink', linkName: '../../../../../../../../tsib-hosts' },
      'etc/resolv.conf': { type: 'symlink', linkName: '/run/resolv/conf' },
      out: { type: 'symlink', linkName: '/../../../../tsib-out' },
    });
    const mounts: WorkerMount[] = [
      { type: 'file', target: '/out/secret', content: Buffer.from('s'), mode: 0o400, uid: 0, gid: 0 },
    ];
    const ran = await bed.run('cat /tsib-out/secret /run/resolv/conf; grep -c localhost /tsib-hosts', {
      root: [bed.busybox, links],
      mounts,
    });
    expect(ran.stdout).toContain('s');
    expect(ran.exitCode).toBe(0);
    expect(ran.changes).toEqual([]);
    expect(existsSync('/tsib-hosts') || existsSync('/tsib-out')).toBe(false);
  });

  isolated('has its own process ids, host name, /proc, /sys and IPC', async () => {
    const { stdout } = await bed.run(
      'hostname; echo $$; ls -d /proc/[0-9]* | wc -l; ls /dev/pts /dev/shm /dev/mqueue | wc -l; readlink /dev/fd; readlink /proc/self/exe',
    );
    expect(stdout.split('\n').slice(0, 2)).toEqual(['buildkitsandbox', '1']);
    expect(Number(stdout.split('\n')[2])).toBeLessThan(5);
    expect(stdout).toContain('/proc/self/fd\n/bin/busybox\n');
    expect(
      (await bed.run('echo x > /proc/sys/kernel/hostname || echo y > /sys/power/state || mkdir /sys/x'))
        .exitCode,
    ).not.toBe(0);
    expect((await bed.run('stat -c %a:%t /dev/shm; wc -c < /proc/keys', {})).stdout).toContain('1777:');
  });

  isolated("has Docker's capabilities and cannot mount", async () => {
    const { stdout } = await bed.run('grep -E "CapBnd|CapEff|CapInh|NoNewPrivs" /proc/self/status');
    expect(stdout.replaceAll(/\s+/g, ' ')).toBe(
      'CapInh: 0000000000000000 CapEff: 00000000a80425fb CapBnd: 00000000a80425fb NoNewPrivs: 0 ',
    );
    expect((await bed.run('mount -t tmpfs tmpfs /tmp 2>/dev/null')).exitCode).not.toBe(0);
    expect((await bed.run('umount /proc 2>/dev/null')).exitCode).not.toBe(0);
  });

  isolated('a step that was granted the machine has all that the worker has', async () => {
    const script = `grep -E "CapEff|Seccomp:" /proc/self/status
      mkdir /mnt; mount -t tmpfs tmpfs /mnt && echo mounted && umount /mnt
      grep -c ' /proc/[a-z]' /proc/self/mountinfo
      grep ' /sys ' /proc/self/mountinfo | grep -o ' rw,' | head -n 1`;
    const { stdout, changes } = await bed.run(script, { insecure: true });
    const own = /^CapBnd:\s*(\w+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(new RegExp(`^CapEff: ${own} Seccomp: 0 mounted 0 rw, `));
    expect(changes).toEqual(['mnt directory']);
    expect((await bed.run('mount -t tmpfs tmpfs /mnt 2>/dev/null')).exitCode).not.toBe(0);
  });

  isolated('no second chroot leads to the files of this machine', async () => {
    const marker = join(bed.folder, 'marker');
    const script = `mkdir /x; cd /; chroot /x true 2>/dev/null; cd ../../../../..; ls -d ${marker} /proc/1/root${marker} 2>/dev/null; ls /`;
    const { stdout } = await bed.run(script);
    expect(stdout).not.toContain(marker);
    expect(stdout).toContain('bin');
  });

  isolated('network "none" has the loopback interface alone', async () => {
    const { stdout } = await bed.run('cat /proc/net/dev; ip addr show lo', { network: 'none' });
    expect(
      stdout
        .split('\n')
        .filter((line) => /^\s*\w+:/.test(line) && !/^\d/.test(line))
        .map((line) => line.trim().split(':')[0]),
    ).toEqual(['lo']);
    expect(stdout).toContain('127.0.0.1');
  });

  check('umask and limits', async () => {
    const { stdout } = await bed.run('umask; ulimit -n; ulimit -H -n; ulimit -c', {
      ulimits: [
        { name: 'nofile', soft: 100, hard: 200 },
        { name: 'core', soft: 0, hard: 0 },
      ],
    });
    expect(stdout).toBe('0022\n100\n200\n0\n');
    expect((await bed.run('ulimit -n')).stdout).toBe('1024\n');
  });

  check('aborting kills everything inside', async () => {
    const abort = new AbortController();
    const ready = Promise.withResolvers<void>();
    const run = bed.run(
      `trap "" TERM; setsid sleep ${SECONDS} & sleep ${SECONDS} & echo ready; sleep ${SECONDS}`,
      {},
      { signal: abort.signal, onOutput: () => ready.resolve() },
    );
    await ready.promise;
    // The shell may say so before its children have become what they are to be.
    while (sleepers() < 3) await new Promise((wake) => setTimeout(wake, 10));
    abort.abort();
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    expect(sleepers()).toBe(0);
  });

  check('what a step leaves running ends with it', async () => {
    const began = Date.now();
    expect((await bed.run(`setsid sleep ${SECONDS} & echo done`)).stdout).toBe('done\n');
    expect(Date.now() - began).toBeLessThan(20_000);
    expect(sleepers()).toBe(0);
  });

  check('also what has another root', async () => {
    const script = `mkdir -p /jail/bin; cp /bin/busybox /jail/bin; setsid chroot /jail /bin/busybox sleep ${SECONDS} & sleep 0.5; echo done`;
    expect((await bed.run(script)).stdout).toBe('done\n');
    expect(sleepers()).toBe(0);
  });

  check('files and tmpfs are there for the step and leave no trace', async () => {
    const mounts: WorkerMount[] = [
      { type: 'tmpfs', target: '/var/fast', readonly: false, size: 1_048_576 },
      {
        type: 'file',
        target: '/run/secrets/token',
        content: Buffer.from('s3cret'),
        mode: 0o440,
        uid: 7,
        gid: 8,
      },
      {
        type: 'file',
        target: '/dev/pipes/EOF',
        content: Buffer.from('#!/bin/sh\necho from script\n'),
        mode: 0o755,
        uid: 0,
        gid: 0,
      },
      {
        type: 'file',
        target: '/var/fast/deep/inside',
        content: Buffer.from('nested'),
        mode: 0o400,
        uid: 0,
        gid: 0,
      },
    ];
    const script =
      'stat -c %a:%u:%g /run/secrets/token; cat /run/secrets/token; /dev/pipes/EOF; cat /var/fast/deep/inside; echo x > /var/fast/y';
    const ran = await bed.run(script, { mounts });
    expect(ran.stdout).toBe('440:7:8\ns3cretfrom script\nnested');
    expect(ran).toMatchObject({ exitCode: 0, changes: [] });
  });

  check('folders without end in a mount go with the mount; in the root they are told', async () => {
    const deeper = (where: string): string =>
      `cd ${where}; i=0; while [ $i -lt 30 ]; do mkdir ${'d'.repeat(200)}; cd -P d*; i=$((i+1)); done`;
    const mounts: WorkerMount[] = [{ type: 'tmpfs', target: '/scratch', readonly: false }];
    const ran = await bed.run(`${deeper('/scratch')}; echo made`, { mounts });
    expect(ran).toMatchObject({ exitCode: 0, stdout: 'made\n', changes: [] });
    expect(readdirSync(join(bed.folder, 'run'))).toEqual([]);
    await expect(bed.run(deeper('/tmp'))).rejects.toMatchObject({ code: 'PATH_TOO_LONG' });
  });

  check('a mount over /etc hides the files for the network too', async () => {
    const mounts: WorkerMount[] = [{ type: 'tmpfs', target: '/etc', readonly: false, size: 1_048_576 }];
    const ran = await bed.run('ls -A /etc; echo x > /etc/y', { mounts });
    expect(ran).toMatchObject({ exitCode: 0, stdout: '', changes: [] });
  });

  check('a tmpfs has the mode of the folder that it covers, and 1777 where there is none', async () => {
    const targets = ['/etc', '/tmp', '/none/there', '/dev/shm'];
    const mounts = targets.map((target): WorkerMount => ({ type: 'tmpfs', target, readonly: false }));
    const ran = await bed.run(`stat -c %a ${targets.join(' ')}`, { mounts });
    expect(ran).toMatchObject({ exitCode: 0, stdout: '755\n1777\n1777\n1777\n' });
  });

  check('layers as mounts: writes of a read-write one are thrown away', async () => {
    const data = await makeLayer(bed.folder, {
      src: {},
      'src/file': { content: 'from layer' },
      single: { content: 'one file' },
    });
    const mounts: WorkerMount[] = [
      { type: 'layers', stack: [data], source: '/src', target: '/mnt/rw', readonly: false },
      { type: 'layers', stack: [data], source: 'single', target: '/mnt/one', readonly: true },
    ];
    const ran = await bed.run('cat /mnt/rw/file /mnt/one; echo changed > /mnt/rw/file; cat /mnt/rw/file', {
      mounts,
    });
    expect(ran.stdout).toBe('from layerone filechanged\n');
    expect(ran.changes).toEqual([]);
    expect((await bed.run('cat /mnt/rw/file', { mounts })).stdout).toBe('from layer');
    await expect(
      bed.run('true', {
        mounts: [{ type: 'layers', stack: [data], source: '/nosuch', target: '/x', readonly: true }],
      }),
    ).rejects.toMatchObject({ code: 'MOUNT_SOURCE_NOT_FOUND' });
  });

  isolated('read-only mounts are read-only', async () => {
    const data = await makeLayer(bed.folder, { src: {}, 'src/file': { content: 'x' } });
    const mounts: WorkerMount[] = [
      { type: 'layers', stack: [data], source: '/src', target: '/mnt', readonly: true },
    ];
    expect(
      (await bed.run('echo y > /mnt/file || echo z > /mnt/new || echo w > /etc/hosts', { mounts })).exitCode,
    ).not.toBe(0);
  });

  const cache = (fields: Partial<Extract<WorkerMount, { type: 'cache' }>>): WorkerMount => ({
    type: 'cache',
    id: 'c',
    platform: 'linux/amd64',
    target: '/cache',
    readonly: false,
    sharing: 'shared',
    source: '',
    mode: 0o750,
    uid: 1000,
    gid: 50,
    ...fields,
  });

  check('a cache outlives its step and is no part of the result', async () => {
    const ran = await bed.run('stat -c %a:%u:%g /cache; echo kept > /cache/x', { mounts: [cache({})] });
    expect(ran).toMatchObject({ stdout: '750:1000:50\n', changes: [] });
    expect((await bed.run('cat /cache/x', { mounts: [cache({})] })).stdout).toBe('kept\n');
    expect((await bed.run('ls /cache', { mounts: [cache({ id: 'other' })] })).stdout).toBe('');
    expect((await bed.run('ls /cache', { mounts: [cache({ platform: 'linux/arm64' })] })).stdout).toBe('');
  });

  check('a new cache takes its seed', async () => {
    const seed = await makeLayer(bed.folder, { s: { uid: 3 }, 's/seeded': { content: 'seed' } });
    const none = bed.run('true', { mounts: [cache({ id: 'seeded', seed: [seed], source: '/nope' })] });
    await expect(none).rejects.toMatchObject({ code: 'MOUNT_SOURCE_NOT_FOUND' });
    const mounts = [cache({ id: 'seeded', seed: [seed], source: '/s' })];
    expect((await bed.run('cat /cache/seeded; echo more > /cache/more', { mounts })).stdout).toBe('seed');
    expect((await bed.run('ls /cache', { mounts })).stdout).toBe('more\nseeded\n');
  });

  check('sharing: locked waits, private takes another copy', async () => {
    const overlap = 'test ! -e /cache/busy || echo overlap; touch /cache/busy; sleep 0.5; rm /cache/busy';
    const both = async (mount: WorkerMount): Promise<string> =>
      (await Promise.all([1, 2].map(() => bed.run(overlap, { mounts: [mount] }))))
        .map(({ stdout }) => stdout)
        .join('');
    expect(await both(cache({ id: 'locked', sharing: 'locked' }))).toBe('');
    expect(await both(cache({ id: 'private', sharing: 'private' }))).toBe('');
  });

  check('a cache twice in one step is one folder, and the step does not wait for itself', async () => {
    const mounts = [
      cache({ id: 'twice', sharing: 'locked' }),
      cache({ id: 'twice', sharing: 'shared', target: '/again' }),
      cache({ id: 'twice', sharing: 'private', source: '/sub', target: '/new/sub' }),
    ];
    const [first] = mounts;
    await bed.run('mkdir /cache/sub', { mounts: first === undefined ? [] : [first] });
    const ran = await bed.run(
      'echo x > /cache/x; cat /again/x; echo y > /new/sub/y; cat /again/sub/y; echo z > /again/z',
      { mounts },
    );
    expect(ran).toMatchObject({ stdout: 'x\ny\n', stderr: '', changes: [] });
    expect((await bed.run('cd /cache; ls; cat sub/y', { mounts: mounts.slice(0, 1) })).stdout).toBe(
      'sub\nx\nz\ny\n',
    );
  });

  check('caches of one id that began with other layers are others, in one step too', async () => {
    const [one, two] = [
      await makeLayer(bed.folder, { one: { content: '1' } }),
      await makeLayer(bed.folder, { two: { content: '2' } }),
    ];
    const mounts = [
      cache({ id: 'begun', seed: [one], target: '/one' }),
      cache({ id: 'begun', seed: [two], target: '/two' }),
      cache({ id: 'begun', target: '/none' }),
    ];
    expect((await bed.run('ls /one /two /none', { mounts })).stdout).toBe(
      '/none:\n\n/one:\none\n\n/two:\ntwo\n',
    );
  });

  isolated('the lock of a cache is nothing that a step could see, or hold', async () => {
    const mounts = [cache({ id: 'seen', sharing: 'locked' })];
    const { stdout, exitCode } = await bed.run('cat /proc/net/unix /proc/locks; ls -A /cache', { mounts });
    expect(exitCode).toBe(0);
    expect(stdout).not.toContain('ts-image-build');
    expect(stdout).not.toContain('cache-');
  });

  check('a socket of this machine, with an owner of its own', async () => {
    const path = join(bed.folder, 'agent');
    const server = createServer((socket) => socket.end('hello from agent\n')).listen(path);
    const mounts: WorkerMount[] = [
      { type: 'socket', path, target: '/run/agent', mode: 0o600, uid: 1000, gid: 1000 },
    ];
    const ran = await bed.run('stat -c %a:%u /run/agent; nc local:/run/agent < /dev/null || true', {
      mounts,
      user: 'app',
    });
    server.close();
    expect(ran.stdout).toContain('600:1000\n');
    expect(ran.changes).toEqual([]);
  });

  check('two steps at the same time do not see each other', async () => {
    const runs = await Promise.all(
      ['one', 'two'].map((word) => bed.run(`echo ${word} > /f; sleep 0.3; cat /f`)),
    );
    expect(runs.map(({ stdout }) => stdout)).toEqual(['one\n', 'two\n']);
  });
});

/** Processes of the tests above that are still there. */
function sleepers(): number {
  return sleeping().length;
}

function sleeping(): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`sleep\0${SECONDS}`);
    } catch {
      return false;
    }
  });
}
