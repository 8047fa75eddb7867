import { parseFields } from './list.ts';
import { badInput } from './problems.ts';

/** A login for one registry; kept in memory only. */
export interface Login {
  readonly host: string;
  readonly username: string;
  readonly password: string;
}

/** `host=…,username=…,password=…`. @throws BuildError `BAD_INPUT`, never naming the password */
export function parseLogin(line: string): Login {
  const fields = parseFields(line);
  for (const key of fields.keys()) {
    if (!['host', 'username', 'password'].includes(key)) throw badInput(`unknown key "${key}"`, FORM);
  }
  const host = fields.get('host') || 'docker.io';
  const username = fields.get('username') ?? '';
  const password = fields.get('password') ?? '';
  if (username === '' || password === '') {
    throw badInput(
      `the login for ${host} has no ${username === '' ? 'username' : 'password'}`,
      `${FORM} A GitHub secret that does not exist is empty, and so is every secret in a workflow of a fork.`,
    );
  }
  return { host, username, password };
}

const FORM = 'Write host=HOST,username=USER,password=PASSWORD.';
