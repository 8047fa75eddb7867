import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type FixOffer, offerFixes } from '../../../src/app/action/fixes/offer.ts';
import type { WorkflowEvent } from '../../../src/app/action/github/event.ts';
import { fixesMarkdown } from '../../../src/app/report/fixes-markdown.ts';
import { applyFixes } from '../../../src/dockerfile/lint/apply-fixes.ts';
import { lint } from '../../../src/dockerfile/lint/lint.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import { GitHubApiServer, type Permissions } from '../../support/github-api.ts';
import { goldenCases } from '../../support/golden.ts';
import { needs, testWith } from '../../support/needs.ts';

/** Where 3 to 9 of 15 lines are new. */
const TEXT = `FROM debian:12
WORKDIR /app
ADD conf.d/ /etc/app/
COPY a b /srv
RUN apt-get update \\
  && apt-get install curl \\
  && apt install git

EXPOSE 80/TCP
# one
# two
# three
# four
ENV A 1
CMD node server.js
`;
const PATCH = `@@ -1,6 +1,12 @@
 FROM debian:12
 WORKDIR /app
+ADD conf.d/ /etc/app/
+COPY a b /srv
+RUN apt-get update \\
+  && apt-get install curl \\
+  && apt install git
+
+EXPOSE 80/TCP
 # one
 # two
 # three
-# gone`;

const withGit = testWith(needs.program('git'));

