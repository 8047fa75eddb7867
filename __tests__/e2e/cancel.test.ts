import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from '@jest/globals';
import { createRegistry } from '../../src/registry/http/client.ts';
import { ActionRunner } from '../support/action-runner.ts';
import { pushBusyboxImage } from '../support/busybox-image.ts';
import { type CliResult, runCli } from '../support/cli.ts';
import { Leftovers } from '../support/leftovers.ts';
import { type Need, needs, testWith } from '../support/needs.ts';
import { type Fault, RegistryServer } from '../support/registry-server.ts';
import { PublicCopy, TestUser } from '../support/test-user.ts';

interface Way {
  readonly name: string;
  readonly isolation: string;
  readonly need: Need;
  readonly user?: { readonly sudo: boolean; readonly subordinateIds: boolean };
  readonly wrapper?: readonly string[];
}

const either: Need = () =>
  needs.program('runc')() === undefined || needs.program('crun')() === undefined
    ? undefined
    : 'neither runc nor crun is installed';
const WAYS: readonly Way[] = [
  { name: 'runc', isolation: 'runc', need: either },
  { name: 'unshare', isolation: 'unshare', need: needs.root },
  { name: 'chroot', isolation: 'chroot', need: needs.root },
  {
    name: 'chroot without the right to mount',
    isolation: 'chroot',
    need: needs.program('setpriv'),
    wrapper: ['setpriv', '--bounding-set=-sys_admin', '--inh-caps=-sys_admin', '--'],
  },
  {
    name: 'sudo',
    isolation: 'auto',
    need: needs.program('sudo'),
    user: { sudo: true, subordinateIds: false },
  },
  {
    name: 'userns with a range of ids',
    isolation: 'userns',
    need: needs.program('newuidmap'),
    user: { sudo: false, subordinateIds: true },
  },
  {
    name: 'userns with one id',
    isolation: 'userns',
    need: needs.root,
    user: { sudo: false, subordinateIds: false },
  },
];

