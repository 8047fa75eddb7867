import {
  chmodSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { findDockerfiles } from '../../src/app/lint/find-dockerfiles.ts';
import { VERSION } from '../../src/app/version.ts';
import { type LintOutcome, runLint } from '../support/lint-command.ts';

let folder: string;
const at = (name: string): string => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lint-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(at(name)), { recursive: true });
    writeFileSync(at(name), text);
  }
}

const lint = (
  args: readonly string[],
  { env = {}, ...options }: { stdin?: string; env?: Record<string, string>; interactive?: boolean } = {},
): Promise<LintOutcome> => runLint(args, { ...options, env: { HOME: folder, ...env } });

const BAD = 'FROM debian\nRUN sudo x\nUSER 1000\n';
const CLEAN = 'FROM debian:12\nUSER 1000\n';
const codes = ({ stdout }: LintOutcome): string[] =>
  (JSON.parse(stdout) as { code: string }[]).map(({ code }) => code);

describe('files', () => {
  test('a folder stands for its Dockerfiles, without what .gitignore leaves out', () => {
    write({
      '.git/HEAD': '',
      '.git/Dockerfile': BAD,
      '.gitignore': '/build/\n*.tmp\n!keep/Dockerfile.tmp\n',
      Dockerfile: BAD,
      'Dockerfile.dockerignore': '',
      'a/web.Dockerfile': BAD,
      'a/Dockerfile.tmp': BAD,
      'keep/Dockerfile.tmp': BAD,
      'build/Dockerfile': BAD,
      'a/build/Containerfile': BAD,
      '.devcontainer/Dockerfile.dev': BAD,
      'node_modules/x/Dockerfile': BAD,
      'a/NotDockerfile': BAD,
    });
    mkdirSync(at('b/Dockerfile'), { recursive: true });
    const { paths, missing } = findDockerfiles([folder]);
    expect(missing).toEqual([]);
    expect(paths.map((path) => path.slice(folder.length + 1)).sort()).toEqual([
      '.devcontainer/Dockerfile.dev',
      'Dockerfile',
      'a/build/Containerfile',
      'a/web.Dockerfile',
      'keep/Dockerfile.tmp',
    ]);
    expect(findDockerfiles([at('a')]).paths).toHaveLength(2);
  });

  test('globs; what fits nothing is told', () => {
    write({ 'a/one': BAD, 'b/one': BAD });
    const { paths, missing } = findDockerfiles([at('*/one'), at('a/one'), at('*/two')]);
    expect(paths).toEqual([at('a/one'), at('b/one')]);
    expect(missing.map(({ code }) => code)).toEqual(['DOCKERFILE_NOT_FOUND']);
  });

  test('one that cannot be read does not silence the others', async () => {
    write({ Dockerfile: BAD });
    const run = await lint(['-f', 'json', at('nowhere'), at('Dockerfile')]);
    expect(run.exitCode).toBe(2);
    expect(codes(run)).toEqual(expect.arrayContaining(['DL3006', 'DL3004']));
    expect(run.stderr).toContain('nowhere cannot be read');
  });

  test('standard input', async () => {
    const run = await lint(['-f', 'gnu', '-'], { stdin: BAD });
    expect(run.stdout).toMatch(/^-:1:6: DL3006 warning: /m);
  });
});

