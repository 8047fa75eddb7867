import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type CacheKey, parseCacheKey } from '../../src/image/cache-key.ts';
import { parsePlatform } from '../../src/image/platform.ts';
import { type KeyFacts, keyOf } from '../../src/plan/cache-key.ts';
import type { CopyOp, GitOp, Op, RunMount, RunOp, Vertex } from '../../src/plan/graph.ts';
import { opsOf, planText } from '../support/planning.ts';

const key = (digit: string): CacheKey => parseCacheKey(digit.repeat(64));

const RUN: RunOp = {
  kind: 'run',
  args: ['/bin/sh', '-c', 'make'],
  env: ['PATH=/bin', 'VERSION=1'],
  cwd: '/src',
  user: 'app',
  mounts: [
    { type: 'bind', from: 1, source: '/', target: '/src', readonly: true },
    {
      type: 'cache',
      id: 'go',
      target: '/cache',
      readonly: false,
      sharing: 'shared',
      source: '/',
      mode: 0o755,
      uid: 0,
      gid: 0,
    },
    { type: 'secret', id: 's', target: '/run/secrets/s', required: true, mode: 0o400, uid: 0, gid: 0 },
    { type: 'tmpfs', target: '/tmp', readonly: false },
  ],
  network: 'default',
  security: 'sandbox',
  hostname: 'host',
  extraHosts: [{ name: 'db', ip: '10.0.0.1' }],
  scriptFile: { path: '/dev/pipes/x', content: '#!/bin/sh' },
  platform: parsePlatform('linux/amd64'),
  argNames: ['VERSION'],
};

const COPY: CopyOp = {
  kind: 'copy',
  instruction: 'COPY',
  sources: [
    { kind: 'path', from: 1, pattern: 'dir/file' },
    { kind: 'inline', name: 'EOF', content: 'text' },
  ],
  destination: '/d/',
  chown: 'a:b',
  chmod: '755',
  link: false,
  parents: false,
  exclude: ['*.md'],
  unpack: 'never',
};

const FACTS: KeyFacts = { inputs: [key('a'), key('b')], content: ['sha256:1', 'sha256:2'] };

function vertexOf(op: Op, inputs = ['a', 'b']): Vertex {
  const inputNames = ['previous step', 'build context'];
  return { id: 'x', op, inputs, inputNames, name: 'a step', noCache: false };
}

const of = (op: Op, facts = FACTS): string => keyOf(vertexOf(op), facts).key;
const mountAt = (index: number, change: Partial<RunMount>): readonly RunMount[] =>
  RUN.mounts.map((mount, at) => (at === index ? ({ ...mount, ...change } as RunMount) : mount));

describe('RUN', () => {
  test.each<[string, Partial<RunOp>]>([
    ['arguments', { args: ['/bin/sh', '-c', 'make all'] }],
    ['where arguments are split', { args: ['/bin/sh -c', 'make'] }],
    ['a value', { env: ['PATH=/bin', 'VERSION=2'] }],
    ['one more variable', { env: ['PATH=/bin', 'VERSION=1', 'X='] }],
    ['the directory', { cwd: '/' }],
    ['the user', { user: '' }],
    ['the network', { network: 'none' }],
    ['the sandbox', { security: 'insecure' }],
    ['the hostname', { hostname: 'other' }],
    ["an extra host's name", { extraHosts: [{ name: 'cache', ip: '10.0.0.1' }] }],
    ['the script', { scriptFile: { path: '/dev/pipes/x', content: '#!/bin/bash' } }],
    ['the platform', { platform: parsePlatform('linux/arm64') }],
    ['a mount less', { mounts: RUN.mounts.slice(1) }],
    ["a mount's target", { mounts: mountAt(0, { target: '/other' } as Partial<RunMount>) }],
    ["a mount's source", { mounts: mountAt(0, { source: '/sub' } as Partial<RunMount>) }],
    ["a cache's owner", { mounts: mountAt(1, { uid: 1 } as Partial<RunMount>) }],
    ["a secret's file", { mounts: mountAt(2, { mode: 0o440 } as Partial<RunMount>) }],
    ['devices', { devices: ['x/y=z'] }],
  ])('counts: %s', (_what, change) => {
    expect(of({ ...RUN, ...change })).not.toBe(of(RUN));
  });

  test.each<[string, Partial<RunOp>]>([
    ['proxies', { proxyEnv: ['HTTP_PROXY=x'] }],
    ['the order of variables', { env: ['VERSION=1', 'PATH=/bin'] }],
    ["an extra host's address", { extraHosts: [{ name: 'db', ip: '10.9.9.9' }] }],
    [
      'the id and sharing of a cache',
      { mounts: mountAt(1, { id: 'x', sharing: 'locked' } as Partial<RunMount>) },
    ],
  ])('does not count: %s', (_what, change) => {
    expect(of({ ...RUN, ...change })).toBe(of(RUN));
  });
});

