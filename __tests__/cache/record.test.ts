import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CacheRecord } from '../../src/cache/build-cache.ts';
import { decodeRecord, encodeRecord, isResult, sameResult } from '../../src/cache/record.ts';
import { parseCacheKey } from '../../src/image/cache-key.ts';
import { digestOf, parseDiffId } from '../../src/image/digest.ts';
import { sampleLayer } from '../support/cache-records.ts';

const digests = fc.string().map((text) => digestOf(text));
const records: fc.Arbitrary<CacheRecord> = fc.record(
  {
    key: digests.map((digest) => parseCacheKey(digest.slice('sha256:'.length))),
    contentKey: digests.map((digest) => parseCacheKey(digest.slice('sha256:'.length))),
    step: fc.string(),
    parts: fc.array(fc.record({ name: fc.string(), value: fc.string({ unit: 'binary' }) })),
    parent: fc.oneof(fc.constant(''), digests),
    createdAt: fc
      .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString()),
    layer: fc.record({
      descriptor: fc.record(
        {
          mediaType: fc.string({ maxLength: 255 }),
          digest: digests,
          size: fc.nat(),
          annotations: fc.dictionary(fc.string(), fc.string(), { noNullPrototype: true }),
        },
        { requiredKeys: ['mediaType', 'digest', 'size'] },
      ),
      diffId: digests.map(parseDiffId),
      sources: fc.array(fc.record({ host: fc.string(), path: fc.string() })),
    }),
    documents: fc.array(fc.string({ unit: 'binary' })),
  },
  { requiredKeys: ['key', 'step', 'parts', 'createdAt'] },
);

const KEY = parseCacheKey('c'.repeat(64));

describe('a stored record', () => {
  test('of the time before content keys is read', () => {
    const { record } = sampleLayer('a');
    const { contentKey, ...old } = encodeRecord({ ...record, contentKey: KEY });
    expect(contentKey).toBe(KEY);
    expect(decodeRecord(old)).toEqual(record);
  });

  test('with another content key is another result: it is found in other ways', () => {
    const { record } = sampleLayer('a');
    expect(sameResult(record, { ...record, contentKey: KEY })).toBe(false);
  });

  test('with other documents is another result, and one with documents is none to count', () => {
    const { layer: _, ...record } = sampleLayer('a').record;
    const one = { ...record, documents: ['{}', '{"a":1}'] };
    expect(sameResult(one, { ...one, documents: ['{}', '{"a":1}'] })).toBe(true);
    expect(sameResult(one, { ...one, documents: ['{}'] })).toBe(false);
    expect(sameResult(one, record)).toBe(false);
    expect([isResult(one), isResult(record)]).toEqual([false, true]);
  });

  test('comes back as it was, through JSON', () => {
    fc.assert(
      fc.property(records, (record) => {
        expect(decodeRecord(JSON.parse(JSON.stringify(encodeRecord(record))))).toEqual(record);
      }),
    );
  });

  test('is refused with the same code whatever is wrong with it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(() => decodeRecord(value)).toThrow(expect.objectContaining({ code: 'CACHE_DATA_BAD' }));
      }),
    );
  });

  const good = encodeRecord(sampleLayer('a').record);
  const layer = good['layer'] as object;
  test.each([
    ['a key of another form', { key: 'x' }],
    ['a step that is a number', { step: 1 }],
    ['parts that are no pairs', { parts: [['a']] }],
    ['a date that is none', { createdAt: 'yesterday' }],
    ['a parent that is no digest', { parent: '../../etc' }],
    ['a layer without a digest', { layer: { ...layer, digest: undefined } }],
    ['a layer of negative size', { layer: { ...layer, size: -1 } }],
    ['a layer of a size beyond counting', { layer: { ...layer, size: 2 ** 60 } }],
    ['a layer with a diffID of another form', { layer: { ...layer, diffId: 'sha256:00' } }],
    ['a source without a path', { layer: { ...layer, sources: [{ host: 'a' }] } }],
    ['documents that are no texts', { documents: [{}] }],
    ['too many documents', { documents: Array(33).fill('{}') }],
    ['documents that are too large in all', { documents: Array(3).fill('x'.repeat(90_000)) }],
    ['too many sources', { layer: { ...layer, sources: Array(65).fill({ host: 'a', path: 'b' }) } }],
  ])('refuses %s', (_, change) => {
    expect(() => decodeRecord({ ...good, ...change })).toThrow(
      expect.objectContaining({ code: 'CACHE_DATA_BAD' }),
    );
  });

  test('keeps its result but not its parts when those are huge', () => {
    const { record } = sampleLayer('a');
    const huge = {
      ...record,
      parts: Array.from({ length: 5 }, () => ({ name: 'RUN', value: 'x'.repeat(60_000) })),
    };
    const read = decodeRecord(encodeRecord(huge));
    expect(read.parts).toEqual([]);
    expect(sameResult(read, record)).toBe(true);
  });
});
