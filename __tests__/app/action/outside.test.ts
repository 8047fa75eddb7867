import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { builtCommitTime } from '../../../src/app/action/commit-time.ts';
import { originMarkdown } from '../../../src/app/action/origin.ts';
import { writeSummary } from '../../../src/app/action/summary.ts';
import { commitTimeOf } from '../../../src/app/commit-time.ts';
import { exec } from '../../../src/base/exec.ts';

let folder: string;
const before = { ...process.env };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outside-'));
});
afterEach(() => {
  for (const name of ['GITHUB_EVENT_PATH', 'GITHUB_STEP_SUMMARY', 'GITHUB_REPOSITORY', 'GITHUB_SHA']) {
    const value = before[name];
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  rmSync(folder, { recursive: true });
});

function event(text: string): void {
  process.env['GITHUB_EVENT_PATH'] = join(folder, 'event.json');
  writeFileSync(join(folder, 'event.json'), text);
}

describe('what the runner gives', () => {
  test('the time of the pushed commit, where the folder is no checkout', async () => {
    event('{"head_commit":{"timestamp":"2026-01-31T12:00:00Z"}}');
    expect(await builtCommitTime(folder)).toBe(1_769_860_800);
  });

  test('the time of the commit that is checked out goes first; the command line finds the same', async () => {
    event('{"head_commit":{"timestamp":"2026-01-31T12:00:00Z"}}');
    const git = (...args: string[]): unknown =>
      execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
        env: { ...process.env, GIT_COMMITTER_DATE: '1700000000 +0000', GIT_AUTHOR_DATE: '1600000000 +0000' },
      });
    git('init', '-q');
    expect(await builtCommitTime(folder)).toBe(1_769_860_800);
    git('commit', '-q', '--allow-empty', '-m', 'a');
    expect(await builtCommitTime(folder)).toBe(1_700_000_000);
    expect(await commitTimeOf(folder, (args) => exec(['git', ...args]))).toBe(1_700_000_000);
  });

  test.each(['', '{', 'null', '{"head_commit":{"timestamp":"soon"}}'])(
    'an event that tells nothing fails no build: %j',
    async (text) => {
      event(text);
      expect(await builtCommitTime(folder)).toBeUndefined();
    },
  );

  test('an event that is not there fails no build', async () => {
    process.env['GITHUB_EVENT_PATH'] = join(folder, 'none');
    expect(await builtCommitTime(folder)).toBeUndefined();
  });

  test('an event that cannot be read is no origin', async () => {
    process.env['GITHUB_REPOSITORY'] = 'o/r';
    process.env['GITHUB_SHA'] = 'a'.repeat(40);
    event('{');
    expect(await originMarkdown()).toBeUndefined();
  });
});

describe('the step summary', () => {
  const said: string[] = [];
  const write = async (text: string): Promise<string> => {
    const { summary } = await import('@actions/core');
    await writeSummary(summary, text, (message) => void said.push(message));
    return readFileSync(join(folder, 'summary'), 'utf8');
  };

  test('one that cannot be written is told, and fails no build', async () => {
    process.env['GITHUB_STEP_SUMMARY'] = join(folder, 'none', 'summary');
    await expect(write('# A')).rejects.toThrow('ENOENT');
    expect(said.join()).toContain('The step summary cannot be written');
  });

  test('one that is too long for GitHub is cut, with a word on it', async () => {
    process.env['GITHUB_STEP_SUMMARY'] = join(folder, 'summary');
    writeFileSync(join(folder, 'summary'), '');
    const text = await write(`${'ä'.repeat(1000)}\n`.repeat(1000));
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
    expect(Buffer.byteLength(text)).toBeGreaterThan(900 * 1024);
    expect(text).toMatch(/ä\n\nThe rest is left out/);
  });
});
