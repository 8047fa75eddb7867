import { spawn } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { CacheReport } from '../../../src/cache/build-cache.ts';
import { CacheFixture, MAIN, pullRequest } from '../../support/cache-runner-fixture.ts';
import type { Scope } from '../../support/cache-service.ts';

// Processes of others, on machines that may be busy.
jest.setTimeout(120_000);

const SCRIPT = fileURLToPath(new URL('../../support/cache-runner.ts', import.meta.url));

interface Result {
  readonly hits: readonly string[];
  readonly report: CacheReport;
  readonly sameEnvironment: boolean;
  /** What is left in the runner's folders. */
  readonly left: readonly string[];
}

let fixture: CacheFixture;
beforeEach(async () => {
  fixture = await CacheFixture.start();
});
afterEach(() => fixture[Symbol.asyncDispose]());

/** A job on a machine of its own: other home, workspace and temporary folders, at another depth. */
async function runner(
  place: string,
  args: readonly string[],
  scopes: readonly Scope[] = MAIN,
): Promise<Result> {
  const root = join(fixture.dir, place);
  const folder = (name: string): string => join(root, name);
  for (const name of ['home', 'workspace', 'temp']) await mkdir(folder(name), { recursive: true });
  const child = spawn(process.execPath, ['--no-warnings', SCRIPT, ...args], {
    cwd: folder('workspace'),
    env: {
      PATH: process.env['PATH'],
      HOME: folder('home'),
      GITHUB_WORKSPACE: folder('workspace'),
      RUNNER_TEMP: folder('temp'),
      TMPDIR: folder('temp'),
      ...fixture.service.environment(scopes),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    output += String(chunk);
  });
  await new Promise((resolve) => child.on('close', resolve));
  const line = /^RESULT (.*)$/m.exec(output)?.[1];
  if (line === undefined) throw new RangeError(output);
  const left = await Promise.all(['home', 'workspace', 'temp'].map((name) => readdir(folder(name))));
  return { ...JSON.parse(line), left: left.flat() };
}

describe.each(['direct', 'toolkit'])('runners that share nothing but the service: %s', (transport) => {
  const names = ['tiny', 'small', 'big'];

  test('what one saved the other finds, whatever their folders are called; nothing is left behind', async () => {
    const first = await runner('a', ['save', transport, ...names]);
    expect(first).toMatchObject({ hits: [], sameEnvironment: true, left: [] });
    expect(first.report).toMatchObject({ recordsSaved: 3, notices: [] });
    const second = await runner('b/much/deeper', ['load', transport, ...names]);
    expect(second).toMatchObject({ hits: names, sameEnvironment: true, left: [] });
    expect(second.report).toMatchObject({ recordsSaved: 0, notices: [] });
  });

  test('a pull request on a third runner extends what main has', async () => {
    await runner('a', ['save', transport, ...names]);
    const third = await runner('c', ['save', transport, ...names, 'more'], pullRequest(3));
    expect(third.hits).toEqual(names);
    expect(third.report).toMatchObject({ recordsSaved: 1, notices: [] });
    expect((await runner('d', ['load', transport, 'more'], pullRequest(3))).hits).toEqual(['more']);
    expect((await runner('e', ['load', transport, 'more'])).hits).toEqual([]);
  });
});

test('two runners at the same time through @actions/cache keep the results of both', async () => {
  const both = await Promise.all(['a', 'b'].map((name) => runner(name, ['save', 'toolkit', `only ${name}`])));
  expect(both.map(({ report }) => report.notices)).toEqual([[], []]);
  for (const name of ['only a', 'only b']) {
    expect((await runner(name.replace(' ', '-'), ['load', 'toolkit', name])).hits).toEqual([name]);
  }
});
