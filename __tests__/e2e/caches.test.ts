import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect } from '@jest/globals';
import { decodeIndexFile } from '../../src/cache/backends/indexed/index-file.ts';
import { createRegistry } from '../../src/registry/http/client.ts';
import { pushBusyboxImage } from '../support/busybox-image.ts';
import { type CliResult, runCli } from '../support/cli.ts';
import { DockerRegistry } from '../support/docker-registry.ts';
import { needs, testWith } from '../support/needs.ts';
import { RegistryServer } from '../support/registry-server.ts';

const real = testWith(needs.busybox);
const withDockerRegistry = testWith(needs.busybox, needs.dockerRegistry);

const login = { username: 'robot', password: 'pa$$ word' };
const anonymous = createRegistry({ credentials: { find: () => Promise.resolve(undefined) } });

/** Each RUN leaves more than what fits into an index, so that its layer is a blob of its own. */
const DOCKERFILE = (base: string): string => `FROM ${base} AS compile
WORKDIR /src
COPY main.sh ./
RUN head -c 100000 /dev/urandom > /noise && cp main.sh /out.sh && chmod 755 /out.sh
FROM ${base}
COPY --from=compile /out.sh /noise /usr/bin/
RUN head -c 60000 /dev/urandom > /more
CMD ["out.sh"]
`;

let work: string;
let context: string;
let runners = 0;

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'e2e-caches-'));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

function prepareContext(base: string): void {
  context = join(work, 'context');
  rmSync(context, { recursive: true, force: true });
  mkdirSync(context);
  writeFileSync(join(context, 'Dockerfile'), DOCKERFILE(base));
  writeFileSync(join(context, 'main.sh'), '#!/bin/sh\necho hello\n');
}

/** A runner with nothing on it. */
function newRunner(): string {
  return join(work, `runner-${++runners}`);
}

interface Built extends CliResult {
  readonly digest: string;
  /** `3 of 4 steps cached`: 3 and 4. */
  readonly cached: readonly [number, number];
}

