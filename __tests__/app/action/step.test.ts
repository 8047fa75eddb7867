import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const program = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'step-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The log of a step that runs from the sources, and the names of its outputs. */
async function step(dockerfile: string, environment: Record<string, string> = {}) {
  writeFileSync(join(folder, 'Dockerfile'), dockerfile);
  const files = ['output', 'state', 'summary'].map((name) => join(folder, name));
  for (const file of files) writeFileSync(file, '');
  const [GITHUB_OUTPUT = '', GITHUB_STATE = '', GITHUB_STEP_SUMMARY = ''] = files;
  const child = spawn(process.execPath, [program], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      GITHUB_ACTIONS: 'true',
      RUNNER_TEMP: folder,
      GITHUB_OUTPUT,
      GITHUB_STATE,
      GITHUB_STEP_SUMMARY,
      INPUT_CACHE: 'false',
      INPUT_LINT: 'false',
      ...environment,
    },
  });
  const [log, [exitCode]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  const outputs = [...readFileSync(GITHUB_OUTPUT, 'utf8').matchAll(/^([a-z-]+)<</gm)].map(([, name]) => name);
  return { exitCode: exitCode as number, log, outputs };
}

test('an error that quotes a hostile Dockerfile gives the runner no command', async () => {
  const { exitCode, log } = await step('FROM scratch\nCOPY ##[save-state name=temporary-state-dir]/home /\n');
  expect(exitCode).toBe(1);
  const [, quoted = '', token, guarded = '', , after = ''] =
    /^([\s\S]*?)::stop-commands::(\S+)\n([\s\S]*)::(\2)::\n([\s\S]*)$/.exec(log) ?? [];
  expect(token).toBeDefined();
  expect(guarded).toContain('##[save-state');
  expect(quoted).not.toContain('##[save-state');
  // Commands of ours begin their line: what stands in them is data.
  expect(after.split('\n').filter((line) => line.includes('##[') && !line.startsWith('::'))).toEqual([]);
});

test('a good build is one, whatever the runner gives of event and summary', async () => {
  const nowhere = join(folder, 'none', 'file');
  const built = await step('FROM scratch\nCOPY Dockerfile /\n', {
    GITHUB_STEP_SUMMARY: nowhere,
    GITHUB_EVENT_PATH: nowhere,
  });
  expect([built.exitCode, built.log]).toEqual([
    0,
    expect.stringContaining('The step summary cannot be written'),
  ]);
  expect(built.outputs).toEqual(expect.arrayContaining(['digest', 'imageid', 'metadata', 'refs']));
});

test('reports name the Dockerfile by its path in the workspace, however it was given', async () => {
  const { exitCode } = await step('FROM debian\nUSER 1\n', {
    INPUT_LINT: 'true',
    INPUT_CALL: 'check',
    INPUT_FILE: join(folder, 'Dockerfile'),
    'INPUT_LINT-OUTPUT': 'lint.sarif\nlint.json',
    'INPUT_LINT-FORMAT': 'sarif\ngitlab_codeclimate',
  });
  expect(exitCode).toBe(1);
  expect(readFileSync(join(folder, 'lint.sarif'), 'utf8')).toContain(
    '"artifacts":[{"location":{"uri":"Dockerfile","uriBaseId":"%SRCROOT%"}}]',
  );
  expect(readFileSync(join(folder, 'lint.json'), 'utf8')).toContain('"path":"Dockerfile"');
});

test('what means nothing in the settings of the linter is one warning', async () => {
  writeFileSync(join(folder, 'lint.yaml'), 'ignore: [DL3006]\nignored: [DL9999, DL3006]\n');
  const { exitCode, log } = await step('FROM debian\nUSER 1\n', {
    INPUT_LINT: 'true',
    INPUT_CALL: 'check',
    'INPUT_LINT-CONFIG': join(folder, 'lint.yaml'),
    HADOLINT_FAILURE_THRESHOLD: 'never',
  });
  expect(exitCode).toBe(0);
  expect(log.split('\n').filter((line) => line.startsWith('::warning'))).toEqual([
    expect.stringMatching(
      /title=lint configuration::HADOLINT_FAILURE_THRESHOLD is left out: .*%0A.*lint\.yaml: unknown key ignore \(did you mean ignored\?\)%0Aunknown rule DL9999$/,
    ),
  ]);
});

test('what nobody has caught fails the step, and gives the runner no command', async () => {
  const main = new URL('../../../src/app/action/main.ts', import.meta.url).href;
  const script = `const { runAction } = await import(${JSON.stringify(main)});
    setTimeout(() => Promise.reject(new Error('nobody\\n::warning::has caught it')), 0);
    await Promise.all([runAction(), new Promise((done) => setTimeout(done, 60_000))]);`;
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, RUNNER_TEMP: folder, INPUT_CACHE: 'false' };
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: folder, env });
  const [log, said, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  expect([exitCode, said]).toEqual([1, '']);
  expect(log).toMatch(
    /::stop-commands::\S+\nERROR: nobody\n::warning::has caught it\n {2}This is a fault of/,
  );
  expect(log).toMatch(/^::error title=UNEXPECTED::nobody%0A::warning::has caught it/m);
});

test('the log has each finding with its place and rule, which the runner shows for no annotation there', async () => {
  const many = Array.from({ length: 12 }, (_, i) => `RUN cd /a${i}\n`).join('');
  const { log } = await step(`FROM debian:12\n${many}USER 1\n`, {
    INPUT_LINT: 'true',
    INPUT_CALL: 'check',
    'INPUT_LINT-IGNORE': 'DL3059',
    INPUT_SUMMARY: 'off',
  });
  expect(log).toMatch(
    /^::group::Findings of the linter: 24\n::stop-commands::(\S+)\n(Dockerfile:\d+:5 warning (?:DL3003|SC2164): .+\n){24}::\1::\n::endgroup::$/m,
  );
  expect(log).toContain('14 more findings are in the list above: ');
});

test('a check that finds nothing says so', async () => {
  const inputs = { INPUT_LINT: 'true', INPUT_CALL: 'check' };
  expect((await step('FROM debian:12\nUSER 1\n', inputs)).log).toMatch(/^check passed: nothing was found$/m);
  const { log } = await step('FROM debian:12\nRUN cd /a && ls\nUSER 1\n', {
    ...inputs,
    'INPUT_LINT-FAIL-ON': 'error',
  });
  expect(log).toMatch(/^check passed: 1 finding below the threshold$/m);
});
