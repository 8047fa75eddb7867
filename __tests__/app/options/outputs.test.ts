import { describe, expect, test } from '@jest/globals';
import type { BuildOptions } from '../../../src/app/build-options.ts';
import { compressionOf } from '../../../src/app/options/choices.ts';
import { checkPush, decideOutputs } from '../../../src/app/options/outputs.ts';

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

describe('push, load and outputs together', () => {
  const none = {
    push: false,
    load: false,
    tags: [],
    annotations: [],
    compression: { type: 'gzip' },
  } as const;
  const types = (texts: readonly string[], more: object): readonly unknown[] =>
    decideOutputs({ ...none, ...more, texts }).outputs.map((output) =>
      output.type === 'image' ? [output.push, output.image.names] : [output.type],
    );

  test('push and load mean the outputs of their kind that are written, as in docker buildx', () => {
    const named = 'type=image,name=r.test/a:1';
    expect(types([named], { push: true })).toEqual([[true, ['r.test/a:1']]]);
    expect(types([named], {})).toEqual([[false, ['r.test/a:1']]]);
    expect(types(['type=oci,dest=x'], { push: true, tags: ['r.test/a:1'] })).toEqual([['oci'], [true, []]]);
    expect(types(['type=docker'], { load: true })).toEqual([['docker']]);
    expect(types(['type=docker,dest=x'], { load: true })).toEqual([['docker'], ['docker']]);
  });

  test('a push without a tag is wrong, and told once', () => {
    const request = { ...none, push: true, texts: ['type=oci,dest=x', 'type=bad'] };
    expect(() => checkPush(request)).toThrow(/no tag to push to/);
    expect(() => decideOutputs({ ...request, texts: [] })).not.toThrow();
    expect(() => decideOutputs({ ...none, texts: ['type=registry'] })).toThrow(/no tag to push to/);
    expect(() => checkPush({ ...none, texts: ['type=registry'] })).not.toThrow();
    expect(() => checkPush({ ...request, texts: ['type=image,name=r.test/a:1'] })).not.toThrow();
  });

  test('two outputs never go to one file or both to standard output', () => {
    const decide = (...texts: readonly string[]) => decideOutputs({ ...none, texts });
    expect(() => decide('-', 'type=oci,dest=-')).toThrow(/two outputs go to standard output/);
    expect(() => decide('type=tar,dest=a/../x', 'type=docker,dest=x')).toThrow(/two outputs go to \/.*\/x/);
    expect(() => decide('type=local,dest=x', 'type=docker', 'type=oci,dest=y,tar=false', '-')).not.toThrow();
  });

  test.each([
    [['type=local,dest=x', 'x/']],
    [['type=local,dest=x', 'type=tar,dest=x']],
    [['type=local,dest=x', 'type=oci,dest=x,tar=false']],
    [['type=oci,dest=x', 'type=oci,dest=x,tar=false']],
    [['type=oci,dest=x,tar=false', 'type=oci,dest=./x,tar=false']],
    [['type=oci,dest=x,tar=false,name=a', 'type=oci,dest=x,tar=false,"name=b,docker.io/library/a:latest"']],
  ])('nor to one folder: %j', (texts) => {
    expect(() => decideOutputs({ ...none, tags: ['t'], texts })).toThrow(/two outputs go to \/.*\/x/);
    expect(() => decideOutputs({ ...none, texts })).toThrow(/two outputs go to \/.*\/x/);
  });

  test('a layout may hold the image under several names', () => {
    const [named, unnamed] = ['type=oci,dest=x,tar=false,name=a', 'type=oci,dest=x,tar=false'];
    expect(() =>
      decideOutputs({ ...none, texts: [named, 'type=oci,dest=x,tar=false,name=b'] }),
    ).not.toThrow();
    expect(() => decideOutputs({ ...none, texts: [named, unnamed] })).not.toThrow();
    expect(() => decideOutputs({ ...none, tags: ['t'], texts: [named, unnamed] })).not.toThrow();
    expect(() =>
      decideOutputs({ ...none, tags: ['docker.io/library/a:latest'], texts: [named, unnamed] }),
    ).toThrow(/two outputs/);
  });
});
