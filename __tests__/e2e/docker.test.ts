import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { createRegistry } from '../../src/registry/http/client.ts';
import { pushBusyboxImage } from '../support/busybox-image.ts';
import { type CliResult, runCli } from '../support/cli.ts';
import { DockerDaemon } from '../support/docker-daemon.ts';
import { needs, testWith } from '../support/needs.ts';
import { RegistryServer } from '../support/registry-server.ts';

const real = testWith(needs.busybox, needs.root, needs.dockerDaemon);
const realWithSkopeo = testWith(needs.busybox, needs.root, needs.dockerDaemon, needs.program('skopeo'));
const plain = testWith(needs.busybox);

const DOCKERFILE = `ARG BASE
FROM \${BASE} AS compile
WORKDIR /src
COPY main.sh .
RUN sed 's/WHO/Docker/' main.sh > /greet && chmod 755 /greet && ln /greet /again && setuidgid 2> /dev/null; mkfifo /pipe

FROM \${BASE}
COPY --from=compile --chown=www:www /greet /usr/bin/greet
COPY --from=compile /again /usr/bin/again
RUN rm /etc/group && mkdir -p /data/deep && touch /data/deep/er && chown -R www /data
ENV WHO="a b"
EXPOSE 80/tcp 53/udp
VOLUME /var/lib/app
LABEL one=1
USER www
WORKDIR /data
STOPSIGNAL SIGUSR1
HEALTHCHECK --interval=30s --retries=2 CMD true
ENTRYPOINT ["greet"]
CMD ["from", "cmd"]
`;

