import { execFileSync } from 'node:child_process';
import { lstatSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { EntryWithBody } from '../../../src/image/layer/entry.ts';
import { readTar } from '../../../src/image/layer/tar-read.ts';
import { writeTar } from '../../../src/image/layer/tar-write.ts';
import { bytesOf } from '../../support/cache-records.ts';

interface Time {
  readonly seconds: number;
  readonly nanos: number;
}

async function archive(times: readonly Time[]): Promise<Buffer> {
  async function* entries(): AsyncGenerator<EntryWithBody> {
    for (const [i, { seconds, nanos }] of times.entries()) {
      const common = { path: `d${i}`, type: 'directory', mode: 0o755, uid: 0, gid: 0, size: 0 } as const;
      yield {
        entry: { ...common, mtime: seconds + nanos / 1e9, ...(nanos === 0 ? {} : { mtimeNanos: nanos }) },
      };
    }
  }
  return (await bytesOf(writeTar(entries()))) ?? Buffer.alloc(0);
}

async function timesIn(
  tar: Buffer,
  exactTimes: boolean,
): Promise<readonly (Time & { readonly path: string })[]> {
  async function* once(): AsyncGenerator<Uint8Array> {
    yield tar;
  }
  const found: (Time & { readonly path: string })[] = [];
  for await (const { entry } of readTar(once(), { exactTimes })) {
    const nanos = entry.mtimeNanos ?? 0;
    found.push({ path: entry.path, seconds: Math.round(entry.mtime - nanos / 1e9), nanos });
  }
  return found;
}

const time = fc.record({
  seconds: fc.integer({ min: -(2 ** 33), max: 2 ** 35 }),
  nanos: fc.oneof(
    fc.constant(0),
    fc.constant(1),
    fc.constant(999_999_999),
    fc.integer({ min: 1, max: 999_999_999 }),
  ),
});

test('times go through an archive exact to the nanosecond', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(time, { minLength: 1, maxLength: 20 }), async (times) => {
      const read = await timesIn(await archive(times), true);
      expect(read.map(({ seconds, nanos }) => ({ seconds, nanos }))).toEqual(times);
    }),
  );
});

test('GNU tar unpacks them so', async () => {
  const tar = await archive([
    { seconds: 1_612_325_106, nanos: 123_456_789 },
    { seconds: 1_612_325_106, nanos: 1 },
    { seconds: -2, nanos: 500_000_000 },
    { seconds: 1_612_325_106, nanos: 0 },
  ]);
  const folder = mkdtempSync(join(tmpdir(), 'exact-times-'));
  try {
    // Not by a listing: GNU tar 1.34 shows negative fractions a second too late, and unpacks them right.
    execFileSync('tar', ['-x', '-f', '-', '--warning=no-timestamp', '-C', folder], { input: tar });
    const nanos = [0, 1, 2, 3].map((i) => String(lstatSync(join(folder, `d${i}`), { bigint: true }).mtimeNs));
    expect(nanos).toEqual([
      '1612325106123456789',
      '1612325106000000001',
      '-1500000000',
      '1612325106000000000',
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('nobody who does not ask sees a fraction, and layers have none', async () => {
  const tar = await archive([{ seconds: 5, nanos: 250_000_000 }]);
  const [entry] = await timesIn(tar, false);
  expect(entry).toEqual({ path: 'd0', seconds: 5, nanos: 0 });
  const whole = await archive([{ seconds: 5, nanos: 0 }]);
  expect(tar.length - whole.length).toBe(1024);
});
