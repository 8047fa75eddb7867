import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FORMATS } from '../../src/dockerfile/lint/config.ts';
import { ActionRunner, type StepResult } from '../support/action-runner.ts';
import { type CliResult, runCli } from '../support/cli.ts';
import {
  githubProblems,
  issueValidator,
  sarifValidator,
  sonarqubeValidator,
} from '../support/report-schemas.ts';
import { readXml } from '../support/xml-document.ts';

const FORMAT_CASES = fileURLToPath(new URL('../testdata/lint-formats/', import.meta.url));
const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));
const PRELOAD = new URL('../support/loaded-modules.mjs', import.meta.url).href;
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const BAD = 'FROM debian\nRUN sudo x\nUSER 1000\n';
const CLEAN = 'FROM debian:12\nUSER 1000\n';

/** The bundled linter from outside: as a command, and as a step of a job. */
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'e2e-lint-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

function lint(
  args: readonly string[],
  options: {
    readonly env?: Readonly<Record<string, string>>;
    readonly input?: string;
    readonly cwd?: string;
  } = {},
): Promise<CliResult> {
  const { env, ...rest } = options;
  return runCli(['lint', '--shellcheck', 'off', ...args], {
    cwd: folder,
    env: { HOME: folder, ...env },
    ...rest,
  });
}

const codes = ({ stdout }: CliResult): readonly string[] =>
  (JSON.parse(stdout) as { code: string }[]).map(({ code }) => code);

describe('formats', () => {
  const input = join(FORMAT_CASES, 'input');

  test.each(FORMATS)('%s: several files, one of them clean', async (format) => {
    const run = await lint(['-f', format, '.'], { cwd: input });
    const unfailing = ['codeclimate', 'codacy'].includes(format);
    expect([run.exitCode, run.stderr]).toEqual([unfailing ? 0 : 1, '']);
    const actual = run.stdout.replaceAll(`"${version}"`, '"VERSION"');
    const golden = join(FORMAT_CASES, 'expected', `${format}.txt`);
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(golden, actual);
    expect(actual).toBe(existsSync(golden) ? readFileSync(golden, 'utf8') : undefined);
  });

  test('each at once into files of its own, and the files are of their form', async () => {
    const reports = FORMATS.flatMap((format) => ['-f', format, '-o', join(folder, format)]);
    const run = await lint([...reports, '.'], { cwd: input });
    expect([run.stdout, run.stderr]).toEqual(['', '']);
    const read = (format: string) => readFileSync(join(folder, format), 'utf8');
    for (const format of FORMATS)
      expect(read(format).replaceAll(`"${version}"`, '"VERSION"')).toBe(
        readFileSync(join(FORMAT_CASES, 'expected', `${format}.txt`), 'utf8'),
      );
    const log = JSON.parse(read('sarif')) as unknown;
    expect([sarifValidator()(log), githubProblems(log)]).toEqual([[], []]);
    expect((JSON.parse(read('gitlab_codeclimate')) as unknown[]).flatMap(issueValidator())).toEqual([]);
    expect(sonarqubeValidator()(JSON.parse(read('sonarqube')))).toEqual([]);
    expect([readXml(read('checkstyle')).name, readXml(read('junit')).name]).toEqual([
      'checkstyle',
      'testsuites',
    ]);
  });

  test.each<[string, string]>([
    ['tty', ''],
    ['gnu', ''],
    ['json', '[]\n'],
    ['gitlab_codeclimate', '[]\n'],
    ['sonarqube', '{"issues":[]}\n'],
    ['codeclimate', ''],
    ['github', ''],
  ])('%s: nothing found', async (format, expected) => {
    write({ Dockerfile: CLEAN });
    const run = await lint(['-f', format, 'Dockerfile']);
    expect([run.exitCode, run.stdout]).toEqual([0, expected]);
  });
});

