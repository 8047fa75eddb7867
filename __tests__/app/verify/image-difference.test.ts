import { describe, expect, test } from '@jest/globals';
import {
  type ComparedBuild,
  notReproducible,
  sameButForTimes,
} from '../../../src/app/verify/image-difference.ts';
import type { StepReport } from '../../../src/engine/engine.ts';
import { type DiffId, digestOf, parseDiffId } from '../../../src/image/digest.ts';
import type { LayerIndex } from '../../../src/image/layer/entry.ts';
import type { ContainerConfig, Image } from '../../../src/image/types.ts';
import { entry } from '../../support/entries.ts';

const id = (digit: string): DiffId => parseDiffId(`sha256:${digit.repeat(64)}`);
const platform = { os: 'linux', architecture: 'amd64' };

function build(
  layers: readonly string[],
  steps: readonly StepReport[],
  config: ContainerConfig = {},
): ComparedBuild {
  const image: Image = {
    platform,
    config: {
      ...platform,
      config,
      rootfs: { type: 'layers', diff_ids: layers.map(id) },
      history: [],
    },
    layers: layers.map((digit) => ({
      descriptor: {
        mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
        digest: id(digit) as never,
        size: 1,
      },
      diffId: id(digit),
      sources: [],
    })),
  };
  const digest = digestOf(Buffer.from(JSON.stringify(image)));
  return {
    digest,
    images: [{ image, descriptor: { mediaType: 'm', digest, size: 1 } }],
    steps,
    indexOf: async (diffId): Promise<LayerIndex | undefined> =>
      diffId === id('9')
        ? undefined
        : { diffId, size: 0, entries: [{ ...entry('file', `file-${diffId.slice(-1)}`) }] },
  };
}

function step(name: string, digit: string | undefined, from?: string): StepReport {
  return {
    id: name,
    name,
    outcome: from === undefined ? { type: 'done', miss: '' } : { type: 'cached', from },
    startedAt: 0,
    endedAt: 0,
    keyParts: [],
    ...(digit === undefined ? {} : { diffId: id(digit) }),
  };
}

describe('what is told of a build that is not reproducible', () => {
  test('the first step in the order of the plan, though others differ too, and its first file', async () => {
    const error = await notReproducible(
      build(['3'], [step('same', '1'), step('RUN date', '2'), step('COPY', '3')]),
      build(['5'], [step('same', '1'), step('RUN date', '4'), step('COPY', '5')]),
    );
    expect(error.code).toBe('NOT_REPRODUCIBLE');
    expect(error.message).toContain(
      'RUN date\nThe first file that differs: /file-2: only in the first result',
    );
  });

  test('a cached first result, and one that was not needed', async () => {
    const error = await notReproducible(
      build(['3'], [step('RUN date', undefined), step('COPY', '3', 'local')]),
      build(['5'], [step('RUN date', '4'), step('COPY', '5')]),
    );
    expect(error.message).toContain('result: COPY\n');
    expect(error.hint).toContain('came from the cache local');
  });

  test('a layer of the base, by its number; a layer whose files are not known, by its ids', async () => {
    expect((await notReproducible(build(['1', '2'], []), build(['1', '3'], []))).message).toContain(
      'layer 2\n',
    );
    expect((await notReproducible(build(['9'], []), build(['3'], []))).message).toContain(id('9'));
    expect((await notReproducible(build(['1'], []), build(['1', '3'], []))).message).toContain(
      '1 layers at first, then 2',
    );
  });

  test('times alone are no difference of the steps', async () => {
    const timed = (mtime: number): ComparedBuild => ({
      ...build([mtime === 1 ? '1' : '2'], []),
      indexOf: async (diffId) => ({ diffId, size: 0, entries: [entry('file', 'f', { mtime })] }),
    });
    expect(await sameButForTimes(timed(1), timed(2))).toBe(true);
    expect(await sameButForTimes(build(['1'], []), build(['2'], []))).toBe(false);
    expect(await sameButForTimes(build(['1'], []), build(['1', '2'], []))).toBe(false);
    expect(await sameButForTimes(build(['1'], [], { User: 'a' }), build(['1'], []))).toBe(false);
  });

  test('a field of the configuration', async () => {
    const error = await notReproducible(
      build(['1'], [], { Env: ['A=1'] }),
      build(['1'], [], { Env: ['A=2'] }),
    );
    expect(error.message).toContain('config.Env[0]: "A=1", then "A=2"');
  });
});
