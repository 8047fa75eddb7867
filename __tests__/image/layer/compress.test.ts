import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as zlib from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { BuildError } from '../../../src/base/errors.ts';
import { type CompressionChoice, compress } from '../../../src/image/layer/compress.ts';
import { decompress } from '../../../src/image/layer/decompress.ts';
import { detectCompression } from '../../../src/image/layer/detect-compression.ts';
import { codeOf, collect, noise, sampleBytes, streamOf } from '../../support/bytes.ts';

const MIB = 1024 * 1024;
const megabyte = sampleBytes(1024 * 1024);
const pack = (bytes: Buffer, choice: CompressionChoice, cut?: number): Promise<Buffer> =>
  collect(compress(streamOf(bytes, cut), choice));
const unpack = (bytes: Buffer, how: Parameters<typeof decompress>[1], limit?: number): Promise<Buffer> =>
  collect(decompress(streamOf(bytes, 5000), how, limit === undefined ? {} : { limit }));
const program = (name: string, bytes: Buffer): Buffer =>
  execFileSync(name, ['-dc'], { input: bytes, maxBuffer: 1e8 });
const has = (name: string): boolean => existsSync(`/usr/bin/${name}`) || existsSync(`/bin/${name}`);

/** Repeats beyond a block's end, so that the dictionary matters. */
const repeating = Buffer.concat(Array.from({ length: 70 }, (_, i) => sampleBytes(20_000, 1 + (i % 3))));

describe.each<CompressionChoice['type']>(['gzip', 'zstd'])('%s', (type) => {
  test.each([0, 1, MIB - 1, MIB, MIB + 1, 4 * MIB + 12_345])('%i bytes come back', async (size) => {
    const bytes = sampleBytes(size);
    const packed = await pack(bytes, { type });
    expect((await unpack(packed, type)).equals(bytes)).toBe(true);
    expect((await unpack(packed, 'auto')).equals(bytes)).toBe(true);
  });

  test('the pieces in which bytes come do not change the result', async () => {
    const one = await pack(repeating, { type }, 777);
    expect(one.equals(await pack(repeating, { type }, 3 * MIB))).toBe(true);
  });

  test('the level counts and is checked', async () => {
    const text = Buffer.from(
      JSON.stringify(Array.from({ length: 50_000 }, (_, i) => ({ id: i, square: i * i }))),
    );
    const least = await pack(text, { type, level: 1 });
    const most = await pack(text, { type, level: 9 });
    expect(most.length).not.toBe(least.length);
    // Of gzip no compression at all, of zstd its own default.
    expect(await unpack(await pack(text, { type, level: 0 }), type)).toEqual(text);
    for (const level of [-1, 23, 1.5]) {
      expect(await codeOf(() => pack(repeating, { type, level }))).toBe('BAD_COMPRESSION_LEVEL');
    }
  });

  (has(type) ? test : test.skip)(`the program ${type} reads it`, async () => {
    expect(program(type, await pack(repeating, { type })).equals(repeating)).toBe(true);
    expect(program(type, await pack(Buffer.alloc(0), { type })).length).toBe(0);
  });

  test('a cut stream is an error, and so is none at all', async () => {
    const packed = await pack(sampleBytes(3 * MIB), { type });
    for (const length of [0, 3, 15, 1000, packed.length - 9, packed.length - 1]) {
      expect([length, await codeOf(() => unpack(packed.subarray(0, length), type))]).toEqual([
        length,
        'BAD_COMPRESSION',
      ]);
    }
  });

  test('a damaged stream is an error', async () => {
    const packed = await pack(sampleBytes(200_000), { type });
    packed[packed.length >> 1]! ^= 0x55;
    expect(await codeOf(() => unpack(packed, type))).toBe('BAD_COMPRESSION');
    expect(await codeOf(() => unpack(Buffer.from('no such thing'), type))).toBe('BAD_COMPRESSION');
  });

  test('a limit holds before all of it is unpacked', async () => {
    const packed = await pack(Buffer.alloc(3 * MIB), { type });
    expect(await codeOf(() => unpack(packed, type, 3 * MIB - 1))).toBe('DECOMPRESSED_TOO_LARGE');
    expect(await unpack(packed, type, 3 * MIB)).toHaveLength(3 * MIB);
  });

  test('errors of the source come through, and it is closed', async () => {
    let closed = 0;
    const failing = async function* () {
      try {
        for (let i = 0; i < 20; i++) yield megabyte;
        throw new BuildError({ kind: 'user', code: 'SOURCE_FAILED', message: 'no' });
      } finally {
        closed += 1;
      }
    };
    expect(await codeOf(() => collect(compress(failing(), { type })))).toBe('SOURCE_FAILED');
    let chunks = 0;
    for await (const _ of compress(failing(), { type })) {
      chunks += 1;
      if (chunks === 2) break;
    }
    const packed = await pack(sampleBytes(3 * MIB), { type });
    const half = async function* () {
      yield packed.subarray(0, packed.length >> 1);
      throw new BuildError({ kind: 'user', code: 'SOURCE_FAILED', message: 'no' });
    };
    expect(await codeOf(() => collect(decompress(half(), type)))).toBe('SOURCE_FAILED');
    expect(closed).toBe(2);
  });

  test('what is left unread closes the source', async () => {
    const packed = await pack(sampleBytes(3 * MIB), { type });
    let closed = false;
    const source = async function* () {
      try {
        yield* streamOf(packed, 10_000);
      } finally {
        closed = true;
      }
    };
    for await (const _ of decompress(source(), type)) break;
    await new Promise((resolve) => setImmediate(resolve));
    expect(closed).toBe(true);
  });
});

