import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { createRegistry } from '../../src/registry/http/client.ts';
import { pushBusyboxImage } from '../support/busybox-image.ts';
import { runCli } from '../support/cli.ts';
import { DockerRegistry } from '../support/docker-registry.ts';
import { needs, testWith } from '../support/needs.ts';

const login = { username: 'robot', password: 'pa$$ word' };
const real = testWith(needs.busybox, needs.dockerRegistry);
const realWithTools = testWith(
  needs.busybox,
  needs.dockerRegistry,
  needs.root,
  needs.program('skopeo'),
  needs.program('umoci'),
  needs.program('runc'),
);

const DOCKERFILE = `ARG BASE
FROM \${BASE} AS compile
ARG GREETING=hello
WORKDIR /src
COPY main.sh .
RUN sed "s/GREETING/$GREETING/" main.sh > /out.sh && chmod 755 /out.sh
RUN --mount=type=secret,id=token test "$(wc -c < /run/secrets/token)" = 6 && echo checked > /checked

FROM \${BASE} AS never
RUN false

FROM \${BASE}
COPY --from=compile --chown=www:www --chmod=0555 /out.sh /usr/bin/greet
COPY --from=compile /checked /
USER www
ENV WHO=world
HEALTHCHECK --interval=30s CMD true
ENTRYPOINT ["greet"]
`;

/** A real build: real registry with a login, real sandbox, and other tools' opinion of the result. */
describe('the command line builds and pushes', () => {
  let work: string;
  let registry: DockerRegistry;
  let context: string;

  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'e2e-cli-'));
    context = join(work, 'context');
    mkdirSync(context);
    mkdirSync(join(work, 'docker'));
    if (needs.busybox() !== undefined || needs.dockerRegistry() !== undefined) return;
    registry = await DockerRegistry.start({ login });
    const client = createRegistry({
      credentials: {
        find: () => Promise.resolve({ credential: { type: 'password', ...login }, origin: 'test' }),
      },
    });
    await pushBusyboxImage(client, `${registry.host}/base/busybox:1`);
    writeFileSync(join(context, 'Dockerfile'), DOCKERFILE);
    writeFileSync(join(context, 'main.sh'), '#!/bin/sh\necho "GREETING, $WHO: $(id -un)"\n');
    writeFileSync(join(context, '.dockerignore'), 'ignored\n');
    const auth = Buffer.from(`${login.username}:${login.password}`).toString('base64');
    writeFileSync(
      join(work, 'docker', 'config.json'),
      JSON.stringify({ auths: { [registry.host]: { auth } } }),
    );
  }, 60_000);

  afterAll(async () => {
    await registry?.[Symbol.asyncDispose]();
    rmSync(work, { recursive: true, force: true });
  });

  const build = (...extra: readonly string[]) =>
    runCli(
      [
        'build',
        '--state-dir',
        join(work, 'state'),
        '--build-arg',
        `BASE=${registry.host}/base/busybox:1`,
        '--secret',
        'id=token,env=TOKEN',
        '--lint-fail-on',
        'error',
        ...extra,
        context,
      ],
      { env: { TOKEN: 's3cret', DOCKER_CONFIG: join(work, 'docker') } },
    );

  realWithTools('a multi-stage image, which skopeo copies, umoci unpacks and runc runs', async () => {
    const reference = `${registry.host}/app/greet:1`;
    const metadata = join(work, 'metadata.json');
    const built = await build(
      '-t',
      reference,
      '--push',
      '--build-arg',
      'GREETING=Good day',
      '--metadata-file',
      metadata,
    );
    expect([built.exitCode, built.stderr]).toEqual([0, expect.stringContaining('built sha256:')]);
    expect(built.stderr).not.toContain('s3cret');
    const { 'containerimage.digest': digest } = JSON.parse(readFileSync(metadata, 'utf8')) as Record<
      string,
      string
    >;

    const creds = `${login.username}:${login.password}`;
    const layout = join(work, 'layout');
    execFileSync('skopeo', [
      'copy',
      '--quiet',
      '--src-tls-verify=false',
      '--src-creds',
      creds,
      `docker://${reference}`,
      `oci:${layout}:greet`,
    ]);
    const inspected = JSON.parse(
      execFileSync('skopeo', [
        'inspect',
        '--tls-verify=false',
        '--creds',
        creds,
        `docker://${reference}`,
      ]).toString(),
    ) as { Digest: string; Env: string[]; Layers: string[] };
    expect(inspected.Digest).toBe(digest);
    expect(inspected.Env).toContain('WHO=world');

    const bundle = join(work, 'bundle');
    execFileSync('umoci', ['unpack', '--image', `${layout}:greet`, bundle], { stdio: 'ignore' });
    expect(
      execFileSync('stat', ['-c', '%u:%g %a', join(bundle, 'rootfs/usr/bin/greet')])
        .toString()
        .trim(),
    ).toBe('33:33 555');
    expect(runBundle(bundle, join(work, 'runc'))).toBe('Good day, world: www\n');
  });

  real('the same again takes every step from the cache and starts no worker', async () => {
    const first = await build('-t', `${registry.host}/app/again:1`, '--push');
    expect(first.exitCode).toBe(0);
    const second = await build('-t', `${registry.host}/app/again:1`, '--push');
    expect(second.stderr).toContain('2 of 2 steps cached');
    expect(second.stderr).not.toContain('isolation:');
    expect(/built (sha256:\S+)/.exec(second.stderr)?.[1]).toBe(/built (sha256:\S+)/.exec(first.stderr)?.[1]);
  });

  real('a failing RUN tells its line, its exit code and its output', async () => {
    const failed = await build('--target', 'never');
    expect(failed.exitCode).toBe(1);
    expect(failed.stderr).toContain('process "/bin/sh -c false" did not complete successfully: exit code: 1');
    expect(failed.stderr).toContain('Dockerfile:10:1');
  });

  real('a wrong password is told by the registry that refused it', async () => {
    const refused = await runCli(
      [
        'build',
        '--state-dir',
        join(work, 'state2'),
        '--build-arg',
        `BASE=${registry.host}/base/busybox:1`,
        '--no-lint',
        context,
      ],
      { env: { DOCKER_CONFIG: join(work, 'nothing') } },
    );
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain(registry.host);
    expect(refused.stderr).toMatch(/credentials|log in|login/i);
  });
});

