import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { createRegistry } from '../../src/registry/http/client.ts';
import { ActionRunner } from '../support/action-runner.ts';
import { pushBusyboxImage } from '../support/busybox-image.ts';
import { needs, testWith } from '../support/needs.ts';
import { RegistryServer } from '../support/registry-server.ts';
import { PublicCopy, TestUser } from '../support/test-user.ts';

const TOKEN = `tsibtoken-${process.pid}`;

/** Looks for the token wherever a step can look, and keeps what it saw. The word is in two pieces, so that the script does not find itself. */
const SEARCH = `
w=tsibto; w=\${w}ken
{
  env; cat /proc/*/environ /proc/*/cmdline /proc/*/maps /proc/net/unix /proc/self/mountinfo
  grep -rl "$w" /run /tmp /etc /root /home /dev/shm /var /src /mnt /opt
  for fd in /proc/*/fd/*; do ls -l $fd; done
} > /saw 2> /dev/null
true`;

/** The job's secrets are in main's environment and inputs: a step must find none of them, whatever it looks at. */
describe('a step that looks for the tokens of the job', () => {
  let workspace: string;
  let registry: RegistryServer;
  let copy: PublicCopy;

  beforeAll(async () => {
    workspace = mkdtempSync(join(tmpdir(), 'e2e-hostile-'));
    chmodSync(workspace, 0o755);
    registry = await RegistryServer.start();
    copy = new PublicCopy();
    if (needs.busybox() !== undefined) return;
    await pushBusyboxImage(
      createRegistry({ credentials: { find: () => Promise.resolve(undefined) } }),
      `${registry.host}/base/busybox:1`,
    );
    writeFileSync(
      join(workspace, 'Dockerfile'),
      `FROM ${registry.host}/base/busybox:1\nRUN --mount=type=secret,id=own,target=/run/own test -s /run/own\nRUN <<'EOF'\n${SEARCH}\nEOF\n`,
    );
  }, 60_000);
  afterAll(async () => {
    await registry[Symbol.asyncDispose]();
    copy[Symbol.dispose]();
    rmSync(workspace, { recursive: true, force: true });
  });

  const ways = [
    { name: 'as root', isolation: 'auto', user: undefined },
    { name: 'with namespaces alone', isolation: 'unshare', user: undefined },
    { name: 'with chroot alone', isolation: 'chroot', user: undefined },
    { name: 'through sudo', isolation: 'auto', user: { sudo: true, subordinateIds: false } },
    { name: 'in a user namespace', isolation: 'userns', user: { sudo: false, subordinateIds: true } },
    {
      name: 'in a user namespace with one id',
      isolation: 'userns',
      user: { sudo: false, subordinateIds: false },
    },
  ] as const;

  for (const { name, isolation, user } of ways) {
    testWith(
      needs.root,
      needs.busybox,
      needs.program('useradd'),
      needs.program('sudo'),
    )(name, async () => {
      using runner = new ActionRunner();
      using owner = user === undefined ? undefined : new TestUser(`tsib-hostile-${process.pid}`, user);
      const out = join(runner.folder, 'out');
      mkdirSync(out);
      const abstract = createServer().listen(`\0tsib-hostile-${process.pid}`);
      const step = await runner.main({
        workspace,
        ...(owner === undefined ? {} : { wrapper: owner.wrapper, owner }),
        node: copy.node,
        dist: copy.dist,
        env: {
          ACTIONS_RUNTIME_TOKEN: TOKEN,
          ACTIONS_ID_TOKEN_REQUEST_TOKEN: TOKEN,
          DOCKER_AUTH_CONFIG: JSON.stringify({
            auths: { 'elsewhere.test': { auth: Buffer.from(`u:${TOKEN}`).toString('base64') } },
          }),
          MY_SECRET: `${TOKEN}-own`,
        },
        inputs: {
          isolation,
          'lint-fail-on': 'none',
          'github-token': TOKEN,
          registries: `host=elsewhere.test,username=u,password=${TOKEN}`,
          'secret-envs': 'own=MY_SECRET',
          outputs: `type=local,dest=${out}`,
          cache: 'false',
        },
      });
      abstract.close();
      if (step.exitCode !== 0 && step.log.includes('RUN cannot work here')) {
        console.log(`skipped: ${step.log.slice(step.log.indexOf('RUN cannot work here'))}`);
        return;
      }
      expect([step.exitCode, step.log]).toEqual([0, expect.stringContaining('isolation')]);
      const saw = readFileSync(join(out, 'saw'), 'latin1');
      expect(saw).toContain('PATH=');
      expect(saw).not.toContain(TOKEN);
      expect(saw).not.toContain(Buffer.from(`u:${TOKEN}`).toString('base64').slice(0, 12));
      expect(saw).not.toMatch(/ACTIONS_|GITHUB_|INPUT_|RUNNER_/);
      expect(existsSync(join(out, 'run', 'own'))).toBe(false);
      // What a step does share is told: with the network come the abstract sockets of other programs.
      if (isolation !== 'chroot') expect(saw).toContain(`@tsib-hostile-${process.pid}`);
      expect(step.log).toMatch(/Steps share the network of this machine/);
    });
  }
});
