import { lstatSync, lutimesSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { exec } from '../../../src/base/exec.ts';
import { tempDir } from '../../../src/base/temp.ts';
import { listTree } from '../../../src/worker/snapshot/listing.ts';

test('a few nodes are listed exactly as many are', async () => {
  await using home = await tempDir(tmpdir(), 'tsib-listing-');
  const at = (name: string): string => join(home.path, name);
  mkdirSync(at('b/deep/er'), { recursive: true });
  writeFileSync(at('b-file'), 'x');
  writeFileSync(at('b/deep/file'), 'content', { mode: 0o640 });
  writeFileSync(Buffer.concat([Buffer.from(at('not-utf8-')), Buffer.from([0xff, 0x0a])]), '');
  symlinkSync('/nowhere', at('link'));
  await exec(['mkfifo', at('pipe')]);
  await exec(['chmod', '6755', at('b-file')]);
  for (const [i, time] of [0, 1.5, 1_600_000_000.000_001, 4_000_000_000].entries()) {
    writeFileSync(at(`time-${i}`), '');
    lutimesSync(at(`time-${i}`), time, time);
  }
  const server = createServer().listen(at('socket'));
  await new Promise((listening) => server.once('listening', listening));
  const listed = await listTree(home.path);
  expect(listed).toEqual(await listTree(home.path, undefined, 0));
  expect(listed).toEqual(await listTree(home.path, undefined, listed.length - 1));
  expect(listed).toHaveLength(13);
  expect(listed.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['socket', 'fifo', 'symlink', 'file', 'directory']),
  );
  // Before 1970.
  for (const time of ['-1.5', '-0.25', '-7', '-315619199.000000001']) {
    // For a number below 0 Node takes the present time.
    lutimesSync(at('time-0'), time, time);
    expect(lstatSync(at('time-0')).mtimeMs).toBeLessThan(0);
    expect(await listTree(home.path)).toEqual(await listTree(home.path, undefined, 0));
  }
  await new Promise((closed) => server.close(closed));
});

test('a folder that is not there is an error', async () => {
  await expect(listTree('/nonexistent/tsib')).rejects.toMatchObject({ code: 'COMMAND_FAILED' });
});
