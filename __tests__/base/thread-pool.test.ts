import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { widenThreadPool } from '../../src/base/thread-pool.ts';

const SOURCE = fileURLToPath(new URL('../../src/base/thread-pool.ts', import.meta.url));
const PROGRAM = `
import { readdirSync, readFileSync } from 'node:fs';
import { gzip } from 'node:zlib';
import { widenThreadPool } from ${JSON.stringify(SOURCE)};
widenThreadPool(process.env);
gzip('x', () => {
  const names = readdirSync('/proc/self/task').map((task) => readFileSync('/proc/self/task/' + task + '/comm', 'utf8'));
  console.log(names.filter((name) => name.startsWith('libuv')).length);
});
`;

describe('widenThreadPool', () => {
  it('is not too late for the pool of the process that calls it', async () => {
    const { UV_THREADPOOL_SIZE: _, ...env } = process.env;
    const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', PROGRAM], { env });
    const { stdout } = await run;
    expect(Number(stdout)).toBe(Math.min(availableParallelism(), 8) + 10);
  });

  it('leaves the size that was given', () => {
    const environment = { UV_THREADPOOL_SIZE: '2' };
    widenThreadPool(environment);
    expect(environment).toEqual({ UV_THREADPOOL_SIZE: '2' });
  });

  it.each(['cli', 'main', 'post', 'worker-entry'])('is the first that %s.ts does', async (entry) => {
    const text = await readFile(new URL(`../../src/${entry}.ts`, import.meta.url), 'utf8');
    const [first] = text.split('\n').filter((line) => line !== '' && !/^(#!|import )/.test(line));
    expect(first).toBe('widenThreadPool(process.env);');
  });
});
