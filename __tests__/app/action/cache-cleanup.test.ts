import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chooseEntries } from '../../../src/app/action/cache-cleanup/choose-entries.ts';
import type { HeldEntries } from '../../../src/app/action/cache-cleanup/clean-up.ts';
import { cleanUpAfterBuild, cleanUpAlone } from '../../../src/app/action/cache-cleanup/edge.ts';
import type { OwnEntry } from '../../../src/app/action/cache-cleanup/own-entries.ts';
import { heldLine, heldMarkdown } from '../../../src/app/report/held-markdown.ts';
import { DirectStore } from '../../../src/cache/backends/actions/direct-store.ts';
import { CacheIndex } from '../../../src/cache/backends/indexed/cache-index.ts';
import { encodeIndexFile } from '../../../src/cache/backends/indexed/index-file.ts';
import { layerKey } from '../../../src/cache/backends/indexed/keys.ts';
import { digestOf } from '../../../src/image/digest.ts';
import { CacheService } from '../../support/cache-service.ts';
import {
  type CacheRow,
  GitHubApiServer,
  type Permissions,
  rowsOf,
  rowsOfService,
} from '../../support/github-api.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-05-01T12:00:00Z');
const MAIN = 'refs/heads/main';

let nextId = 1;
beforeEach(() => {
  nextId = 1;
});

/** An entry that was last used some hours ago. */
function entry(key: string, hours: number, more: Partial<OwnEntry> = {}): OwnEntry {
  const time = NOW - hours * HOUR;
  return {
    id: nextId++,
    ref: MAIN,
    key: `ts-image-build-${key}`,
    version: 'v',
    size: 100,
    lastUsed: time,
    createdAt: time,
    ...more,
  };
}

const index = (sequence: number, hours: number, more: Partial<OwnEntry> = {}): OwnEntry =>
  entry(`I-app-linux-aa-bb-${String(sequence).padStart(8, '0')}`, hours, more);

function row({ size, lastUsed, createdAt, ...rest }: OwnEntry): CacheRow {
  return {
    ...rest,
    size_in_bytes: size,
    last_accessed_at: new Date(lastUsed).toISOString(),
    created_at: new Date(createdAt).toISOString(),
  };
}

describe('which entries go', () => {
  const quota = (size: number, indexes: readonly OwnEntry[] = [], named: readonly OwnEntry[] = []) => ({
    size,
    now: NOW,
    indexes: new Set(indexes),
    isNamed: (one: OwnEntry) => named.includes(one),
  });
  const ids = (some: readonly OwnEntry[]): number[] => some.map(({ id }) => id);

  test('least recently used first, no more than has to', () => {
    const all = [entry('L-a', 5), entry('L-b', 50), entry('P-c', 20), entry('L-d', 2)];
    expect(ids(chooseEntries(all, quota(400)).gone)).toEqual([]);
    expect(ids(chooseEntries(all, quota(399)).gone)).toEqual([2]);
    expect(ids(chooseEntries(all, quota(250)).gone)).toEqual([2, 3]);
  });

  test('what an index names goes after what none does, and the index last', () => {
    const [old, named, other, living] = [entry('L-a', 90), entry('L-b', 80), entry('L-c', 3), index(4, 100)];
    const all = [named, old, other, living];
    expect(ids(chooseEntries(all, quota(200, [living], [named])).gone)).toEqual([old.id, other.id]);
    expect(ids(chooseEntries(all, quota(100, [living], [named])).gone)).toEqual([old.id, other.id, named.id]);
    expect(ids(chooseEntries(all, quota(0, [living], [named])).gone)).toEqual([
      old.id,
      other.id,
      named.id,
      living.id,
    ]);
  });

  test('replaced indexes go however much room there is: of one chain, scope and version alone', () => {
    const all = [
      index(7, 30),
      index(8, 20),
      index(9, 10),
      index(2, 40, { ref: 'refs/pull/1/merge' }),
      index(3, 40, { version: 'other' }),
      entry('I-web-linux-cc-bb-00000001', 60),
    ];
    expect(ids(chooseEntries(all, quota(1e9)).gone)).toEqual([1, 2]);
  });

  test('nothing that was used within the hour, and how much too much that is', () => {
    const all = [
      index(1, 0.9),
      index(2, 0.5),
      entry('L-a', 0.9),
      entry('L-b', 30, { lastUsed: NOW }),
      entry('L-c', 2),
    ];
    expect(chooseEntries(all, quota(150))).toEqual({ gone: [all[4]], over: 250 });
  });

  test('any entries: the quota is kept or all that is left is young; who goes was used no later than who stays of its kind', () => {
    const some = fc.array(fc.tuple(fc.nat(200), fc.nat(1000), fc.boolean()), { maxLength: 40 });
    fc.assert(
      fc.property(some, fc.nat(20_000), (rows, size) => {
        const all = rows.map(([hours, bytes]) => entry(`L-${hours}`, hours, { size: bytes }));
        const named = all.filter((_, at) => rows[at]?.[2]);
        const { gone, over } = chooseEntries(all, quota(size, [], named));
        const left = all.filter((one) => !gone.includes(one));
        const bytes = left.reduce((sum, one) => sum + one.size, 0);
        expect(over).toBe(Math.max(0, bytes - size));
        if (over > 0) expect(left.every(({ lastUsed }) => NOW - lastUsed < HOUR)).toBe(true);
        for (const isNamed of [true, false]) {
          const times = (group: readonly OwnEntry[]): number[] =>
            group
              .filter((one) => named.includes(one) === isNamed && NOW - one.lastUsed >= HOUR)
              .map(({ lastUsed }) => lastUsed);
          expect(Math.max(...times(gone), 0)).toBeLessThanOrEqual(Math.min(...times(left), NOW));
        }
      }),
    );
  });
});