describe('exit code', () => {
  const cases: readonly (readonly [readonly string[], string, number])[] = [
    [[], BAD, 1],
    [[], CLEAN, 0],
    [['-t', 'error', '--info', 'DL3004'], 'FROM debian:12\nMAINTAINER x\n', 1],
    [['-t', 'error'], 'FROM debian\n', 0],
    [['-t', 'none'], BAD, 0],
    [['--no-fail'], BAD, 0],
    [['-f', 'codacy'], BAD, 0],
    [['-f', 'codeclimate'], BAD, 0],
    [['-t', 'error', '--error', 'DL3006'], 'FROM debian\n', 1],
    [['--ignore', 'DL3004', '--ignore', 'DL3006'], BAD, 0],
    [['-t', 'none'], 'FROM a:1\nRUM x\n', 1],
    [['--no-such-flag'], CLEAN, 2],
    [['-f', 'prose'], CLEAN, 2],
    [['--fix=all'], CLEAN, 2],
    [['--shellcheck', 'perhaps'], CLEAN, 2],
    [['-o', 'x', '-o', 'y'], CLEAN, 2],
  ];
  test.each(cases)('%j', async (args, text, expected) => {
    write({ Dockerfile: text });
    expect((await lint([...args, at('Dockerfile')])).exitCode).toBe(expected);
  });

  test('wrong flags and wrong files that they name are told together', async () => {
    write({ Dockerfile: BAD, 'c.yaml': 'ignored: 3\n', 'b.json': 'x' });
    const files = ['-c', at('c.yaml'), '--dockerignore', at('no'), '--baseline', at('b.json')];
    const run = await lint(['--fxi', '-t', 'fatal', ...files, at('Dockerfile')]);
    expect([run.exitCode, run.stdout]).toEqual([2, '']);
    for (const part of ['--fxi', 'fatal', 'c.yaml: ', '--dockerignore: ', 'b.json'])
      expect(run.stderr).toContain(part);
    const alone = await lint(['-c', at('c.yaml'), at('Dockerfile')]);
    expect([alone.exitCode, alone.stderr.match(/ERROR/g)?.length]).toEqual([2, 1]);
    const nothing = await lint(['--fxi']);
    expect(nothing.stderr).toMatch(/--fxi[\s\S]*no file to lint/);
  });

  test('no file at all is wrong usage', async () => {
    expect((await lint([])).exitCode).toBe(2);
  });
});

describe('configuration', () => {
  test('file, then command line; unknown keys are told', async () => {
    write({ Dockerfile: BAD, 'c.yaml': 'ignored: [DL3006]\nfailure-treshold: error\n' });
    const run = await lint(['-f', 'json', '-c', at('c.yaml'), '--ignore', 'DL3004', at('Dockerfile')]);
    expect(codes(run)).toEqual([]);
    expect(run.stderr).toMatch(/unknown key failure-treshold/);
  });

  test('a broken file is an error, not a run without it', async () => {
    write({ Dockerfile: CLEAN, 'c.yaml': 'ignored: 7\n' });
    expect((await lint(['-c', at('c.yaml'), at('Dockerfile')])).exitCode).toBe(2);
  });

  test('build arguments', async () => {
    write({ Dockerfile: 'ARG V=1\nFROM debian:$V\nUSER 1000\n' });
    expect(codes(await lint(['-f', 'json', '--build-arg', 'V=latest', at('Dockerfile')]))).toEqual([
      'DL3007',
    ]);
  });

  test('the ignore file beside the Dockerfile, or the one that is named', async () => {
    write({ Dockerfile: 'FROM debian:12\nCOPY a /a\nUSER 1000\n', '.dockerignore': 'a\n', none: '' });
    expect(codes(await lint(['-f', 'json', at('Dockerfile')]))).toEqual(['CopyIgnoredFile']);
    expect(codes(await lint(['-f', 'json', '--dockerignore', at('none'), at('Dockerfile')]))).toEqual([]);
  });
});

describe('reports', () => {
  test('the n-th file goes with the n-th format; the others are printed', async () => {
    write({ Dockerfile: CLEAN });
    const run = await lint(['-f', 'sarif', '-o', at('out/x.sarif'), '-f', 'json', at('Dockerfile')]);
    expect(run.stdout).toBe('[]\n');
    const log = JSON.parse(readFileSync(at('out/x.sarif'), 'utf8')) as { version: string; runs: unknown[] };
    expect(log).toMatchObject({
      version: '2.1.0',
      runs: [{ tool: { driver: { version: VERSION } }, results: [] }],
    });
  });

  test('colours on a terminal, unless they are not wanted, and elsewhere where they are forced', async () => {
    write({ Dockerfile: BAD });
    const coloured = async (options: Parameters<typeof lint>[1], ...args: string[]): Promise<boolean> =>
      (await lint([...args, at('Dockerfile')], options)).stdout.includes('\u001B[');
    expect(await coloured({})).toBe(false);
    expect(await coloured({ interactive: true })).toBe(true);
    expect(await coloured({ interactive: true, env: { NO_COLOR: '' } })).toBe(false);
    expect(await coloured({ interactive: true }, '--no-color')).toBe(false);
    expect(await coloured({ env: { FORCE_COLOR: '1' } })).toBe(true);
  });

  test('--file-path-in-report names one file', async () => {
    write({ Dockerfile: BAD, 'b.Dockerfile': BAD });
    const run = await lint(['-f', 'gnu', '--file-path-in-report', 'src/D', at('Dockerfile')]);
    expect(run.stdout).toMatch(/^src\/D:1:/);
    expect((await lint(['--file-path-in-report', 'x', folder])).exitCode).toBe(2);
  });
});