test('gzip of several blocks is one member without time or name, with checksum and length', async () => {
  const packed = await pack(repeating, { type: 'gzip' });
  expect(packed.subarray(0, 10).toString('hex')).toBe('1f8b08000000000000ff');
  expect(packed.readUInt32LE(packed.length - 8)).toBe(zlib.crc32(repeating));
  expect(packed.readUInt32LE(packed.length - 4)).toBe(repeating.length);
  // inflateRaw stops at the end of the first deflate stream: there is only one.
  expect(zlib.inflateRawSync(packed.subarray(10, -8)).equals(repeating)).toBe(true);
  const apart = zlib.gzipSync(repeating, { level: 6 }).length;
  expect(packed.length).toBeLessThan(apart * 1.01);
});

describe('gzip of bytes that look random beside others', () => {
  const text = Buffer.from('Text that deflate makes much smaller, line by line.\n'.repeat(3000));
  const random = (kib: number, seed: number): Buffer => noise(kib * 1024, seed);
  const mixed = Buffer.concat(
    Array.from({ length: 40 }, (_, i) => [text.subarray(0, 3000 * i), random(20 + i, i + 1)]).flat(),
  );

  test.each<[string, Buffer]>([
    ['text first', Buffer.concat([mixed, text])],
    ['random bytes last', mixed],
    ['a whole block of them', Buffer.concat([random(3072, 3), text])],
    ['nothing else', random(2048, 4)],
    ['a few blocks and a few bytes', random(2048, 5).subarray(0, 2 * MIB - 70_001)],
  ])('%s: one deflate stream, no larger than without a look at it', async (_, bytes) => {
    for (const level of [1, undefined, 9]) {
      const packed = await pack(bytes, { type: 'gzip', ...(level === undefined ? {} : { level }) });
      expect(zlib.inflateRawSync(packed.subarray(10, -8)).equals(bytes)).toBe(true);
      const plain = zlib.gzipSync(bytes, { level: level ?? 4 }).length;
      expect(packed.length).toBeLessThan(plain * 1.002);
    }
  });

  test('the pieces in which they come do not change the result, nor does what was packed before', async () => {
    const one = await pack(mixed, { type: 'gzip' }, 1000);
    expect(one.equals(await pack(mixed, { type: 'gzip' }, 100_000))).toBe(true);
    expect(
      (await Promise.all([1, 2, 3].map(() => pack(mixed, { type: 'gzip' })))).every((b) => b.equals(one)),
    ).toBe(true);
  });
});

