import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { encoded } from '../../../src/image/digest.ts';
import { LayerStore } from '../../../src/worker/snapshot/layer-store.ts';
import type { LayerFile } from '../../../src/worker/worker.ts';
import { makeLayer } from '../../support/worker-layers.ts';

const RULES = {
  opaqueAttribute: 'user.overlay.opaque',
  devices: false,
  keepsAttribute: () => false,
  id: (id: number) => id,
};

let base: string;
let layer: LayerFile;

beforeEach(async () => {
  base = mkdtempSync(join(tmpdir(), 'layer-store-'));
  for (const name of ['layers', 'scratch']) mkdirSync(join(base, name));
  // Whoever runs this may not be able to give files away.
  const owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  layer = await makeLayer(base, { file: { content: 'content', ...owner } });
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

function open(): LayerStore {
  return new LayerStore(join(base, 'layers'), join(base, 'scratch'), RULES);
}

const facts = (): string => join(base, 'layers', encoded(layer.diffId), 'facts.json');

describe('an unpacked layer', () => {
  test('is found by the next worker', async () => {
    const { path } = await open().ensure(layer);
    rmSync(layer.path);
    expect((await open().ensure(layer)).path).toBe(path);
    expect(readFileSync(join(path, 'file'), 'utf8')).toBe('content');
  });

  test.each([
    ['of an earlier start of the machine', '{"opaque":[],"implied":[""],"boot":"another"}'],
    ['that a crash left empty', ''],
    ['that a crash left half', '{"opaque":[],"impl'],
    ['that says nothing', 'null'],
  ])('%s is unpacked again', async (_, text) => {
    const { path } = await open().ensure(layer);
    writeFileSync(join(path, 'file'), '');
    writeFileSync(facts(), text);
    expect(await open().find(layer.diffId)).toBeUndefined();
    expect(readdirSync(join(base, 'layers'))).toEqual([]);
    const again = await open().ensure(layer);
    expect(readFileSync(join(again.path, 'file'), 'utf8')).toBe('content');
    expect(readdirSync(join(base, 'scratch'))).toEqual([]);
  });

  test('that cannot be put in its place leaves nothing behind', async () => {
    const store = open();
    rmSync(join(base, 'layers'), { recursive: true });
    await expect(store.ensure(layer)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(readdirSync(join(base, 'scratch'))).toEqual([]);
  });

  test('whose file of facts is a folder is unpacked again', async () => {
    await open().ensure(layer);
    rmSync(facts());
    mkdirSync(facts());
    expect(readFileSync(join((await open().ensure(layer)).path, 'file'), 'utf8')).toBe('content');
    expect(await open().find(layer.diffId)).toBeDefined();
  });
});