describe('files', () => {
  test('names, globs, folders and standard input; each once, in the order given', async () => {
    write({ Dockerfile: BAD, 'a/Dockerfile': BAD, 'b/x.Dockerfile': BAD, 'b/notes.txt': BAD });
    const seen = async (...args: readonly string[]): Promise<readonly string[]> => {
      const { stdout } = await lint(['-f', 'gnu', ...args], { input: BAD });
      return [...new Set(stdout.split('\n').flatMap((line) => /^([^:]+):/.exec(line)?.[1] ?? []))];
    };
    expect(await seen('b/*.Dockerfile', 'Dockerfile', 'b/x.Dockerfile')).toEqual([
      'b/x.Dockerfile',
      'Dockerfile',
    ]);
    expect(await seen('**/Dockerfile')).toEqual(['Dockerfile', 'a/Dockerfile']);
    expect(await seen('.')).toEqual(['Dockerfile', 'a/Dockerfile', 'b/x.Dockerfile']);
    expect(await seen('b/notes.txt', '-')).toEqual(['b/notes.txt', '-']);
  });

  test('one that is not there is told, and the others are linted', async () => {
    write({ Dockerfile: CLEAN });
    const run = await lint(['-f', 'json', 'Dockerfile', 'nowhere', 'no*thing']);
    expect([run.exitCode, run.stdout]).toEqual([2, '[]\n']);
    expect(run.stderr).toMatch(/No file matches no\*thing/);
    expect(run.stderr).toMatch(/nowhere cannot be read/);
  });
});