describe('--baseline', () => {
  const started = process.cwd();
  beforeEach(() => process.chdir(folder));
  afterEach(() => process.chdir(started));

  test('what was there is counted and not told; what is new fails', async () => {
    write({ Dockerfile: BAD, 'web/Dockerfile': BAD });
    const written = await lint(['--write-baseline', 'b.json', '.']);
    expect([written.exitCode, written.stdout, written.stderr]).toEqual([
      0,
      '',
      'the baseline b.json is written: 4 findings in 2 files\n',
    ]);
    const text = readFileSync('b.json', 'utf8');
    const same = await lint(['--baseline', 'b.json', '-f', 'json', 'web/Dockerfile', at('Dockerfile')]);
    expect([same.exitCode, same.stdout]).toEqual([0, '[]\n']);
    expect(same.stderr).toBe('not told, for the baseline b.json holds them: 4 findings\n');
    // Moved, broken otherwise, commented: the same findings.
    write({
      Dockerfile: `# syntax=docker/dockerfile:1\n\n${BAD.replace('sudo', '\\\n  # why\n  sudo')}RUN cd /x && y\n`,
    });
    const more = await lint(['--baseline', 'b.json', '-f', 'json', '.']);
    expect([more.exitCode, codes(more)]).toEqual([1, ['DL3003']]);
    expect((await lint(['--write-baseline', 'c.json', 'web', 'Dockerfile'])).exitCode).toBe(0);
    const lines = readFileSync('c.json', 'utf8').split('\n');
    for (const line of text.split('\n').filter((one) => one.includes('web/')))
      expect(lines.some((one) => one.startsWith(line.replace(/,$/, '')))).toBe(true);
  });

  test('entries that nothing matches any more are told', async () => {
    write({ Dockerfile: BAD });
    await lint(['--write-baseline', 'b.json', '.']);
    write({ Dockerfile: CLEAN });
    const run = await lint(['--baseline', 'b.json', '.']);
    expect([run.exitCode, run.stdout]).toEqual([0, '']);
    expect(run.stderr).toMatch(
      /no longer found \(2\).*\n {2}Dockerfile DL3004: RUN sudo x\n {2}Dockerfile DL3006: /s,
    );
  });

  test.each(['{', '{"version": 2, "findings": []}', '{"version": 1, "findings": [{"path": 1}]}', undefined])(
    'one that cannot be used is wrong input: %j',
    async (text) => {
      write({ Dockerfile: CLEAN, ...(text === undefined ? {} : { 'b.json': text }) });
      const run = await lint(['--baseline', 'b.json', '.']);
      expect(run.exitCode).toBe(2);
      expect(run.stderr).toMatch(/baseline b\.json cannot be .*--write-baseline/s);
    },
  );

  test('none is written when a file cannot be read', async () => {
    write({ Dockerfile: BAD });
    const run = await lint(['--write-baseline', 'b.json', '.', 'nowhere']);
    expect([run.exitCode, run.stderr]).toEqual([2, expect.stringContaining('b.json is not written')]);
    expect(existsSync('b.json')).toBe(false);
  });
});

