import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect } from '@jest/globals';
import { createRegistry } from '../../src/registry/http/client.ts';
import { ActionRunner, type StepResult } from '../support/action-runner.ts';
import { pushBusyboxImage } from '../support/busybox-image.ts';
import { CacheService } from '../support/cache-service.ts';
import { needs, testWith } from '../support/needs.ts';
import { RegistryServer } from '../support/registry-server.ts';

const real = testWith(needs.busybox);

const DOCKERFILE = (base: string): string => `FROM ${base} AS compile
WORKDIR /src
COPY main.sh ./
RUN cp main.sh /out.sh && chmod 755 /out.sh
FROM ${base}
COPY --from=compile /out.sh /usr/bin/greet
USER www
CMD ["greet"]
`;

/** The bundled action, started as the runner starts it, against the emulated cache service and a registry that counts requests. */
describe('the action', () => {
  let work: string;
  let workspace: string;
  let registry: RegistryServer;
  let service: CacheService;
  let base: string;

  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'e2e-action-'));
    chmodSync(work, 0o755);
    workspace = join(work, 'workspace');
    registry = await RegistryServer.start();
    base = `${registry.host}/base/busybox:1`;
    if (needs.busybox() === undefined) {
      await pushBusyboxImage(
        createRegistry({ credentials: { find: () => Promise.resolve(undefined) } }),
        base,
      );
    }
  }, 60_000);

  beforeEach(async () => {
    rmSync(workspace, { recursive: true, force: true });
    mkdirSync(workspace);
    writeFileSync(join(workspace, 'Dockerfile'), DOCKERFILE(base));
    writeFileSync(join(workspace, 'main.sh'), '#!/bin/sh\necho hello\n');
    await service?.[Symbol.asyncDispose]();
    service = await new CacheService({ dir: mkdtempSync(join(work, 'cache-')) }).start();
    registry.requests.length = 0;
  });

  afterAll(async () => {
    await service?.[Symbol.asyncDispose]();
    await registry[Symbol.asyncDispose]();
    rmSync(work, { recursive: true, force: true });
  });

  /** A whole job on a runner of its own: main, then post. */
  async function job(
    inputs: Readonly<Record<string, string>>,
    env: Readonly<Record<string, string>> = {},
  ): Promise<StepResult> {
    using runner = new ActionRunner();
    const options = {
      workspace,
      inputs,
      env: { ...service.environment([{ Scope: 'refs/heads/main', Permission: 3 }]), ...env },
    };
    const main = await runner.main(options);
    const state = join(runner.temp, 'ts-image-build');
    const post = await runner.post({ workspace }, main.state);
    expect([post.exitCode, existsSync(state)]).toEqual([0, false]);
    return main;
  }

  real('builds, pushes, sets its outputs and writes the summary', async () => {
    const reference = `${registry.host}/app/one:1`;
    const step = await job({ tags: reference, push: 'true', 'build-args': 'UNUSED=1' });
    expect([step.exitCode, step.log]).toEqual([0, expect.stringContaining('built sha256:')]);
    expect(step.outputs).toMatchObject({
      digest: registry.repo('app/one').tags.get('1'),
      imageid: expect.stringMatching(/^sha256:/),
      refs: reference,
      'cache-hit-ratio': '0.00',
    });
    expect(JSON.parse(step.outputs['metadata'] ?? '')).toMatchObject({
      'containerimage.digest': step.outputs['digest'],
      'image.name': reference,
    });
    expect(step.summary).toContain('## Image build');
    expect(step.summary).toContain('RUN cp main.sh /out.sh');
    expect(step.summary).toContain(reference);
  });

  real(
    'a fresh runner takes all from the Actions cache: nothing is run, no layer is fetched or sent',
    async () => {
      const inputs = { tags: `${registry.host}/app/two:1`, push: 'true' };
      const first = await job(inputs);
      expect(first.exitCode).toBe(0);
      registry.requests.length = 0;
      const gets = service.calls['GET blob'] ?? 0;
      const second = await job(inputs);
      expect(second.exitCode).toBe(0);
      expect(second.outputs['cache-hit-ratio']).toBe('1.00');
      expect(second.outputs['digest']).toBe(first.outputs['digest']);
      expect(second.log).not.toContain('isolation:');
      expect(registry.count('GET', /\/blobs\//)).toBe(0);
      // Of the base it asks what the tag names now, which is no pull.
      const ofBase = registry.log().filter((line) => line.includes('/v2/base/busybox/'));
      expect(new Set(ofBase)).toEqual(new Set(['HEAD /v2/base/busybox/manifests/1 200']));
      // Whether the push would be allowed is asked with an upload that is never filled.
      expect(
        registry.requests.filter(({ path, received }) => path.includes('/blobs/') && received > 0),
      ).toEqual([]);
      // Of the cache service one index, no layer.
      expect((service.calls['GET blob'] ?? 0) - gets).toBe(1);
    },
  );

  real(
    'a fresh runner that pushes elsewhere fetches the layers that are missing there, and no base layer to look into',
    async () => {
      const first = await job({ tags: `${registry.host}/app/three:1`, push: 'true' });
      registry.requests.length = 0;
      const second = await job({ tags: `${registry.host}/elsewhere/three:1`, push: 'true' });
      expect(second.outputs['digest']).toBe(first.outputs['digest']);
      expect(second.log).not.toContain('isolation:');
      // The base's layer is mounted from its own repository.
      expect(registry.requests.some(({ method, path }) => method === 'POST' && path.includes('mount='))).toBe(
        true,
      );
    },
  );

  real('a stage that is built again with the same result rebuilds nothing that reads from it', async () => {
    writeFileSync(
      join(workspace, 'Dockerfile'),
      DOCKERFILE(base).replace('cp main.sh /out.sh', "sed '/^# /d' main.sh > /out.sh"),
    );
    const inputs = { tags: `${registry.host}/app/same:1`, push: 'true' };
    const first = await job(inputs);
    writeFileSync(join(workspace, 'main.sh'), '#!/bin/sh\n# A remark.\necho hello\n');
    const second = await job(inputs);
    expect(second.log).toMatch(/COPY --from=compile .*cached \(.*, found by content\)/);
    expect(second.outputs['digest']).toBe(first.outputs['digest']);
    // The next runner finds it without building the stage.
    const third = await job(inputs);
    expect([third.outputs['cache-hit-ratio'], third.outputs['digest']]).toEqual([
      '1.00',
      first.outputs['digest'],
    ]);
    expect(third.log).not.toContain('isolation:');
  });

  real('a changed source runs what reads it', async () => {
    const inputs = { tags: `${registry.host}/app/four:1`, push: 'true' };
    await job(inputs);
    writeFileSync(join(workspace, 'main.sh'), '#!/bin/sh\necho changed\n');
    const second = await job(inputs);
    expect(second.exitCode).toBe(0);
    expect(second.log).toMatch(/not from the cache: .*main\.sh.*changed/);
    expect(second.outputs['cache-hit-ratio']).not.toBe('1.00');
  });

  real('the cache service being down is a notice, never a failure', async () => {
    const step = await job({}, { ACTIONS_RESULTS_URL: 'http://127.0.0.1:1/' });
    expect(step.exitCode).toBe(0);
    expect(step.log).toMatch(/cache/i);
  });

  real('bad practices fail the step before any work, as annotations on their lines', async () => {
    writeFileSync(
      join(workspace, 'Dockerfile'),
      `FROM ${registry.host}/base/busybox:latest\nRUN cd /tmp && sudo ls\nCMD echo hi\n`,
    );
    const step = await job({});
    expect(step.exitCode).toBe(1);
    expect(registry.requests).toEqual([]);
    const placed = step.annotations.filter(({ place }) => place['title'] === 'DL3004');
    expect(placed).toMatchObject([{ kind: 'error', place: { file: 'Dockerfile', line: '2' } }]);
    expect(step.summary).toContain('DL3004');
    expect(Number(step.outputs['lint-findings'])).toBeGreaterThanOrEqual(3);
  });

  real(
    'a failing RUN is one error at its line, and its output is in the log, with no command of it obeyed',
    async () => {
      writeFileSync(
        join(workspace, 'Dockerfile'),
        `FROM ${base}\nRUN echo "::set-output name=x::y" && echo "::error::fake" && exit 7\n`,
      );
      const step = await job({ 'lint-fail-on': 'none' });
      expect(step.exitCode).toBe(1);
      const errors = step.annotations.filter(({ kind, message }) => kind === 'error' && message !== 'fake');
      expect(errors).toMatchObject([
        { place: { file: 'Dockerfile', line: '2' }, message: expect.stringContaining('exit code: 7') },
      ]);
      expect(step.log).toMatch(/::stop-commands::(\S+)[\s\S]*::error::fake[\s\S]*::\1::/);
    },
  );

  real('a step that ends at the lint gate loads neither @actions/cache nor @actions/github', async () => {
    writeFileSync(join(workspace, 'Dockerfile'), 'FROM debian\nRUN sudo ls\n');
    const list = join(work, 'loaded');
    writeFileSync(list, '');
    const preload = new URL('../support/loaded-modules.mjs', import.meta.url).href;
    const step = await job({}, { NODE_OPTIONS: `--import ${preload}`, LOADED_MODULES: list });
    expect(step.exitCode).toBe(1);
    const loaded = readFileSync(list, 'utf8')
      .split('\n')
      .filter((url) => url.includes('/dist/main/'));
    expect(loaded.length).toBeGreaterThan(0);
    const text = loaded.map((url) => readFileSync(fileURLToPath(url), 'utf8')).join('\n');
    // Names that only those packages' own code has.
    expect(text).not.toMatch(/class ReserveCacheError/);
    expect(text).not.toMatch(/octokit-rest|class Octokit/);
    // The words are right: a build does load the cache's client, and the bundle has both.
    const whole = readdirSync(new URL('../../dist/main/', import.meta.url))
      .filter((name) => name.endsWith('.js'))
      .map((name) => readFileSync(new URL(`../../dist/main/${name}`, import.meta.url), 'utf8'))
      .join('\n');
    expect(whole).toMatch(/class ReserveCacheError/);
    expect(whole).toMatch(/class Octokit/);
  });

  real('call: check lints and builds nothing', async () => {
    registry.requests.length = 0;
    const passed = await job({ call: 'check' });
    expect([passed.exitCode, passed.outputs]).toEqual([
      0,
      { 'lint-findings': expect.stringMatching(/^\d+$/) },
    ]);
    expect(passed.summary).toContain('## Dockerfile check passed');
    writeFileSync(join(workspace, 'Dockerfile'), `FROM ${base}\nMAINTAINER me\n`);
    const failed = await job({ call: 'check' });
    expect([failed.exitCode, failed.log]).toEqual([1, expect.stringContaining('finding of the linter')]);
    expect(registry.requests).toEqual([]);
  });

  real('verify-reproducible fails before anything is pushed', async () => {
    writeFileSync(
      join(workspace, 'Dockerfile'),
      `FROM ${base}\nRUN cat /proc/sys/kernel/random/uuid > /id\n`,
    );
    const tags = `${registry.host}/app/verified:1`;
    const step = await job({ 'verify-reproducible': 'true', push: 'true', tags, 'lint-fail-on': 'none' });
    expect([step.exitCode, step.log]).toEqual([1, expect.stringContaining('/id: content sha256:')]);
    expect(registry.repo('app/verified').tags.get('1')).toBeUndefined();
    expect(step.annotations.find(({ kind }) => kind === 'error')).toMatchObject({ place: { line: '2' } });
  });

  real('inputs that only docker can honour fail with what does it', async () => {
    const step = await job({ provenance: 'mode=max', builder: 'mine', 'cgroup-parent': '/x' });
    expect(step.exitCode).toBe(1);
    for (const name of ['provenance', 'builder', 'cgroup-parent'])
      expect(step.log).toMatch(new RegExp(`- ${name}: .*docker/build-push-action`));
  });

  real('bad inputs are one message with all of them', async () => {
    const step = await job({ push: 'perhaps', ulimit: 'x', 'lint-fail-on': 'fatal' });
    expect(step.exitCode).toBe(1);
    expect(step.annotations.filter(({ kind }) => kind === 'error')).toHaveLength(1);
    for (const name of ['push', 'ulimit', 'lint-fail-on'])
      expect(step.annotations[0]?.message).toContain(name);
  });

  real('secrets are masked, and neither in the log nor in the summary', async () => {
    writeFileSync(
      join(workspace, 'Dockerfile'),
      `FROM ${base}\nRUN --mount=type=secret,id=token wc -c < /run/secrets/token\n`,
    );
    const step = await job({ secrets: 'token=very-secret-value', 'lint-fail-on': 'none' });
    expect(step.exitCode).toBe(0);
    expect(step.masks).toContain('very-secret-value');
    expect(step.log.replace(/^::add-mask::.*$/gm, '')).not.toContain('very-secret-value');
    expect(step.summary).not.toContain('very-secret-value');
  });

  real('RUN sees no token of the runner', async () => {
    writeFileSync(
      join(workspace, 'Dockerfile'),
      `FROM ${base}\nRUN env; for p in /proc/[0-9]*; do tr '\\0' '\\n' < $p/environ; done; echo done\n`,
    );
    const inputs = { 'lint-fail-on': 'none', 'github-token': 'github-token-value' };
    const step = await job(inputs, { ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'id-token-value' });
    expect(step.log).toContain('done');
    expect(step.log.replace(/^::add-mask::.*$/gm, '')).not.toMatch(
      /ACTIONS_|id-token-value|github-token-value/,
    );
  });
});