describe('exit code', () => {
  test.each<[string, readonly string[], string, number]>([
    ['nothing found', [], CLEAN, 0],
    ['a finding', [], BAD, 1],
    ['--no-fail', ['--no-fail'], BAD, 0],
    ['below the threshold', ['-t', 'error'], 'FROM debian\nUSER 1\n', 0],
    ['style, by itself', [], 'FROM debian:12\nLABEL A=b\nUSER 1\n', 0],
    ['style, asked for', ['-t', 'style'], 'FROM debian:12\nLABEL A=b\nUSER 1\n', 1],
    ['no threshold', ['-t', 'none'], BAD, 0],
    ['a line that cannot be read, whatever the threshold', ['-t', 'none'], 'FROM a:1\nRUM x\n', 1],
    ['and without failing', ['--no-fail'], 'FROM a:1\nRUM x\n', 0],
    ['a flag that is none', ['--nosuch'], CLEAN, 2],
    ['a format that is none', ['-f', 'prose'], CLEAN, 2],
    ['a threshold that is none', ['-t', 'fatal'], CLEAN, 2],
    ['a rule without a page', ['--explain', 'DL0000'], CLEAN, 2],
  ])('%s', async (_, args, text, expected) => {
    write({ Dockerfile: text });
    expect((await lint([...args, 'Dockerfile'])).exitCode).toBe(expected);
  });

  test('no file is wrong usage, help is not', async () => {
    expect((await lint([])).exitCode).toBe(2);
    const help = await lint(['--help']);
    expect([help.exitCode, help.stderr]).toEqual([0, '']);
    for (const flag of ['--baseline', '--write-baseline', '--explain', '--fix', '--failure-threshold'])
      expect(help.stdout).toContain(flag);
    expect((await lint(['--explain', 'tsib1003'])).stdout).toMatch(/^# TSIB1003: [\s\S]*## Good/);
  });
});

describe('configuration', () => {
  test('search places: the folder, XDG_CONFIG_HOME, then the home folder', async () => {
    write({
      Dockerfile: BAD,
      'home/.hadolint.yaml': 'ignored: [DL3004]\n',
      'xdg/hadolint.yml': 'ignored: [DL3006]\n',
    });
    const env = { HOME: join(folder, 'home'), XDG_CONFIG_HOME: join(folder, 'none') };
    const args = ['-f', 'json', 'Dockerfile'];
    expect(codes(await lint(args, { env }))).toEqual(['DL3006']);
    const xdg = { ...env, XDG_CONFIG_HOME: join(folder, 'xdg') };
    expect(codes(await lint(args, { env: xdg }))).toEqual(['DL3004']);
    write({ '.hadolint.yaml': 'ignored: [DL3004, DL3006]\n' });
    expect(codes(await lint(args, { env: xdg }))).toEqual([]);
    expect(codes(await lint(['-c', 'xdg/hadolint.yml', ...args], { env: xdg }))).toEqual(['DL3004']);
  });

  test('environment, then file, then flags: single values replace, lists add up', async () => {
    write({ Dockerfile: 'FROM debian\nRUN sudo x\nMAINTAINER me\nUSER 1\n' });
    const env = { HADOLINT_FAILURE_THRESHOLD: 'none', HADOLINT_IGNORE: 'DL3006' };
    const args = ['-f', 'json', 'Dockerfile'];
    const first = await lint(args, { env });
    expect([first.exitCode, codes(first)]).toEqual([0, ['DL3004', 'DL4000']]);
    write({ '.hadolint.yaml': 'failure-threshold: error\nignored: [DL3004]\n' });
    const second = await lint(args, { env });
    expect([second.exitCode, codes(second)]).toEqual([1, ['DL4000']]);
    const third = await lint(['-t', 'none', '--ignore', 'DL4000', ...args], { env });
    expect([third.exitCode, codes(third)]).toEqual([0, []]);
    // The gravest listing wins, wherever it stands.
    const raised = { HADOLINT_OVERRIDE_ERROR: 'DL4000' };
    const fourth = await lint(['--style', 'DL4000', ...args], { env: raised });
    expect(JSON.parse(fourth.stdout)).toMatchObject([{ code: 'DL3006' }, { code: 'DL4000', level: 'error' }]);
  });

  test.each(['ignored: 7\n', 'a: [\n', '- x\n'])('a broken file is wrong input: %j', async (text) => {
    write({ Dockerfile: CLEAN, '.hadolint.yaml': text });
    const run = await lint(['Dockerfile']);
    expect([run.exitCode, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain('.hadolint.yaml');
  });
});

describe('a repository that starts green', () => {
  test('what was there is in the baseline, what is new fails, what is mended is stale', async () => {
    write({ Dockerfile: BAD, 'web/Dockerfile': BAD });
    expect((await lint(['--write-baseline', 'lint-baseline.json', '.'])).exitCode).toBe(0);
    const args = ['--baseline', 'lint-baseline.json', '-f', 'gnu', '.'];
    const green = await lint(args);
    expect([green.exitCode, green.stdout]).toEqual([0, '']);
    expect(green.stderr).toBe('not told, for the baseline lint-baseline.json holds them: 4 findings\n');
    write({ Dockerfile: `# a comment\n${BAD}RUN cd /x && y\n`, 'web/Dockerfile': CLEAN });
    const red = await lint(args);
    expect([red.exitCode, red.stdout]).toEqual([1, expect.stringMatching(/^Dockerfile:5:5: DL3003 .*\n$/)]);
    expect(red.stderr).toContain('holds what is no longer found (2)');
  });
});

test('--fix writes the files and leaves nothing to fix', async () => {
  cpSync(join(FORMAT_CASES, 'input'), folder, { recursive: true });
  const run = await lint(['--fix', '-f', 'json', 'Dockerfile']);
  expect(
    run.stderr
      .split('\n')
      .slice(0, -1)
      .map((line) => line.split(' ')[2]),
  ).toEqual(expect.arrayContaining(['FromAsCasing:', 'DL3020:', 'DL3009:']));
  const text = readFileSync(join(folder, 'Dockerfile'), 'utf8');
  expect(text).toContain('FROM debian:12 AS base\n');
  expect(text).toContain(' \\\n    && rm -rf /var/lib/apt/lists/*\n');
  expect(text).toContain('COPY app.conf /etc/\n');
  expect((await lint(['--fix', '--no-fail', '-f', 'json', 'Dockerfile'])).stderr).toBe('');
});

test('a run that only lints loads neither the engine nor a registry’s client nor @actions/*', async () => {
  write({ Dockerfile: BAD, '.hadolint.yaml': 'ignored: []\n' });
  const list = join(folder, 'loaded');
  writeFileSync(list, '');
  const run = await lint(['-f', 'sarif', '--fix', 'Dockerfile'], {
    env: { NODE_OPTIONS: `--import ${PRELOAD}`, LOADED_MODULES: list },
  });
  expect(run.exitCode).toBe(1);
  const loaded = readFileSync(list, 'utf8')
    .split('\n')
    .filter((url) => url.includes('/dist/cli/'))
    .map((url) => fileURLToPath(url));
  expect(loaded.length).toBeGreaterThan(1);
  const text = loaded.map((path) => readFileSync(path, 'utf8')).join('\n');
  const whole = readdirSync(join(DIST, 'cli'))
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(DIST, 'cli', name), 'utf8'))
    .join('\n');
  // Words of the engine, of the registry's client and of image manifests; the bundle has them, and no build can do without.
  for (const word of ['CACHE_BLOB_LOST', 'www-authenticate', 'manifest.v2+json'])
    expect([word, whole.includes(word), text.includes(word)]).toEqual([word, true, false]);
  for (const word of ['class ReserveCacheError', 'class Octokit', 'GITHUB_STEP_SUMMARY'])
    expect([word, text.includes(word)]).toEqual([word, false]);
  expect(loaded.some((path) => path === join(DIST, 'cli', 'index.js'))).toBe(true);
});

describe('the action', () => {
  async function step(inputs: Readonly<Record<string, string>>): Promise<StepResult> {
    using runner = new ActionRunner();
    return await runner.main({
      workspace: folder,
      inputs: { cache: 'false', shellcheck: 'off', summary: 'off', ...inputs },
    });
  }

  test('writes its reports when the gate fails', async () => {
    write({ Dockerfile: BAD });
    const { exitCode, annotations, outputs } = await step({
      'lint-output': 'out/lint.sarif\nout/lint.xml\n',
      'lint-format': 'sarif, checkstyle',
    });
    expect([exitCode, outputs['lint-findings']]).toEqual([1, '2']);
    const log = JSON.parse(readFileSync(join(folder, 'out/lint.sarif'), 'utf8')) as {
      runs: { results: { ruleId: string }[] }[];
    };
    expect([sarifValidator()(log), githubProblems(log)]).toEqual([[], []]);
    expect(log.runs[0]?.results.map(({ ruleId }) => ruleId)).toEqual(['DL3006', 'DL3004']);
    expect(readXml(readFileSync(join(folder, 'out/lint.xml'), 'utf8')).name).toBe('checkstyle');
    expect(annotations.map(({ place }) => place['title'])).toEqual(
      expect.arrayContaining(['DL3004', 'DL3006']),
    );
  });

  test('and when nothing is found: an empty report closes what was there', async () => {
    write({ Dockerfile: 'FROM scratch\nCOPY a /a\nUSER 1000\n', a: 'x' });
    const { exitCode, outputs } = await step({ 'lint-output': 'lint.sarif' });
    expect([exitCode, outputs['lint-findings']]).toEqual([0, '0']);
    expect(JSON.parse(readFileSync(join(folder, 'lint.sarif'), 'utf8'))).toMatchObject({
      runs: [{ results: [] }],
    });
  });

  test('and when the file cannot be read as a Dockerfile', async () => {
    write({ Dockerfile: 'FROM a:1\nRUM x\n' });
    const { exitCode } = await step({ 'lint-output': 'lint.json', 'lint-format': 'json' });
    expect(exitCode).toBe(1);
    expect(JSON.parse(readFileSync(join(folder, 'lint.json'), 'utf8'))).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ code: 'DL1000', line: 2 })]),
    );
  });

  test('passes with a baseline, and fails for what is new', async () => {
    write({ Dockerfile: 'FROM scratch\nADD a /a\nUSER 1000\n', a: 'x' });
    expect((await step({})).exitCode).toBe(1);
    await lint(['--write-baseline', 'b.json', 'Dockerfile']);
    const green = await step({
      'lint-baseline': 'b.json',
      'lint-output': 'lint.json',
      'lint-format': 'json',
    });
    expect([green.exitCode, green.outputs['lint-findings']]).toEqual([0, '0']);
    expect(green.log).toContain('not told, for the baseline b.json holds them: 1 finding');
    expect(readFileSync(join(folder, 'lint.json'), 'utf8')).toBe('[]\n');
    write({ Dockerfile: 'FROM scratch\nADD a /a\nADD a /b\nUSER 1000\n' });
    expect((await step({ 'lint-baseline': 'b.json' })).exitCode).toBe(1);
    expect((await step({ 'lint-baseline': 'nowhere.json' })).log).toContain('nowhere.json cannot be read');
  });

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['a format without a file', { 'lint-format': 'sarif' }, 'each lint-format needs a file'],
    [
      'more files than formats',
      { 'lint-output': 'a\nb', 'lint-format': 'json' },
      'no format for the output b',
    ],
    ['an unknown format', { 'lint-output': 'a', 'lint-format': 'prose' }, '"prose" is not one of'],
    ['a file, and nothing is linted', { 'lint-output': 'a', lint: 'false' }, 'nothing is linted'],
  ])('wrong inputs: %s', async (_, inputs, message) => {
    write({ Dockerfile: CLEAN });
    const { exitCode, log } = await step(inputs);
    expect(exitCode).toBe(1);
    expect(log).toContain(message);
  });
});
