import { nearest } from '../../dockerfile/suggest.ts';
import { keyAndValue, parseFields } from './list.ts';
import { badInput } from './problems.ts';

/** A login for one registry; kept in memory only. */
export interface Login {
  readonly host: string;
  readonly username: string;
  readonly password: string;
}

const KEYS: readonly string[] = ['host', 'username', 'password'];
/** What others call these fields. */
const MISTAKEN: readonly string[] = ['registry', 'server', 'url', 'user', 'token', 'pass', 'pwd'];
const FORM = 'Write host=HOST,username=USER,password=PASSWORD.';

/**
 * The fields `host=…`, `username=…` and `password=…`, or all three in one.
 * @throws BuildError `BAD_INPUT`, never naming the password or a part of it
 */
export function parseLogin(record: readonly string[]): Login {
  const [only = '', ...more] = record;
  const fields = more.length === 0 ? [...parseFields(only)] : record.map(keyAndValue);
  checkKeys(fields.map(([key]) => key));
  const values = new Map(fields);
  const host = hostOf(values.get('host') || 'docker.io');
  const username = values.get('username') ?? '';
  const password = values.get('password') ?? '';
  if (username === '' || password === '') {
    throw badInput(
      `the login for ${host} has no ${username === '' ? 'username' : 'password'}`,
      `${FORM} A GitHub secret that does not exist is empty, and so is every secret in a workflow of a fork.`,
    );
  }
  return { host, username, password };
}

/** `https://ghcr.io/` is `ghcr.io`, as docker login reads it (docker/cli: credentials.ConvertToHostname). */
function hostOf(text: string): string {
  const host =
    text
      .trim()
      .replace(/^https?:\/\//i, '')
      .split('/')[0] ?? '';
  if (/^(?:[\w.-]+|\[[0-9a-f:]+\])(?::\d+)?$/i.test(host)) return host;
  throw badInput('the host of a login is no name of a registry', FORM);
}

/** What stands behind the password may be a part of it, and what is near no key may be the password itself. */
function checkKeys(keys: readonly string[]): void {
  const unknown = keys.findIndex((key) => !KEYS.includes(key));
  if (unknown === -1) return;
  const password = keys.indexOf('password');
  if (password === -1 || unknown < password) {
    const key = keys[unknown] ?? '';
    const isKey = MISTAKEN.includes(key) || nearest(key, KEYS) !== undefined;
    throw badInput(
      isKey ? `unknown key "${key}"` : `field ${unknown + 1} of a login has no key that is known`,
      FORM,
    );
  }
  throw badInput(
    'something behind the password is no key',
    'A password with a comma is a field in quotes, "password=PASSWORD", with quotes in it doubled. One that is JSON is better given by docker/login-action, whose logins are read.',
  );
}
