import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { main } from '../../../src/app/cli/main.ts';
import { VERSION } from '../../../src/app/version.ts';
import { gitServer } from '../../support/git-server.ts';

async function call(...argv: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(argv, {
    stdout: (text) => void out.push(text),
    stderr: (text) => void err.push(text),
    byteOutput: new Writable(),
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

  test('tells its commands: when it is asked, and as wrong usage when it is not told what to do', async () => {
    const asked = await call('--help');
    expect(asked).toMatchObject({ code: 0, err: '' });
    for (const name of ['build', 'lint', 'df', 'prune', 'probe']) expect(asked.out).toMatch(`\n  ${name} `);
    expect(await call()).toEqual({ ...asked, code: 2 });
    const unknown = await call('biuld');
    expect(unknown.code).toBe(2);
    expect(unknown.err).toContain('there is no command "biuld"');
    expect(await call('constructor')).toMatchObject({ code: 2 });
    expect(await call('lint', '--explain', 'constructor')).toMatchObject({ code: 2, out: '' });
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
});
