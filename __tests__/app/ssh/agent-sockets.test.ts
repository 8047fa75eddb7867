import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { remoteAccess } from '../../../src/app/contexts/remote-access.ts';
import { AgentSockets } from '../../../src/app/ssh/agent-sockets.ts';
import { needs, testWith } from '../../support/needs.ts';

const real = testWith(needs.program('ssh-agent'), needs.program('ssh-add'), needs.program('ssh-keygen'));

describe('agents of a build', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'agents-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const listed = (socket: string): string => {
    const { stdout, stderr } = spawnSync('ssh-add', ['-l'], {
      env: { ...process.env, SSH_AUTH_SOCK: socket },
    });
    return `${stdout}${stderr}`;
  };

  test('a socket is given as it is', async () => {
    using agents = new AgentSockets({ default: { kind: 'socket', path: '/run/agent' } });
    expect([agents.has('default'), agents.has('other'), agents.has('toString')]).toEqual([
      true,
      false,
      false,
    ]);
    expect(await agents.of('default')).toBe('/run/agent');
    await expect(agents.of('other')).rejects.toMatchObject({ code: 'NO_SSH_AGENT' });
  });

  real('keys get one agent, though others could read the file, and it ends with the build', async () => {
    const key = join(folder, 'key');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'the deploy key', '-f', key]);
    chmodSync(key, 0o644);
    let socket: string;
    {
      using agents = new AgentSockets({ a: { kind: 'keys', paths: [key] } });
      const [one, two] = await Promise.all([agents.of('a'), agents.of('a')]);
      expect(one).toBe(two);
      socket = one;
      expect(listed(socket)).toContain('the deploy key (ED25519)');
    }
    await Promise.resolve();
    expect(existsSync(dirname(socket))).toBe(false);
  });

  real('a damaged key is told with what ssh-add says', async () => {
    const key = join(folder, 'damaged');
    writeFileSync(key, '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n');
    using agents = new AgentSockets({ a: { kind: 'keys', paths: [key] } });
    await expect(agents.of('a')).rejects.toMatchObject({
      code: 'SSH_AGENT_FAILED',
      message: expect.stringMatching(
        /The SSH agent "a" cannot be started: ssh-add does not take the key .*damaged/,
      ),
    });
  });

  test('Git over SSH asks the agent that is called default; others and the web do not', async () => {
    const options = {
      stateDir: folder,
      secrets: {},
      ssh: { default: { kind: 'socket', path: '/given' } },
    } as const;
    using access = remoteAccess(options, { HOME: '/home', SSH_AUTH_SOCK: '/own' });
    const socketFor = async (remote: string): Promise<string | undefined> =>
      (await access.gitEnvironment(remote))['SSH_AUTH_SOCK'];
    expect(await socketFor('git@host.test:o/r.git')).toBe('/given');
    expect(await socketFor('ssh://git@host.test/o/r.git')).toBe('/given');
    expect(await socketFor('https://host.test/o/r.git')).toBe('/own');
    using without = remoteAccess({ ...options, ssh: {} }, { SSH_AUTH_SOCK: '/own' });
    expect((await without.gitEnvironment('git@host.test:o/r.git'))['SSH_AUTH_SOCK']).toBe('/own');
  });
});
