import { BuildError, reasonOf } from '../../base/errors.ts';
import { type ExecResult, exec } from '../../base/exec.ts';
import type { Credential } from '../credential-source.ts';

/** The user name by which helpers say that the secret is an identity token. */
const IDENTITY_TOKEN_USER = '<token>';
/** Words of the helper protocol's "nothing stored"; it is an error there, and none here. */
const NOT_FOUND = 'credentials not found in native keychain';
const NAME = /^[A-Za-z0-9._-]+$/;
const OUTPUT_LIMIT = 1024 * 1024;

/**
 * Asks `docker-credential-<name> get` (protocol of docker-credential-helpers: the server's name on stdin, JSON on stdout).
 * @throws BuildError `CREDENTIAL_HELPER_FAILED`
 */
export async function askHelper(
  name: string,
  server: string,
  env: Readonly<Record<string, string>>,
): Promise<Credential | undefined> {
  if (!NAME.test(name)) throw failure(name, server, 'this is not the name of a program');
  const result = await run(name, server, env);
  const said = result.stdout.toString('utf8').trim();
  if (result.exitCode !== 0) {
    if (said.includes(NOT_FOUND)) return undefined;
    throw failure(name, server, said || result.stderr.trim() || `exit code ${result.exitCode}`);
  }
  return parseAnswer(name, server, said);
}

async function run(name: string, server: string, env: Readonly<Record<string, string>>): Promise<ExecResult> {
  try {
    return await exec([`docker-credential-${name}`, 'get'], {
      input: server,
      env,
      maxOutput: OUTPUT_LIMIT,
    });
  } catch (cause) {
    throw failure(name, server, reasonOf(cause), cause);
  }
}

function parseAnswer(name: string, server: string, answer: string): Credential | undefined {
  let fields: ReadonlyMap<string, unknown>;
  try {
    const body: unknown = JSON.parse(answer);
    fields = new Map(typeof body === 'object' && body !== null ? Object.entries(body) : []);
  } catch {
    // The answer may hold a secret: it is not shown.
    throw failure(name, server, 'its answer is not JSON');
  }
  const username = fields.get('Username');
  const secret = fields.get('Secret');
  if (typeof username !== 'string' || typeof secret !== 'string') {
    throw failure(name, server, 'its answer has no Username and Secret');
  }
  if (username === '' && secret === '') return undefined;
  if (username === IDENTITY_TOKEN_USER) return { type: 'identity-token', token: secret };
  return { type: 'password', username, password: secret };
}

function failure(name: string, server: string, what: string, cause?: unknown): BuildError {
  return new BuildError({
    kind: 'environment',
    code: 'CREDENTIAL_HELPER_FAILED',
    message: `docker-credential-${name} gave no credentials for ${server}: ${what}`,
    hint: 'Docker\'s config.json names this helper ("credHelpers" or "credsStore"). Install it, take the entry out, or give the credentials by input.',
    cause,
  });
}
