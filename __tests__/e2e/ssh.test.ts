import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { AgentSockets } from '../../src/app/ssh/agent-sockets.ts';
import { createRegistry } from '../../src/registry/http/client.ts';
import { pushBusyboxImage } from '../support/busybox-image.ts';
import { type CliResult, runCli } from '../support/cli.ts';
import { needs, testWith } from '../support/needs.ts';
import { RegistryServer } from '../support/registry-server.ts';

const real = testWith(
  needs.busybox,
  needs.program('ssh-agent'),
  needs.program('ssh-add'),
  needs.program('ldd'),
);
describe('RUN --mount=type=ssh', () => {
  let work: string;
  let key: string;
  let registry: RegistryServer;

  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'e2e-ssh-'));
    key = join(work, 'key');
    registry = await RegistryServer.start();
    if (needs.busybox() !== undefined) return;
    const client = createRegistry({ credentials: { find: () => Promise.resolve(undefined) } });
    await pushBusyboxImage(client, `${registry.host}/base/busybox:1`);
    if (needs.program('ssh-keygen')() === undefined) {
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'key-of-the-test', '-f', key]);
      copyProgram('ssh-add', join(work, 'root'));
    }
  }, 60_000);

  afterAll(async () => {
    await registry[Symbol.asyncDispose]();
    rmSync(work, { recursive: true, force: true });
  });

  const build = (
    lines: string,
    flags: readonly string[],
    env: Record<string, string> = {},
  ): Promise<CliResult> => {
    writeFileSync(join(work, 'Dockerfile'), `FROM ${registry.host}/base/busybox:1\nCOPY root /\n${lines}\n`);
    const state = join(work, 'state');
    return runCli(['build', '--no-lint', '--no-cache', '--state-dir', state, ...flags, work], { env });
  };

  real('a key file: the step sees an agent with it, and nothing of it is in the image', async () => {
    const output = join(work, 'out');
    const { exitCode, stderr } = await build(
      `RUN --mount=type=ssh echo "socket $SSH_AUTH_SOCK"; stat -c 'mode %a %u' $SSH_AUTH_SOCK; ssh-add -l\nRUN ls -A /run 2>&1; echo "later [$SSH_AUTH_SOCK]"`,
      ['--ssh', `default=${key}`, '-o', `type=tar,dest=${output}`],
    );
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('socket /run/buildkit/ssh_agent.0')]);
    expect(stderr).toContain('mode 600 0');
    expect(stderr).toContain('key-of-the-test');
    expect(stderr).toContain('later []');
    expect(readFileSync(output, 'latin1')).not.toContain('ssh_agent');
  });

  real('a running agent, its own path, owner and mode', async () => {
    using agents = new AgentSockets({ mine: { kind: 'keys', paths: [key] } });
    const { exitCode, stderr } = await build(
      `USER www\nRUN --mount=type=ssh,id=mine,target=/tmp/agent,uid=33,mode=0620,required=true echo "socket $SSH_AUTH_SOCK"; stat -c 'mode %a %u' /tmp/agent; ssh-add -l`,
      ['--ssh', 'mine'],
      { SSH_AUTH_SOCK: await agents.of('mine') },
    );
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('socket /tmp/agent')]);
    expect(stderr).toMatch(/mode 620 33[\s\S]*key-of-the-test/);
  });

  real('without an agent: optional steps run, required ones fail before any work', async () => {
    const optional = await build('RUN --mount=type=ssh test ! -e "$SSH_AUTH_SOCK" && echo none', []);
    expect([optional.exitCode, optional.stderr]).toEqual([0, expect.stringContaining('none')]);
    const required = await build('RUN false\nRUN --mount=type=ssh,required true', []);
    expect([required.exitCode, required.stderr]).toEqual([
      1,
      expect.stringContaining('The SSH agent "default" is required but was not given'),
    ]);
    const unset = await build('RUN true', ['--ssh', 'default']);
    expect([unset.exitCode, unset.stderr]).toEqual([
      2,
      expect.stringContaining('eval $(ssh-agent); ssh-add'),
    ]);
  });
});

/** A program of this machine with the libraries that it needs, where it looks for them. */
function copyProgram(name: string, root: string): void {
  const program = execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
  const libraries = execFileSync('ldd', [program], { encoding: 'utf8' }).match(/\/\S+/g) ?? [];
  for (const path of [program, ...libraries]) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    copyFileSync(realpathSync(path), join(root, path));
  }
}
