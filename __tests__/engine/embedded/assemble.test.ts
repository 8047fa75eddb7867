import { describe, expect, test } from '@jest/globals';
import { type Assembly, assemble } from '../../../src/engine/embedded/assemble.ts';
import { digestOf, parseDiffId } from '../../../src/image/digest.ts';
import type { HistoryEntry, Layer } from '../../../src/image/types.ts';

function layer(name: string): Layer {
  const digest = digestOf(Buffer.from(name));
  return {
    descriptor: { mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest, size: 1 },
    diffId: parseDiffId(digest),
    sources: [],
  };
}

const COPY: HistoryEntry = { created_by: 'COPY a /' };

/** An image of one step on a base. */
function historyOn(
  baseHistory: readonly HistoryEntry[],
  baseLayers: number,
  madeAt = '2026-01-01T00:00:00Z',
): readonly HistoryEntry[] {
  const platform = { os: 'linux', architecture: 'amd64' };
  const assembly: Assembly = {
    target: {
      platform,
      vertex: 'v',
      chain: ['b', 'v'],
      baseHistory,
      config: { ...platform, config: {} },
      history: [{ entry: COPY, vertex: 'v' }],
    },
    layers: [...Array.from({ length: baseLayers }, (_, i) => layer(`base ${i}`)), layer('own')],
    baseLayers,
    madeAt: () => madeAt,
    layerless: new Set(),
    epoch: { seconds: 0, clampAfter: 0, fixed: false },
    annotations: {},
  };
  return assemble(assembly).config.history;
}

const isEmpty = (entries: readonly HistoryEntry[]): readonly boolean[] =>
  entries.map(({ empty_layer }) => empty_layer === true);

test.each(['soon', '+014645-01-01T00:00:00Z', ''])(
  'a cache that tells no time (%j) is not asked for it',
  (time) => {
    expect(historyOn([], 0, time).at(-1)?.created).toBe('1970-01-01T00:00:00Z');
  },
);

describe('the history of a base', () => {
  test('that tells of fewer layers than there are is completed', () => {
    const history = historyOn([{ created_by: 'one' }], 3);
    expect(isEmpty(history)).toEqual([false, false, false, false]);
    expect(history.at(-1)?.created_by).toBe(COPY.created_by);
  });

  test('that tells of more layers than there are: the first ones have them', () => {
    const told = [
      { created_by: 'one' },
      { created_by: 'ENV', empty_layer: true },
      { created_by: 'two' },
      { created_by: 'three' },
    ];
    const history = historyOn(told, 1);
    expect(history.map(({ created_by }) => created_by)).toEqual(['one', 'ENV', 'two', 'three', 'COPY a /']);
    expect(isEmpty(history)).toEqual([false, true, true, true, false]);
    expect(isEmpty(historyOn(told, 0))).toEqual([true, true, true, true, false]);
  });
});
