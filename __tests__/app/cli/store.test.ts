import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { main } from '../../../src/app/cli/main.ts';
import { LocalFolder } from '../../../src/cache/backends/local/folder.ts';
import { takeLease } from '../../../src/cache/backends/local/lease.ts';
import { openLocalCache } from '../../../src/cache/backends/local.ts';
import { ociLayoutStore } from '../../../src/image/store/oci-layout.ts';
import { sampleLayer } from '../../support/cache-records.ts';
import { goldenCases } from '../../support/golden.ts';

const HOUR = 3_600_000;
const [dfCase, pruneCase] = goldenCases('store');
const layers = [
  sampleLayer('fresh', { bytes: Buffer.alloc(5000, 'f'), entries: 4 }),
  sampleLayer('old', { bytes: Buffer.alloc(3000, 'o'), entries: 4 }),
];

let stateDir: string;

/** A state folder with a record used 2 hours ago, one used 3 days ago, and a layer that nothing names. */
beforeEach(async () => {
  stateDir = mkdtempSync(join(tmpdir(), 'store-'));
  const content = ociLayoutStore(join(stateDir, 'content'));
  const cache = await openLocalCache({ folder: join(stateDir, 'cache'), content });
  for (const { record, open } of layers) cache.save(record, open);
  expect((await cache.finish()).notices).toEqual([]);
  const stray = await content.put(Readable.from([Buffer.alloc(2000, 's')]));
  const folder = new LocalFolder(join(stateDir, 'cache'));
  const ages = [2, 72];
  for (const [i, { record }] of layers.entries()) {
    const { descriptor, diffId } = record.layer!;
    // As long everywhere, whatever compresses it.
    writeFileSync(folder.indexFile(diffId), Buffer.alloc(300));
    const paths = [folder.recordFile(record.key), folder.stepFile(record.step), folder.indexFile(diffId)];
    for (const path of [...paths, content.pathOf(descriptor.digest)!]) setAge(path, ages[i] ?? 0);
  }
  setAge(content.pathOf(stray.digest)!, 24);
});
afterEach(() => rmSync(stateDir, { recursive: true, force: true }));

/** One for all, so that what was used together has one time. */
const NOW = Date.now();

function setAge(path: string, hours: number): void {
  const time = new Date(NOW - hours * HOUR - 60_000);
  utimesSync(path, time, time);
}

interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function cli(argv: readonly string[], input = ''): Promise<Said> {
  const said = { stdout: '', stderr: '' };
  const [command = '', ...rest] = argv;
  const code = await main([command, '--state-dir', stateDir, ...rest], {
    stdout: (text) => {
      said.stdout += text;
    },
    stderr: (text) => {
      said.stderr += text;
    },
    byteOutput: new Writable(),
    readStdin: () => Promise.resolve(input),
    stdin: () => Readable.from([Buffer.from(input)]),
    environment: { HOME: join(stateDir, 'home') },
    signal: new AbortController().signal,
  });
  return { code, ...said };
}

function blobs(): number {
  return readdirSync(join(stateDir, 'content', 'blobs', 'sha256')).length;
}

test('an empty state folder, as scripts give it for what they do not say, is the default one, never the current folder', async () => {
  const before = process.cwd();
  process.chdir(stateDir);
  try {
    await cli(['prune', '-a', '-f', '--state-dir=']);
    await cli(['df', '--state-dir=', '--format', 'json']).then(({ stdout }) =>
      expect(stdout).not.toContain('3000'),
    );
  } finally {
    process.chdir(before);
  }
  expect(blobs()).toBe(3);
});

describe('df', () => {
  test('a table of what is held', async () => {
    const { code, stdout, stderr } = await cli(['df']);
    expect([code, stderr]).toEqual([0, '']);
    dfCase?.matches('table.txt', stdout);
  });

  test('each thing', async () => {
    dfCase?.matches('verbose.txt', (await cli(['df', '-v'])).stdout);
  });

  test('JSON, with sizes in bytes', async () => {
    const { stdout } = await cli(['df', '--format', 'json']);
    const { stateDir: told, types, ...totals } = JSON.parse(stdout);
    expect(told).toBe(stateDir);
    for (const each of types)
      if (each.lastUsed !== undefined) expect(Date.parse(each.lastUsed)).not.toBeNaN();
    const stable = types.map(({ lastUsed: _, ...others }: { lastUsed?: string }) => others);
    dfCase?.matches('document.json', `${JSON.stringify({ types: stable, ...totals }, undefined, 2)}\n`);
  });

  test('a state folder that is not there holds nothing', async () => {
    rmSync(stateDir, { recursive: true, force: true });
    const { code, stdout } = await cli(['df']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^total +0 +0 B +0 B$/m);
  });

  test('wrong usage', async () => {
    expect(await cli(['df', '--format', 'xml'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('xml'),
    });
    expect(await cli(['df', 'x'])).toMatchObject({ code: 2 });
  });
});

describe('prune', () => {
  test('without a flag: what no later build can use, once that was confirmed', async () => {
    expect(await cli(['prune'], 'n\n')).toMatchObject({ code: 1, stdout: '' });
    expect(blobs()).toBe(3);
    const { code, stdout, stderr } = await cli(['prune'], 'y\n');
    expect(code).toBe(0);
    pruneCase?.matches('dangling.txt', stderr + stdout);
    expect(blobs()).toBe(2);
  });

  test('all', async () => {
    const { stdout } = await cli(['prune', '-a', '-f']);
    pruneCase?.matches('all.txt', stdout);
    expect((await cli(['df'])).stdout).toMatch(/^total +0 /m);
  });

  test('all that was not used for a day', async () => {
    pruneCase?.matches('until.txt', (await cli(['prune', '-af', '--filter', 'until=30h'])).stdout);
    expect(blobs()).toBe(2);
  });

  test('no more than it takes', async () => {
    pruneCase?.matches('keep-storage.txt', (await cli(['prune', '-af', '--keep-storage', '9k'])).stdout);
  });

  test('what a running build may use stays', async () => {
    await using lease = await takeLease(stateDir, Date.now() - 48 * HOUR);
    void lease;
    const { stdout, stderr } = await cli(['prune', '-af']);
    expect(stderr).toBe('A build is running: what it may use is left.\n');
    expect(stdout).toContain('Deleted layers: 1,');
    expect(blobs()).toBe(2);
  });

  test('foreign files stay', async () => {
    writeFileSync(join(stateDir, 'notes.txt'), 'mine');
    await cli(['prune', '-af']);
    expect(readdirSync(stateDir)).toContain('notes.txt');
  });

  test('all that is wrong in one message', async () => {
    const { code, stderr } = await cli(['prune', '--filter', 'label=x', '--keep-storage', 'much', 'x']);
    expect(code).toBe(2);
    for (const part of ['prune: ', '--filter: ', '--keep-storage: ']) expect(stderr).toContain(part);
  });
});
