import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { createRegistry } from '../../src/registry/http/client.ts';
import { EXIT_CODE, elfProgram } from '../../src/worker/probe/elf-program.ts';
import { pushBusyboxImage } from '../support/busybox-image.ts';
import { type CliResult, runCli } from '../support/cli.ts';
import { needs, testWith } from '../support/needs.ts';
import { RegistryServer } from '../support/registry-server.ts';

const FOREIGN = { os: 'linux', architecture: 'riscv64' };
const EMULATOR = 'qemu-riscv64-static';
/** As qemu-binfmt-conf.sh has it. */
const ENTRY = String.raw`:tsib:M::\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xf3\x00:\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff:`;
/** A user namespace has entries of its own (Linux 6.7), so nothing of this machine is changed. */
const NAMESPACE = ['unshare', '--user', '--map-root-user', '--mount', '--propagation', 'private', 'sh', '-c'];
const MOUNT = 'mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc';

const notEmulated = (): string | undefined =>
  spawnSync('sh', ['-c', 'ls /proc/sys/fs/binfmt_misc']).stdout.includes('riscv64')
    ? 'riscv64 is emulated on this machine'
    : undefined;
const ownEntries = (): string | undefined =>
  spawnSync(NAMESPACE[0] ?? '', [...NAMESPACE.slice(1), MOUNT]).status === 0
    ? undefined
    : 'binfmt_misc cannot be mounted in a user namespace';

describe('RUN for another platform', () => {
  let work: string;
  let registry: RegistryServer;

  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'e2e-emulation-'));
    chmodSync(work, 0o755);
    registry = await RegistryServer.start();
    writeFileSync(join(work, 'program'), elfProgram(FOREIGN)?.file ?? '');
    chmodSync(join(work, 'program'), 0o755);
    if (needs.busybox() !== undefined) return;
    const client = createRegistry({ credentials: { find: () => Promise.resolve(undefined) } });
    await pushBusyboxImage(client, `${registry.host}/base/busybox:1`);
  }, 60_000);

  afterAll(async () => {
    await registry[Symbol.asyncDispose]();
    rmSync(work, { recursive: true, force: true });
  });

  const build = (dockerfile: string, wrapper: readonly string[] = []): Promise<CliResult> => {
    writeFileSync(join(work, 'Dockerfile'), dockerfile);
    const flags = ['--no-lint', '--platform', 'linux/riscv64', '--state-dir', join(work, 'state')];
    const output = `type=tar,dest=${join(work, 'image.tar')}`;
    return runCli(
      ['build', ...flags, '-o', output, ...(wrapper.length > 0 ? ['--isolation', 'userns'] : []), work],
      {
        wrapper,
      },
    );
  };

  testWith(notEmulated)('without emulation the error says how to get one; COPY needs none', async () => {
    const run = await build('FROM scratch\nCOPY program /program\nRUN ["/program"]\n');
    expect([run.exitCode, run.stderr]).toEqual([
      1,
      expect.stringContaining('RUN for linux/riscv64 cannot work on this linux/'),
    ]);
    expect(run.stderr).toContain('docker/setup-qemu-action');
    expect(run.stderr).toContain('3 | RUN ["/program"]');
    expect((await build('FROM scratch\nCOPY program /program\n')).exitCode).toBe(0);
  });

  testWith(needs.busybox)('a stage on $BUILDPLATFORM runs natively', async () => {
    const dockerfile = `FROM --platform=$BUILDPLATFORM ${registry.host}/base/busybox:1 AS make
ARG TARGETARCH
RUN uname -m > /machine && echo $TARGETARCH > /target
FROM scratch
COPY --from=make /machine /target /
`;
    const { exitCode, stderr } = await build(dockerfile);
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('built sha256:')]);
    expect(readFileSync(join(work, 'image.tar'), 'latin1')).toContain('riscv64\n');
  });

  testWith(
    needs.program(EMULATOR),
    notEmulated,
    ownEntries,
  )('with an emulator it runs', async () => {
    const emulator = spawnSync('sh', ['-c', `command -v ${EMULATOR}`])
      .stdout.toString()
      .trim();
    // printf of sh would read the escapes, which the kernel is to read.
    const register = `${MOUNT} && printf %s '${ENTRY}${emulator}:F' > /proc/sys/fs/binfmt_misc/register && exec "$@"`;
    const { exitCode, stderr } = await build('FROM scratch\nCOPY program /program\nRUN ["/program"]\n', [
      ...NAMESPACE,
      register,
      'sh',
    ]);
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining(`did not complete successfully: exit code: ${EXIT_CODE}`),
    ]);
  });
});
