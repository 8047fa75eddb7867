import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect } from '@jest/globals';
import { createRegistry } from '../../src/registry/http/client.ts';
import { ActionRunner, type StepResult } from '../support/action-runner.ts';
import { pushBusyboxImage } from '../support/busybox-image.ts';
import { CacheService, type Scope } from '../support/cache-service.ts';
import { type CliResult, runCli } from '../support/cli.ts';
import { needs, testWith } from '../support/needs.ts';
import { RegistryServer } from '../support/registry-server.ts';
import { PublicCopy, TestUser } from '../support/test-user.ts';

const real = testWith(needs.busybox);
const asUser = testWith(needs.root, needs.busybox, needs.program('setpriv'), needs.program('useradd'));

const MAIN: readonly Scope[] = [{ Scope: 'refs/heads/main', Permission: 3 }];
const PULL: readonly Scope[] = [
  { Scope: 'refs/pull/5/merge', Permission: 3 },
  { Scope: 'refs/heads/main', Permission: 1 },
];
const FORK: readonly Scope[] = [{ Scope: 'refs/heads/main', Permission: 1 }];

/** Runners that share nothing but the emulated cache service. */
describe('cache mounts of the action', () => {
  let work: string;
  let workspace: string;
  let registry: RegistryServer;
  let service: CacheService;
  let copy: PublicCopy;
  let base: string;

  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'e2e-mounts-'));
    chmodSync(work, 0o755);
    workspace = join(work, 'workspace');
    registry = await RegistryServer.start();
    copy = new PublicCopy();
    base = `${registry.host}/base/busybox:1`;
    if (needs.busybox() !== undefined) return;
    await pushBusyboxImage(createRegistry({ credentials: { find: () => Promise.resolve(undefined) } }), base);
  }, 60_000);
  beforeEach(async () => {
    rmSync(workspace, { recursive: true, force: true });
    mkdirSync(workspace);
    await service?.[Symbol.asyncDispose]();
    service = await new CacheService({ dir: mkdtempSync(join(work, 'cache-')) }).start();
  });
  afterAll(async () => {
    await service?.[Symbol.asyncDispose]();
    await registry[Symbol.asyncDispose]();
    copy[Symbol.dispose]();
    rmSync(work, { recursive: true, force: true });
  });

  /** A job whose only RUN is this, with a cache mount at /cache. */
  async function job(
    run: string,
    options: {
      readonly scopes?: readonly Scope[];
      readonly inputs?: Readonly<Record<string, string>>;
      readonly user?: TestUser;
    } = {},
  ): Promise<StepResult> {
    const { scopes = MAIN, inputs = {}, user } = options;
    writeFileSync(
      join(workspace, 'Dockerfile'),
      `FROM ${base}\nRUN --mount=type=cache,target=/cache ${run} && touch /made\n`,
    );
    using runner = new ActionRunner();
    const who =
      user === undefined
        ? {}
        : {
            wrapper: user.wrapper,
            owner: { uid: user.uid, gid: user.gid },
            node: copy.node,
            dist: copy.dist,
          };
    const step = { workspace, env: service.environment(scopes), ...who };
    const main = await runner.main({ ...step, inputs: { 'lint-fail-on': 'none', ...inputs } });
    const post = await runner.post(step, main.state);
    expect(post.exitCode).toBe(0);
    return main;
  }
  const line = (step: StepResult): string => /^cache mount .*$/m.exec(step.log)?.[0] ?? '';

  const WRITE = `sh -c 'mkdir -p /cache/deep && echo kept > /cache/deep/file && touch -d "2021-02-03 04:05:06" /cache/deep/file && head -c 5000000 /dev/urandom > /cache/big'`;
  const LOOK = `sh -c 'stat -c "seen %Y %u:%g" /cache/deep/file && cat /cache/deep/file && wc -c < /cache/big'`;

  real('a changed RUN on another runner sees what the first one left, times and all', async () => {
    const first = await job(WRITE);
    expect([first.exitCode, line(first)]).toEqual([
      0,
      expect.stringMatching(
        /^cache mount \/cache \(linux\/\w+\): began empty, no cache had it; saved in actions \(5\.\d+ MB\)$/,
      ),
    ]);
    const before = { ...service.calls };
    const second = await job(LOOK);
    expect([second.exitCode, second.log]).toEqual([0, expect.stringContaining('seen 1612325106 0:0')]);
    expect(second.log).toMatch(/kept\n5000000/);
    expect(line(second)).toMatch(
      /restored from actions \(5\.\d+ MB, saved 0 min ago\); unchanged, not saved again$/,
    );
    expect(second.summary).toMatch(/### Cache mounts[\s\S]*`\/cache`[\s\S]*restored from actions/);
    // The index and the mount; then one entry, the index with the new layer.
    const since = (name: string): number => (service.calls[name] ?? 0) - (before[name] ?? 0);
    expect([since('GET blob'), since('CreateCacheEntry')]).toEqual([2, 1]);
    // The same once more: all is cached, and the mount stays where it is.
    const gets = service.calls['GET blob'] ?? 0;
    const third = await job(LOOK);
    expect([third.exitCode, line(third), (service.calls['GET blob'] ?? 0) - gets]).toEqual([0, '', 1]);
  });

  real('a pull request begins with what main has and keeps its own; a fork reads alone', async () => {
    await job(WRITE);
    const pull = await job(`sh -c 'cat /cache/deep/file; echo pull > /cache/pull'`, { scopes: PULL });
    expect(line(pull)).toMatch(/restored from actions .*; saved in actions/);
    const keys = service.keys('refs/heads/main').length;
    const fork = await job(`sh -c 'ls /cache; echo fork > /cache/fork'`, { scopes: FORK });
    expect(fork.log).toMatch(/^big$/m);
    expect(fork.log).not.toMatch(/^pull$/m);
    expect(line(fork)).toMatch(/restored from actions .*; not saved: no cache in use may be written$/);
    expect(service.keys('refs/heads/main')).toHaveLength(keys);
  });

  real('read-only, off and switched off', async () => {
    await job(WRITE);
    const entries = service.keys().length;
    const readOnly = await job(`sh -c 'ls /cache; touch /cache/a'`, {
      inputs: { 'cache-mode': 'read-only' },
    });
    expect(line(readOnly)).toMatch(/restored from actions .*; not saved/);
    const off = await job(`sh -c 'ls /cache; touch /cache/b'`, { inputs: { 'cache-mode': 'off' } });
    const without = await job(`sh -c 'ls /cache; touch /cache/c'`, { inputs: { 'cache-mounts': 'false' } });
    for (const step of [off, without]) {
      expect([step.exitCode, line(step)]).toEqual([0, '']);
      expect(step.log).not.toMatch(/^big$/m);
    }
    // The step of the last one.
    expect(service.keys()).toHaveLength(entries + 1);
  });

  real('a mount above the limit is not saved, and the line says what to do', async () => {
    const step = await job(WRITE, { inputs: { 'cache-mount-limit': '1m' } });
    expect([step.exitCode, line(step)]).toEqual([
      0,
      expect.stringMatching(/not saved: it has 5\.00 MB, more than .* raise cache-mount-limit$/),
    ]);
    const bad = await job(WRITE, { inputs: { 'cache-mount-limit': 'much' } });
    expect([bad.exitCode, bad.log]).toEqual([1, expect.stringContaining('cache-mount-limit')]);
  });

  real('what a failed step left is not saved', async () => {
    const failed = await job(`sh -c 'echo half > /cache/half; exit 3'`);
    expect([failed.exitCode, line(failed)]).toEqual([1, expect.stringMatching(/not saved: .*end$/)]);
    expect(line(await job(`ls -A /cache`))).toMatch(/began empty/);
  });

  asUser(
    'what root saved an ordinary user restores in a user namespace, and the other way round',
    async () => {
      using user = new TestUser('tsib-e2e-mounts', { sudo: false, subordinateIds: true });
      await job(WRITE);
      const second = await job(`${LOOK} && touch /cache/by-user && chown 1:1 /cache/by-user || true`, {
        user,
      });
      if (second.exitCode !== 0) return console.log(`skipped: ${second.annotations[0]?.message}`);
      expect(second.log).toContain('isolation: userns');
      expect(second.log).toContain('seen 1612325106 0:0');
      expect(line(second)).toMatch(/restored from actions .*; saved in actions/);
      const third = await job(`sh -c 'stat -c "then %u:%g" /cache/deep/file; ls /cache/by-user'`);
      expect([third.exitCode, third.log]).toEqual([0, expect.stringMatching(/then 0:0[\s\S]*by-user/)]);
    },
  );

  describe('of the command line', () => {
    let machine: string;
    beforeEach(() => {
      machine = mkdtempSync(join(work, 'machine-'));
    });

    /** A build on a machine whose state folder has this name. */
    async function build(state: string, run: string, ...flags: readonly string[]): Promise<CliResult> {
      const text = `FROM ${base}\nRUN --mount=type=cache,target=/cache ${run} && touch /made\n`;
      writeFileSync(join(workspace, 'Dockerfile'), text);
      const common = ['--state-dir', join(machine, state), '--no-lint', ...flags, workspace];
      const result = await runCli(['build', ...common]);
      expect([result.exitCode, result.stderr]).toEqual([0, expect.stringContaining('built sha256:')]);
      return result;
    }
    const told = ({ stderr }: CliResult): string => /^cache mount .*$/m.exec(stderr)?.[0] ?? '';

    real('a folder carries them to another machine; the same machine has them anyway', async () => {
      const cache = ['--cache-from', `type=local,src=${join(machine, 'c')}`];
      const both = [...cache, '--cache-to', `type=local,dest=${join(machine, 'c')}`];
      expect(told(await build('a', `sh -c 'echo one > /cache/one'`, ...both))).toMatch(
        /began empty.*; saved in local/,
      );
      expect(told(await build('a', `sh -c 'ls /cache'`, ...both))).toMatch(/was on this machine; unchanged/);
      const other = await build('b', `sh -c 'cat /cache/one; echo two > /cache/two'`, ...both);
      expect(other.stderr).toMatch(/^#\d+ one$/m);
      expect(told(other)).toMatch(/restored from local .*; saved in local/);
      expect((await build('d', 'ls /cache', ...cache)).stderr).toMatch(/^#\d+ two$/m);
      const without = await build('e', 'ls /cache', ...cache, '--no-cache-mounts', '--no-cache');
      expect([told(without), without.stderr]).toEqual(['', expect.not.stringMatching(/^#\d+ two$/m)]);
      // Without any cache the folder of the machine itself is what docker's is.
      const alone = await build('b', `sh -c 'ls /cache; true'`);
      expect([told(alone), alone.stderr]).toEqual(['', expect.stringMatching(/^#\d+ two$/m)]);
    });

    real('a registry carries them too', async () => {
      const ref = `type=registry,ref=${registry.host}/team/cache:app`;
      const flags = ['--cache-from', ref, '--cache-to', ref];
      expect(told(await build('a', `sh -c 'echo one > /cache/one'`, ...flags))).toMatch(
        /; saved in registry/,
      );
      const other = await build('b', 'cat /cache/one', ...flags);
      expect(other.stderr).toMatch(/^#\d+ one$/m);
      expect(told(other)).toMatch(/restored from registry .*; unchanged/);
    });
  });
});
