import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { OLDEST_NODE, tooOldNode } from '../../../src/app/cli/node-version.ts';

test('a Node that is too old is told before anything fails on it', () => {
  const file = new URL('../../../package.json', import.meta.url);
  const { engines } = JSON.parse(readFileSync(file, 'utf8')) as { engines: { node: string } };
  expect(engines.node).toBe(`>=${OLDEST_NODE}`);
  for (const good of ['22.15.0', '22.16.1', '24.0.0', '100.1.0', process.versions.node])
    expect(tooOldNode(good)).toBeUndefined();
  for (const old of ['20.20.2', '22.14.9', '18.0.0', '8.17.0'])
    expect(tooOldNode(old)).toBe(`ts-image-build needs Node 22.15 or newer; this is Node ${old}.\n`);
});