describe('COPY', () => {
  test.each<[string, Partial<CopyOp>]>([
    ['the destination', { destination: '/d' }],
    ['the owner', { chown: 'a' }],
    ['the mode', { chmod: '700' }],
    ['--link', { link: true }],
    ['--parents', { parents: true }],
    ['--exclude', { exclude: [] }],
    ['--unpack', { unpack: 'always' }],
    ["a source's name", { sources: [{ kind: 'path', from: 1, pattern: 'dir/other' }] }],
    ['text', { sources: [COPY.sources[0]!, { kind: 'inline', name: 'EOF', content: 'other' }] }],
  ])('counts: %s', (_what, change) => {
    expect(of({ ...COPY, ...change })).not.toBe(of(COPY));
  });

  test('does not count where a source lies, except with --parents', () => {
    const moved = { sources: [{ kind: 'path', from: 1, pattern: 'x/y/file' } as const, COPY.sources[1]!] };
    expect(of({ ...COPY, ...moved })).toBe(of(COPY));
    expect(of({ ...COPY, ...moved, parents: true })).not.toBe(of({ ...COPY, parents: true }));
  });

  test('counts where in an unread input a source lies, however that is written', () => {
    const facts: KeyFacts = { ...FACTS, content: [], unread: new Set([0, 1]) };
    const at = (pattern: string): string =>
      of({ ...COPY, sources: [{ kind: 'path', from: 1, pattern }] }, facts);
    expect(at('/x/file')).not.toBe(at('/y/file'));
    expect(at('/x/file')).toBe(at('x/./file/'));
  });

  test('counts what is copied onto, but not with --link', () => {
    const onto = { ...FACTS, inputs: [key('c'), key('b')] };
    expect(of(COPY, onto)).not.toBe(of(COPY));
    expect(of({ ...COPY, link: true }, onto)).toBe(of({ ...COPY, link: true }));
  });
});

describe('inputs and content', () => {
  test('all of them count, each at its place', () => {
    const keys = new Set([
      of(COPY),
      of(COPY, { ...FACTS, inputs: [key('b'), key('a')] }),
      of(COPY, { ...FACTS, inputs: [key('a'), key('c')] }),
      of(COPY, { ...FACTS, content: ['sha256:2', 'sha256:1'] }),
      of(COPY, { ...FACTS, content: ['sha256:1'] }),
      of(COPY, { ...FACTS, content: [] }),
    ]);
    expect(keys.size).toBe(6);
  });

  test('an input that content tells all of does not count', () => {
    const covered = { covered: new Set([1]) };
    const other = { ...FACTS, ...covered, inputs: [key('a'), key('c')] };
    expect(of(COPY, other)).toBe(of(COPY, { ...FACTS, ...covered }));
  });

  test('the facts have to fit', () => {
    expect(() => of(COPY, { inputs: [] })).toThrow(
      expect.objectContaining({ code: 'BAD_KEY_FACTS', kind: 'bug' }),
    );
  });
});