test('gzip of several members, zstd of several frames and frames to skip', async () => {
  const [a, b] = [sampleBytes(70_000, 1), sampleBytes(300_000, 2)];
  expect(
    (await unpack(Buffer.concat([zlib.gzipSync(a), zlib.gzipSync(b)]), 'gzip')).equals(Buffer.concat([a, b])),
  ).toBe(true);
  const skip = Buffer.alloc(8 + 1000, 7);
  skip.writeUInt32LE(0x184d2a53, 0);
  skip.writeUInt32LE(1000, 4);
  const frames = Buffer.concat([
    skip,
    zlib.zstdCompressSync(a),
    skip,
    zlib.zstdCompressSync(Buffer.alloc(0)),
    zlib.zstdCompressSync(b),
    skip,
  ]);
  expect((await unpack(frames, 'auto')).equals(Buffer.concat([a, b]))).toBe(true);
  expect(await unpack(skip, 'zstd')).toHaveLength(0);
  expect(await codeOf(() => unpack(Buffer.concat([frames, Buffer.from('rest')]), 'zstd'))).toBe(
    'BAD_COMPRESSION',
  );
});

test.each([[1], [3], [19]])(
  'zstd frames of level %i of all sizes and kinds are split right',
  async (level) => {
    const options = (extra: object) => ({
      params: { [zlib.constants.ZSTD_c_compressionLevel]: level, ...extra },
    });
    const { ZSTD_c_checksumFlag, ZSTD_c_contentSizeFlag } = zlib.constants;
    const parts = [0, 1, 255, 256, 65_791, 65_792, 400_000].flatMap((size) => [
      sampleBytes(size),
      Buffer.alloc(size, 9),
    ]);
    const frames = parts.flatMap((part) => [
      zlib.zstdCompressSync(part, options({ [ZSTD_c_checksumFlag]: 1 })),
      zlib.zstdCompressSync(part, options({ [ZSTD_c_contentSizeFlag]: 0 })),
    ]);
    const expected = Buffer.concat(parts.flatMap((part) => [part, part]));
    expect((await unpack(Buffer.concat(frames), 'zstd')).equals(expected)).toBe(true);
  },
);

describe.each(['bzip2', 'xz'] as const)('%s', (name) => {
  (has(name) ? test : test.skip)('through the program', async () => {
    const packed = execFileSync(name, ['-c'], { input: repeating, maxBuffer: 1e8 });
    expect((await unpack(packed, 'auto')).equals(repeating)).toBe(true);
    expect(await codeOf(() => unpack(packed.subarray(0, packed.length - 20), 'auto'))).toBe(
      'BAD_COMPRESSION',
    );
    for await (const _ of decompress(streamOf(packed), name)) break;
  });
});

test('what is not compressed passes through', async () => {
  expect((await unpack(repeating, 'auto')).equals(repeating)).toBe(true);
  expect((await unpack(repeating, 'none')).equals(repeating)).toBe(true);
  expect(await unpack(Buffer.from('ab'), 'auto')).toEqual(Buffer.from('ab'));
  expect(await unpack(Buffer.alloc(0), 'auto')).toHaveLength(0);
  expect((await pack(repeating, { type: 'none' })).equals(repeating)).toBe(true);
});

test.each([
  ['1f8b0800', 'gzip'],
  ['28b52ffd', 'zstd'],
  ['5e2a4d18', 'zstd'],
  ['425a6839', 'bzip2'],
  ['fd377a585a00', 'xz'],
  ['fd377a585a', 'none'],
  ['1f8b', 'none'],
  ['', 'none'],
])('%s begins %s', (hex, expected) => {
  expect(detectCompression(Buffer.from(hex, 'hex'))).toBe(expected);
});
