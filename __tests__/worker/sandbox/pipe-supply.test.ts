import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { tempDir } from '../../../src/base/temp.ts';
import { PipeSupply } from '../../../src/worker/sandbox/pipe-supply.ts';

test('every step gets two pipes that no other one has, that any user may open', async () => {
  await using home = await tempDir(tmpdir(), 'tsib-pipes-');
  const supply = new PipeSupply(join(home.path, 'pipes'));
  const pairs = await Promise.all(Array.from({ length: 20 }, () => supply.take()));
  const paths = pairs.flatMap(({ stdout, stderr }) => [stdout, stderr]);
  expect(new Set(paths).size).toBe(40);
  for (const path of paths) {
    const stat = statSync(path);
    expect([stat.isFIFO(), stat.mode & 0o777]).toEqual([true, 0o666]);
  }
});

test('a supply that cannot be made tells whoever takes of it, each time', async () => {
  const supply = new PipeSupply('/dev/null/pipes');
  await expect(supply.take()).rejects.toBeDefined();
  await expect(supply.take()).rejects.toBeDefined();
});