describe('sources', () => {
  const only = (op: Op, facts: Partial<KeyFacts> = {}): string =>
    keyOf(vertexOf(op, []), { inputs: [], ...facts }).key;

  test('an image counts by digest and platform, not by name', () => {
    const platform = parsePlatform('linux/amd64');
    const image = (reference: string): Op => ({ kind: 'image', reference, platform });
    const digest = `sha256:${'1'.repeat(64)}`;
    expect(only(image(`a:1@${digest}`))).toBe(only(image(`b:2@${digest}`)));
    expect(only(image(`a:1@${digest}`))).not.toBe(only(image(`a:1@sha256:${'2'.repeat(64)}`)));
    expect(only(image(`a:1@${digest}`), { image: 'chain' })).toBe(
      only(image('a:1@sha256:0'), { image: 'chain' }),
    );
  });

  test('a checksum that fits changes nothing', () => {
    const http = (checksum?: string): Op => ({
      kind: 'http',
      url: 'https://x/y',
      filename: 'y',
      ...(checksum === undefined ? {} : { checksum }),
    });
    expect(only(http('sha256:1'))).toBe(only(http()));
    expect(only({ kind: 'http', url: 'https://x/z', filename: 'z' })).not.toBe(only(http()));
  });

  test('where a download comes from does not count, so a signed address is as good as another', () => {
    const http = (url: string): Op => ({ kind: 'http', url, filename: 'y' });
    const content = ['sha256:1 0'];
    const key = only(http('https://me:token@x/y?signature=1'), { content });
    expect(key).toBe(only(http('https://z/y'), { content }));
    expect(key).not.toBe(only(http('https://z/y'), { content: ['sha256:2 0'] }));
  });

  test('of a repository the commit counts, and its address and ref where .git tells them; never a password', () => {
    const git = (more: Partial<GitOp>): Op => {
      return { kind: 'git', url: 'https://x/y.git', keepGitDir: false, submodules: true, ...more };
    };
    const content = ['1'.repeat(40)];
    const moved = { url: 'https://me:token@z/y.git', ref: 'v1' };
    expect(only(git(moved), { content })).toBe(only(git({}), { content }));
    for (const other of [
      { subdir: 'a' },
      { submodules: false },
      { mtime: 'commit' },
      { keepGitDir: true },
    ] as const)
      expect(only(git(other), { content })).not.toBe(only(git({}), { content }));
    const kept = only(git({ keepGitDir: true }), { content });
    expect(only(git({ keepGitDir: true, url: 'https://token@x/y.git' }), { content })).toBe(kept);
    expect(only(git({ keepGitDir: true, url: 'https://z/y.git' }), { content })).not.toBe(kept);
    expect(only(git({ keepGitDir: true, ref: 'v1' }), { content })).not.toBe(kept);
  });
});

test('a key changes exactly when something that counts changes', () => {
  const word = fc.string({ maxLength: 4 });
  const counted = fc.record({
    args: fc.array(word, { minLength: 1, maxLength: 3 }),
    env: fc.uniqueArray(fc.tuple(fc.constantFrom('A', 'B', 'C'), word), { selector: ([name]) => name }),
    cwd: word,
    user: word,
    hosts: fc.uniqueArray(fc.constantFrom('a', 'b')),
    content: fc.array(word, { maxLength: 2 }),
  });
  type Counted = typeof counted extends fc.Arbitrary<infer T> ? T : never;
  const keyFor = (value: Counted, ip: string, proxy: string): string =>
    of(
      {
        ...RUN,
        args: value.args,
        env: value.env.map(([name, text]) => `${name}=${text}`),
        cwd: value.cwd,
        user: value.user,
        extraHosts: value.hosts.map((name) => ({ name, ip })),
        proxyEnv: [proxy],
      },
      { ...FACTS, content: value.content },
    );
  const comparable = (value: Counted): string =>
    JSON.stringify({ ...value, env: [...value.env].sort(), hosts: [...value.hosts].sort() });
  fc.assert(
    fc.property(counted, counted, word, word, (one, other, ip, proxy) => {
      const same = comparable(one) === comparable(other);
      expect(keyFor(one, ip, 'p') === keyFor(other, 'ip', proxy)).toBe(same);
      expect(keyFor(one, ip, proxy)).toBe(keyFor(structuredClone(one), '', ''));
    }),
    { numRuns: 200 },
  );
});