describe('--fix', () => {
  test('writes, tells what was done, and has nothing to do the second time', async () => {
    write({ Dockerfile: 'FROM debian:12\nRUN apt-get install curl=7\nUSER 1000\n' });
    const first = await lint(['--fix', '-f', 'json', at('Dockerfile')]);
    const text = readFileSync(at('Dockerfile'), 'utf8');
    expect(first.stderr).toMatch(/fixed .*Dockerfile:2 DL3014: /);
    expect(text).toContain('apt-get install -y');
    expect(codes(first)).not.toContain('DL3014');
    const second = await lint(['--fix', at('Dockerfile')]);
    expect([second.stderr, readFileSync(at('Dockerfile'), 'utf8')]).toEqual(['', text]);
  });

  test('bytes that are no UTF-8 are left alone', async () => {
    const bytes = Buffer.concat([
      Buffer.from('FROM debian:12\nRUN apt-get install curl=7 '),
      Buffer.from([0xff, 10]),
    ]);
    writeFileSync(at('Dockerfile'), bytes);
    expect((await lint(['--fix', at('Dockerfile')])).exitCode).toBe(2);
    expect(readFileSync(at('Dockerfile'))).toEqual(bytes);
  });

  test('the old text is whole until the new one takes its place, through a link too, with the same mode', async () => {
    const before = 'FROM debian:12\nRUN apt-get install curl=7\nUSER 1000\n';
    write({ 'real/Dockerfile': before });
    chmodSync(at('real/Dockerfile'), 0o640);
    symlinkSync('real/Dockerfile', at('Dockerfile'));
    const opened = openSync(at('Dockerfile'), 'r');
    try {
      const { stderr } = await lint(['--fix', at('Dockerfile')]);
      expect(stderr).toMatch(/fixed .*DL3014/);
      expect(readFileSync(opened, 'utf8')).toBe(before);
    } finally {
      closeSync(opened);
    }
    expect(readFileSync(at('real/Dockerfile'), 'utf8')).toContain('apt-get install -y');
    expect(lstatSync(at('Dockerfile')).isSymbolicLink()).toBe(true);
    expect(statSync(at('real/Dockerfile')).mode & 0o7777).toBe(0o640);
    expect(readdirSync(at('real'))).toEqual(['Dockerfile']);
  });
});

