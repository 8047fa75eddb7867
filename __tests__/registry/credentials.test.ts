import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CredentialRequest } from '../../src/registry/credential-source.ts';
import { credentialChain } from '../../src/registry/credentials/chain.ts';
import { dockerConfigCredentials } from '../../src/registry/credentials/docker-config.ts';
import { knownCredentials } from '../../src/registry/credentials/known.ts';
import { scopedConfigCredentials } from '../../src/registry/credentials/scoped-config.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'credentials-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function request(host: string, repository = 'a/b', access: 'pull' | 'push' = 'pull'): CredentialRequest {
  return { host, repository, access };
}

function source(config: unknown, env: Record<string, string> = {}) {
  const text = typeof config === 'string' ? config : JSON.stringify(config);
  return dockerConfigCredentials({ config: { text, origin: 'DOCKER_AUTH_CONFIG' }, env });
}

function password(username: string, secret: string) {
  return { type: 'password', username, password: secret };
}

describe('known credentials', () => {
  const known = knownCredentials(
    [
      { host: 'ghcr.io', username: 'both', password: '1' },
      { host: 'ghcr.io', username: 'pusher', password: '2', access: 'push' },
      { host: 'registry-1.docker.io', username: 'hub', password: '3', access: 'push' },
    ],
    'input registries',
  );

  test.each<readonly [string, 'pull' | 'push', string | undefined]>([
    ['ghcr.io', 'pull', 'both'],
    ['ghcr.io', 'push', 'pusher'],
    ['GHCR.io', 'pull', 'both'],
    ['docker.io', 'push', 'hub'],
    ['docker.io', 'pull', undefined],
    ['quay.io', 'pull', undefined],
  ])('%s for %s', async (host, access, username) => {
    const found = await known.find(request(host, 'x', access));
    expect(found?.credential).toEqual(
      username === undefined ? undefined : expect.objectContaining({ type: 'password', username }),
    );
    if (found !== undefined) expect(found.origin).toBe('input registries');
  });
});

describe('docker config', () => {
  test.each<readonly [string, object, string, string, object | undefined]>([
    ['plain host', { 'ghcr.io': { auth: base64('me:s:e') } }, 'ghcr.io', 'a/b', password('me', 's:e')],
    [
      'URL with path',
      { 'https://ghcr.io/v1/': { auth: base64('me:x') } },
      'ghcr.io',
      'a/b',
      password('me', 'x'),
    ],
    ['port', { 'localhost:5000': { auth: base64('me:x') } }, 'localhost:5000', 'a', password('me', 'x')],
    ['other port', { 'localhost:5000': { auth: base64('me:x') } }, 'localhost:5001', 'a', undefined],
    [
      'Docker Hub',
      { 'docker.io': { auth: base64('b:2') }, 'https://index.docker.io/v1/': { auth: base64('a:1') } },
      'docker.io',
      'library/x',
      password('a', '1'),
    ],
    ['name and password', { 'r.io': { username: 'u', password: 'p' } }, 'r.io', 'a', password('u', 'p')],
    ['NUL padding', { 'r.io': { auth: base64('u:p\0\0') } }, 'r.io', 'a', password('u', 'p')],
    [
      'identity token',
      { 'r.io': { auth: base64('00000:'), identitytoken: 'tok' } },
      'r.io',
      'a',
      { type: 'identity-token', token: 'tok' },
    ],
    ['empty entry', { 'r.io': {} }, 'r.io', 'a', undefined],
    [
      'most precise path',
      {
        'quay.io': { auth: base64('h:1') },
        'quay.io/org': { auth: base64('o:2') },
        'quay.io/org/app': { auth: base64('a:3') },
      },
      'quay.io',
      'org/app',
      password('a', '3'),
    ],
    [
      'path of a neighbour',
      { 'quay.io': { auth: base64('h:1') }, 'quay.io/org': { auth: base64('o:2') } },
      'quay.io',
      'organic/app',
      password('h', '1'),
    ],
  ])('%s', async (_name, auths, host, repository, expected) => {
    const found = await source({ auths }).find(request(host, repository));
    expect(found?.credential).toEqual(expected);
  });

  test('a file that is not there has none', async () => {
    const missing = dockerConfigCredentials({ config: { file: join(folder, 'no', 'config.json') }, env: {} });
    expect(await missing.find(request('ghcr.io'))).toBeUndefined();
  });

  test('a file that is there', async () => {
    const file = join(folder, 'config.json');
    writeFileSync(file, JSON.stringify({ auths: { 'ghcr.io': { auth: base64('u:p') } } }));
    const found = await dockerConfigCredentials({ config: { file }, env: {} }).find(request('ghcr.io'));
    expect(found).toEqual({ credential: password('u', 'p'), origin: file });
  });

  test.each(['{"auths": {"x": secret', '[]', '"s"', '{"auths":{"ghcr.io":{"auth":"c2VjcmV0"}}}'])(
    'what cannot be read is an error without the text: %s',
    async (text) => {
      const error = await source(text)
        .find(request('ghcr.io'))
        .catch((thrown: Error) => thrown);
      expect(error).toMatchObject({ kind: 'user', code: 'BAD_DOCKER_CONFIG' });
      expect(String((error as Error).message)).not.toContain('secret');
    },
  );
});

