import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect } from '@jest/globals';
import { createRegistry } from '../../src/registry/http/client.ts';
import { ActionRunner, type StepResult } from '../support/action-runner.ts';
import { pushBusyboxImage } from '../support/busybox-image.ts';
import { CacheService, type Scope } from '../support/cache-service.ts';
import { needs, testWith } from '../support/needs.ts';
import { RegistryServer } from '../support/registry-server.ts';

const real = testWith(needs.busybox);
const MAIN: readonly Scope[] = [{ Scope: 'refs/heads/main', Permission: 3 }];

/** The bundled action against the emulated cache service: scopes, refs, tokens. */
describe('caches of the action', () => {
  let work: string;
  let workspace: string;
  let registry: RegistryServer;
  let service: CacheService;

  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'e2e-action-caches-'));
    chmodSync(work, 0o755);
    workspace = join(work, 'workspace');
    registry = await RegistryServer.start();
    const base = `${registry.host}/base/busybox:1`;
    if (needs.busybox() === undefined) {
      const client = createRegistry({ credentials: { find: () => Promise.resolve(undefined) } });
      await pushBusyboxImage(client, base);
    }
    mkdirSync(workspace);
    writeFileSync(join(workspace, 'Dockerfile'), `FROM ${base}\nCOPY a /a\nRUN cat /a /a > /b\nCMD ["sh"]\n`);
    writeFileSync(join(workspace, 'a'), 'a\n');
  }, 60_000);

  beforeEach(async () => {
    await service?.[Symbol.asyncDispose]();
    service = await new CacheService({ dir: mkdtempSync(join(work, 'cache-')) }).start();
  });

  afterAll(async () => {
    await service?.[Symbol.asyncDispose]();
    await registry[Symbol.asyncDispose]();
    rmSync(work, { recursive: true, force: true });
  });

  async function job(
    inputs: Readonly<Record<string, string>>,
    env: Readonly<Record<string, string>> = {},
    scopes: readonly Scope[] = MAIN,
  ): Promise<StepResult> {
    using runner = new ActionRunner();
    const step = await runner.main({
      workspace,
      inputs,
      env: { ...service.environment(scopes), ...env },
    });
    return step;
  }

  function hits({ exitCode, outputs }: StepResult): readonly unknown[] {
    return [exitCode, outputs['cache-hit-ratio']];
  }

  real('a scope that is named is shared by jobs; another is not', async () => {
    const first = await job({ 'cache-to': 'type=gha,scope=shared,mode=max' }, { GITHUB_JOB: 'one' });
    expect(hits(first)).toEqual([0, '0.00']);
    const second = await job({ 'cache-from': 'type=gha,scope=shared' }, { GITHUB_JOB: 'two' });
    expect(hits(second)).toEqual([0, '1.00']);
    const other = await job({ 'cache-from': 'type=gha,scope=other' }, { GITHUB_JOB: 'two' });
    expect(hits(other)).toEqual([0, '0.00']);
    expect(other.log).toContain('There is nothing in the Actions cache under the scope "other"');
    // Read alone: nothing of its own was written.
    expect(service.keys().filter((key) => key.includes('-I-other'))).toEqual([]);
    const strict = await job({ 'cache-from': 'type=gha,scope=other', 'cache-strict': 'true' });
    expect(strict.exitCode).toBe(1);
    const errors = strict.annotations.filter(({ kind }) => kind === 'error');
    expect(errors).toMatchObject([{ place: { title: 'CACHE_UNAVAILABLE' } }]);
  });

  real('type=gha without a scope is the automatic cache', async () => {
    expect(hits(await job({}))).toEqual([0, '0.00']);
    expect(hits(await job({ 'cache-from': 'type=gha', 'cache-to': 'type=gha,mode=max' }))).toEqual([
      0,
      '1.00',
    ]);
  });

  real(
    'two scopes at once: the layers are stored once, each step is found in the first that has it',
    async () => {
      const both = {
        'cache-from': 'type=gha,scope=x\ntype=gha,scope=y',
        'cache-to': 'type=gha,scope=x\ntype=gha,scope=y',
      };
      await job(both);
      expect(service.keys().filter((key) => key.includes('-I-'))).toHaveLength(2);
      const second = await job(both);
      expect(hits(second)).toEqual([0, '1.00']);
      expect(second.log).toContain('cached (actions x)');
      expect(second.log).not.toContain('cached (actions y)');
    },
  );

  real('read-only and off say what they leave out', async () => {
    const inputs = { 'cache-to': 'type=gha,scope=s' };
    const readOnly = await job({ ...inputs, 'cache-mode': 'read-only' });
    expect(readOnly.log).toContain('cache-to is not used: cache-mode is read-only');
    const off = await job({ ...inputs, 'cache-mode': 'off' });
    expect(off.log).toContain('cache-to is not used: cache-mode is off');
    expect(service.keys()).toEqual([]);
  });

  real('a read-only token, or cache-mode of the workflow, is one line', async () => {
    const fork = await job({}, {}, [{ Scope: 'refs/heads/main', Permission: 1 }]);
    expect(fork.log.match(/Actions cache/g)).toHaveLength(1);
    expect(fork.log).toMatch(/Nothing is saved in the Actions cache: the token of this job is read-only/);
    const none = await job({}, { ACTIONS_CACHE_MODE: 'none' });
    expect(none.log.match(/Actions cache/g)).toHaveLength(1);
    expect(none.log).toContain(
      'The Actions cache is neither read nor written: the workflow sets cache-mode "none"',
    );
    // Who only reads need not hear that nothing is saved.
    const reader = await job({ 'cache-mode': 'read-only' }, { ACTIONS_CACHE_MODE: 'read' });
    expect(reader.log).not.toContain('Actions cache');
  });

  real('records in the scope of another ref are told, where the API may be asked', async () => {
    const tag = (name: string): readonly Scope[] => [
      { Scope: `refs/tags/${name}`, Permission: 3 },
      { Scope: 'refs/heads/main', Permission: 1 },
    ];
    const api = { GITHUB_API_URL: service.url.replace(/\/$/, '') };
    await job({}, api, tag('v1'));
    const second = await job({ 'github-token': 'ghs_token' }, api, tag('v2'));
    expect(second.log).toContain('not from the cache: the cache in refs/tags/v1 is not readable from here');
    expect(second.summary).toContain('the cache in refs/tags/v1 is not readable from here');
    const untold = await job({ 'github-token': '' }, api, tag('v3'));
    expect(untold.log).toContain('not from the cache: no record (evicted or never built)');
    // Where something can be read, that something is missing has another reason.
    await job({}, api, MAIN);
    writeFileSync(join(workspace, 'a'), 'changed\n');
    try {
      const changed = await job({ 'github-token': 'ghs_token' }, api, tag('v4'));
      expect(changed.log).toMatch(/not from the cache: COPY a: content changed/);
      expect(changed.log).not.toContain('readable');
    } finally {
      writeFileSync(join(workspace, 'a'), 'a\n');
    }
  });

  real('an index is signed with cache-key-secret, which is never shown', async () => {
    const secret = 'hmac-key-value';
    const first = await job({ 'cache-key-secret': secret });
    expect(first.masks).toContain(secret);
    expect(hits(await job({ 'cache-key-secret': secret }))).toEqual([0, '1.00']);
    const wrong = await job({ 'cache-key-secret': 'another-key' });
    expect(hits(wrong)).toEqual([0, '0.00']);
    expect(wrong.log.match(/left out/g)).toHaveLength(1);
    for (const { log, summary } of [first, wrong]) {
      expect(log.replace(/^::add-mask::.*$/gm, '') + summary).not.toMatch(/hmac-key-value|another-key/);
    }
  });

  real('the summary tells what the caches hold and what they were good for', async () => {
    await job({});
    const { summary } = await job({});
    expect(summary).toContain('| cache | steps found | holds | records saved | sent | fetched | notes |');
    expect(summary).toMatch(
      /\| actions \| 2 \([\d.]+ k?B\) \| \d+ records, [\d.]+ k?B \| 0 \| 0 B \| [\d.]+ k?B \| {2}\|/,
    );
    expect(summary).toMatch(/of layers did not have to be made again/);
  });

  real('a folder that is named is a cache, and is kept to cache-max-size', async () => {
    const folder = join(work, 'folder');
    const inputs = {
      cache: 'false',
      'cache-from': `type=local,src=${folder}`,
      'cache-to': `type=local,dest=${folder}`,
    };
    await job(inputs);
    expect(hits(await job(inputs))).toEqual([0, '1.00']);
    const small = await job({ ...inputs, 'cache-max-size': '1' });
    expect(hits(small)).toEqual([0, '1.00']);
    // The state folder goes away with the job: only the named one is looked at.
    expect(small.log.match(/^cache-max-size: .* deleted from .*$/gm)).toEqual([
      expect.stringContaining(folder),
    ]);
    expect(hits(await job(inputs))).toEqual([0, '0.00']);
  });
});
