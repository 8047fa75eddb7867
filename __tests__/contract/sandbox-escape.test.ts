import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LayerFile, WorkerMount } from '../../src/worker/worker.ts';
import { isInstalled } from '../support/docker-registry.ts';
import { type SandboxBed, sandboxBed, sandboxCases } from '../support/sandboxes.ts';
import { makeLayer } from '../support/worker-layers.ts';

const cases = await sandboxCases();
const SECRET = `tsib-secret-of-${process.pid}`;
const EPERM = 1;
const ENOSYS = 38;

/** A step that tries to get at the machine, on every way to run one; what a way does not stop must be among the limits that it tells. */
describe.each(cases)('$name', ({ name, sandbox, unavailable }) => {
  const check = unavailable === undefined ? test : test.skip;
  const isolated = unavailable === undefined && name !== 'chroot' ? test : test.skip;
  const weak = unavailable === undefined && name === 'chroot' ? test : test.skip;
  let bed: SandboxBed;
  beforeAll(async () => {
    if (unavailable === undefined) bed = await sandboxBed(sandbox);
    else console.log(`${name} skipped: ${unavailable}`);
  });
  afterAll(async () => {
    await bed?.close();
  });
  const limits = (): string => sandbox.limits.join('\n');

  isolated('no other process can be seen, and none of their environments', async () => {
    const other = spawn('sleep', ['1000'], {
      env: { TOKEN: SECRET },
      argv0: `sleep ${SECRET}`,
      stdio: 'ignore',
    });
    try {
      const { stdout, stderr } = await bed.run(
        'for f in /proc/*/environ /proc/*/cmdline /proc/*/maps; do cat $f; done; cat /proc/*/task/*/environ; kill -9 -1; kill -9 ' +
          `${process.pid} ${other.pid}; ls -d /proc/[0-9]* | wc -l`,
      );
      expect(stdout + stderr).not.toContain(SECRET);
      expect(stdout).not.toContain(process.execPath);
      expect(other.exitCode).toBeNull();
    } finally {
      other.kill('SIGKILL');
    }
  });

  weak('tells that other processes can be seen, and that root can leave', () => {
    expect(limits()).toMatch(/sees and can signal all processes/);
    expect(limits()).toMatch(/environment/);
    expect(limits()).toMatch(/leave its root folder/);
    expect(limits()).toMatch(/devices/);
  });

  isolated('device nodes of its own making do not open', async () => {
    // Major 240 has no driver: a node that may be opened says so.
    const script =
      'mknod /d c 240 0; mknod /dev/d b 240 0; mknod /cache/d c 240 0; for d in /d /dev/d /cache/d; do ( : < $d ); done';
    const cache: WorkerMount = {
      type: 'cache',
      id: 'devices',
      platform: 'linux/amd64',
      target: '/cache',
      readonly: false,
      sharing: 'shared',
      source: '',
      mode: 0o755,
      uid: 0,
      gid: 0,
    };
    const ran = await bed.run(script, { mounts: [cache] });
    expect(ran.stderr.match(/not permitted|denied/g)).toHaveLength(3);
    expect(ran.changes).toContain('d character');
    const fromImage = await makeLayer(bed.folder, {
      disk: { type: 'block', devMajor: 240, devMinor: 0, mode: 0o666 },
    });
    expect((await bed.run(': < /disk', { root: [bed.busybox, fromImage] })).stderr).toMatch(
      /not permitted|denied/,
    );
    if (sandbox.limits.length === 0)
      expect((await bed.run('mknod /null c 1 3; echo x > /null')).exitCode).toBe(0);
    else expect(limits()).toMatch(/Device nodes that a step makes cannot be opened/);
  });

  isolated('the kernel cannot be set or asked through /proc and /sys', async () => {
    const script = `
      for f in /proc/sys/kernel/core_pattern /proc/sys/kernel/modprobe /proc/sysrq-trigger /proc/irq/default_smp_affinity /sys/kernel/uevent_helper \\
        /sys/kernel/mm/transparent_hugepage/enabled /sys/fs/cgroup/cgroup.procs /sys/fs/cgroup/release_agent; do
        ( echo x > $f ) 2> /dev/null && echo written $f; done
      for f in /proc/kcore /proc/keys /proc/timer_list /proc/sched_debug /proc/interrupts; do test -e $f && head -c 1 $f; done
      ls /sys/firmware /proc/acpi /proc/scsi 2> /dev/null
      mount -o remount,rw /proc/sys; mount -t proc proc /tmp; umount /proc/sys /sys; mount --bind / /tmp; echo done`;
    const { stdout } = await bed.run(script);
    expect(stdout.split('\n').filter((line) => /written/.test(line))).toEqual([]);
    expect(stdout.replaceAll(/^\/(sys|proc)\/\w+:$/gm, '').trim()).toBe('done');
  });

  isolated('the root cannot be left', async () => {
    const marker = join(bed.folder, 'marker');
    writeFileSync(marker, SECRET);
    const script = `
      mkdir -p /jail; cd /; up=../../../../../../../..; chroot /jail true 2> /dev/null
      cat $up${marker} /proc/1/root${marker} /proc/self/cwd${marker} /proc/1/cwd/$up${marker} /dev/fd/0$up${marker}
      for fd in /proc/1/fd/*; do cat $fd/$up${marker}; done; echo tried`;
    const { stdout } = await bed.run(script);
    expect(stdout).toBe('tried\n');
  });

  isolated('sockets of this machine that have a path are out of reach', async () => {
    const path = join(bed.folder, 'socket');
    let visits = 0;
    const server = createServer((socket) => {
      visits += 1;
      socket.destroy();
    }).listen(path);
    await bed.run(`nc local:${path} < /dev/null; nc local:/proc/1/root${path} < /dev/null; true`);
    server.close();
    expect(visits).toBe(0);
  });

  check('standard output and error can be opened by name', async () => {
    if (name === 'chroot') return expect(limits()).toMatch(/no \/proc/);
    const script =
      'echo out > /dev/stdout; echo err > /dev/stderr; echo more | tee /dev/stderr > /dev/null; cat /dev/stdin';
    for (const user of ['', 'app']) {
      const ran = await bed.run(script, { user });
      expect(ran).toMatchObject({ exitCode: 0, stdout: 'out\n', stderr: 'err\nmore\n' });
    }
  });

  check('a symlink in the place of a folder above a mount leads nowhere when the mount goes', async () => {
    const victim = join(bed.folder, 'victim');
    mkdirSync(join(victim, 'empty'), { recursive: true });
    writeFileSync(join(victim, 'file'), '');
    const mounts: WorkerMount[] = [
      { type: 'tmpfs', target: '/made/empty', readonly: false },
      { type: 'file', target: '/made/file', content: Buffer.from('ours'), mode: 0o644, uid: 0, gid: 0 },
    ];
    const ran = await bed.run(`mv /made /moved && ln -s ${victim} /made`, { mounts });
    expect(ran.exitCode).toBe(0);
    expect(readdirSync(victim).sort()).toEqual(['empty', 'file']);
    expect(readFileSync(join(victim, 'file'), 'utf8')).toBe('');
    expect(ran.changes).toContain('made symlink');
  });

  isolated(
    'a mount over files of the kernel cannot reach those of the machine, by whatever way',
    async () => {
      // Before the step has its root, /proc/1/root is the machine's: what is mounted there could be a program that is started next.
      const evil: WorkerMount = {
        type: 'file',
        target: '',
        content: Buffer.from('#!/bin/sh\necho escaped\n'),
        mode: 0o755,
        uid: 0,
        gid: 0,
      };
      const linked = await makeLayer(bed.folder, {
        'proc/': { type: 'directory', mode: 0o755 },
        link: { type: 'symlink', linkName: '/proc/1/root/usr/bin' },
        up: { type: 'symlink', linkName: '../../../proc/self' },
      });
      for (const target of [
        '/proc/1/root/usr/bin/setpriv',
        '/link/setpriv',
        '/up/root/usr/bin/setpriv',
        '/proc/x',
      ]) {
        const run = bed.run('echo step', { root: [bed.busybox, linked], mounts: [{ ...evil, target }] });
        await expect(run).rejects.toMatchObject({
          kind: 'user',
          code: 'MOUNT_TARGET',
          message: expect.stringContaining(target),
        });
      }
    },
  );

  check('a folder of a cache is the cache’s own, and is left where it is', async () => {
    const cache = (target: string, source: string): WorkerMount => ({
      type: 'cache',
      id: 'folders',
      platform: 'linux/amd64',
      target,
      readonly: false,
      sharing: 'shared',
      source,
      mode: 0o755,
      uid: 0,
      gid: 0,
    });
    await bed.run('mkdir -p /all/a/b; echo one > /all/a/b/f; ln -s a/b /all/l', {
      mounts: [cache('/all', '')],
    });
    for (const source of ['a/b', 'l', '/../a//b/'])
      expect(
        await bed.run('cat /part/f; echo x >> /part/g', { mounts: [cache('/part', source)] }),
      ).toMatchObject({
        exitCode: 0,
        stdout: 'one\n',
      });
    expect((await bed.run('cat /part', { mounts: [cache('/part', 'a/b/f')] })).stdout).toBe('one\n');
    expect((await bed.run('cat /all/a/b/g; ls /all', { mounts: [cache('/all', '')] })).stdout).toBe(
      'x\nx\nx\na\nl\n',
    );
  });

  check('a symlink in a cache is followed inside the root alone', async () => {
    const outside = join(bed.folder, 'outside');
    mkdirSync(outside, { recursive: true });
    const cache = (target: string, source = ''): WorkerMount => ({
      type: 'cache',
      id: 'links',
      platform: 'linux/amd64',
      target,
      readonly: false,
      sharing: 'shared',
      source,
      mode: 0o777,
      uid: 0,
      gid: 0,
    });
    await bed.run(`ln -s ${outside} /cache/out; ln -s /etc /cache/etc`, { mounts: [cache('/cache')] });
    const file: WorkerMount = {
      type: 'file',
      target: '/cache/out/in',
      content: Buffer.from('x'),
      mode: 0o644,
      uid: 0,
      gid: 0,
    };
    await bed.run('true', { mounts: [cache('/cache'), file] }).catch(() => undefined);
    expect(readdirSync(outside)).toEqual([]);
    const through = bed.run('ls /leak', { mounts: [cache('/leak', 'etc')] });
    expect(
      await through.then(
        ({ stdout }) => stdout,
        () => '',
      ),
    ).not.toContain('shadow');
  });

  describe('system calls', () => {
    let program: LayerFile | undefined;
    beforeAll(async () => {
      if (unavailable !== undefined || !isInstalled('gcc')) return;
      const binary = join(bed.folder, 'system-calls');
      execFileSync('gcc', ['-static', '-o', binary, resolve('__tests__/testdata/system-calls.c')]);
      program = await makeLayer(bed.folder, { calls: { content: readFileSync(binary), mode: 0o755 } });
    });

    check('are those that Docker allows, or the limits tell', async () => {
      if (program === undefined) return console.log('skipped: gcc is not installed');
      const { stdout } = await bed.run(['/calls'], { root: [bed.busybox, program] });
      const outcome = new Map(
        stdout
          .trim()
          .split('\n')
          .map((line) => line.split(' ') as [string, string])
          .map(([call, error]) => [call, Number(error)]),
      );
      expect([outcome.get('getpid'), outcome.get('socket-unix')]).toEqual([0, 0]);
      // Capabilities alone refuse these.
      for (const call of ['mount', 'setns', 'reboot', 'swapoff', 'move_mount', 'fsopen', 'open_by_handle_at'])
        expect([call, [EPERM, 9, 14, 22].includes(outcome.get(call) ?? 0)]).toEqual([call, true]);
      if (name === 'unshare' || name === 'chroot') return expect(limits()).toMatch(/no seccomp profile/);
      expect(outcome.get('clone3')).toBe(ENOSYS);
      const allowed = ['getpid', 'socket-unix', 'clone3'];
      expect([...outcome].filter(([call, error]) => !allowed.includes(call) && error !== EPERM)).toEqual([]);
      expect(outcome.size).toBeGreaterThan(20);
    });
  });

  check('descriptors of this machine do not come along', async () => {
    if (name === 'chroot' || name === 'unshare') return;
    const { stdout } = await bed.run('ls /proc/self/fd');
    expect(stdout.trim().split('\n')).toEqual(['0', '1', '2', '3']);
    expect(existsSync('/proc/self/fd')).toBe(true);
  });
});