describe('parts', () => {
  const partsOf = (text: string) => {
    const vertex = opsOf(planText(text), 'run').at(-1)!;
    const inputs = vertex.inputs.map(() => key('a'));
    return new Map(keyOf(vertex, { inputs }).parts.map(({ name, value }) => [name, value]));
  };

  test('are words: what is ARG and what is ENV, what it stands on', () => {
    const parts = partsOf('FROM base\nARG v=1\nENV w=2\nRUN x\n');
    expect([...parts.keys()]).toEqual(
      expect.arrayContaining([
        'format',
        'step',
        'command',
        'ARG v',
        'ENV w',
        'base image docker.io/library/base:latest',
      ]),
    );
    expect(parts.get('ARG v')).toBe('1');
    expect(partsOf('FROM base\nRUN a\nRUN b\n').has('previous step')).toBe(true);
  });

  test('hold no secret and no long text', () => {
    const parts = partsOf(`FROM base\nARG API_TOKEN=hunter2\nARG long=${'x'.repeat(500)}\nRUN x\n`);
    expect(parts.get('ARG API_TOKEN')).toMatch(/^hidden:[0-9a-f]{8}$/);
    expect(parts.get('ARG long')).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect([...parts.values()].join()).not.toContain('hunter2');
  });

  test('what things are called does not count, only what they are', () => {
    const keyOfRun = (text: string) => {
      const vertex = opsOf(planText(text), 'run').at(-1)!;
      return keyOf(vertex, { inputs: vertex.inputs.map(() => key('a')) }).key;
    };
    const run = 'RUN --mount=from=x,target=/x y\n';
    expect(keyOfRun(`FROM scratch AS x\nFROM a\nARG v=1\n${run}`)).toBe(
      keyOfRun(`FROM scratch AS z\nFROM b\nENV v=1\n${run.replace('=x', '=z')}`),
    );
  });

  test('a step keeps its identity when its text changes', () => {
    const step = (text: string) => opsOf(planText(text), 'run').map((vertex) => vertex.step);
    expect(step('FROM a AS b\nRUN x\nRUN y\n')).toEqual(['b RUN 1', 'b RUN 2']);
    expect(step('FROM a AS b\nARG v=1\nRUN $v\nCOPY a b\nRUN z\n')).toEqual(['b RUN 1', 'b RUN 2']);
  });
});

describe('a content key', () => {
  const covered = new Set([1]);
  const facts = (parent: string, inputs = FACTS.inputs): KeyFacts => ({ ...FACTS, inputs, covered, parent });

  test('counts the layers below and the content, not how either was made', () => {
    expect(of(RUN, facts('sha256:1', [key('c'), key('d')]))).toBe(of(RUN, facts('sha256:1')));
    expect(of(RUN, facts('sha256:2'))).not.toBe(of(RUN, facts('sha256:1')));
    expect(of(RUN, facts(''))).not.toBe(of(RUN, facts('sha256:1')));
    expect(of(RUN, { ...facts(''), content: ['sha256:3', 'sha256:2'] })).not.toBe(of(RUN, facts('')));
  });

  test('counts the keys of inputs that the content does not cover', () => {
    const whole = (inputs: readonly CacheKey[]): KeyFacts => ({ ...FACTS, inputs, parent: '' });
    expect(of(RUN, whole([key('a'), key('c')]))).not.toBe(of(RUN, whole([key('a'), key('b')])));
  });

  test('is never the key of a definition', () => {
    expect(of(RUN, { ...FACTS, covered: new Set([0, 1]) })).not.toBe(of(RUN, facts('')));
  });

  test('of COPY --link is the same whatever it is copied onto', () => {
    const link = { ...COPY, link: true };
    expect(of(link, facts('sha256:1'))).toBe(of(link, facts('sha256:2')));
  });
});