describe('fixes of the linter on a pull request', () => {
  let folder: string;
  let api: GitHubApiServer;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fixes-'));
    mkdirSync(join(folder, '.git'));
    api = await GitHubApiServer.start();
    write('docker/Dockerfile', TEXT);
  });
  afterEach(async () => {
    await api[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  const FILE = { filename: 'docker/Dockerfile', patch: PATCH, text: TEXT };

  function offer(
    options: {
      readonly event?: Partial<WorkflowEvent>;
      readonly permissions?: Permissions;
      readonly token?: string;
      readonly text?: string;
      readonly signal?: AbortSignal;
    } = {},
  ): Promise<FixOffer | undefined> {
    const text = options.text ?? TEXT;
    return offerFixes({
      request: {
        context: { kind: 'folder', path: folder },
        dockerfile: { path: join(folder, 'docker/Dockerfile'), text },
        lint: { enabled: true, failOn: 'warning', config: {} },
      },
      event: {
        name: 'pull_request',
        ref: 'refs/pull/7/merge',
        repository: { owner: 'o', repo: 'r' },
        pullRequest: { number: 7, fromFork: false },
        ...options.event,
      },
      token: options.token ?? api.token(options.permissions ?? { pullRequests: 'write' }),
      apiUrl: api.url,
      signal: options.signal ?? new AbortController().signal,
      firstDelay: 1,
    });
  }

  const linesOf = (pull: ReturnType<typeof api.pull>) =>
    pull.comments.map(({ line, start_line }) => [start_line, line]);

  test('each is one suggestion on its lines, all in one review of the head commit', async () => {
    const pull = api.pull(7, [FILE]);
    const outcome = await offer();
    expect(outcome).toMatchObject({ posted: 5, standing: 0, unsafe: 2 });
    expect(pull.reviews).toEqual([
      {
        event: 'COMMENT',
        body: '5 findings of the linter in `docker/Dockerfile` can be mended with a click.',
        commit_id: pull.head,
      },
    ]);
    expect(pull.comments.every(({ side, path }) => side === 'RIGHT' && path === 'docker/Dockerfile')).toBe(
      true,
    );
    const [golden] = goldenCases('action');
    const told = pull.comments.map(
      ({ start_line, line, body }) => `@@ ${start_line ?? line} to ${line}\n${body}`,
    );
    golden?.matches('comments.md', told.join('\n'));
  });

  test('what is not on lines of the diff is told, and all is in the patch', async () => {
    api.pull(7, [FILE]);
    const outcome = await offer();
    expect(outcome?.reason).toBe('one fix is not on lines that the pull request changes');
    expect(outcome?.patch).toContain('+ENV A=1\n');
    expect(outcome?.patch).toContain('+COPY conf.d/ /etc/app/\n');
  });

  test('no patch where all are suggestions', async () => {
    const text = 'FROM debian:12\nUSER 1\nADD a.py /b/\n';
    write('docker/Dockerfile', text);
    api.pull(7, [
      {
        filename: 'docker/Dockerfile',
        patch: '@@ -1,2 +1,3 @@\n FROM debian:12\n USER 1\n+ADD a.py /b/',
        text,
      },
    ]);
    expect(await offer({ text })).toEqual({ posted: 1, standing: 0, unsafe: 0 });
  });

  test('nothing to fix: nothing is asked', async () => {
    expect(await offer({ text: 'FROM debian:12\nUSER 1\n' })).toBeUndefined();
    expect(api.requests).toEqual([]);
  });

  test('a second run posts nothing; lines that move keep their comment', async () => {
    const pull = api.pull(7, [FILE]);
    await offer();
    expect(await offer()).toMatchObject({ posted: 0, standing: 5 });
    const text = `# new\n${TEXT}`;
    write('docker/Dockerfile', text);
    const patch = PATCH.replace('+1,12', '+1,13').replace(' FROM', '+# new\n FROM');
    api.pull(7, [{ ...FILE, text, patch }]);
    expect(await offer({ text })).toMatchObject({ posted: 0, standing: 5 });
    expect([pull.reviews.length, pull.comments.length]).toEqual([1, 5]);
  });

  test('a comment on lines that have changed since is left, and offered anew', async () => {
    const pull = api.pull(7, [FILE]);
    await offer();
    for (const comment of pull.comments.slice(0, 2)) comment.line = null;
    expect(await offer()).toMatchObject({ posted: 2, standing: 3 });
    expect(pull.comments).toHaveLength(7);
  });

  test('the same lines twice are two suggestions', async () => {
    const text = 'FROM debian:12\nUSER 1\nADD a.py /b/\nRUN true\nADD a.py /b/\n';
    write('docker/Dockerfile', text);
    const patch = '@@ -1,1 +1,5 @@\n FROM debian:12\n+USER 1\n+ADD a.py /b/\n+RUN true\n+ADD a.py /b/';
    const pull = api.pull(7, [{ filename: 'docker/Dockerfile', patch, text }]);
    expect(await offer({ text })).toMatchObject({ posted: 2 });
    expect(await offer({ text })).toMatchObject({ posted: 0, standing: 2 });
    pull.comments[1]!.line = null;
    expect(await offer({ text })).toMatchObject({ posted: 1, standing: 1 });
    pull.comments.splice(1, 1);
    expect(linesOf(pull)).toEqual([
      [null, 3],
      [null, 5],
    ]);
  });

  test('the checkout is a merge with other lines: the suggestions are for the branch of the pull request', async () => {
    const branch = 'FROM debian:12\nUSER 1\nADD a.py /b/\n';
    const patch = '@@ -1,2 +1,3 @@\n FROM debian:12\n USER 1\n+ADD a.py /b/';
    const pull = api.pull(7, [{ filename: 'docker/Dockerfile', patch, text: branch }]);
    const merge = '# from main\n# too\nFROM debian:12\nUSER 1\nADD a.py /b/\n';
    write('docker/Dockerfile', merge);
    expect(await offer({ text: merge })).toEqual({ posted: 1, standing: 0, unsafe: 0 });
    expect(linesOf(pull)).toEqual([[null, 3]]);
    expect(api.count('GET', /git\/blobs/)).toBe(1);
  });

  test('what the merge alone brings along is in the patch', async () => {
    const branch = 'FROM debian:12\nUSER 1\nCOPY a /b/\n';
    const patch = '@@ -1,2 +1,3 @@\n FROM debian:12\n USER 1\n+COPY a /b/';
    api.pull(7, [{ filename: 'docker/Dockerfile', patch, text: branch }]);
    const merge = `${branch}ADD c.py /d/\n`;
    write('docker/Dockerfile', merge);
    expect(await offer({ text: merge })).toMatchObject({
      posted: 0,
      reason: 'the fixes are not on lines that the pull request changes',
      patch: expect.stringContaining('+COPY c.py /d/\n'),
    });
  });

  test('the file is found among 300, and no page is read after it', async () => {
    const other = (i: number) => ({ filename: `src/${i}.ts`, patch: '@@ -0,0 +1 @@\n+x', text: `${i}` });
    const before = Array.from({ length: 130 }, (_, i) => other(i));
    const after = Array.from({ length: 170 }, (_, i) => other(i + 200));
    api.pull(7, [...before, FILE, ...after]);
    expect(await offer()).toMatchObject({ posted: 5 });
    expect(api.count('GET', /files$/)).toBe(2);
  });

  test('marks are found on any page of comments', async () => {
    const pull = api.pull(7, [FILE]);
    await offer();
    const ours = pull.comments.splice(0);
    const chat = Array.from({ length: 250 }, (_, i) => ({ ...ours[0]!, id: 1000 + i, body: `talk ${i}` }));
    pull.comments.push(...chat, ...ours);
    expect(await offer()).toMatchObject({ posted: 0, standing: 5 });
    expect(pull.reviews).toHaveLength(1);
  });

  test('at most 30 in a run; the next one goes on', async () => {
    const lines = Array.from({ length: 40 }, (_, i) => `ADD a${i}.py /b/`);
    const text = `FROM debian:12\nUSER 1\n${lines.join('\n')}\n`;
    write('docker/Dockerfile', text);
    const patch = `@@ -0,0 +1,42 @@\n+FROM debian:12\n+USER 1\n${lines.map((line) => `+${line}`).join('\n')}`;
    api.pull(7, [{ filename: 'docker/Dockerfile', status: 'added', patch, text }]);
    const first = await offer({ text });
    expect(first).toMatchObject({ posted: 30, reason: 'a run posts at most 30 suggestions' });
    expect(await offer({ text })).toEqual({ posted: 10, standing: 30, unsafe: 0 });
  });

  describe('where there can be no suggestions', () => {
    const reasons: readonly [string, Parameters<typeof offer>[0], string][] = [
      [
        'no pull request',
        { event: { name: 'push', pullRequest: undefined as never } },
        'this run is not for a pull request but for push',
      ],
      ['no token', { token: '' }, 'there is no github-token'],
      [
        'a token that only reads',
        { permissions: { pullRequests: 'read' } },
        'the token may not do that (status 403: Resource not accessible by integration); the job needs "permissions: pull-requests: write"',
      ],
      [
        'a fork',
        { permissions: { pullRequests: 'read' }, event: { pullRequest: { number: 7, fromFork: true } } },
        'the token may not do that (status 403: Resource not accessible by integration); the job needs "permissions: pull-requests: write", which the pull request of a fork is never given',
      ],
      [
        'a token of somebody else',
        { token: 'nobody' },
        'GitHub does not take the token (status 401: Bad credentials)',
      ],
      [
        'a pull request that is not there',
        { event: { pullRequest: { number: 8, fromFork: false } } },
        'the token does not reach the repository (status 404: Not Found); the job needs "permissions: pull-requests: write"',
      ],
    ];
    test.each(reasons)('%s', async (_, options, reason) => {
      api.pull(7, [FILE]);
      const outcome = await offer(options);
      expect(outcome).toMatchObject({ posted: 0, standing: 0, reason });
      expect(outcome?.patch).toMatch(/^--- a\/docker\/Dockerfile\n/);
    });

    test('the pull request does not change the file, or only renames or removes it', async () => {
      api.pull(7, [{ filename: 'other', patch: '@@ -0,0 +1 @@\n+x' }]);
      expect((await offer())?.reason).toBe('the pull request does not change docker/Dockerfile');
      api.pull(7, [{ filename: 'docker/Dockerfile', status: 'removed', patch: '@@ -1 +0,0 @@\n-x' }]);
      expect((await offer())?.reason).toBe('the pull request does not change docker/Dockerfile');
      api.pull(7, [{ filename: 'docker/Dockerfile', status: 'renamed', text: TEXT }]);
      expect((await offer())?.reason).toMatch(/no changed lines of docker\/Dockerfile/);
    });

    test('the Dockerfile is none of a checkout', async () => {
      rmSync(join(folder, '.git'), { recursive: true });
      expect((await offer())?.reason).toBe('the Dockerfile is not a file of a checkout');
      expect(api.requests).toEqual([]);
    });

    test('GitHub refuses the review: once, with its words in one line', async () => {
      api.pull(7, [FILE]);
      api.fault = ({ method }) =>
        method === 'POST' ? { status: 422, message: 'No\n::error::way' } : undefined;
      expect((await offer())?.reason).toBe('GitHub refused it (status 422: No ::error::way)');
      expect(api.count('POST', /reviews/)).toBe(1);
    });

    test('an API that fails is asked again, and then left', async () => {
      const pull = api.pull(7, [FILE]);
      let left = 2;
      api.fault = () => (left-- > 0 ? { status: 502 } : undefined);
      expect(await offer()).toMatchObject({ posted: 5 });
      api.fault = () => ({ status: 500 });
      expect((await offer())?.reason).toMatch(/^GitHub's API cannot be reached or fails \(status 500/);
      expect(pull.reviews).toHaveLength(1);
    });

    test('a review of which the answer is lost is not posted again', async () => {
      const pull = api.pull(7, [FILE]);
      let lost = false;
      api.fault = ({ method }) => {
        if (method !== 'POST' || lost) return undefined;
        lost = true;
        return { status: 502, after: true };
      };
      expect(await offer()).toMatchObject({ posted: 0, standing: 5 });
      expect([pull.reviews.length, pull.comments.length]).toEqual([1, 5]);
    });

    test('a rate limit is waited for, but not for long', async () => {
      api.pull(7, [FILE]);
      let limited = 0;
      const limit = (seconds: string) => () =>
        limited++ === 0
          ? { status: 403, message: 'secondary rate limit', headers: { 'retry-after': seconds } }
          : undefined;
      api.fault = limit('0');
      expect(await offer()).toMatchObject({ posted: 5 });
      limited = 0;
      api.fault = limit('3600');
      expect((await offer())?.reason).toBe("the rate limit of GitHub's API is used up (status 403)");
    });

    test('a job that is cancelled does not wait', async () => {
      api.pull(7, [FILE]);
      const signal = AbortSignal.abort();
      expect(await offer({ signal })).toMatchObject({ posted: 0, reason: 'GitHub did not answer in time' });
      expect(api.requests).toEqual([]);
    });
  });

  withGit('the patch is one that git applies, and after it nothing of that kind is found', async () => {
    api.pull(7, [FILE]);
    const outcome = await offer({ permissions: { pullRequests: 'read' } });
    const summary = fixesMarkdown(outcome!);
    const patch = /```diff\n([\s\S]*?\n)```/.exec(summary)?.[1] ?? '';
    rmSync(join(folder, '.git'), { recursive: true });
    execFileSync('git', ['init', '-q'], { cwd: folder });
    execFileSync('git', ['apply', '-'], { cwd: folder, input: patch });
    const text = readFileSync(join(folder, 'docker/Dockerfile'), 'utf8');
    const left = lint(parseDockerfile(text, 'Dockerfile'));
    expect(applyFixes(text, left, 'safe').fixed).toEqual([]);
    expect(left.filter(({ fix }) => fix?.safety === 'safe')).toEqual([]);
    expect(left.length).toBeLessThan(lint(parseDockerfile(TEXT, 'Dockerfile')).length);
  });

  test('the summary tells all of it', async () => {
    api.pull(7, [FILE]);
    const [golden] = goldenCases('action');
    golden?.matches('summary.md', fixesMarkdown((await offer())!));
  });
});
