import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { WorkerMount } from '../../src/worker/worker.ts';
import { type SandboxBed, sandboxBed, sandboxCases } from '../support/sandboxes.ts';

const cases = await sandboxCases();

describe.each(cases)('$name: the working directory', ({ name, sandbox, unavailable }) => {
  const check = unavailable === undefined ? test : test.skip;
  /** Where nothing can be mounted, what a step writes to a read-only mount is thrown away. */
  const mounting = unavailable === undefined && name !== 'chroot' ? test : test.skip;
  let bed: SandboxBed;
  beforeAll(async () => {
    if (unavailable === undefined) bed = await sandboxBed(sandbox);
    else console.log(`${name} skipped: ${unavailable}`);
  });
  afterAll(async () => {
    await bed?.close();
  });

  check('is made for the user when it is missing, and stays', async () => {
    expect((await bed.run('pwd', { cwd: '/var' })).stdout).toBe('/var\n');
    const ran = await bed.run('pwd; stat -c %u:%g:%a . ..', { cwd: '/new/er', user: 'app' });
    expect(ran.stdout).toBe('/new/er\n1000:1000:755\n1000:1000:755\n');
    expect(ran.changes).toEqual(['new directory', 'new/er directory']);
  });

  check.each(['/etc/passwd', '/etc/passwd/x'])('%s is none, and nothing can be made there', async (cwd) => {
    await expect(bed.run('pwd', { cwd })).rejects.toMatchObject({ code: 'WORKDIR_NOT_FOUND', kind: 'user' });
  });

  check('is made in a mount that covers it', async () => {
    const cwd = '/cache/in/side';
    const mounts: WorkerMount[] = [
      {
        type: 'cache',
        id: 'covers',
        platform: 'linux/amd64',
        target: '/cache',
        readonly: false,
        sharing: 'shared',
        source: '',
        mode: 0o755,
        uid: 0,
        gid: 0,
      },
    ];
    const ran = await bed.run('pwd; touch here', { cwd, mounts });
    expect(ran).toMatchObject({ exitCode: 0, stdout: `${cwd}\n`, changes: [] });
    expect((await bed.run('ls', { cwd, mounts })).stdout).toBe('here\n');
  });

  mounting('is not made in a read-only one', async () => {
    const mounts: WorkerMount[] = [
      { type: 'layers', stack: [bed.busybox], source: '/', target: '/cache', readonly: true },
    ];
    const run = bed.run('pwd', { cwd: '/cache/in/side', mounts });
    await expect(run).rejects.toMatchObject({ code: 'WORKDIR_NOT_FOUND' });
  });
});
