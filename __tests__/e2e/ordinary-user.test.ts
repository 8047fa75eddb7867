import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { createRegistry } from '../../src/registry/http/client.ts';
import { ActionRunner, type StepResult } from '../support/action-runner.ts';
import { pushBusyboxImage } from '../support/busybox-image.ts';
import { needs, testWith } from '../support/needs.ts';
import { RegistryServer } from '../support/registry-server.ts';
import { PublicCopy, TestUser } from '../support/test-user.ts';

const asRoot = testWith(needs.root, needs.busybox, needs.program('setpriv'), needs.program('useradd'));
const withSudo = testWith(
  needs.root,
  needs.busybox,
  needs.program('setpriv'),
  needs.program('useradd'),
  needs.program('sudo'),
);

/** GitHub's runners run actions as an ordinary user, most of them with passwordless sudo. */
describe('the action as an ordinary user', () => {
  let workspace: string;
  let registry: RegistryServer;
  let copy: PublicCopy;
  let base: string;

  beforeAll(async () => {
    workspace = mkdtempSync(join(tmpdir(), 'e2e-user-'));
    chmodSync(workspace, 0o755);
    registry = await RegistryServer.start();
    base = `${registry.host}/base/busybox:1`;
    copy = new PublicCopy();
    if (needs.busybox() === undefined) {
      await pushBusyboxImage(
        createRegistry({ credentials: { find: () => Promise.resolve(undefined) } }),
        base,
      );
    }
    writeFileSync(join(workspace, 'hello'), 'hello\n');
    writeFileSync(
      join(workspace, 'Dockerfile'),
      `FROM ${base}\nCOPY hello /hello\nRUN id -u && touch /made && chown www:www /made && mkdir -p /deep/er\n`,
    );
    writeFileSync(join(workspace, 'Dockerfile.root'), `FROM ${base}\nRUN id -u && touch /made\n`);
    writeFileSync(
      join(workspace, 'Dockerfile.copy'),
      `FROM ${base}\nCOPY --chown=www hello /hello\nUSER www\n`,
    );
  }, 60_000);

  afterAll(async () => {
    await registry[Symbol.asyncDispose]();
    copy[Symbol.dispose]();
    rmSync(workspace, { recursive: true, force: true });
  });

  async function job(
    user: Pick<TestUser, 'uid' | 'gid' | 'wrapper'>,
    inputs: Readonly<Record<string, string>>,
  ): Promise<StepResult> {
    using runner = new ActionRunner();
    const { uid, gid, wrapper } = user;
    const options = { workspace, wrapper, owner: { uid, gid }, node: copy.node, dist: copy.dist };
    const main = await runner.main({ ...options, inputs: { 'lint-fail-on': 'none', ...inputs } });
    const post = await runner.post(options, main.state);
    const left = readdirSync(runner.temp).filter((name) => name.startsWith('ts-image-build'));
    expect([post.exitCode, post.log, left]).toEqual([0, expect.anything(), []]);
    return main;
  }

  withSudo('with passwordless sudo: RUN is root, and nothing of root is left behind', async () => {
    using user = new TestUser('tsib-e2e-sudo', { sudo: true, subordinateIds: false });
    const step = await job(user, { tags: `${registry.host}/app/sudo:1`, push: 'true' });
    expect([step.exitCode, step.log]).toEqual([0, expect.stringContaining('through sudo')]);
    expect(step.outputs['digest']).toBe(registry.repo('app/sudo').tags.get('1'));
  });

  withSudo('verify-reproducible: both builds are tidied up', async () => {
    using user = new TestUser('tsib-e2e-verify', { sudo: true, subordinateIds: false });
    const step = await job(user, { 'verify-reproducible': 'true' });
    expect([step.exitCode, step.log]).toEqual([
      0,
      expect.stringContaining('reproducible: a second build gave'),
    ]);
  });

  asRoot('without sudo: RUN works in a user namespace, or the error says what would allow it', async () => {
    using user = new TestUser('tsib-e2e-userns', { sudo: false, subordinateIds: true });
    const step = await job(user, {});
    if (step.exitCode === 0) expect(step.log).toMatch(/isolation: userns/);
    else
      expect(step.annotations.filter(({ kind }) => kind === 'error')[0]?.message).toMatch(
        /sudo|user namespaces/,
      );
  });

  for (const subordinateIds of [false, true]) {
    const ids = subordinateIds ? 'a range of ids' : 'one id';
    asRoot(`as root of a user namespace with ${ids}: RUN works in it`, async () => {
      using user = new TestUser('tsib-e2e-guest', { sudo: false, subordinateIds });
      const enter = ['unshare', '--user', '--map-root-user', ...(subordinateIds ? ['--map-auto'] : []), '--'];
      const { uid, gid, wrapper } = user;
      if (!isPossible([...wrapper, ...enter, 'true'])) return;
      const guest = { uid, gid, wrapper: [...wrapper, ...enter] };
      const step = await job(guest, { file: subordinateIds ? 'Dockerfile' : 'Dockerfile.root' });
      expect([step.exitCode, step.log]).toEqual([0, expect.stringMatching(/isolation: userns/)]);
    });
  }

  asRoot('a build without RUN needs no privilege at all', async () => {
    using user = new TestUser('tsib-e2e-plain', { sudo: false, subordinateIds: false });
    const step = await job(user, { file: 'Dockerfile.copy', isolation: 'none' });
    expect([step.exitCode, step.log]).toEqual([0, expect.stringContaining('built sha256:')]);
    expect(step.log).not.toContain('isolation:');
  });

  asRoot('RUN with isolation none is refused with the reason', async () => {
    using user = new TestUser('tsib-e2e-none', { sudo: false, subordinateIds: false });
    const step = await job(user, { isolation: 'none' });
    expect(step.exitCode).toBe(1);
    expect(step.annotations.filter(({ kind }) => kind === 'error')[0]).toMatchObject({
      place: { line: '3' },
    });
  });
});

/** Some machines let ordinary users have no namespaces. */
function isPossible([command = '', ...args]: readonly string[]): boolean {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) console.log(`skipped: ${stderr.trim()}`);
  return status === 0;
}
