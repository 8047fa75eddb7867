import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { runLint } from '../../support/lint-command.ts';

const started = process.cwd();
let workspace: string;
beforeEach(() => {
  workspace = realpathSync(mkdtempSync(join(tmpdir(), 'workspace-')));
  mkdirSync(join(workspace, 'web/a'), { recursive: true });
  for (const name of ['Dockerfile', 'web/Dockerfile', 'web/a/Dockerfile'])
    writeFileSync(join(workspace, name), 'FROM debian\nUSER 1\n');
  process.chdir(join(workspace, 'web'));
});
afterEach(() => {
  process.chdir(started);
  rmSync(workspace, { recursive: true, force: true });
});

const NAMES: Readonly<Record<string, RegExp>> = {
  github: /file=(.*?),/g,
  sarif: /"physicalLocation":\{"artifactLocation":\{"uri":"(.*?)"/g,
  gitlab_codeclimate: /"path":"(.*?)"/g,
  gnu: /^(.*?):\d/gm,
};

async function named(format: string, env: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const { stdout } = await runLint(['-f', format, ...args], { env });
  return [...stdout.matchAll(NAMES[format] ?? / /g)].map(([, name]) => name);
}

test.each(['github', 'sarif', 'gitlab_codeclimate'])(
  '%s: a job that works in a folder of the checkout names files from the checkout',
  async (format) => {
    const files = ['Dockerfile', 'a', '../Dockerfile'];
    for (const variable of ['GITHUB_WORKSPACE', 'CI_PROJECT_DIR'])
      expect(await named(format, { [variable]: workspace }, ...files)).toEqual([
        'web/Dockerfile',
        'web/a/Dockerfile',
        'Dockerfile',
      ]);
    // Elsewhere, and where the name is given, names stay.
    for (const env of [{}, { GITHUB_WORKSPACE: join(workspace, 'web') }, { GITHUB_WORKSPACE: '/nowhere' }])
      expect(await named(format, env, ...files.slice(0, 2))).toEqual(['Dockerfile', 'a/Dockerfile']);
    const env = { GITHUB_WORKSPACE: workspace };
    expect(await named(format, env, '--file-path-in-report', 'x/y', 'Dockerfile')).toEqual(['x/y']);
  },
);

test('people read names as they wrote them', async () => {
  expect(await named('gnu', { GITHUB_WORKSPACE: workspace }, 'a', '../Dockerfile')).toEqual([
    'a/Dockerfile',
    '../Dockerfile',
  ]);
});