describe('the clean-up', () => {
  let folder: string;
  let api: GitHubApiServer;
  let notices: string[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cleanup-'));
    api = await GitHubApiServer.start();
    api.now = NOW;
    notices = [];
  });
  afterEach(async () => {
    await api[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  interface Run {
    readonly event?: unknown;
    readonly name?: string;
    readonly ref?: string;
    readonly permissions?: Permissions;
    readonly token?: string;
    readonly environment?: Record<string, string>;
    /** The runner's clock. */
    readonly clock?: number;
  }

  function edge({
    event = { repository: { default_branch: 'main' } },
    name = 'push',
    ref = MAIN,
    ...run
  }: Run) {
    const path = join(folder, 'event.json');
    writeFileSync(path, JSON.stringify(event));
    return {
      environment: {
        GITHUB_EVENT_PATH: path,
        GITHUB_EVENT_NAME: name,
        GITHUB_REPOSITORY: 'o/r',
        GITHUB_REF: ref,
        GITHUB_API_URL: api.url,
        ...run.environment,
      },
      token: run.token ?? api.token(run.permissions ?? { actions: 'write' }),
      onNotice: (message: string) => void notices.push(message),
      firstDelay: 1,
      now: run.clock ?? NOW,
    };
  }
  const afterBuild = (quota: number, run: Run = {}): Promise<HeldEntries | undefined> =>
    cleanUpAfterBuild(quota, edge(run));
  const alone = (quota: number | undefined, run: Run = {}): Promise<HeldEntries | undefined> =>
    cleanUpAlone(quota, edge(run));
  const keys = (): string[] => api.caches.list().map(({ key }) => key.replace(/^ts-image-build-/, ''));
  const fill = (...entries: readonly OwnEntry[]): void => {
    api.caches = rowsOf(entries.map(row));
  };

  const FOREIGN = [
    'node-modules-1',
    'buildkit-blob-1',
    'xts-image-build-L-1',
    'TS-IMAGE-BUILD-L-1',
    'ts-image-buil',
  ];
  const foreign = (): OwnEntry[] => FOREIGN.map((key) => ({ ...entry('', 900), key }));

  test.each([false, true])(
    'others are never touched, and do not count (a server without filters: %s)',
    async (isSloppy) => {
      fill(...foreign(), entry('L-a', 50), entry('L-b', 3));
      api.isSloppy = isSloppy;
      expect(await afterBuild(100)).toEqual({
        scopes: [{ ref: MAIN, count: 1, size: 100 }],
        deleted: { count: 1, size: 100 },
      });
      expect(keys()).toEqual([...FOREIGN, 'L-b']);
      await alone(0);
      expect(keys()).toEqual(FOREIGN);
      const lists = api.requests.filter(({ method }) => method === 'GET');
      expect(lists.every(({ query }) => query.get('key') === 'ts-image-build-')).toBe(true);
      expect(
        api.requests.filter(({ method, path }) => method === 'DELETE' && !/caches\/\d+$/.test(path)),
      ).toEqual([]);
    },
  );

  test.each([-400, 400])(
    'a runner whose clock is %d days off deletes what it should, and nothing that is new',
    async (days) => {
      fill(entry('L-old', 50), entry('L-new', 0.5));
      await afterBuild(0, { clock: NOW + days * DAY });
      expect(keys()).toEqual(['L-new']);
    },
  );

  test('the order is that of their use, over all pages and scopes', async () => {
    const entries = Array.from({ length: 250 }, (_, i) =>
      entry(`L-${i}`, 2 + ((i * 37) % 250), { ref: i % 3 === 0 ? 'refs/pull/9/merge' : MAIN }),
    );
    fill(...entries);
    const held = await afterBuild(15_000);
    const oldestFirst = entries.toSorted((one, other) => one.lastUsed - other.lastUsed);
    const gone = api.requests
      .filter(({ method }) => method === 'DELETE')
      .map(({ path }) => Number(path.split('/').at(-1)));
    expect(gone).toEqual(oldestFirst.slice(0, 100).map(({ id }) => id));
    expect(held?.deleted).toEqual({ count: 100, size: 10_000 });
    expect(api.count('GET', /actions\/caches$/)).toBe(3);
  });

  test('a run deletes 200 at most, and says how many are left', async () => {
    fill(...Array.from({ length: 230 }, (_, i) => entry(`L-${i}`, 50)));
    expect(await afterBuild(0)).toMatchObject({ deleted: { count: 200 }, scopes: [{ count: 30 }] });
    expect(notices.at(-1)).toBe(
      '30 entries of the Actions cache are left for the next clean-up: a run deletes at most 200',
    );
  });

  test('enough room: what is held is told, and nothing deleted', async () => {
    fill(entry('L-a', 50), entry('L-b', 3, { ref: 'refs/pull/2/merge', size: 5_000_000 }));
    const held = await afterBuild(10_000_000);
    expect(held).toEqual({
      scopes: [
        { ref: 'refs/pull/2/merge', count: 1, size: 5_000_000 },
        { ref: MAIN, count: 1, size: 100 },
      ],
      deleted: { count: 0, size: 0 },
    });
    expect(api.requests.map(({ method }) => method)).toEqual(['GET']);
    expect(heldMarkdown(held!)).toBe(
      `### Actions cache

ts-image-build holds 2 entries (5.00 MB) in the Actions cache.

| scope | entries | size |
| --- | --- | --- |
| \`refs/pull/2/merge\` | 1 | 5.00 MB |
| \`refs/heads/main\` | 1 | 100 B |
`,
    );
    expect(heldLine({ ...held!, deleted: { count: 1, size: 2000 } })).toMatch(
      /; deleted 1 entry \(2\.00 kB\)$/,
    );
    expect(notices).toEqual([]);
  });

  test('a permission that is missing is one notice that names it', async () => {
    fill(entry('L-a', 50), entry('L-b', 40));
    const why =
      'the token may not do that (status 403: Resource not accessible by integration); the job needs "permissions: actions: write"';
    expect(await afterBuild(0, { permissions: { actions: 'none' } })).toBeUndefined();
    expect(notices).toEqual([`The Actions cache is not cleaned up: ${why}`]);
    notices = [];
    expect(await alone(0, { permissions: { actions: 'read' } })).toMatchObject({
      deleted: { count: 0 },
      scopes: [{ count: 2 }],
    });
    expect(notices.filter((line) => line.includes('permissions'))).toEqual([
      `The Actions cache is not cleaned up: ${why}`,
    ]);
    expect(api.count('DELETE', /./)).toBe(1);
  });

  test('a server that fails, a limit, an entry that another job has deleted', async () => {
    fill(entry('L-a', 50), entry('L-b', 40), entry('L-c', 30));
    let first = true;
    api.fault = ({ method }) => {
      if (method !== 'DELETE' || !first) return undefined;
      first = false;
      return { status: 404 };
    };
    expect(await afterBuild(100)).toMatchObject({ deleted: { count: 2 } });
    api.fault = ({ method }) =>
      method === 'DELETE'
        ? { status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '9999999999' } }
        : undefined;
    await afterBuild(0);
    expect(notices.at(-1)).toBe(
      "The Actions cache is not cleaned up: the rate limit of GitHub's API is used up (status 403)",
    );
    api.fault = () => ({ status: 503 });
    expect(await afterBuild(0)).toBeUndefined();
    expect(notices.at(-1)).toMatch(/cannot be reached or fails \(status 503/);
  });

  test('after a build: for the default branch alone, which is asked for when the event does not tell', async () => {
    fill(entry('L-a', 50));
    expect(await afterBuild(0, { ref: 'refs/pull/3/merge', name: 'pull_request' })).toBeUndefined();
    expect(notices).toEqual([
      'The Actions cache is cleaned up by runs for main; this one is for refs/pull/3/merge',
    ]);
    expect(api.requests).toEqual([]);
    expect(await afterBuild(0, { event: {}, ref: 'refs/heads/feature' })).toBeUndefined();
    expect(api.requests.map(({ path }) => path)).toEqual(['/repos/o/r']);
    expect(await afterBuild(0, { event: {}, name: 'schedule' })).toMatchObject({ deleted: { count: 1 } });
    expect(await afterBuild(0, { token: '' })).toBeUndefined();
    expect(notices.at(-1)).toBe('The Actions cache is not cleaned up: there is no github-token');
  });

  test('a closed pull request: all that it has left, whatever its age, and nothing else', async () => {
    const closed = { ref: 'refs/pull/7/merge' };
    fill(
      entry('L-a', 0, closed),
      index(3, 50, closed),
      entry('L-a', 0),
      entry('L-b', 9, { ref: 'refs/pull/70/merge' }),
      {
        ...entry('', 9, closed),
        key: 'npm',
      },
    );
    api.isSloppy = true;
    const event = { action: 'closed', number: 7, pull_request: { number: 7 } };
    const held = await alone(undefined, { event, name: 'pull_request', ref: 'refs/pull/7/merge' });
    expect(held).toEqual({ scopes: [], deleted: { count: 2, size: 200 } });
    expect(api.caches.list().map(({ ref, key }) => `${ref} ${key}`)).toEqual([
      'refs/heads/main ts-image-build-L-a',
      'refs/pull/70/merge ts-image-build-L-b',
      'refs/pull/7/merge npm',
    ]);
  });

  test('alone, with nothing to go by, is bad input', async () => {
    await expect(alone(undefined)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    const opened = { action: 'opened', pull_request: { number: 7 } };
    await expect(alone(undefined, { event: opened, name: 'pull_request' })).rejects.toThrow(/cache-max-size/);
  });

  describe('with the cache service', () => {
    let service: CacheService;
    let time = NOW - 5 * DAY;

    beforeEach(async () => {
      time = NOW - 5 * DAY;
      service = await new CacheService({
        dir: join(folder, 'service'),
        now: () => time,
        retention: 90 * DAY,
      }).start();
      api.caches = rowsOfService(service);
    });
    afterEach(() => service[Symbol.asyncDispose]());

    const environment = (scope = MAIN): Record<string, string> =>
      service.environment([{ Scope: scope, Permission: 3 }], '1');

    async function put(key: string, bytes: Buffer, scope = MAIN): Promise<void> {
      await using store = new DirectStore(environment(scope));
      const open = async () =>
        (async function* () {
          yield bytes;
        })();
      expect(await store.put(key, { size: bytes.length, open })).toEqual({ type: 'saved' });
    }
    const layer = (name: string): Buffer => Buffer.alloc(1000, name);
    const keyOf = (name: string): string => layerKey(digestOf(layer(name)));

    /** An index that names layers. */
    async function putIndex(sequence: number, names: readonly string[], secret?: string): Promise<void> {
      const blobs = names.map((name) => ({
        digest: digestOf(layer(name)),
        size: 1000,
        place: { type: 'entry' as const, key: keyOf(name) },
      }));
      const file = await encodeIndexFile(new CacheIndex([], blobs), {
        scope: 'app',
        platform: 'linux/amd64',
        secret,
      });
      await put(`ts-image-build-I-app-linux-amd64-aa-bb-${String(sequence).padStart(8, '0')}`, file);
    }

    test.each([undefined, 'secret'])(
      'the newest index is read, and what it names spared (secret: %s)',
      async (secret) => {
        for (const name of ['a', 'b', 'c', 'd']) {
          await put(keyOf(name), layer(name));
          time += HOUR;
        }
        await putIndex(1, ['a', 'b', 'c', 'd'], secret);
        time += HOUR;
        await putIndex(2, ['a', 'c'], secret);
        time = NOW;
        const held = await afterBuild(3000, { environment: environment() });
        expect(notices).toEqual([]);
        // The old index, and of the layers those that the new one does not name.
        expect(service.keys().toSorted()).toEqual(
          [keyOf('a'), keyOf('c'), 'ts-image-build-I-app-linux-amd64-aa-bb-00000002'].toSorted(),
        );
        expect(held?.deleted.count).toBe(3);
        expect(service.calls['GET blob']).toBe(1);
      },
    );

    test('what a pull request keeps for itself goes before what the default branch needs', async () => {
      const scope = 'refs/pull/3/merge';
      await put(keyOf('a'), layer('a'));
      await putIndex(1, ['a']);
      time += HOUR;
      await put(keyOf('a'), layer('a'), scope);
      await put('ts-image-build-I-app-linux-amd64-aa-cc-00000001', Buffer.alloc(1000), scope);
      time = NOW;
      const held = await afterBuild(1500, { environment: environment() });
      expect(held?.scopes.map(({ ref, count }) => [ref, count])).toEqual([[MAIN, 2]]);
      // Nobody else can read the index of a pull request, and nobody tries.
      expect(notices).toEqual([]);
      expect(service.calls['GET blob']).toBe(1);
    });

    test('no index is read while there is room; one that cannot be read is a notice', async () => {
      await put(keyOf('a'), layer('a'));
      await put('ts-image-build-I-app-linux-amd64-aa-bb-00000001', Buffer.from('nothing of ours'));
      time = NOW;
      await afterBuild(1e6, { environment: environment() });
      expect(service.calls['GET blob']).toBeUndefined();
      expect(await afterBuild(500, { environment: environment() })).toMatchObject({ deleted: { count: 1 } });
      expect(notices).toEqual([
        expect.stringMatching(/^The index ts-image-build-I-app\S+ of the Actions cache cannot be read: /),
      ]);
      expect(service.keys()).toEqual(['ts-image-build-I-app-linux-amd64-aa-bb-00000001']);
    });

    test('where the service is not to be read, age alone decides, and that is told', async () => {
      await put(keyOf('a'), layer('a'));
      await putIndex(1, ['a']);
      time += HOUR;
      await put(keyOf('b'), layer('b'));
      time = NOW;
      const { ACTIONS_RESULTS_URL: _, ...without } = environment();
      await afterBuild(1500, { environment: without });
      expect(notices).toEqual(['No index of the Actions cache is read: ACTIONS_RESULTS_URL is not set']);
      expect(service.keys()).toContain(keyOf('b'));
      expect(service.keys()).not.toContain(keyOf('a'));
    });
  });
});
