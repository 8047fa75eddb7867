import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readInputs } from '../../src/app/action/inputs.ts';
import { prepare } from '../../src/app/prepare.ts';

const before = process.cwd();
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'prepare-'));
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

/** What is told to be wrong with the files that the inputs name. */
async function wrong(inputs: Record<string, string>): Promise<string> {
  const { build } = readInputs((name) => inputs[name] ?? '', { RUNNER_TEMP: folder });
  const prepared = prepare(build, {
    environment: {},
    stdin: async function* () {
      // Nothing here reads it.
    },
    commitTime: () => Promise.resolve(undefined),
    now: 0,
  });
  return await prepared.then(
    () => '',
    ({ message }: Error) => message,
  );
}

test('all files that cannot be read are told at once', async () => {
  const lint = { 'lint-config': 'no.yaml', 'lint-baseline': 'no.json' };
  expect(await wrong(lint)).toMatch(/no\.json[\s\S]*no\.yaml[\s\S]*Dockerfile is not there/);
  expect(await wrong({ ...lint, context: 'nowhere' })).toMatch(/no\.json[\s\S]*no\.yaml[\s\S]*nowhere/);
  writeFileSync('Dockerfile', 'FROM scratch\n');
  writeFileSync('no.json', '{');
  expect(await wrong(lint)).toMatch(/no\.json[\s\S]*no\.yaml/);
  expect(await wrong({ ...lint, lint: 'false' })).toBe('');
});

test('nothing is fetched for settings that are wrong', async () => {
  expect(await wrong({ 'lint-config': 'no.yaml', context: 'http://127.0.0.1:1/context.tar' })).toMatch(
    /^the lint configuration no\.yaml cannot be read/,
  );
});
