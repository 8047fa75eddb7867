import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { main } from '../../../src/app/cli/main.ts';
import { VERSION } from '../../../src/app/version.ts';
import { gitServer } from '../../support/git-server.ts';

interface Told {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function call(...argv: readonly string[]): Promise<Told> {
  return callWith(new Writable(), ...argv);
}

async function callWith(byteOutput: Writable, ...argv: readonly string[]): Promise<Told> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(argv, {
    stdout: (text) => void out.push(text),
    stderr: (text) => void err.push(text),
    byteOutput,
    readStdin: () => Promise.resolve(''),
    stdin: async function* () {
      // Nothing here reads it.
    },
    environment: {},
    signal: new AbortController().signal,
  });
  return { code, out: out.join(''), err: err.join('') };
}

describe('the command line', () => {
  test('tells its version', async () => {
    const told = { code: 0, out: `ts-image-build ${VERSION}\n`, err: '' };
    expect(await call('--version')).toEqual(told);
    expect(await call('version')).toEqual(told);
  });

  test('a check that passes says so', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'check-'));
    writeFileSync(join(folder, 'Dockerfile'), 'FROM debian:12\nUSER 1\n');
    const passed = { code: 0, out: '', err: 'check passed: nothing was found\n' };
    expect(await call('build', '--check', '-f', join(folder, 'Dockerfile'), folder)).toEqual(passed);
    expect(await call('build', '--check', '-q', '-f', join(folder, 'Dockerfile'), folder)).toEqual({
      ...passed,
      err: '',
    });
    rmSync(folder, { recursive: true });
  });

  test('tells its commands: when it is asked, and as wrong usage when it is not told what to do', async () => {
    const asked = await call('--help');
    expect(asked).toMatchObject({ code: 0, err: '' });
    for (const name of ['build', 'lint', 'df', 'prune', 'probe']) expect(asked.out).toMatch(`\n  ${name} `);
    expect(await call()).toEqual({ ...asked, code: 2 });
    const unknown = await call('biuld');
    expect(unknown.code).toBe(2);
    expect(unknown.err).toContain('there is no command "biuld"');
    expect(unknown.err).toContain('did you mean build?');
    // Of words so short, any is near to any other.
    for (const other of ['ls', 'rm', 'run', '-x'])
      expect((await call(other)).err).not.toContain('did you mean');
    expect(await call('constructor')).toMatchObject({ code: 2 });
    expect(await call('lint', '--explain', 'constructor')).toMatchObject({ code: 2, out: '' });
  });

  test.each([
    ['FROM a:1\nRUM x\nUSER 1\n', 'none', 1],
    ['FROM a:1\nRUM x\nUSER 1\n', 'warning', 1],
    ['FROM a\nUSER 1\n', 'none', 0],
    ['FROM a\nUSER 1\n', 'error', 0],
    ['FROM a\nUSER 1\n', 'warning', 1],
  ])('build --check of %j under %s: what cannot be read fails it always', async (text, threshold, code) => {
    const folder = mkdtempSync(join(tmpdir(), 'check-'));
    writeFileSync(join(folder, 'Dockerfile'), text);
    expect((await call('build', '--check', '--lint-fail-on', threshold, folder)).code).toBe(code);
    rmSync(folder, { recursive: true });
  });

  test('builds a commit of a Git repository: its checkout stays until the build is done', async () => {
    await using server = await gitServer();
    const repository = server.folder('repository');
    writeFileSync(join(repository, 'Dockerfile'), 'FROM scratch\nCOPY . /\n');
    for (let i = 0; i < 50; i++) writeFileSync(join(repository, `file${i}`), `content ${i}`);
    server.commit('repository');
    server.publish('repository');
    const folder = mkdtempSync(join(tmpdir(), 'main-'));
    try {
      const state = join(folder, 'state');
      const output = `type=oci,dest=${join(folder, 'image.tar')}`;
      const args = ['--state-dir', state, '-o', output, '--progress', 'plain', '--no-lint'];
      const built = await call('build', ...args, server.url('repository'));
      expect([built.code, built.err]).toEqual([0, expect.stringContaining('COPY . /')]);
      expect(readdirSync(join(state, 'git'))).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('files for results that cannot be written are wrong input, before any work', async () => {
    for (const flag of ['--iidfile', '--metadata-file']) {
      const told = await call('build', flag, '/no-such-folder/file', '/no-such-context');
      expect(told).toMatchObject({ code: 2, out: '' });
      expect(told.err).toContain(`${flag}: /no-such-folder/file cannot be written`);
    }
    const wrong = await call('build', '--progress', 'rawjson', '/no-such-context');
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('"rawjson" is not a style')]);
    for (const style of ['auto', 'plain', 'quiet'])
      expect((await call('build', '--progress', style, '/no-such-context')).err).toContain('is not there');
  });

  test('--progress json: what a build fails with is JSON too, one line an error, with the same exit code', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'json-'));
    const build = async (...args: readonly string[]): Promise<[number, readonly object[]]> => {
      const told = await call('build', '--progress=json', '--state-dir', join(folder, 'state'), ...args);
      expect(told.out).toBe('');
      return [told.code, told.err.split(/(?<=\n)/).map((line): object => JSON.parse(line))];
    };
    try {
      const [absent, absentLines] = await build(join(folder, 'no'));
      expect(absent).toBe(2);
      expect(absentLines).toEqual([
        expect.objectContaining({ type: 'error', kind: 'user', code: 'CONTEXT_NOT_FOUND' }),
      ]);
      const [usage, usageLines] = await build('--tga', 'a', folder);
      expect([usage, usageLines]).toEqual([2, [expect.objectContaining({ type: 'error' })]]);
      const file = join(folder, 'Dockerfile');
      writeFileSync(file, 'FROM scratch\nCOPY no /\nUSER 1\n');
      const [failed, lines] = await build(folder);
      expect(failed).toBe(1);
      const message = expect.stringContaining('no');
      expect(lines.at(-1)).toMatchObject({ type: 'error', message, at: { file, start: { line: 2 } } });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('a link to itself is no context and no Dockerfile; a state folder that cannot be is no fault of ours', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'main-'));
    try {
      const at = (name: string): string => join(folder, name);
      symlinkSync('Dockerfile', at('Dockerfile'));
      expect(await call('build', at('Dockerfile'))).toMatchObject({ code: 2 });
      expect(await call('build', `${'x'.repeat(300)}`)).toMatchObject({ code: 2 });
      expect(await call('build', '--build-context', `a=${at('Dockerfile')}`, '.')).toMatchObject({ code: 2 });
      expect(await call('lint', at('Dockerfile'))).toMatchObject({ code: 2 });
      expect(await call('lint', folder)).toMatchObject({ code: 2 });
      writeFileSync(at('file'), 'FROM scratch\n');
      const told = await call('build', '-f', at('file'), '--state-dir', at('file/state'), folder);
      expect(told).toMatchObject({ code: 1, out: '' });
      expect(told.err).toContain(`The state folder ${at('file/state')} cannot be used`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('all that is wrong with the flags comes in one message', async () => {
    const wrong = ['--tga', 'a', '--progress', 'foo', '--no-cache=maybe', '--call', 'x', '--network', 'q'];
    const files = [
      '--iidfile',
      '/no-such-folder/file',
      '--metadata-file',
      tmpdir(),
      '--push',
      '-o',
      'type=x',
    ];
    const told = await call('build', ...wrong, ...files, '/no-such-context');
    expect(told).toMatchObject({ code: 2, out: '' });
    expect(told.err.split('\n').map((line) => line.slice(0, 60))).toEqual([
      'ERROR: 9 inputs are wrong:',
      '- --tga: there is no such flag; did you mean --tag?',
      expect.stringMatching(/^- --no-cache: "maybe"/),
      expect.stringMatching(/^- --progress: "foo"/),
      expect.stringMatching(/^- --call: "x"/),
      expect.stringMatching(/^- --iidfile: \/no-such-folder\/file/),
      expect.stringMatching(/^- --metadata-file: .* it is a folder$/),
      expect.stringMatching(/^- --push: there is no tag to push to/),
      expect.stringMatching(/^- --output: .*"type=x"/),
      expect.stringMatching(/^- --network: "q"/),
      '  Run build --help to see its flags.',
      '',
    ]);
    expect((await call('build', '--check', '--no-lint', '.')).err).toContain('check only lints');
    expect((await call('build', '--call=check', '--no-lint', '.')).err).toContain('check only lints');
    expect((await call('build')).err).toContain('ERROR: build: the context is missing');
    expect((await call('build', 'a', 'b')).err).toContain('ERROR: build: one context is wanted');
    expect((await call('probe', 'x')).err).toContain('probe takes no argument, and there is "x"');
  });

  test('flags that docker has and we do not are told why', async () => {
    const told = await call('build', '--builder=x', '--rm', '--attest', 'type=sbom', '.');
    expect(told.code).toBe(2);
    expect(told.err).toMatch(
      /--builder: there are no builders[\s\S]*--rm: steps leave[\s\S]*--attest: attestations/,
    );
    expect(told.err).not.toContain('one context is wanted');
    expect((await call('build', '--constructor', '.')).err).toContain('--constructor: there is no such flag');
  });

  test('help is where docker has it, and a mistyped command is told what was meant', async () => {
    expect(await call('help', 'build')).toEqual(await call('build', '--help'));
    expect((await call('help', 'biuld')).code).toBe(2);
    expect(await call('-v')).toEqual(await call('--version'));
    expect((await call('biuld')).err).toContain('there is no command "biuld"; did you mean build?');
  });

  test('an ignore file that cannot be used is told with its line, and with the Dockerfile', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'main-'));
    try {
      writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\nRUM x\n');
      writeFileSync(join(folder, '.dockerignore'), 'a\n[b-\n');
      const told = await call('build', '--no-lint', '--state-dir', join(folder, 'state'), folder);
      expect(told).toMatchObject({ code: 1, out: '' });
      expect(told.err).toMatch(/RUM[\s\S]*The ignore file cannot be used[\s\S]*\.dockerignore:2:1/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('--progress json is JSON to the last line, the result too', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'main-'));
    try {
      writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY Dockerfile /\n');
      writeFileSync(join(folder, 'lint.yaml'), 'nobodys-key: 1\n');
      const args = ['--state-dir', join(folder, 'state'), '--lint-config', join(folder, 'lint.yaml'), folder];
      const told = await call(
        'build',
        '--progress=json',
        '-t',
        'r.test/a:1',
        '--build-arg',
        'NOBODYS=1',
        ...args,
      );
      expect(told).toMatchObject({ code: 0, out: '' });
      const lines = told.err
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { type: string });
      expect(lines.filter(({ type }) => type === 'notice').length).toBeGreaterThan(1);
      expect(lines.at(-1)).toEqual({
        type: 'built',
        metadata: expect.objectContaining({ 'image.name': 'r.test/a:1' }),
        locations: [],
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('-q tells the image alone, and nothing behind an image that goes to standard output', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'main-'));
    try {
      writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY Dockerfile /\n');
      const args = ['build', '-q', '--no-lint', '--state-dir', join(folder, 'state'), folder];
      expect(await call(...args)).toEqual({ code: 0, out: expect.stringMatching(/^sha256:.*\n$/), err: '' });
      // As docker has it: scripts give an empty text for what they do not say.
      const empty = ['-f', '', '--target=', '--iidfile', '', '--metadata-file=', '--progress', ''];
      expect(await call(...args, ...empty)).toMatchObject({
        code: 0,
        out: expect.stringMatching(/^sha256:/),
      });
      const chunks: Uint8Array[] = [];
      const bytes = new Writable({ write: (chunk, _encoding, done) => done(void chunks.push(chunk)) });
      expect(await callWith(bytes, ...args, '-o', '-')).toEqual({ code: 0, out: '', err: '' });
      expect(Buffer.concat(chunks).toString('latin1')).toContain('Dockerfile');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
