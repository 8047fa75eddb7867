import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseSsh, sshAgents, sshSpecs } from '../../../src/app/options/ssh.ts';
import { needs, testWith } from '../../support/needs.ts';

describe('SSH agents', () => {
  let folder: string;
  let socket: string;
  let server: Server;
  let key: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ssh-options-'));
    socket = join(folder, 'agent');
    key = join(folder, 'key');
    // Only its first line is looked at.
    writeFileSync(key, '-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----\n');
    server = createServer();
    await new Promise<void>((resolve) => server.listen(socket, resolve));
  });
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('an id alone is the agent of SSH_AUTH_SOCK', () => {
    expect(parseSsh('default', { SSH_AUTH_SOCK: socket })).toEqual([
      'default',
      { kind: 'socket', path: socket },
    ]);
    expect(() => parseSsh('default', {})).toThrow('SSH_AUTH_SOCK, which is not set');
    expect(() => parseSsh('default', { SSH_AUTH_SOCK: key })).toThrow('which is not a socket');
  });

  test('a socket, or keys, and not both', () => {
    expect(parseSsh(`a=${socket}`, {})).toEqual(['a', { kind: 'socket', path: socket }]);
    expect(parseSsh(`a=${key},${key}`, {})).toEqual(['a', { kind: 'keys', paths: [key, key] }]);
    expect(() => parseSsh(`a=${key},${socket}`, {})).toThrow('one socket, or keys, and not both');
    expect(() => parseSsh('a=/no/such/file', {})).toThrow('/no/such/file of the SSH agent "a" is not there');
    expect(() => parseSsh(`a=${folder}`, {})).toThrow('neither a socket nor a file');
    expect(() => parseSsh(`=${key}`, {})).toThrow('not of the form');
  });

  test('what is no key, and keys with a passphrase', () => {
    const text = join(folder, 'text');
    writeFileSync(text, 'ssh-ed25519 AAAA public\n');
    expect(() => parseSsh(`a=${text}`, {})).toThrow('is not a private key');
    writeFileSync(text, '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n');
    expect(() => parseSsh(`a=${text}`, {})).toThrow('needs a passphrase');
  });

  testWith(needs.program('ssh-keygen'))("OpenSSH's own form, with and without a passphrase", async () => {
    const make = (name: string, passphrase: string): string => {
      const path = join(folder, name);
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-f', path]);
      return path;
    };
    expect(parseSsh(`a=${make('open', '')}`, {})[1].kind).toBe('keys');
    expect(() => parseSsh(`a=${make('locked', 'secret')}`, {})).toThrow('needs a passphrase');
  });

  test('lists of an input: commas part ids and paths', () => {
    expect(sshSpecs(['default', 'a=/x,/y,b=/z,c', 'd=./k,k2'])).toEqual([
      'default',
      'a=/x,/y',
      'b=/z',
      'c',
      'd=./k',
      'k2',
    ]);
    expect(() =>
      sshAgents([
        ['a', { kind: 'keys', paths: [] }],
        ['a', { kind: 'keys', paths: [] }],
      ]),
    ).toThrow('given twice');
  });
});
