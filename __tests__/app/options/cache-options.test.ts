import { describe, expect, test } from '@jest/globals';
import { type CacheRequest, decideCaches, inlineIn } from '../../../src/app/options/cache-options.ts';
import type { CachePlace } from '../../../src/app/options/cache-spec.ts';

const automatic: CachePlace = { type: 'gha', scope: 'auto' };
const named: CachePlace = { type: 'gha', scope: 'named' };
const folder: CachePlace = { type: 'local', folder: '/c' };

function decide(request: Partial<CacheRequest>): ReturnType<typeof decideCaches> {
  return decideCaches({
    mode: 'max',
    automatic,
    from: [],
    to: [],
    strict: false,
    secret: undefined,
    maxSize: undefined,
    ...request,
  });
}

describe('decideCaches', () => {
  test('the automatic Actions cache comes first, then the others in their order', () => {
    const { from, to } = decide({ from: [folder], to: [{ place: folder, mode: 'min' }] });
    expect(from).toEqual([
      { place: automatic, named: false },
      { place: folder, named: true },
    ]);
    expect(to).toEqual([
      { place: automatic, mode: 'max' },
      { place: folder, mode: 'min' },
    ]);
  });

  test('whoever names an Actions cache gets that one alone', () => {
    expect(decide({ from: [named] })).toMatchObject({ from: [{ place: named, named: true }], to: [] });
    expect(decide({ to: [{ place: named }] })).toMatchObject({ from: [], to: [{ place: named }] });
  });

  test('cache-mode min is the default of each, and does not win over what is written', () => {
    const { to } = decide({ mode: 'min', to: [{ place: folder, mode: 'max' }] });
    expect(to.map(({ mode }) => mode)).toEqual(['min', 'max']);
  });

  test('read-only reads all and says that cache-to is not used', () => {
    const decided = decide({ mode: 'read-only', from: [folder], to: [{ place: folder }, 'inline'] });
    expect(decided).toMatchObject({ enabled: true, to: [], inline: false });
    expect(decided.from).toHaveLength(2);
    expect(decided.notices).toEqual(['cache-to is not used: cache-mode is read-only']);
    expect(decide({ mode: 'read-only' }).notices).toEqual([]);
  });

  test('off uses nothing, and says so of what was asked for', () => {
    expect(decide({ mode: 'off', from: [folder], to: [{ place: folder }] })).toEqual({
      enabled: false,
      from: [],
      to: [],
      inline: false,
      strict: false,
      notices: ['cache-from is not used: cache-mode is off', 'cache-to is not used: cache-mode is off'],
    });
  });

  test('BUILDKIT_INLINE_CACHE is type=inline', () => {
    expect(decide({ to: inlineIn({ BUILDKIT_INLINE_CACHE: '1' }) }).inline).toBe(true);
    expect(decide({ to: inlineIn({ BUILDKIT_INLINE_CACHE: '0' }) }).inline).toBe(false);
    expect(inlineIn({})).toEqual([]);
  });
});
