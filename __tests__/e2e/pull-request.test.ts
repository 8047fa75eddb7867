import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ActionRunner, type StepOptions, type StepResult } from '../support/action-runner.ts';
import { CacheService } from '../support/cache-service.ts';
import { GitHubApiServer, rowsOfService } from '../support/github-api.ts';
import { needs, testWith } from '../support/needs.ts';

const DOCKERFILE = `FROM debian:12
USER 1000
ADD app.conf /etc/
CMD ["sleep", "1"]
`;
const PATCH = `@@ -1,3 +1,4 @@
 FROM debian:12
 USER 1000
+ADD app.conf /etc/
 CMD ["sleep", "1"]`;

const PULL = { number: 7, head: { repo: { full_name: 'o/r' } }, base: { repo: { full_name: 'o/r' } } };

/** The bundled action against GitHub's API. */
describe('the action on a pull request', () => {
  let work: string;
  let workspace: string;
  let api: GitHubApiServer;

  beforeEach(async () => {
    work = mkdtempSync(join(tmpdir(), 'e2e-pull-'));
    workspace = join(work, 'workspace');
    mkdirSync(join(workspace, '.git'), { recursive: true });
    writeFileSync(join(workspace, 'Dockerfile'), DOCKERFILE);
    api = await GitHubApiServer.start();
  });
  afterEach(async () => {
    await api[Symbol.asyncDispose]();
    rmSync(work, { recursive: true, force: true });
  });

  async function step(options: Partial<StepOptions>): Promise<StepResult> {
    using runner = new ActionRunner();
    return await runner.main({
      workspace,
      event: { action: 'synchronize', number: 7, pull_request: PULL },
      ...options,
      inputs: { 'lint-fix': 'suggest', cache: 'false', ...options.inputs },
      env: {
        GITHUB_API_URL: api.url,
        GITHUB_EVENT_NAME: 'pull_request',
        GITHUB_REF: 'refs/pull/7/merge',
        ...options.env,
      },
    });
  }

  test('fixes are suggestions, once, though the linter fails the step; the token is masked', async () => {
    const pull = api.pull(7, [{ filename: 'Dockerfile', patch: PATCH, text: DOCKERFILE }]);
    const token = api.token({ pullRequests: 'write' });
    const first = await step({ token });
    expect([first.exitCode, first.masks]).toEqual([1, expect.arrayContaining([token])]);
    expect(pull.comments).toMatchObject([
      {
        path: 'Dockerfile',
        line: 3,
        side: 'RIGHT',
        body: expect.stringContaining('```suggestion\nCOPY app.conf /etc/\n```'),
      },
    ]);
    expect(first.log).toContain('Fixes: 1 suggestion on the pull request.');
    expect(first.summary).toContain('### Fixes\n\n1 suggestion on the pull request.');
    const second = await step({ token });
    expect(second.log).toContain('Fixes: 1 suggestion there already.');
    expect([pull.reviews.length, pull.comments.length]).toEqual([1, 1]);
    for (const text of [first.summary, first.log.replace(/^::add-mask::.*$/gm, '')])
      expect(text).not.toContain(token);
  });

  testWith(needs.program('git'))(
    'a fork gets a patch in the summary that git applies, and the step passes with it',
    async () => {
      api.pull(7, [{ filename: 'Dockerfile', patch: PATCH, text: DOCKERFILE }]);
      const event = { pull_request: { ...PULL, head: { repo: { full_name: 'fork/r' } } } };
      const { exitCode, summary, log } = await step({ event, token: api.token({ pullRequests: 'read' }) });
      expect(exitCode).toBe(1);
      expect(summary).toContain('which the pull request of a fork is never given');
      expect(log).toContain('All safe fixes are in a patch: the token may not do that (status 403');
      const patch = /```diff\n([\s\S]*?\n)```/.exec(summary)?.[1] ?? '';
      rmSync(join(workspace, '.git'), { recursive: true });
      execFileSync('git', ['init', '-q'], { cwd: workspace });
      execFileSync('git', ['apply', '-'], { cwd: workspace, input: patch });
      const cli = fileURLToPath(new URL('../../dist/cli/index.js', import.meta.url));
      const lint = ['lint', '--failure-threshold', 'style', 'Dockerfile'];
      expect(execFileSync(process.execPath, [cli, ...lint], { cwd: workspace, encoding: 'utf8' })).toBe('');
    },
  );

  test('without a summary the patch is in the log, where it gives the runner no commands', async () => {
    writeFileSync(join(workspace, 'Dockerfile'), `${DOCKERFILE}# a\n ::error::fake\n`);
    const { log } = await step({ event: {}, env: { GITHUB_EVENT_NAME: 'push' }, inputs: { summary: 'off' } });
    expect(log).toContain('this run is not for a pull request but for push');
    expect(log).toMatch(
      /::group::Patch\n::stop-commands::(\S+)\n--- a\/Dockerfile\n[\s\S]*\n\+COPY app\.conf[\s\S]*\n::\1::\n::endgroup::/,
    );
  });

  test('@actions/github is loaded for what it is needed for, and for nothing else', async () => {
    const preload = new URL('../support/loaded-modules.mjs', import.meta.url).href;
    const loadsOctokit = async (options: Partial<StepOptions>): Promise<boolean> => {
      const list = join(work, 'loaded');
      writeFileSync(list, '');
      await step({ ...options, env: { NODE_OPTIONS: `--import ${preload}`, LOADED_MODULES: list } });
      const urls = readFileSync(list, 'utf8')
        .split('\n')
        .filter((url) => url.includes('/dist/main/'));
      expect(urls.length).toBeGreaterThan(0);
      return urls.some((url) => /octokit-rest|class Octokit/.test(readFileSync(fileURLToPath(url), 'utf8')));
    };
    api.pull(7, [{ filename: 'Dockerfile', patch: PATCH, text: DOCKERFILE }]);
    const token = api.token({ pullRequests: 'write' });
    expect(await loadsOctokit({ token })).toBe(true);
    expect(await loadsOctokit({ token, inputs: { 'lint-fix': 'none' } })).toBe(false);
    expect(await loadsOctokit({ token: '' })).toBe(false);
    writeFileSync(join(workspace, 'Dockerfile'), 'FROM debian:12\nUSER 1\nRUN sudo ls\n');
    expect(await loadsOctokit({ token })).toBe(false);
    expect(readdirSync(fileURLToPath(new URL('../../dist/main/', import.meta.url))).length).toBeGreaterThan(
      0,
    );
  });

  test('findings that have no room as annotations are in the summary, gravest shown first', async () => {
    const lines = Array.from({ length: 14 }, (_, i) => `RUN cd /a${i}`);
    writeFileSync(
      join(workspace, 'Dockerfile'),
      `FROM debian:12\n${lines.join('\n')}\nRUN sudo ls\nUSER 1\n`,
    );
    const { annotations, summary, log } = await step({ inputs: { 'lint-fix': 'none' } });
    const count = (kind: string): number => annotations.filter((one) => one.kind === kind).length;
    for (const kind of ['error', 'warning', 'notice']) expect(count(kind)).toBeLessThanOrEqual(10);
    expect(count('warning')).toBe(10);
    expect(annotations.some(({ place }) => place['title'] === 'DL3004')).toBe(true);
    expect(log).toMatch(/\d+ more findings are in the step summary/);
    expect(summary).toMatch(/\d+ findings have no annotation/);
    expect(summary).toContain('`Dockerfile:15:1`');
  });

  describe('and the Actions cache', () => {
    let service: CacheService;
    let now: number;

    beforeEach(async () => {
      now = Date.now() - 3 * 86_400_000;
      service = await new CacheService({
        dir: join(work, 'cache'),
        now: () => now,
        retention: 90 * 86_400_000,
      }).start();
      api.caches = rowsOfService(service);
      writeFileSync(join(workspace, 'Dockerfile'), 'FROM scratch\nCOPY data /data\n');
    });
    afterEach(() => service[Symbol.asyncDispose]());

    async function job(data: string, inputs: Readonly<Record<string, string>>): Promise<StepResult> {
      // More than an index holds itself.
      writeFileSync(
        join(workspace, 'data'),
        Buffer.alloc(200_000, data).map((byte, at) => byte ^ ((at * 7919) >> 5)),
      );
      using runner = new ActionRunner();
      const options = {
        workspace,
        token: api.token({ actions: 'write' }),
        event: { repository: { default_branch: 'main' } },
        inputs: { lint: 'false', ...inputs },
        env: {
          GITHUB_API_URL: api.url,
          ...service.environment([{ Scope: 'refs/heads/main', Permission: 3 }]),
        },
      };
      const main = await runner.main(options);
      expect([main.exitCode, main.log]).toEqual([0, expect.stringContaining('built sha256:')]);
      // A build that finds no record asks once whether other refs hold any; what follows is of the post step.
      expect(api.requests.splice(0).map(({ method, path }) => `${method} ${path}`)).toEqual(
        main.log.includes('no record') ? ['GET /repos/o/r/actions/caches'] : [],
      );
      return await runner.post(options, main.state);
    }

    test('the post step keeps the quota and tells what is held; without one it asks nobody', async () => {
      expect((await job('a', {})).summary).toBe('');
      expect(api.requests).toEqual([]);
      const before = service.keys();
      now = Date.now() - 2 * 86_400_000;
      await job('b', {});
      now = Date.now();
      const post = await job('b', { 'cache-max-size': '1k' });
      expect(post.exitCode).toBe(0);
      expect(post.log).toMatch(
        /ts-image-build holds \d+ entr\S+ \(\S+ \S+\) in the Actions cache; deleted \d+ entr/,
      );
      expect(post.summary).toMatch(/### Actions cache[\s\S]*\| `refs\/heads\/main` \| \d+ \|/);
      expect(service.keys().filter((key) => before.includes(key))).toEqual([]);
    });

    test('a step that only cleans up builds nothing', async () => {
      await job('a', {});
      for (const entry of service.entries.values()) Object.assign(entry, { scope: 'refs/pull/7/merge' });
      const done = await step({
        token: api.token({ actions: 'write' }),
        event: { action: 'closed', pull_request: PULL },
        inputs: { 'cache-cleanup': 'true' },
      });
      expect([done.exitCode, service.keys()]).toEqual([0, []]);
      expect(done.log).not.toContain('built');
      expect(done.summary).toMatch(
        /^### Actions cache\n\nts-image-build holds 0 entries \(0 B\) in the Actions cache; deleted/,
      );
      const wrong = await step({ token: 'x', inputs: { 'cache-cleanup': 'true' } });
      expect([wrong.exitCode, wrong.annotations[0]?.message]).toEqual([
        1,
        expect.stringContaining('cache-max-size'),
      ]);
    });
  });
});