describe('the command line refuses', () => {
  const plain = testWith();
  let work: string;

  beforeAll(() => {
    work = mkdtempSync(join(tmpdir(), 'e2e-refuse-'));
  });
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  const buildText = (text: string, ...flags: readonly string[]) =>
    runCli(['build', '--state-dir', join(work, 'state'), '--no-lint', ...flags, '-'], { input: text });

  plain('an unreachable registry, naming it and the line', async () => {
    const { exitCode, stderr } = await buildText('# a comment\nFROM 127.0.0.1:1/no/where:1\n');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('127.0.0.1:1');
    expect(stderr).toContain('Dockerfile (stdin):2:');
  });

  plain('all that is wrong with a Dockerfile at once', async () => {
    const { exitCode, stderr } = await buildText('FROM scratch\nCOPPY a /\nCOPY --form=x a /\n');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('COPPY');
    expect(stderr).toContain('--form');
    expect(stderr).toMatch(/did you mean.*COPY/i);
  });

  plain('all wrong flags at once, with exit code 2', async () => {
    const { exitCode, stderr } = await buildText(
      'FROM scratch',
      '--network',
      'bridge',
      '--ulimit',
      'x',
      '-t',
      'UPPER',
      '-o',
      'type=nothing',
    );
    expect(exitCode).toBe(2);
    for (const flag of ['--network', '--ulimit', '--tag', '--output']) expect(stderr).toContain(flag);
  });

  plain('bad practices, when the linter is to fail on them', async () => {
    const { exitCode, stderr } = await runCli(['build', '--state-dir', join(work, 'state'), '-'], {
      input: 'FROM debian\nRUN cd /tmp && sudo ls\n',
    });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('DL3006');
    expect(stderr).toContain('lint-fail-on');
  });
});

/** Runs an unpacked bundle without a terminal, without limits and without cgroups, which some machines refuse. */
function runBundle(bundle: string, root: string): string {
  const path = join(bundle, 'config.json');
  const spec = JSON.parse(readFileSync(path, 'utf8')) as {
    process: Record<string, unknown>;
    linux: Record<string, unknown>;
  };
  spec.process['terminal'] = false;
  spec.process['rlimits'] = [];
  delete spec.linux['resources'];
  writeFileSync(path, JSON.stringify(spec));
  return execFileSync(
    'runc',
    ['--root', root, 'run', '--no-pivot', '--bundle', bundle, `e2e-${process.pid}`],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  ).toString();
}
