/** What a runner tells an action about the cache service. Values of environment variables of the same names. */
export interface ActionsCacheEnvironment {
  readonly ACTIONS_CACHE_SERVICE_V2?: string | undefined;
  readonly ACTIONS_RESULTS_URL?: string | undefined;
  readonly ACTIONS_CACHE_URL?: string | undefined;
  readonly ACTIONS_RUNTIME_TOKEN?: string | undefined;
  readonly ACTIONS_CACHE_MODE?: string | undefined;
  readonly GITHUB_SERVER_URL?: string | undefined;
  readonly GITHUB_REF?: string | undefined;
  readonly https_proxy?: string | undefined;
  readonly http_proxy?: string | undefined;
  readonly no_proxy?: string | undefined;
  readonly HTTPS_PROXY?: string | undefined;
  readonly HTTP_PROXY?: string | undefined;
  readonly NO_PROXY?: string | undefined;
}

/** Names of the variables that openActionsCache reads. */
export const ACTIONS_CACHE_VARIABLES = [
  'ACTIONS_CACHE_SERVICE_V2',
  'ACTIONS_RESULTS_URL',
  'ACTIONS_CACHE_URL',
  'ACTIONS_RUNTIME_TOKEN',
  'ACTIONS_CACHE_MODE',
  'GITHUB_SERVER_URL',
  'GITHUB_REF',
  'https_proxy',
  'http_proxy',
  'no_proxy',
  'HTTPS_PROXY',
  'HTTP_PROXY',
  'NO_PROXY',
] as const satisfies readonly (keyof ActionsCacheEnvironment)[];

/** What a job may do with the cache, and where. */
export interface CacheAccess {
  /** Scopes (git refs) that are read, the own one first. Empty when the token does not tell. */
  readonly readable: readonly string[];
  /** The scope that is written; undefined when the token does not tell, or when nothing may be written. */
  readonly writeScope: string | undefined;
  readonly canRead: boolean;
  readonly canWrite: boolean;
  /** Why one of the two is not possible. */
  readonly reasons: { readonly reading?: string; readonly writing?: string };
}

const READ = 1;
const WRITE = 2;

/** Works out the access from the token's `ac` claim and the job's cache mode, before anything is asked of the service. */
export function cacheAccess(environment: ActionsCacheEnvironment): CacheAccess {
  const scopes = scopesOf(environment.ACTIONS_RUNTIME_TOKEN ?? '');
  const mode = (environment.ACTIONS_CACHE_MODE ?? '').trim().toLowerCase();
  const writeScope = scopes?.find((scope) => scope.permission & WRITE)?.name;
  const readable = (scopes ?? []).filter((scope) => scope.permission & READ).map((scope) => scope.name);
  const forbidden = `the workflow sets cache-mode "${mode}"`;
  const reading = ['none', 'write-only'].includes(mode)
    ? forbidden
    : scopes !== undefined && readable.length === 0
      ? 'the token of this job grants no scope'
      : undefined;
  const writing = ['none', 'read'].includes(mode)
    ? forbidden
    : scopes !== undefined && writeScope === undefined
      ? 'the token of this job is read-only, as for workflows that strangers can trigger'
      : undefined;
  return {
    readable: ownFirst(readable, writeScope),
    writeScope: writing === forbidden ? undefined : writeScope,
    canRead: reading === undefined,
    canWrite: writing === undefined,
    reasons: {
      ...(reading === undefined ? {} : { reading }),
      ...(writing === undefined ? {} : { writing }),
    },
  };
}

/**
 * One line on what a job that wants to read, and perhaps to save, cannot do; undefined when it can. Who cannot read cannot save: an index that
 * was written without the one before it would hide the records of all other jobs.
 */
export function accessNotice({ reasons }: CacheAccess, wantsSaving: boolean): string | undefined {
  const { reading, writing } = reasons;
  if (reading !== undefined) {
    if (!wantsSaving) return `Nothing is read from the Actions cache: ${reading}`;
    if (reading === writing) return `The Actions cache is neither read nor written: ${reading}`;
    const why = writing ?? 'its index can only be extended by who reads it';
    return `Nothing is read from the Actions cache: ${reading}; nothing is saved in it: ${why}`;
  }
  if (writing !== undefined && wantsSaving) return `Nothing is saved in the Actions cache: ${writing}`;
  return undefined;
}

function ownFirst(readable: readonly string[], own: string | undefined): readonly string[] {
  return own === undefined || !readable.includes(own)
    ? readable
    : [own, ...readable.filter((scope) => scope !== own)];
}

interface TokenScope {
  readonly name: string;
  readonly permission: number;
}

/** The `ac` claim of the runner's token, a JSON text inside the JSON of the payload. undefined when the token is of another form. */
function scopesOf(token: string): readonly TokenScope[] | undefined {
  const payload = token.split('.')[1];
  if (payload === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    if (typeof claims !== 'object' || claims === null || !('ac' in claims) || typeof claims.ac !== 'string')
      return undefined;
    const scopes: unknown = JSON.parse(claims.ac);
    return Array.isArray(scopes) ? scopes.flatMap(toScope) : undefined;
  } catch {
    return undefined;
  }
}

function toScope(value: unknown): readonly TokenScope[] {
  if (typeof value !== 'object' || value === null || !('Scope' in value) || !('Permission' in value))
    return [];
  const { Scope: name, Permission: permission } = value;
  return typeof name === 'string' && typeof permission === 'number' ? [{ name, permission }] : [];
}

/** Why the service's own protocol cannot be spoken here; undefined when it can. */
export function whyNotDirect(environment: ActionsCacheEnvironment): string | undefined {
  if (!environment.ACTIONS_CACHE_SERVICE_V2)
    return 'the runner does not offer version 2 of the cache service';
  if (!isHosted(environment.GITHUB_SERVER_URL))
    return 'version 2 of the cache service is for github.com and ghe.com only';
  if (!environment.ACTIONS_RESULTS_URL) return 'ACTIONS_RESULTS_URL is not set';
  if (!environment.ACTIONS_RUNTIME_TOKEN) return 'ACTIONS_RUNTIME_TOKEN is not set';
  return undefined;
}

/** Why there is no cache service here at all; undefined when there is one. */
export function whyNoService(environment: ActionsCacheEnvironment): string | undefined {
  const url = hasVersion2(environment)
    ? environment.ACTIONS_RESULTS_URL
    : (environment.ACTIONS_CACHE_URL ?? environment.ACTIONS_RESULTS_URL);
  if (!url) return 'this does not run as a step of an action (no cache service is named)';
  if (!environment.ACTIONS_RUNTIME_TOKEN)
    return 'the runner gives no token for it (ACTIONS_RUNTIME_TOKEN is not set)';
  return undefined;
}

/** Does @actions/cache speak version 2 of the service here? */
export function hasVersion2(environment: ActionsCacheEnvironment): boolean {
  return Boolean(environment.ACTIONS_CACHE_SERVICE_V2) && isHosted(environment.GITHUB_SERVER_URL);
}

/** As @actions/cache decides it: GitHub Enterprise Server has version 1 of the service alone. */
function isHosted(serverUrl: string | undefined): boolean {
  const url = URL.parse(serverUrl || 'https://github.com');
  const host = url?.hostname.toLowerCase() ?? '';
  return host === 'github.com' || host.endsWith('.ghe.com') || host.endsWith('.localhost');
}
