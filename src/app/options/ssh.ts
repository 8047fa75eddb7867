import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { badInput } from './problems.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the keys of an SSH agent come from that steps may ask by its id. */
export type SshAgentSource =
  /** A running agent; absolute. */
  | { readonly kind: 'socket'; readonly path: string }
  /** Files with private keys that need no passphrase; absolute. */
  | { readonly kind: 'keys'; readonly paths: readonly string[] };

const START = 'Start one and add the key: eval $(ssh-agent); ssh-add.';

/**
 * `default`, `ID=SOCKET` or `ID=KEY[,KEY…]`, as docker build's --ssh: an id alone is the agent of SSH_AUTH_SOCK.
 * @throws BuildError `BAD_INPUT`, never telling of a key more than its path
 */
export function parseSsh(spec: string, environment: Environment): [string, SshAgentSource] {
  const equals = spec.indexOf('=');
  const id = (equals < 0 ? spec : spec.slice(0, equals)).trim();
  const paths = (equals < 0 ? '' : spec.slice(equals + 1)).split(',').map((path) => path.trim());
  if (id === '') throw badInput(`"${spec}" is not of the form ID or ID=SOCKET or ID=KEY`);
  if (paths.every((path) => path === '')) return [id, agentOf(id, environment)];
  const places = paths.map((path) => ({ path: resolve(path), kind: kindOf(id, resolve(path)) }));
  const [first, ...more] = places;
  if (first?.kind === 'socket' && more.length === 0) return [id, { kind: 'socket', path: first.path }];
  if (places.some(({ kind }) => kind === 'socket'))
    throw badInput(`the SSH agent "${id}" is one socket, or keys, and not both`);
  return [id, { kind: 'keys', paths: places.map(({ path }) => path) }];
}

/**
 * The agents that an input names: one a line or separated by commas. A part that is a path belongs to the id before it.
 */
export function sshSpecs(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => {
    const specs: string[] = [];
    for (const part of line.split(',')) {
      const last = specs.at(-1);
      if (last?.includes('=') === true && !part.includes('=') && part.includes('/'))
        specs[specs.length - 1] = `${last},${part}`;
      else specs.push(part);
    }
    return specs.map((spec) => spec.trim()).filter((spec) => spec !== '');
  });
}

/** @throws BuildError `BAD_INPUT` for an id that is given twice */
export function sshAgents(
  agents: readonly [string, SshAgentSource][],
): Readonly<Record<string, SshAgentSource>> {
  const ids = agents.map(([id]) => id);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) throw badInput(`the SSH agent "${twice}" is given twice`);
  return Object.fromEntries(agents);
}

function agentOf(id: string, environment: Environment): SshAgentSource {
  const path = environment['SSH_AUTH_SOCK'];
  if (path === undefined || path === '')
    throw badInput(`the SSH agent "${id}" is that of SSH_AUTH_SOCK, which is not set`, START);
  if (kindOf(id, resolve(path)) !== 'socket')
    throw badInput(`SSH_AUTH_SOCK names ${path}, which is not a socket`, START);
  return { kind: 'socket', path: resolve(path) };
}

function kindOf(id: string, path: string): 'socket' | 'key' {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw badInput(`${path} of the SSH agent "${id}" is not there`, START);
  if (stat.isSocket()) return 'socket';
  if (!stat.isFile()) throw badInput(`${path} of the SSH agent "${id}" is neither a socket nor a file`);
  checkKey(id, path);
  return 'key';
}

function checkKey(id: string, path: string): void {
  let text: string;
  try {
    text = readFileSync(path, 'latin1');
  } catch (cause) {
    throw badInput(`the key ${path} of the SSH agent "${id}" cannot be read: ${(cause as Error).message}`);
  }
  if (!/^-----BEGIN [A-Z ]*PRIVATE KEY-----/m.test(text))
    throw badInput(`${path} of the SSH agent "${id}" is not a private key`);
  if (isEncrypted(text)) throw badInput(`the key ${path} of the SSH agent "${id}" needs a passphrase`, START);
}

/** PEM says it in words, OpenSSH's own form by its cipher (openssh-key-v1: magic, then the cipher's name as a string). */
function isEncrypted(text: string): boolean {
  if (/ENCRYPTED/.test(text)) return true;
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([A-Za-z0-9+/=\s]*)/.exec(text)?.[1];
  if (body === undefined) return false;
  const bytes = Buffer.from(body, 'base64');
  const name = 'openssh-key-v1\0'.length;
  return (
    bytes.length > name + 4 &&
    bytes.toString('latin1', name + 4, name + 4 + bytes.readUInt32BE(name)) !== 'none'
  );
}
