import { describe, expect, test } from '@jest/globals';
import type { BuildOptions } from '../../../src/app/build-options.ts';
import { compressionOf } from '../../../src/app/options/choices.ts';
import { decideOutputs } from '../../../src/app/options/outputs.ts';

type Compression = BuildOptions['compression'];

function compressionFor(build: Compression, ...texts: readonly string[]): Compression {
  const none = { push: false, load: false, tags: [], annotations: [] };
  return decideOutputs({ ...none, texts, compression: build }).compression;
}

describe('compression levels', () => {
  test.each<readonly ['gzip' | 'zstd', number]>([
    ['gzip', 9],
    ['zstd', 22],
  ])('%s: the input and an output take the same, 0 to %d', (type, most) => {
    const level = (text: string): readonly (number | undefined)[] => [
      compressionOf(type, text).level,
      compressionFor({ type: 'gzip' }, `type=image,compression=${type},compression-level=${text}`).level,
    ];
    expect(level('0')).toEqual([0, 0]);
    expect(level(String(most))).toEqual([most, most]);
    for (const bad of [String(most + 1), '-1', '1.5', '1e0', ' ', 'fast']) {
      expect(() => compressionOf(type, bad)).toThrow(expect.objectContaining({ kind: 'user' }));
      expect(() =>
        compressionFor({ type: 'gzip' }, `type=image,compression=${type},compression-level=${bad}`),
      ).toThrow(expect.objectContaining({ kind: 'user' }));
    }
  });

  test('an output that gives the level alone means the compression of the build', () => {
    const output = 'type=image,compression-level=12';
    expect(compressionFor({ type: 'zstd' }, output)).toEqual({ type: 'zstd', level: 12 });
    expect(() => compressionFor({ type: 'gzip' }, output)).toThrow(/12 of an output is not a level of gzip/);
  });

  test('an output that gives the compression alone keeps the level of the build, if that is of the same', () => {
    expect(compressionFor({ type: 'zstd', level: 7 }, 'type=image,compression=zstd')).toEqual({
      type: 'zstd',
      level: 7,
    });
    expect(compressionFor({ type: 'zstd', level: 7 }, 'type=image,compression=gzip')).toEqual({
      type: 'gzip',
    });
  });

  test('outputs that say the same in two ways agree; others do not', () => {
    const [one, other] = ['type=image,compression=zstd', 'type=oci,dest=x,compression-level=3'];
    expect(compressionFor({ type: 'zstd', level: 3 }, one, other)).toEqual({ type: 'zstd', level: 3 });
    expect(() => compressionFor({ type: 'zstd' }, one, other)).toThrow(/different compressions/);
  });
});
