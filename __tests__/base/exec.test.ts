import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { exec, execOk } from '../../src/base/exec.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exec-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const sh = (script: string): readonly string[] => ['sh', '-c', script];

/** A script that writes its process id to a file, and does not end by itself. */
const lasting = (work: string): readonly string[] =>
  sh(`echo $$ > '${join(folder, 'pid')}'; ${work}; exec sleep 600`);

function isRunning(): boolean {
  try {
    process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}

describe('child processes', () => {
  test('output, error output and exit code; nothing of the environment but what is given', async () => {
    process.env['SEEN_BY_CHILD'] = 'yes';
    try {
      const result = await exec(sh('cat; echo "$SEEN_BY_CHILD$GIVEN" >&2; exit 3'), {
        input: 'text',
        env: { GIVEN: 'g', PATH: process.env['PATH'] ?? '' },
      });
      expect(result).toEqual({ exitCode: 3, signal: null, stdout: Buffer.from('text'), stderr: 'g\n' });
    } finally {
      delete process.env['SEEN_BY_CHILD'];
    }
  });

  test('a program that is not there, and one that fails', async () => {
    await expect(exec(['/no/such/program'])).rejects.toMatchObject({ code: 'COMMAND_NOT_FOUND' });
    await expect(execOk(sh('echo why >&2; exit 2'))).rejects.toMatchObject({
      code: 'COMMAND_FAILED',
      message: 'sh ended with exit code 2: why',
    });
  });

  test('one that writes too much is ended', async () => {
    const work = `trap '' PIPE; head -c 100000 /dev/zero`;
    await expect(exec(lasting(work), { maxOutput: 1000 })).rejects.toMatchObject({ code: 'OUTPUT_TOO_LONG' });
    expect(isRunning()).toBe(false);
  });

  test('an abort ends it with all that it has started', async () => {
    const abort = new AbortController();
    const done = exec(lasting(`sleep 600 & echo`), { signal: abort.signal });
    while (!isRunning()) await new Promise((resolve) => setTimeout(resolve, 10));
    abort.abort(new DOMException('stop', 'AbortError'));
    await expect(done).rejects.toMatchObject({ name: 'AbortError' });
    expect(isRunning()).toBe(false);
    await expect(exec(lasting('true'), { signal: abort.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});