async function build(
  stateDir: string,
  flags: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Built> {
  const argv = ['build', '--no-lint', '--state-dir', stateDir, ...flags, context];
  const result = await runCli(argv, { env: { HOME: work, ...env } });
  const [, cached, all] = /(\d+) of (\d+) steps cached/.exec(result.stderr) ?? [];
  const digest = /built (sha256:\w+)/.exec(result.stderr)?.[1] ?? '';
  return { ...result, digest, cached: [Number(cached), Number(all)] };
}

function lines(text: string, pattern: RegExp): readonly string[] {
  return text.split('\n').filter((line) => pattern.test(line));
}

describe('two runners that share nothing but a registry', () => {
  let registry: RegistryServer;
  let cache: string;

  beforeAll(async () => {
    registry = await RegistryServer.start();
    if (needs.busybox() === undefined) await pushBusyboxImage(anonymous, `${registry.host}/base/busybox:1`);
  }, 60_000);
  afterAll(() => registry[Symbol.asyncDispose]());

  beforeEach(() => {
    prepareContext(`${registry.host}/base/busybox:1`);
    cache = `${registry.host}/team/cache:c${++runners}`;
    registry.requests.length = 0;
  });

  /** Blobs that were downloaded, as `repository kind`. */
  async function downloads(): Promise<readonly string[]> {
    const gets = registry.requests.filter(({ method, path, status }) => {
      return method === 'GET' && path.includes('/blobs/') && status < 300;
    });
    return gets.map(({ path }) => {
      const [, repository = '', digest = ''] = /^\/v2\/(.+)\/blobs\/(.+)$/.exec(path) ?? [];
      const bytes = registry.repo(repository).blobs.get(digest);
      const kind =
        bytes?.[0] === 0x7b
          ? 'config'
          : bytes?.toString('latin1', 0, 14) === 'ts-image-build'
            ? 'index'
            : 'layer';
      return `${repository} ${kind}`;
    });
  }

  /** What was asked of the cache's repository, in short. */
  function asked(): readonly string[] {
    return registry.requests
      .filter(({ path }) => path.startsWith('/v2/team/cache/'))
      .map(({ method, path }) => `${method} ${/(manifests|blobs\/uploads|blobs)\//.exec(path)?.[1]}`)
      .toSorted();
  }

  /** Bytes that were uploaded. */
  function uploaded(): number {
    return registry.requests
      .filter(({ path }) => path.includes('/blobs/'))
      .reduce((sum, { received }) => sum + received, 0);
  }

  /** The instructions whose results are in the cache. */
  async function recorded(tag: string, secret?: string): Promise<readonly string[]> {
    const repo = registry.repo('team/cache');
    const manifest = JSON.parse(repo.manifests.get(repo.tags.get(tag) ?? '')?.bytes.toString() ?? '{}');
    const index = await decodeIndexFile(repo.blobs.get(manifest.config.digest) ?? Buffer.alloc(0), {
      scope: 'registry',
      platform: 'any',
      secret,
    });
    const instructions = [...index.records.values()].flatMap(({ record }) => {
      return record.parts.flatMap(({ name, value }) =>
        name === 'command' || name === 'instruction' ? [value] : [],
      );
    });
    return instructions;
  }

  real('the second runs nothing and downloads an index alone', async () => {
    const reference = `${registry.host}/app/one:1`;
    const spec = `type=registry,ref=${cache}`;
    const flags = ['--cache-from', spec, '--cache-to', `${spec},mode=max`, '--push', '-t', reference];
    const first = await build(newRunner(), flags);
    expect([first.exitCode, first.cached[0]]).toEqual([0, 0]);
    // Three layers that are not in the index (noise, twice, and what was made on it), once each, and some indexes.
    expect(uploaded()).toBeGreaterThan(260_000);
    expect(uploaded()).toBeLessThan(300_000);

    registry.requests.length = 0;
    const second = await build(newRunner(), flags);
    expect([second.exitCode, second.digest]).toEqual([0, first.digest]);
    expect(second.cached[0]).toBe(second.cached[1]);
    expect(second.stderr).not.toContain('isolation:');
    expect(await downloads()).toEqual(['team/cache index']);
    // Of the base: what its tag names now.
    const ofBase = registry.log().filter((line) => line.includes('/v2/base/busybox/'));
    expect(new Set(ofBase)).toEqual(new Set(['HEAD /v2/base/busybox/manifests/1 200']));
    // The manifest, the index, and whether the two layers that are not in the index are still there.
    expect(asked()).toEqual(['GET blobs', 'GET manifests', 'HEAD blobs', 'HEAD blobs']);
    // The image is there, and the cache says nothing new.
    expect(uploaded()).toBe(0);
    const writes = registry.requests.filter(
      ({ method, path }) => method === 'PUT' && path.includes('/manifests/'),
    );
    expect(writes.map(({ path }) => path)).toEqual(['/v2/app/one/manifests/1']);
    expect(registry.requests.length).toBeLessThanOrEqual(16);
  });

  real('an image that goes to another repository has its layers mounted from the cache', async () => {
    const spec = `type=registry,ref=${cache}`;
    const first = await build(newRunner(), [
      '--cache-to',
      spec,
      '--push',
      '-t',
      `${registry.host}/app/two:1`,
    ]);
    registry.requests.length = 0;
    const flags = ['--cache-from', cache, '--push', '-t', `${registry.host}/elsewhere/two:1`];
    const second = await build(newRunner(), flags);
    expect([second.exitCode, second.digest]).toEqual([0, first.digest]);
    expect(await downloads()).toEqual(['team/cache index']);
    const mounts = registry.requests.filter(({ method, path, status }) => {
      return (
        method === 'POST' && path.includes('mount=') && path.includes('from=team%2Fcache') && status === 201
      );
    });
    expect(mounts).toHaveLength(2);
    expect(uploaded()).toBeLessThan(10_000);
  });

  real('a change in one source downloads only what its steps read', async () => {
    const spec = `type=registry,ref=${cache}`;
    await build(newRunner(), ['--cache-to', spec, '--push', '-t', `${registry.host}/app/three:1`]);
    writeFileSync(
      join(context, 'Dockerfile'),
      readFileSync(join(context, 'Dockerfile'), 'utf8').replace('60000', '70000'),
    );
    registry.requests.length = 0;
    const second = await build(newRunner(), [
      '--cache-from',
      cache,
      '--push',
      '-t',
      `${registry.host}/app/three:2`,
    ]);
    expect(second.exitCode).toBe(0);
    expect(second.cached).toEqual([second.cached[1] - 1, second.cached[1]]);
    // RUN stands on the base and on what was copied onto it.
    expect((await downloads()).toSorted()).toEqual([
      'base/busybox layer',
      'team/cache index',
      'team/cache layer',
    ]);
  });

  real('mode=min keeps what is in the image, mode=max the stages before it too', async () => {
    const [min, max] = [`${registry.host}/team/cache:min`, `${registry.host}/team/cache:max`];
    const flags = [
      '--cache-to',
      `type=registry,ref=${min},mode=min`,
      '--cache-to',
      `type=registry,ref=${max}`,
    ];
    const first = await build(newRunner(), [...flags, '--push', '-t', `${registry.host}/app/min:1`]);
    expect(first.exitCode).toBe(0);
    const [inMin, inMax] = [(await recorded('min')).join('\n'), (await recorded('max')).join('\n')];
    expect(inMin).toContain('60000');
    expect(inMin).not.toContain('100000');
    expect(inMax).toContain('100000');
    const second = await build(newRunner(), [
      '--cache-from',
      min,
      '--push',
      '-t',
      `${registry.host}/app/min:1`,
    ]);
    expect([second.digest, second.stderr.includes('isolation:')]).toEqual([first.digest, false]);
  });

  real('an image that was built with type=inline is a cache of its own layers', async () => {
    const reference = `${registry.host}/app/inline:1`;
    const flags = ['--cache-to', 'type=inline', '--push', '-t', reference];
    const first = await build(newRunner(), flags);
    registry.requests.length = 0;
    const second = await build(newRunner(), ['--cache-from', reference, ...flags]);
    expect([second.exitCode, second.digest]).toEqual([0, first.digest]);
    expect(second.stderr).not.toContain('isolation:');
    expect(await downloads()).not.toContain('app/inline layer');
    // Without it the image is another one, and no cache.
    const plain = `${registry.host}/app/plain:1`;
    const without = await build(newRunner(), ['--cache-from', reference, '--push', '-t', plain]);
    expect([without.cached, without.digest === first.digest]).toEqual([second.cached, false]);
    const third = await build(newRunner(), ['--cache-from', plain, '--push', '-t', plain]);
    expect([third.exitCode, third.cached[0]]).toEqual([0, 0]);
    expect(lines(third.stderr, /no cache in/)).toEqual([expect.stringContaining('type=inline')]);
  });

  real('caches are asked in order, and the first that has a step wins', async () => {
    const [one, two] = [`${registry.host}/team/cache:one`, `${registry.host}/team/cache:two`];
    await build(newRunner(), ['--cache-to', one, '--cache-to', two]);
    const asked = (...names: readonly string[]): Promise<Built> =>
      build(
        newRunner(),
        names.flatMap((name) => ['--cache-from', name]),
      );
    const from = ({ stderr }: Built): readonly string[] => [
      ...new Set([...stderr.matchAll(/cached \((.+?)\)/g)].map(([, name]) => name ?? '')),
    ];
    expect(from(await asked(one, two))).toEqual([`registry ${one}`]);
    expect(from(await asked(two, one))).toEqual([`registry ${two}`]);
    expect(from(await asked(`${registry.host}/team/cache:none`, one))).toEqual([`registry ${one}`]);
  });

  real(
    'a cache that is not there, or down, is one line; cache-strict makes it an error before any step',
    async () => {
      const missing = `${registry.host}/team/cache:missing`;
      const down = '127.0.0.1:1/team/cache:x';
      const lenient = await build(newRunner(), ['--cache-from', missing, '--cache-from', down]);
      expect(lenient.exitCode).toBe(0);
      expect(lines(lenient.stderr, /team\/cache:missing/)).toEqual([
        `There is nothing in the cache ${missing}`,
      ]);
      expect(lines(lenient.stderr, /127\.0\.0\.1:1\//)).toEqual([
        expect.stringContaining(`Nothing could be read from the cache ${down}: `),
      ]);
      const strict = await build(newRunner(), [
        '--cache-strict',
        '--cache-from',
        missing,
        '--cache-from',
        down,
      ]);
      expect(strict.exitCode).toBe(1);
      expect(strict.stderr).toContain(`ERROR: There is nothing in the cache ${missing}`);
      expect(strict.stderr).toMatch(/take it out of cache-from and cache-to/);
      expect(strict.stderr).not.toContain('RUN head');
      // The first build that writes a cache cannot have found it.
      const spec = `type=registry,ref=${cache}`;
      const first = await build(newRunner(), ['--cache-strict', '--cache-from', spec, '--cache-to', spec]);
      expect(first.exitCode).toBe(0);
      expect(lines(first.stderr, /There is nothing/)).toEqual([`There is nothing in the cache ${cache} yet`]);
    },
  );

  real('a cache that cannot be written: one line, or an error once all else is done', async () => {
    const spec = `type=registry,ref=${registry.host}/team/refused:c`;
    const refuse = (): void =>
      registry.inject({ method: 'POST', path: /team\/refused\/blobs\/uploads/, status: 403, times: 100 });
    refuse();
    const lenient = await build(newRunner(), ['--cache-to', spec]);
    expect(lenient.exitCode).toBe(0);
    expect(lines(lenient.stderr, /Nothing is saved in the cache/)).toHaveLength(1);
    refuse();
    const own = await build(newRunner(), ['--cache-strict', '--cache-to', `${spec},ignore-error=true`]);
    expect(own.exitCode).toBe(0);
    refuse();
    const strict = await build(newRunner(), ['--cache-to', `${spec},ignore-error=false`]);
    expect(strict.exitCode).toBe(1);
    expect(strict.stderr).toContain(
      `ERROR: Nothing can be saved in the cache ${registry.host}/team/refused:c: `,
    );
    expect(strict.stderr).not.toContain('RUN head');
    // What shows only at the end fails at the end.
    const late = `type=registry,ref=${registry.host}/team/late:c`;
    registry.inject({ method: 'PUT', path: /team\/late\/manifests/, status: 403, times: 100 });
    const end = await build(newRunner(), ['--cache-strict', '--cache-from', late, '--cache-to', late]);
    expect(end.exitCode).toBe(1);
    expect(end.stderr).toMatch(
      /ERROR: The index could not be saved in[\s\S]*The image itself was built: sha256:/,
    );
  });

  real('an index that is signed with another secret is not believed', async () => {
    const flags = (secret: string, ...more: readonly string[]): Promise<Built> =>
      build(newRunner(), ['--cache-key-secret', 'env=KEY', ...more], { KEY: secret });
    const spec = `type=registry,ref=${cache}`;
    await flags('right', '--cache-to', spec);
    const right = await flags('right', '--cache-from', spec);
    expect(right.cached[0]).toBe(right.cached[1]);
    const wrong = await flags('wrong', '--cache-from', spec);
    expect([wrong.exitCode, wrong.cached[0]]).toEqual([0, 0]);
    expect(lines(wrong.stderr, /left out/)).toEqual([expect.stringContaining('another secret')]);
    expect(wrong.stderr).not.toContain('wrong\n');
    // Nor is one that is not signed at all, or an image.
    const plain = `${registry.host}/team/cache:plain`;
    await build(newRunner(), ['--cache-to', plain]);
    const unsigned = await flags('right', '--cache-from', plain);
    expect(lines(unsigned.stderr, /not signed/)).toHaveLength(1);
    expect(unsigned.cached[0]).toBe(0);
  });

  real(
    'a folder cache that is read only is not made, and one that is written is kept to its size',
    async () => {
      const folder = join(work, `folder-${++runners}`);
      const absent = await build(newRunner(), ['--cache-from', `type=local,src=${folder}`]);
      expect(lines(absent.stderr, /There is nothing in the local cache/)).toHaveLength(1);
      const state = newRunner();
      const to = ['--cache-to', `type=local,dest=${folder}`];
      const first = await build(state, to);
      const second = await build(newRunner(), ['--cache-from', `type=local,src=${folder}`]);
      expect([second.digest, second.cached[0]]).toEqual([first.digest, second.cached[1]]);

      const small = await build(state, [...to, '--cache-max-size', '70k']);
      expect([small.exitCode, small.cached[0]]).toEqual([0, small.cached[1]]);
      expect(lines(small.stderr, /cache-max-size: .* are deleted from/)).toHaveLength(2);
      for (const stateDir of [state]) {
        const { stdout } = await runCli(['df', '--state-dir', stateDir, '--format', 'json']);
        expect(JSON.parse(stdout).size).toBeLessThanOrEqual(70 * 1024);
      }
      // What is left is of use, or at least does no harm.
      expect((await build(state, to)).exitCode).toBe(0);
    },
  );

  real('df and prune see what RUN left, and a build that runs beside prune loses nothing', async () => {
    const state = newRunner();
    let isBuilding = true;
    const building = build(state, ['--push', '-t', `${registry.host}/app/gc:1`]).finally(() => {
      isBuilding = false;
    });
    while (isBuilding) {
      expect((await runCli(['prune', '-af', '--state-dir', state])).exitCode).toBe(0);
    }
    const built = await building;
    expect([built.exitCode, built.stderr]).toEqual([0, expect.not.stringContaining('can no longer be had')]);
    expect(registry.repo('app/gc').tags.get('1')).toBe(built.digest);
    // The last prune may have come after the end of the build, and taken all.
    const file = join(context, 'Dockerfile');
    writeFileSync(file, readFileSync(file, 'utf8').replace('60000', '61000'));
    expect((await build(state, [])).exitCode).toBe(0);

    const df = async (): Promise<Record<string, { count: number; size: number }>> => {
      const { stdout } = await runCli(['df', '--state-dir', state, '--format', 'json']);
      const { types } = JSON.parse(stdout) as { types: { type: string; count: number; size: number }[] };
      return Object.fromEntries(types.map(({ type, ...rest }) => [type, rest]));
    };
    const before = await df();
    expect(before['cache records']?.count).toBeGreaterThan(0);
    expect(before['unpacked layers']?.size).toBeGreaterThan(500_000);
    // Nothing of it is of no use.
    expect((await runCli(['prune', '-f', '--state-dir', state])).stdout).toBe('Total reclaimed space: 0 B\n');
    const all = await runCli(['prune', '-af', '--state-dir', state]);
    expect(all.stdout).toMatch(/Deleted unpacked layers: \d+/);
    for (const { count } of Object.values(await df())) expect(count).toBe(0);
  });
});

describe('with a real registry that wants a login', () => {
  let registry: DockerRegistry;

  beforeAll(async () => {
    if (needs.busybox() !== undefined || needs.dockerRegistry() !== undefined) return;
    registry = await DockerRegistry.start({ login });
    const credential = { credential: { type: 'password' as const, ...login }, origin: 'test' };
    const client = createRegistry({ credentials: { find: () => Promise.resolve(credential) } });
    await pushBusyboxImage(client, `${registry.host}/base/busybox:1`);
    const auth = Buffer.from(`${login.username}:${login.password}`).toString('base64');
    mkdirSync(join(work, 'docker'), { recursive: true });
    writeFileSync(
      join(work, 'docker', 'config.json'),
      JSON.stringify({ auths: { [registry.host]: { auth } } }),
    );
  }, 60_000);
  afterAll(() => registry?.[Symbol.asyncDispose]());

  withDockerRegistry('a second runner runs nothing and fetches nothing', async () => {
    prepareContext(`${registry.host}/base/busybox:1`);
    const env = { DOCKER_CONFIG: join(work, 'docker') };
    const spec = `type=registry,ref=${registry.host}/team/cache:main`;
    const flags = ['--cache-from', spec, '--cache-to', spec, '--cache-strict', '--push'];
    const first = await build(newRunner(), [...flags, '-t', `${registry.host}/app/one:1`], env);
    expect([first.exitCode, first.stderr]).toEqual([0, expect.stringContaining('built sha256:')]);
    const second = await build(newRunner(), [...flags, '-t', `${registry.host}/app/other:1`], env);
    expect([second.exitCode, second.digest]).toEqual([0, first.digest]);
    expect(second.cached[0]).toBe(second.cached[1]);
    expect(second.stderr).not.toMatch(/isolation:|fetched layer/);
    // Without the login it is one line.
    const stranger = await build(newRunner(), ['--cache-from', spec, '--plan'], {});
    expect(stranger.exitCode).not.toBe(0);
  });
});
