import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Segment, segmentsOf } from '../../../src/image/layer/random-runs.ts';
import { noise } from '../../support/bytes.ts';

const KIB = 1024;
const text = Buffer.from('All that is written here is text, and deflate likes it. '.repeat(4000));
const random = (kib: number, seed = 1): Buffer => noise(kib * KIB, seed);
const runs = (block: Buffer): readonly Segment[] => segmentsOf(block).filter((segment) => segment.random);

describe('what looks random', () => {
  test('a run between texts is found but for its edges', () => {
    const block = Buffer.concat([text.subarray(0, 10_001), random(40), text.subarray(0, 30_000)]);
    const [run, second] = runs(block);
    expect(second).toBeUndefined();
    expect(run?.start).toBeGreaterThanOrEqual(10_001);
    expect(run?.start).toBeLessThan(10_001 + 2 * KIB);
    expect(run?.end).toBeLessThan(10_001 + 41 * KIB);
    expect(run?.end).toBeGreaterThan(10_001 + 38 * KIB);
  });

  test('at the beginning, at the end, and all of it', () => {
    const both = Buffer.concat([random(20, 1), text.subarray(0, 8192), random(20, 2)]);
    expect(runs(both)).toEqual([
      { start: 0, end: 20 * KIB, random: true },
      { start: 28 * KIB, end: 48 * KIB, random: true },
    ]);
    expect(segmentsOf(random(1024))).toEqual([{ start: 0, end: 1024 * KIB, random: true }]);
    // The last unit is not whole.
    expect(segmentsOf(random(64).subarray(0, 63 * KIB))).toEqual([
      { start: 0, end: 62 * KIB, random: true },
      { start: 62 * KIB, end: 63 * KIB, random: false },
    ]);
  });
});

describe('what does not', () => {
  const halves = Buffer.from(random(64));
  for (let i = 1; i < halves.length; i += 2) halves[i] = 0x30 + (halves[i]! & 7);
  test.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['text', text],
    ['zeros', Buffer.alloc(256 * KIB)],
    ['a short run', Buffer.concat([text.subarray(0, 8192), random(15), text.subarray(0, 8192)])],
    ['a table of all bytes', Buffer.from(Array.from({ length: 256 * KIB }, (_, i) => i & 255))],
    [
      'random bytes that come again within reach',
      Buffer.concat(Array(20).fill(random(12).subarray(0, 12_345))),
    ],
    ['numbers of which every other byte says little', halves],
  ])('%s', (_, block) => {
    expect(runs(block)).toEqual([]);
  });
});

test('random bytes that come again out of reach are random', () => {
  const far = Buffer.concat([random(64), random(64)]);
  expect(segmentsOf(far)).toEqual([{ start: 0, end: 128 * KIB, random: true }]);
});

test('segments make up the block, take turns, and are the same each time', () => {
  const piece = fc.record({
    kind: fc.constantFrom('text', 'random', 'zeros'),
    size: fc.integer({ min: 0, max: 60_000 }),
    seed: fc.integer({ min: 1, max: 5 }),
  });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      const block = Buffer.concat(
        pieces.map(({ kind, size, seed }) =>
          kind === 'text'
            ? text.subarray(0, size)
            : kind === 'zeros'
              ? Buffer.alloc(size)
              : noise(size, seed),
        ),
      );
      const segments = segmentsOf(block);
      let at = 0;
      for (const [i, { start, end, random: isRandom }] of segments.entries()) {
        expect(start).toBe(at);
        expect(end).toBeGreaterThan(start);
        if (i > 0) expect(isRandom).not.toBe(segments[i - 1]?.random);
        at = end;
      }
      expect(at).toBe(block.length);
      expect(segmentsOf(Buffer.from(block))).toEqual(segments);
    }),
    { numRuns: 60 },
  );
});