test('credentials that are for one repository, or for pushing to it', async () => {
  const root = join(folder, 'scoped');
  const keep = (name: string, username: string): void => {
    mkdirSync(join(root, name), { recursive: true });
    const auths = {
      'https://index.docker.io/v1/': { auth: base64(`${username}:x`) },
      'ghcr.io': { auth: base64(`${username}:x`) },
    };
    writeFileSync(join(root, name, 'config.json'), JSON.stringify({ auths }));
  };
  keep('docker.io/team/app@push', 'pusher');
  keep('docker.io/team/app', 'both');
  keep('ghcr.io/team/app@push', 'other');
  const scoped = scopedConfigCredentials({ folder: root, env: {} });
  const who = async (host: string, repository: string, access: 'pull' | 'push') => {
    const found = await scoped.find(request(host, repository, access));
    return found?.credential.type === 'password' ? found.credential.username : undefined;
  };
  expect(await who('docker.io', 'team/app', 'push')).toBe('pusher');
  expect(await who('docker.io', 'team/app', 'pull')).toBe('both');
  expect(await who('docker.io', 'team/other', 'push')).toBeUndefined();
  expect(await who('ghcr.io', 'team/app', 'push')).toBe('other');
  expect(await who('ghcr.io', 'team/app', 'pull')).toBeUndefined();
});

describe('credential helpers', () => {
  let env: Record<string, string>;
  beforeAll(() => {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    env = { PATH: `${bin}:/usr/bin:/bin`, ANSWER: 'from the environment' };
    helper(
      'good',
      'read server; printf \'{"ServerURL":"%s","Username":"%s","Secret":"%s"}\' "$server" "$1" "$ANSWER $server"',
    );
    helper('token', 'printf \'{"ServerURL":"x","Username":"<token>","Secret":"identity"}\'');
    helper('nothing', 'echo "credentials not found in native keychain"; exit 1');
    helper('broken', 'echo "the keychain is locked" >&2; exit 3');
    helper('babble', 'echo "secret words"');
    function helper(name: string, script: string): void {
      const file = join(bin, `docker-credential-${name}`);
      writeFileSync(file, `#!/bin/sh\n${script}\n`);
      chmodSync(file, 0o755);
    }
  });

  test('the server is asked for by name and the answer used', async () => {
    const config = { credHelpers: { 'ghcr.io': 'good' }, credsStore: 'broken' };
    expect(await source(config, env).find(request('ghcr.io'))).toEqual({
      credential: password('get', 'from the environment ghcr.io'),
      origin: 'docker-credential-good',
    });
  });

  test('Docker Hub is asked for by its old URL', async () => {
    const found = await source({ credsStore: 'good' }, env).find(request('docker.io', 'library/x'));
    expect(found?.credential).toEqual(password('get', 'from the environment https://index.docker.io/v1/'));
  });

  test('an identity token', async () => {
    const found = await source({ credsStore: 'token' }, env).find(request('r.io'));
    expect(found?.credential).toEqual({ type: 'identity-token', token: 'identity' });
  });

  test('nothing stored: auths is asked', async () => {
    const config = { credsStore: 'nothing', auths: { 'r.io': { auth: base64('u:p') }, 'other.io': {} } };
    expect((await source(config, env).find(request('r.io')))?.credential).toEqual(password('u', 'p'));
    expect(await source(config, env).find(request('other.io'))).toBeUndefined();
  });

  test.each([
    ['broken', /locked/],
    ['missing-program', /not on this machine/],
    ['babble', /not JSON/],
    ['../evil', /not the name/],
  ])('%s is an error that tells why', async (credsStore, why) => {
    const error = await source({ credsStore }, env)
      .find(request('r.io'))
      .catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ kind: 'environment', code: 'CREDENTIAL_HELPER_FAILED' });
    expect((error as Error).message).toMatch(why);
    expect((error as Error).message).not.toContain('secret words');
  });
});

test('in a chain the first that knows answers', async () => {
  const chain = credentialChain([
    knownCredentials([{ host: 'a.io', username: 'first', password: 'x' }], 'one'),
    knownCredentials(
      [
        { host: 'a.io', username: 'second', password: 'x' },
        { host: 'b.io', username: 'third', password: 'x' },
      ],
      'two',
    ),
  ]);
  expect((await chain.find(request('a.io')))?.origin).toBe('one');
  expect((await chain.find(request('b.io')))?.origin).toBe('two');
  expect(await chain.find(request('c.io'))).toBeUndefined();
});
