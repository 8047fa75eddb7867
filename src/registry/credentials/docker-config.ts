import { readFile } from 'node:fs/promises';
import { BuildError } from '../../base/errors.ts';
import type {
  Credential,
  CredentialRequest,
  CredentialSource,
  FoundCredential,
} from '../credential-source.ts';
import { canonicalHost } from '../host.ts';
import { askHelper } from './helper.ts';

export interface DockerConfigOptions {
  /** The text, as in DOCKER_AUTH_CONFIG, or the file that has it; a file that does not exist has no credentials. */
  readonly config: { readonly text: string; readonly origin: string } | { readonly file: string };
  /** The whole environment of credential helpers (PATH, HOME, cloud settings). */
  readonly env: Readonly<Record<string, string>>;
}

interface DockerConfig {
  readonly auths: ReadonlyMap<string, unknown>;
  readonly credHelpers: ReadonlyMap<string, unknown>;
  readonly credsStore: string | undefined;
}

/** The key under which `docker login` keeps Docker Hub's credentials. */
const DOCKER_HUB_KEY = 'https://index.docker.io/v1/';

/**
 * Credentials of Docker's config.json: a helper for the host, else the credentials store, else `auths`. Also reads the keys with
 * paths that Podman's auth.json has. Read once, never written.
 * @throws BuildError `BAD_DOCKER_CONFIG`, `CREDENTIAL_HELPER_FAILED`
 */
export function dockerConfigCredentials(options: DockerConfigOptions): CredentialSource {
  let loaded: Promise<DockerConfig> | undefined;
  const origin = 'file' in options.config ? options.config.file : options.config.origin;
  return {
    async find(request) {
      loaded ??= load(options.config, origin);
      const config = await loaded;
      return (await fromHelper(config, request, options.env)) ?? fromAuths(config, request, origin);
    },
  };
}

async function load(config: DockerConfigOptions['config'], origin: string): Promise<DockerConfig> {
  const text = 'file' in config ? await readIfThere(config.file) : config.text;
  const body = text.trim() === '' ? new Map<string, unknown>() : parse(text, origin);
  const credsStore = body.get('credsStore');
  return {
    auths: entriesOf(body.get('auths')),
    credHelpers: entriesOf(body.get('credHelpers')),
    credsStore: typeof credsStore === 'string' && credsStore !== '' ? credsStore : undefined,
  };
}

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return '';
    throw badConfig(file, 'cannot be read', cause);
  }
}

function parse(text: string, origin: string): ReadonlyMap<string, unknown> {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // Without the parser's message, which quotes the text.
    throw badConfig(origin, 'is not valid JSON');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw badConfig(origin, 'is not a JSON object');
  }
  return entriesOf(body);
}

function entriesOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

async function fromHelper(
  config: DockerConfig,
  request: CredentialRequest,
  env: Readonly<Record<string, string>>,
): Promise<FoundCredential | undefined> {
  const host = canonicalHost(request.host);
  const [, named] = [...config.credHelpers].find(([key]) => hostOf(key) === host) ?? [];
  const helper = typeof named === 'string' ? named : config.credsStore;
  if (helper === undefined || helper === '') return undefined;
  const server = host === 'docker.io' ? DOCKER_HUB_KEY : request.host;
  const credential = await askHelper(helper, server, env);
  return credential && { credential, origin: `docker-credential-${helper}` };
}

function fromAuths(
  config: DockerConfig,
  request: CredentialRequest,
  origin: string,
): FoundCredential | undefined {
  const wanted = `${canonicalHost(request.host)}/${request.repository}/`;
  const fitting = [...config.auths]
    .map(([key, auth]) => ({ scope: scopeOf(key), key, auth }))
    .filter(({ scope }) => wanted.startsWith(`${scope}/`))
    // The most precise one; of Docker Hub's several names the one that `docker login` writes.
    .sort((one, other) => other.scope.length - one.scope.length || rank(one.key) - rank(other.key));
  for (const { key, auth } of fitting) {
    const credential = credentialOf(entriesOf(auth), key, origin);
    if (credential !== undefined) return { credential, origin };
  }
  return undefined;
}

function rank(key: string): number {
  return key === DOCKER_HUB_KEY ? 0 : 1;
}

/** `https://ghcr.io/v1/` and `ghcr.io` are `ghcr.io`; `quay.io/org/app` is for repositories below it. */
function scopeOf(key: string): string {
  const [host = '', ...path] = key.replace(/^https?:\/\//, '').split('/');
  const rest = path.filter((part) => part !== '');
  const isApi = /^https?:/.test(key) || rest[0] === 'v1' || rest[0] === 'v2';
  return [canonicalHost(host), ...(isApi ? [] : rest)].join('/');
}

function hostOf(key: string): string {
  return scopeOf(key).split('/', 1)[0] ?? '';
}

function credentialOf(
  auth: ReadonlyMap<string, unknown>,
  key: string,
  origin: string,
): Credential | undefined {
  const text = (name: string): string => {
    const value = auth.get(name);
    return typeof value === 'string' ? value : '';
  };
  if (text('identitytoken') !== '') return { type: 'identity-token', token: text('identitytoken') };
  if (text('auth') !== '') return decodeAuth(text('auth'), key, origin);
  if (text('username') === '') return undefined;
  return { type: 'password', username: text('username'), password: text('password') };
}

/** Base64 of `name:password`; old writers pad with NUL. */
function decodeAuth(auth: string, key: string, origin: string): Credential {
  const decoded = Buffer.from(auth, 'base64').toString('utf8').replace(/\0+$/, '');
  const colon = decoded.indexOf(':');
  if (colon === -1) throw badConfig(origin, `has an "auth" for ${key} that is not base64 of name:password`);
  return { type: 'password', username: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}

function badConfig(origin: string, what: string, cause?: unknown): BuildError {
  return new BuildError({ kind: 'user', code: 'BAD_DOCKER_CONFIG', message: `${origin} ${what}`, cause });
}
