import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { secretFromSpec } from '../../../src/app/options/secrets.ts';

const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
const file = join(folder, 'token');
writeFileSync(file, 'from the file');
afterAll(() => rmSync(folder, { recursive: true }));

function read(spec: string, environment: Record<string, string> = {}): [string, string] {
  const [id, bytes] = secretFromSpec(spec, environment);
  return [id, Buffer.from(bytes).toString()];
}

describe('--secret', () => {
  test('a file, a variable, or what type says that src is', () => {
    expect(read(`id=a,src=${file}`)).toEqual(['a', 'from the file']);
    expect(read(`type=file,id=a,source=${file}`)).toEqual(['a', 'from the file']);
    expect(read('id=a,env=B', { B: 'b' })).toEqual(['a', 'b']);
    expect(read('type=env,id=a,src=B', { B: 'b' })).toEqual(['a', 'b']);
    expect(read('env=B', { B: 'b' })).toEqual(['B', 'b']);
  });

  test('an id alone is a variable of that name, else a file', () => {
    expect(read('id=B', { B: 'b' })).toEqual(['B', 'b']);
    expect(read(`id=${file}`)).toEqual([file, 'from the file']);
    expect(() => read('id=nowhere-to-be-found')).toThrow(/neither a variable nor a file/);
  });

  test('a key that docker does not know is an error, not a secret from elsewhere', () => {
    expect(() => read(`id=B,scr=${file}`, { B: 'b' })).toThrow(/"scr"/);
    expect(() => read('B', { B: 'b' })).toThrow();
  });
});
