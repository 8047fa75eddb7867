import { BuildError } from '../base/errors.ts';
import type { Repository } from '../image/types.ts';

export type RegistryErrorCode =
  | 'REGISTRY_UNREACHABLE'
  | 'UNAUTHORIZED'
  | 'DENIED'
  | 'NOT_FOUND'
  | 'RATE_LIMITED'
  /** A kind of content that this registry does not keep. */
  | 'NOT_TAKEN'
  | 'REGISTRY_ERROR';

export interface RegistryErrorFacts {
  readonly code: RegistryErrorCode;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly cause?: unknown;
  /** The same request may succeed later. */
  readonly temporary?: boolean | undefined;
  /** Milliseconds that the registry asked to wait. */
  readonly retryAfter?: number | undefined;
  /** HTTP status, when there was an answer. */
  readonly status?: number | undefined;
}

/** A registry refused, failed, or was not there. */
export class RegistryError extends BuildError {
  readonly temporary: boolean;
  readonly retryAfter: number | undefined;
  readonly status: number | undefined;

  constructor(facts: RegistryErrorFacts) {
    super({
      kind: 'remote',
      code: facts.code,
      message: facts.message,
      hint: facts.hint,
      cause: facts.cause,
    });
    this.name = 'RegistryError';
    this.temporary = facts.temporary ?? false;
    this.retryAfter = facts.retryAfter;
    this.status = facts.status;
  }
}

/** What was asked when the registry refused. */
export interface RefusedRequest {
  readonly repository: Repository;
  readonly access: 'pull' | 'push';
  /** What was asked, in words: `manifest 1.2`, `blob sha256:…`. */
  readonly subject: string;
  readonly login: LoginState;
}

/** `none`: no credentials were sent. `claimed`: they were. `accepted`: the registry's token endpoint took them. */
export type LoginState = 'none' | 'claimed' | 'accepted';

export interface Refusal {
  readonly status: number;
  /** The registry's own words, already shortened. */
  readonly said: string;
  /** Codes of the error body (OCI distribution-spec 1.1 "Error Codes"). */
  readonly codes: readonly string[];
  /** Milliseconds. */
  readonly retryAfter?: number | undefined;
}

/** A refusing answer as a typed error with what to do about it. */
export function refusalError(request: RefusedRequest, refusal: Refusal): RegistryError {
  const code = codeOf(request, refusal);
  const name = `${request.repository.host}/${request.repository.path}`;
  const said = refusal.said === '' ? '' : `: ${refusal.said}`;
  return new RegistryError({
    code,
    message: `${name}: ${verb(request)} ${request.subject} ${OUTCOMES[code]} (HTTP ${refusal.status})${said}`,
    hint: hintOf(code, request),
    temporary: isTemporary(refusal.status),
    retryAfter: refusal.retryAfter,
    status: refusal.status,
  });
}

const OUTCOMES: Readonly<Record<RegistryErrorCode, string>> = {
  REGISTRY_UNREACHABLE: 'failed',
  UNAUTHORIZED: 'needs a login',
  DENIED: 'was denied',
  NOT_FOUND: 'failed, it is not there',
  RATE_LIMITED: 'was refused by the rate limit',
  NOT_TAKEN: 'failed',
  REGISTRY_ERROR: 'failed',
};

function verb(request: RefusedRequest): string {
  return request.access === 'push' ? 'pushing' : 'pulling';
}

/** 500 is among them: registries answer so while their storage stumbles. */
function isTemporary(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || (status >= 500 && status !== 501);
}

function codeOf(request: RefusedRequest, refusal: Refusal): RegistryErrorCode {
  // Docker Hub reports its pull limit with this code, at times with another status than 429.
  if (refusal.status === 429 || refusal.codes.includes('TOOMANYREQUESTS')) return 'RATE_LIMITED';
  if (refusal.status === 401) {
    // Who they are is known then: it is their rights that do not reach.
    return request.login === 'accepted' ? 'DENIED' : 'UNAUTHORIZED';
  }
  if (refusal.status === 403) return 'DENIED';
  if (isNotTaken(request, refusal)) return 'NOT_TAKEN';
  return refusal.status === 404 ? 'NOT_FOUND' : 'REGISTRY_ERROR';
}

/** OCI distribution-spec 1.1 "Error Codes"; some registries answer with the status of HTTP for it alone. */
function isNotTaken({ access }: RefusedRequest, { status, codes }: Refusal): boolean {
  if (access !== 'push' || isTemporary(status)) return false;
  return status === 415 || codes.includes('MANIFEST_INVALID') || codes.includes('UNSUPPORTED');
}

function hintOf(code: RegistryErrorCode, request: RefusedRequest): string | undefined {
  if (code === 'DENIED' && request.access === 'push') return pushHint(request.repository);
  if (code === 'DENIED')
    return 'The account that was used may not read this repository, or it does not exist.';
  if (code === 'UNAUTHORIZED') return loginHint(request);
  if (code === 'RATE_LIMITED') return limitHint(request);
  if (code === 'NOT_FOUND' && isEcr(request.repository.host)) {
    return 'Amazon ECR does not make repositories by itself: create it first.';
  }
  return undefined;
}

function loginHint(request: RefusedRequest): string {
  if (request.login !== 'none') return 'The user name or the password (token) is wrong or has expired.';
  return `No credentials for ${request.repository.host} were given. If the repository exists and is public, check its name; else sign in.`;
}

function limitHint(request: RefusedRequest): string {
  return request.login !== 'none'
    ? 'Wait, or name a mirror (registry-mirrors, --registry-mirror).'
    : `Sign in to ${request.repository.host} for a higher limit, or name a mirror (registry-mirrors, --registry-mirror).`;
}

function pushHint(repository: Repository): string {
  if (repository.host === 'ghcr.io') {
    return 'The job needs "permissions: packages: write", and an existing package must give this repository write access (package settings, "Manage Actions access").';
  }
  if (isEcr(repository.host)) {
    return 'The role needs ecr:InitiateLayerUpload, ecr:UploadLayerPart, ecr:CompleteLayerUpload, ecr:BatchCheckLayerAvailability and ecr:PutImage on this repository, which must exist.';
  }
  if (/(^|\.)docker\.io$/.test(repository.host)) {
    return `The access token needs write permission, and the account must own the namespace "${repository.path.split('/')[0]}".`;
  }
  return 'The account that was used may not write to this repository.';
}

function isEcr(host: string): boolean {
  return /\.dkr[.-]ecr[.-]/.test(host);
}