/** What a real Docker daemon makes of our images. */
describe('docker', () => {
  let work: string;
  let registry: RegistryServer;
  let daemon: DockerDaemon;
  let base: string;

  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'e2e-docker-'));
    mkdirSync(join(work, 'context'));
    registry = await RegistryServer.start();
    base = `${registry.host}/base/busybox:1`;
    if (needs.busybox() !== undefined) return;
    await pushBusyboxImage(createRegistry({ credentials: { find: () => Promise.resolve(undefined) } }), base);
    writeFileSync(join(work, 'context', 'Dockerfile'), DOCKERFILE);
    writeFileSync(join(work, 'context', 'main.sh'), '#!/bin/sh\necho "Hello WHO: $(id -u) $PWD $*"\n');
    if (needs.dockerDaemon() === undefined) daemon = await DockerDaemon.start();
  }, 120_000);
  afterAll(async () => {
    await daemon?.[Symbol.asyncDispose]();
    await registry[Symbol.asyncDispose]();
    rmSync(work, { recursive: true, force: true });
  }, 60_000);

  const build = (
    args: readonly string[],
    env: Readonly<Record<string, string>> = daemon.env,
  ): Promise<CliResult> =>
    runCli(
      [
        'build',
        '--state-dir',
        join(work, 'state'),
        '--build-arg',
        `BASE=${base}`,
        '--lint-fail-on',
        'none',
        ...args,
        join(work, 'context'),
      ],
      { env },
    );
  const run = (name: string, ...args: readonly string[]): string =>
    daemon.docker('run', '--rm', '--network=none', name, ...args);

  real('loads an image, runs it, tells its configuration and saves it again', async () => {
    const iid = join(work, 'iid');
    const built = await build(['--load', '-t', 'greet:loaded', '--iidfile', iid]);
    expect([built.exitCode, built.stderr]).toEqual([0, expect.stringContaining('greet:loaded')]);
    expect(run('greet:loaded')).toBe('Hello Docker: 33 /data from cmd\n');
    expect(run('greet:loaded', 'words')).toBe('Hello Docker: 33 /data words\n');
    const [image] = JSON.parse(daemon.docker('image', 'inspect', 'greet:loaded')) as [
      Record<string, unknown>,
    ];
    expect(image).toMatchObject({
      RepoTags: ['greet:loaded'],
      Os: 'linux',
      Config: {
        Entrypoint: ['greet'],
        Cmd: ['from', 'cmd'],
        User: 'www',
        WorkingDir: '/data',
        StopSignal: 'SIGUSR1',
        Healthcheck: { Test: ['CMD-SHELL', 'true'], Interval: 30_000_000_000, Retries: 2 },
        ExposedPorts: { '53/udp': {}, '80/tcp': {} },
        Volumes: { '/var/lib/app': {} },
        Labels: { one: '1' },
      },
    });
    expect(JSON.stringify(image)).toContain('WHO=a b');
    const script =
      'ls /etc/group 2> /dev/null; stat -c %u:%g:%a /data/deep/er /usr/bin/greet; cmp /usr/bin/greet /usr/bin/again && echo same';
    const seen = daemon.docker(
      'run',
      '--rm',
      '--network=none',
      '--entrypoint',
      'sh',
      'greet:loaded',
      '-c',
      script,
    );
    expect(seen).toBe('33:0:644\n33:33:755\nsame\n');
    const saved = join(work, 'saved.tar');
    daemon.docker('save', '-o', saved, 'greet:loaded');
    expect(execFileSync('tar', ['-xOf', saved, 'manifest.json'], { encoding: 'utf8' })).toContain(
      'greet:loaded',
    );
    const history = daemon.docker('history', '--no-trunc', '--format', '{{.CreatedBy}}', 'greet:loaded');
    expect(history.split('\n')).toContain('ENTRYPOINT ["greet"]');
  });

  real('loads a Docker archive, with gzip and with zstd layers', async () => {
    const archive = (compression: string): string => join(work, `${compression}.tar`);
    for (const compression of ['gzip', 'zstd']) {
      const output = `type=docker,dest=${archive(compression)},name=greet:${compression}`;
      const built = await build([
        '--state-dir',
        join(work, `state-${compression}`),
        '--compression',
        compression,
        '--output',
        output,
      ]);
      expect([built.exitCode, built.stderr]).toEqual([0, expect.any(String)]);
    }
    daemon.docker('load', '-i', archive('gzip'));
    expect(run('greet:gzip')).toContain('Hello Docker');
    expect(execFileSync('tar', ['-xOf', archive('zstd'), 'index.json'], { encoding: 'utf8' })).toContain(
      'greet:zstd',
    );
    daemon.docker('load', '-i', archive('zstd'));
    expect(run('greet:zstd')).toContain('Hello Docker');
  });

  realWithSkopeo('takes an OCI archive, itself or through skopeo', async () => {
    const archive = join(work, 'oci.tar');
    expect((await build(['--output', `type=oci,dest=${archive},name=greet:oci`])).exitCode).toBe(0);
    const host = daemon.env['DOCKER_HOST'] ?? '';
    execFileSync('skopeo', [
      'copy',
      '--quiet',
      '--dest-daemon-host',
      host,
      `oci-archive:${archive}`,
      'docker-daemon:greet:oci',
    ]);
    expect(run('greet:oci')).toContain('Hello Docker');
    // Docker reads OCI layouts since version 25.
    if (daemon.major < 25) return;
    expect(daemon.docker('load', '-i', archive)).toContain('Loaded image');
  });

  real('triggers of a base image run in the image that is built on it', async () => {
    const [parent, child] = ['parent', 'child'].map((name) => join(work, name)) as [string, string];
    const dockerfile = `FROM ${base}\nONBUILD COPY hello /hello\nONBUILD RUN cat /hello > /copied\nCMD cat /copied\n`;
    for (const [folder, text] of [
      [parent, dockerfile],
      [child, `FROM ${registry.host}/app/parent:1\n`],
    ] as const) {
      mkdirSync(folder);
      writeFileSync(join(folder, 'Dockerfile'), text);
    }
    writeFileSync(join(child, 'hello'), 'from the trigger\n');
    const common = ['build', '--state-dir', join(work, 'state'), '--lint-fail-on', 'none'];
    const pushed = await runCli([...common, '--push', '-t', `${registry.host}/app/parent:1`, parent]);
    const loaded = await runCli([...common, '--load', '-t', 'triggered:1', child], { env: daemon.env });
    expect([pushed.exitCode, loaded.exitCode, loaded.stderr]).toEqual([0, 0, expect.any(String)]);
    expect(run('triggered:1')).toBe('from the trigger\n');
  });

  plain('without a daemon, or without docker, loading fails before any work', async () => {
    const state = join(work, 'untouched');
    const commands = mkdtempSync(join(work, 'bin-'));
    for (const env of [{ DOCKER_HOST: `unix://${join(work, 'nothing')}` }, { PATH: commands }]) {
      const built = await build(['--load', '-t', 'greet:never', '--state-dir', state], env);
      expect([built.exitCode, built.stderr]).toEqual([
        1,
        expect.stringMatching(/cannot be loaded into Docker|docker is not on this machine/),
      ]);
      expect(built.stderr).toMatch(/type=docker,dest=FILE/);
      expect(built.stderr).not.toContain('#1');
    }
    expect(existsSync(join(state, 'worker'))).toBe(false);
  });
});
