import { describe, expect, test } from '@jest/globals';
import { parseCacheKey } from '../../src/image/cache-key.ts';
import { digestOf } from '../../src/image/digest.ts';
import { keyOf } from '../../src/plan/cache-key.ts';
import { toldFile } from '../../src/plan/content-part.ts';
import { describeGraph, explainMiss } from '../../src/plan/explain.ts';
import { opsOf, planText } from '../support/planning.ts';

type Facts = {
  readonly inputs?: string;
  readonly content?: readonly string[];
  readonly told?: ReadonlyMap<string, string>;
};

/** Parts of the last RUN or COPY of a text. */
function partsOf(text: string, { inputs = 'a', content = [], told = new Map() }: Facts = {}) {
  const planned = planText(text);
  const vertex = [...opsOf(planned, 'run'), ...opsOf(planned, 'copy')].at(-1)!;
  const keys = vertex.inputs.map((_id, index) => parseCacheKey((index === 0 ? inputs : 'b').repeat(64)));
  return keyOf(vertex, { inputs: keys, content, told }).parts;
}

const why = (now: string, before: string, facts: Facts = {}, factsBefore: Facts = {}): string =>
  explainMiss(partsOf(now, facts), partsOf(before, factsBefore));

describe('explainMiss', () => {
  const arg = (value: string) => `FROM base\nARG VERSION=${value}\nRUN make\n`;

  test('nothing to compare with, or nothing that differs', () => {
    expect(explainMiss(partsOf(arg('1')), undefined)).toBe('no record (evicted or never built)');
    const parts = partsOf(arg('1'));
    const refs = ['refs/tags/v1', 'refs/pull/7/merge', 'refs/pull/8/merge', 'refs/pull/9/merge'];
    const told = (count: number): string => explainMiss(parts, undefined, refs.slice(0, count));
    expect(told(1)).toBe('the cache in refs/tags/v1 is not readable from here');
    expect(told(2)).toBe('the caches in refs/tags/v1, refs/pull/7/merge are not readable from here');
    expect(told(4)).toMatch(/^the caches in refs\/tags\/v1, refs\/pull\/7\/merge and 2 more are not/);
    expect(explainMiss(parts, partsOf(arg('2')), refs)).not.toContain('readable');
    expect(why(arg('1'), arg('1'))).toBe('no record (evicted or never built)');
  });

  test('the mode and the owner of a single file', () => {
    const bytes = digestOf(Buffer.from('same'));
    const [digest, changed] = [`sha256:${'1'.repeat(64)}`, `sha256:${'2'.repeat(64)}`];
    const file = { mode: 0o644, uid: 0, gid: 0, bytes };
    const told = (content: string, of: Partial<typeof file> = {}) =>
      partsOf('FROM base\nCOPY a.sh /\n', {
        content: [content],
        told: new Map([[content, toldFile({ ...file, ...of })]]),
      });
    const plain = (content: string) => partsOf('FROM base\nCOPY a.sh /\n', { content: [content] });
    const before = told(digest);
    expect(explainMiss(told(changed, { mode: 0o755 }), before)).toBe('COPY a.sh: mode 0644 -> 0755');
    expect(explainMiss(told(changed, { mode: 0o4755, uid: 5 }), before)).toBe(
      'COPY a.sh: mode 0644 -> 4755, owner 0:0 -> 5:0',
    );
    const other = { mode: 0o755, bytes: digestOf(Buffer.from('other')) };
    expect(explainMiss(told(changed, other), before)).toBe('COPY a.sh: content changed');
    // Records of earlier versions say nothing of modes.
    expect(explainMiss(told(changed), plain(digest))).toBe('COPY a.sh: content changed');
    expect(explainMiss(told(digest), plain(digest))).toBe('no record (evicted or never built)');
  });

  test('variables', () => {
    expect(why(arg('1.3'), arg('1.2'))).toBe('ARG VERSION 1.2 -> 1.3');
    expect(why(arg(''), arg('1'))).toBe('ARG VERSION 1 -> (empty)');
    expect(why(arg('1'), 'FROM base\nRUN make\n')).toBe('ARG VERSION is new (1)');
    expect(why('FROM base\nRUN make\n', arg('1'))).toBe('ARG VERSION is gone');
    const secret = (value: string) => `FROM base\nENV PASSWORD=${value}\nRUN make\n`;
    expect(why(secret('old'), secret('new'))).toBe('ENV PASSWORD changed');
  });

  test('content, by source', () => {
    const copy = 'FROM base\nCOPY package.json src/ ./\n';
    expect(why(copy, copy, { content: ['1', '2'] }, { content: ['1', '3'] })).toBe(
      'COPY src/: content changed',
    );
    const mount = 'FROM base\nRUN --mount=target=/s x\n';
    expect(why(mount, mount, { content: ['1'] }, { content: ['2'] })).toBe(
      'RUN --mount target=/s: content changed',
    );
  });

  test('what it stands on', () => {
    expect(why(arg('1'), arg('1'), { inputs: 'c' })).toBe('base image docker.io/library/base:latest moved');
    const second = 'FROM base\nRUN a\nRUN b\n';
    expect(why(second, second, { inputs: 'c' })).toBe('previous step changed');
  });

  test('the step itself', () => {
    const user = (name: string) => `FROM base\nUSER ${name}\nRUN make\n`;
    expect(why('FROM base\nRUN make all\n', 'FROM base\nRUN make\n')).toBe('command changed');
    expect(why(user('b'), user('a'))).toBe('user a -> b');
  });

  test('a few reasons at once, not all', () => {
    expect(why('FROM base\nRUN b\n', arg('1'))).toBe('command changed; ARG VERSION is gone');
    const many = 'FROM base\nENV a=1 b=2 c=3 d=4\nRUN make\n';
    expect(why(many, 'FROM base\nRUN make\n')).toBe(
      'ENV a is new (1); ENV b is new (2); ENV c is new (3); and 1 more',
    );
  });

  test('is one line', () => {
    const parts = [{ name: 'ENV a', value: 'x\r\ny' }];
    expect(explainMiss(parts, [])).toBe('ENV a is new (x\\r\\ny)');
    expect(explainMiss(parts, [{ name: 'ENV a', value: '\n' }])).toBe('ENV a \\n -> x\\r\\ny');
  });
});

test('describeGraph ends in a newline and shows each step on a line of its own', () => {
  const text = describeGraph(planText('FROM base\nRUN <<x\na\nb\nx\n').graph);
  expect(text).toMatch(/^#1 \[2\/2\] RUN <<x \(a\.\.\.\)$/m);
  expect(text.endsWith('\n')).toBe(true);
});
