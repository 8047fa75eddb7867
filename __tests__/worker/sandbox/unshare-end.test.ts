import { describe, expect, test } from '@jest/globals';
import { UnshareEnd } from '../../../src/worker/sandbox/unshare-end.ts';

const WORDS = 'unshare: sigprocmask unblock failed: Invalid argument\n';

async function play(code: number, pieces: readonly string[]): Promise<readonly [number, string]> {
  let told = '';
  const end = new UnshareEnd((chunk) => {
    told += Buffer.from(chunk).toString();
  });
  for (const piece of pieces) await end.onOutput(Buffer.from(piece), 'stderr');
  return [await end.exitCode(code), told];
}

describe("the end of a step's first process", () => {
  test.each([
    [[WORDS]],
    [['unshare: ', 'sigprocmask unblock failed', ': Invalid argument\n']],
    [[`half${WORDS}`]],
    [['half', 'unshare: ', WORDS.slice(9)]],
  ])('%j with exit code 1 is a death by SIGKILL', async (pieces) => {
    expect(await play(1, pieces)).toEqual([137, pieces.join('').slice(0, -WORDS.length)]);
  });

  const others: [number, string[]][] = [
    [2, [WORDS]],
    [1, ['error: no\n']],
    [1, ['unshare: ']],
    [1, [WORDS, 'more']],
    [0, ['unshare: sig', 'nal']],
    [1, []],
  ];
  test.each(others)('%i with %j is what it says', async (code, pieces) => {
    expect(await play(code, pieces)).toEqual([code, pieces.join('')]);
  });
});