/** The interrupted build must not outlive its end, whoever ends it: a person, the runner, the kernel. */
describe('a cancelled build leaves nothing behind', () => {
  let folder: string;
  let work: string;
  let registry: RegistryServer;
  let copy: PublicCopy;
  let counter = 0;
  /** In the command lines of what RUN starts. */
  let marker: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'e2e-cancel-'));
    chmodSync(folder, 0o755);
    registry = await RegistryServer.start();
    copy = new PublicCopy();
    if (needs.busybox() !== undefined) return;
    await pushBusyboxImage(
      createRegistry({ credentials: { find: () => Promise.resolve(undefined) } }),
      `${registry.host}/base/busybox:1`,
    );
  }, 60_000);
  afterAll(async () => {
    await registry[Symbol.asyncDispose]();
    copy[Symbol.dispose]();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    counter += 1;
    marker = String(100_000_000 + process.pid * 100 + counter);
    work = join(folder, `case-${counter}`);
    for (const name of ['', 'tmp', 'state', 'context']) mkdirSync(join(work, name));
    writeFileSync(join(work, 'context', 'file'), 'content\n');
  });
  afterEach(() => rmSync(work, { recursive: true, force: true }));

  const dockerfile = (text: string): void =>
    writeFileSync(join(work, 'context', 'Dockerfile'), `FROM ${registry.host}/base/busybox:1\n${text}`);

  /** A step whose processes do not want to go. */
  const stubborn = (): string => {
    const deaf = 'trap "" INT TERM HUP';
    const daemon = `${deaf}; sleep ${marker} & sleep ${marker}`;
    return `RUN --mount=type=cache,target=/c --mount=type=tmpfs,target=/t ${deaf}; (setsid sh -c '${daemon}' > /dev/null 2>&1 < /dev/null &); sleep ${marker} & sleep ${marker}\n`;
  };

  /** All of it runs: the shell becomes one of four who sleep. */
  const begun = (watched: Leftovers): Promise<void> => watched.until(marker, 4);

  /** Starts a build, waits for a moment in it, and sends a signal. */
  async function interrupted(
    args: readonly string[],
    signal: NodeJS.Signals,
    moment: (watched: Leftovers) => Promise<unknown>,
    way: Pick<Way, 'isolation' | 'wrapper'> & { readonly owner?: TestUser } = { isolation: 'auto' },
  ): Promise<CliResult & { readonly left: readonly string[]; readonly seen: number }> {
    let leftovers: Leftovers | undefined;
    let seen = 0;
    const { owner } = way;
    if (owner !== undefined)
      for (const name of ['tmp', 'state']) chownSync(join(work, name), owner.uid, owner.gid);
    const result = await runCli(
      [
        'build',
        '--no-cache',
        '--lint-fail-on',
        'none',
        '--state-dir',
        join(work, 'state'),
        '--isolation',
        way.isolation,
        ...args,
        join(work, 'context'),
      ],
      {
        env: { TMPDIR: join(work, 'tmp'), HOME: join(work, 'tmp') },
        wrapper: [...(owner?.wrapper ?? []), ...(way.wrapper ?? [])],
        dist: copy.dist,
        node: copy.node,
        onStart: (child) => {
          const watched = new Leftovers(child.pid ?? 0, [marker, work]);
          leftovers = watched;
          void moment(watched).then(() => {
            seen = watched.look();
            child.kill(signal);
          });
        },
      },
    );
    return { ...result, left: (await leftovers?.stay()) ?? [], seen };
  }

  /** Names of what must be gone from the build's folders. */
  function litter(): string[] {
    const state = join(work, 'state');
    const below = (path: string): string[] =>
      readdirIfThere(join(state, path)).map((name) => `${path}/${name}`);
    const workers = below('worker');
    return [
      ...readdirSync(join(work, 'tmp')).map((name) => `tmp/${name}`),
      ...workers.filter((path) => /\/w-/.test(path)),
      ...workers.flatMap((path) => below(`${path}/runs`)),
      ...below('content/ingest'),
    ];
  }

  describe.each(WAYS)('$name', ({ isolation, need, user, wrapper = [] }) => {
    const check = testWith(needs.root, needs.busybox, need, needs.program('useradd'));
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
      check(`RUN with children and daemons, ${signal}`, async () => {
        dockerfile(stubborn());
        using owner = user === undefined ? undefined : new TestUser(`tsib-cancel-${process.pid}`, user);
        const way = { isolation, wrapper, ...(owner === undefined ? {} : { owner }) };
        const result = await interrupted([], signal, begun, way);
        if (result.stderr.includes('RUN cannot work here')) {
          console.log(`skipped: ${result.stderr.slice(result.stderr.indexOf('RUN cannot work here'))}`);
          return;
        }
        expect(result.seen).toBeGreaterThan(2);
        expect([result.left, litter()]).toEqual([[], []]);
        // -1: there is no exit code after SIGKILL.
        expect([result.exitCode, result.stderr.includes('cancelled')]).toEqual(
          signal === 'SIGKILL' ? [-1, false] : [1, true],
        );
      });
    }
  });

  const plain = testWith(needs.busybox);

  plain('while a base image is being pulled', async () => {
    dockerfile('RUN true\n');
    // The first blob is the config, which is small enough to come whole.
    const moment = stalled(registry, {
      method: 'GET',
      path: /\/base\/busybox\/blobs\/sha256:[^/]+$/,
      stallAfter: 100_000,
      times: 2,
    });
    const result = await interrupted(['--no-cache'], 'SIGINT', moment);
    expect([result.exitCode, result.left, litter()]).toEqual([1, [], []]);
    expect(result.stderr).toContain('cancelled');
  });

  plain('while a layer is being pushed', async () => {
    dockerfile('COPY file /file\n');
    const moment = stalled(registry, {
      method: 'PUT',
      path: /\/app\/pushed\/blobs\/uploads\//,
      stallAfter: 0,
      times: 10,
    });
    const result = await interrupted(['--push', '-t', `${registry.host}/app/pushed:1`], 'SIGTERM', moment);
    expect([result.exitCode, result.left, litter()]).toEqual([1, [], []]);
    expect(registry.repo('app/pushed').tags.size).toBe(0);
  });

  testWith(needs.root, needs.busybox)('the action, as the runner cancels it, and its post step', async () => {
    dockerfile(stubborn());
    using runner = new ActionRunner();
    const workspace = join(work, 'context');
    let leftovers: Leftovers | undefined;
    const main = await runner.main({
      workspace,
      inputs: { 'lint-fail-on': 'none' },
      env: { TMPDIR: join(work, 'tmp') },
      onStart: (child) => {
        const watched = new Leftovers(child.pid ?? 0, [marker, work, runner.folder]);
        leftovers = watched;
        void begun(watched).then(() => child.kill('SIGINT'));
      },
    });
    expect([main.exitCode, main.log]).toEqual([1, expect.stringContaining('cancelled')]);
    expect([await leftovers?.stay(), litter()]).toEqual([[], []]);
    const post = await runner.post({ workspace }, main.state);
    expect([post.exitCode, readdirSync(runner.temp)]).toEqual([0, []]);
  });

  testWith(needs.root, needs.busybox)('the first step that fails stops the others', async () => {
    writeFileSync(
      join(work, 'context', 'Dockerfile'),
      `FROM ${registry.host}/base/busybox:1 AS slow\n${stubborn()}FROM ${registry.host}/base/busybox:1 AS broken\nRUN sleep 1; exit 7\nFROM scratch\nCOPY --from=slow / /a\nCOPY --from=broken / /b\n`,
    );
    const result = await interrupted([], 'SIGINT', () => new Promise(() => undefined));
    expect([result.exitCode, result.left, litter()]).toEqual([1, [], []]);
    expect(result.stderr).toMatch(/exit code: 7/);
    expect(result.stderr).not.toContain('cancelled');
  });
});

/** Waits until the registry has as many such requests as it takes to stop one in the middle. */
function stalled(registry: RegistryServer, fault: Fault): () => Promise<void> {
  const before = registry.requests.length;
  registry.inject(fault);
  const isHit = ({ method, path }: { method: string; path: string }): boolean =>
    method === fault.method && fault.path.test(path);
  const wanted = fault.stallAfter === 0 ? 1 : (fault.times ?? 1);
  return async () => {
    while (registry.requests.slice(before).filter(isHit).length < wanted)
      await new Promise((wake) => setTimeout(wake, 20));
    // Time for what comes with it to be under way too.
    await new Promise((wake) => setTimeout(wake, 300));
  };
}

function readdirIfThere(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