describe('in a job of GitHub', () => {
  const env = { GITHUB_ACTIONS: 'true' };
  const command = /^[^\p{L}\p{N}[]*::|##\[/mu;

  test.each(['tty', 'gnu'])('%s: nothing of a Dockerfile is a command to the runner', async (format) => {
    write({
      Dockerfile:
        'FROM debian:12\nLABEL ##[group]x=1\nCOPY ##[error]a /\nRUM ##[add-mask]b\nRUN sudo ##[x]\n',
    });
    const there = await lint(['-f', format, at('Dockerfile')], { env });
    expect(there.stdout).toContain('DL3004');
    expect(there.stdout).not.toMatch(command);
    const here = await lint(['-f', format, at('Dockerfile')]);
    expect(here.stdout.replaceAll('##[', '# #[')).toBe(there.stdout);
    expect(here.stdout).toMatch(/##\[/);
  });

  test('nor is an error or a remark', async () => {
    write({ 'c.yaml': '"##[group]x": 1\n', Dockerfile: CLEAN, 'bad.yaml': 'ignored: "##[error]"\n' });
    for (const config of ['c.yaml', 'bad.yaml']) {
      const { stderr } = await lint(['-c', at(config), at('Dockerfile')], { env });
      expect(stderr).toContain('# #[');
      expect(stderr).not.toMatch(command);
    }
  });

  test('formats that programs read are as they are, annotations too', async () => {
    write({ Dockerfile: 'FROM debian:12\nRUM ##[x]\n' });
    for (const format of ['json', 'sarif', 'github']) {
      const args = ['-f', format, at('Dockerfile')];
      expect((await lint(args, { env })).stdout).toBe((await lint(args)).stdout);
    }
  });
});

/** Stands for ShellCheck: finds each `MARK` of the scripts that it is given. */
const FAKE = `#!${process.execPath}
const { readFileSync } = require('node:fs');
const names = process.argv.slice(process.argv.indexOf('--') + 1);
const comments = names.flatMap((file) => readFileSync(file, 'utf8').split('\\n').flatMap((text, i) => {
  const before = text.split('MARK')[0];
  if (before === text) return [];
  const column = [...before].length + 1;
  return [{ file, line: i + 1, endLine: i + 1, column, endColumn: column + 4, level: 'warning', code: 9001, message: readFileSync(file, 'utf8').split('\\n')[0] }];
}));
console.log(JSON.stringify({ comments }));
process.exit(comments.length > 0 ? 1 : 0);
`;

describe('shellcheck', () => {
  function install(program: string): { env: Record<string, string> } {
    mkdirSync(at('bin'));
    writeFileSync(at('bin/shellcheck'), program);
    chmodSync(at('bin/shellcheck'), 0o755);
    return { env: { PATH: at('bin') } };
  }

  test('its findings stand at their places: continuations, comments, heredocs, ONBUILD, characters of two units', async () => {
    const options = install(FAKE);
    write({
      Dockerfile: `FROM debian:12
RUN echo 😀 \\
  # MARK
    MARK
SHELL ["/bin/bash", "-c"]
RUN <<EOF
true
MARK
EOF
RUN cat <<-EOF
	a MARK
	EOF
ONBUILD RUN MARK
RUN ["MARK"]
# hadolint ignore=SC9001
RUN MARK
USER 1000
`,
    });
    const run = await lint(['-f', 'gnu', at('Dockerfile')], options);
    const seen = [...run.stdout.matchAll(/:(\d+:\d+): SC9001 warning: (.*)$/gm)].map(([, place, head]) => [
      place,
      head,
    ]);
    expect(seen).toEqual([
      ['4:5', '#!/bin/sh'],
      ['8:1', '#!/bin/bash'],
      ['11:4', '#!/bin/bash'],
      ['13:13', '#!/bin/bash'],
    ]);
  });

  test('the same script is checked once, by few processes for all files, and told at each of its places', async () => {
    const options = install(
      FAKE.replace(
        'const names =',
        `require('node:fs').appendFileSync('${at('calls')}', process.argv.length - process.argv.indexOf('--') - 1 + '\\n');\nconst names =`,
      ),
    );
    const names = Array.from({ length: 40 }, (_, index) => `f${index}.Dockerfile`);
    write(
      Object.fromEntries(
        names.map((name, index) => [
          name,
          `${'# moved\n'.repeat(index)}FROM debian:12\nRUN a MARK\nRUN b ${index % 2} MARK\nUSER 1000\n`,
        ]),
      ),
    );
    const run = await lint(['-f', 'gnu', ...names.map(at)], options);
    expect([...run.stdout.matchAll(/:(\d+):\d+: SC9001 /g)].map(([, line]) => Number(line))).toEqual(
      names.flatMap((_, index) => [index + 2, index + 3]),
    );
    const calls = readFileSync(at('calls'), 'utf8').trim().split('\n').map(Number);
    expect(calls.reduce((sum, count) => sum + count, 0)).toBe(3);
  });

  test('required and not there is an error; auto goes on', async () => {
    write({ Dockerfile: CLEAN });
    expect((await lint(['--shellcheck', 'required', at('Dockerfile')])).exitCode).toBe(1);
    expect((await lint(['--shellcheck', 'auto', at('Dockerfile')])).exitCode).toBe(0);
  });

  test.each(['#!/bin/sh\nexit 3\n', '#!/bin/sh\necho hello\n'])(
    'one that does not work: %j',
    async (program) => {
      const options = install(program);
      write({ Dockerfile: 'FROM debian:12\nRUN true\nUSER 1000\n' });
      const auto = await lint([at('Dockerfile')], options);
      expect([auto.exitCode, auto.stderr]).toEqual([0, expect.stringContaining('shellcheck is left out')]);
      expect((await lint(['--shellcheck', 'required', at('Dockerfile')], options)).exitCode).toBe(1);
      expect((await lint(['--shellcheck', 'off', at('Dockerfile')], options)).stderr).toBe('');
    },
  );
});

test('the version is that of the package', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  expect((await lint(['-v'])).stdout).toBe(`ts-image-build ${version}\n`);
});
