import { BuildError } from '../base/errors.ts';
import { type Digest, parseDigest } from './digest.ts';
import type { Repository } from './types.ts';

/**
 * A normalised image name. `host` is `docker.io` for Docker Hub (which machine serves it is the registry client's knowledge), `path`
 * includes `library/` for official images.
 */
export interface Reference {
  readonly host: string;
  readonly path: string;
  readonly tag?: string;
  readonly digest?: Digest;
}

const DEFAULT_HOST = 'docker.io';
const LEGACY_DEFAULT_HOST = 'index.docker.io';
const OFFICIAL = 'library/';
const DEFAULT_TAG = 'latest';
/** Longest repository path, as in distribution/reference. */
const MAX_PATH = 255;

const DOMAIN_LABEL = '(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)';
const DOMAIN = `(?:${DOMAIN_LABEL}(?:\\.${DOMAIN_LABEL})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const PATH = `${COMPONENT}(?:/${COMPONENT})*`;
const TAG = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}';
const DIGEST = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';

const REFERENCE = new RegExp(`^(${DOMAIN})/(${PATH})(?::(${TAG}))?(?:@(${DIGEST}))?$`);
const WHOLE_TAG = new RegExp(`^${TAG}$`);
const IMAGE_ID = /^[a-f0-9]{64}$/;

/**
 * Reads an image name as Docker does (ParseNormalizedNamed of distribution/reference): `debian:12` is
 * docker.io/library/debian:12; the first part is a host when it has a dot, a colon or an upper-case letter, or is `localhost`.
 * No tag is added.
 * @throws BuildError `BAD_REFERENCE`
 */
export function parseReference(text: string): Reference {
  if (IMAGE_ID.test(text)) {
    throw badReference(text, 'The name of an image cannot be 64 hexadecimal characters.');
  }
  const { host, remainder } = splitHost(text);
  const name = remainder.split(':', 1)[0] ?? '';
  if (name.toLowerCase() !== name) throw badReference(text, 'Repository names are lower-case.');
  const match = REFERENCE.exec(`${host}/${remainder}`);
  if (match === null) throw badReference(text);
  const [, domain = '', path = '', tag, digest] = match;
  if (path.length > MAX_PATH) {
    throw badReference(text, `The repository's path is longer than ${MAX_PATH} characters.`);
  }
  return {
    host: domain,
    path,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest: digestIn(text, digest) }),
  };
}

/** The full form, e.g. `docker.io/library/debian:12@sha256:…`. */
export function formatReference(reference: Reference): string {
  return `${reference.host}/${reference.path}${suffix(reference)}`;
}

/** The name as people write it, without tag and digest: `debian`, `user/app`, `ghcr.io/o/app`. */
export function familiarName(reference: Reference): string {
  if (reference.host !== DEFAULT_HOST) return `${reference.host}/${reference.path}`;
  const official = reference.path.startsWith(OFFICIAL) && reference.path.split('/').length === 2;
  return official ? reference.path.slice(OFFICIAL.length) : reference.path;
}

/** familiarName with tag and digest. */
export function familiarReference(reference: Reference): string {
  return `${familiarName(reference)}${suffix(reference)}`;
}

/**
 * The same repository (and digest, if there is one) with this tag.
 * @throws BuildError `BAD_TAG`
 */
export function withTag(reference: Reference, tag: string): Reference {
  if (!WHOLE_TAG.test(tag)) {
    throw new BuildError({
      kind: 'user',
      code: 'BAD_TAG',
      message: `"${tag}" is not a tag`,
      hint: 'A tag has up to 128 letters, digits, underscores, dots and hyphens, and begins with none of the last two.',
    });
  }
  return { ...reference, tag };
}

/** With the tag `latest` unless there is a tag or a digest. */
export function withDefaultTag(reference: Reference): Reference {
  if (reference.tag !== undefined || reference.digest !== undefined) return reference;
  return { ...reference, tag: DEFAULT_TAG };
}

export function repositoryOf(reference: Reference): Repository {
  return { host: reference.host, path: reference.path };
}

function suffix(reference: Reference): string {
  const tag = reference.tag === undefined ? '' : `:${reference.tag}`;
  const digest = reference.digest === undefined ? '' : `@${reference.digest}`;
  return tag + digest;
}

function splitHost(text: string): { readonly host: string; readonly remainder: string } {
  const slash = text.indexOf('/');
  const first = text.slice(0, Math.max(slash, 0));
  if (slash === -1 || !isHost(first)) return onDefaultHost(text);
  const rest = text.slice(slash + 1);
  return first === LEGACY_DEFAULT_HOST || first === DEFAULT_HOST
    ? onDefaultHost(rest)
    : { host: first, remainder: rest };
}

function isHost(first: string): boolean {
  return first === 'localhost' || /[.:]/.test(first) || first.toLowerCase() !== first;
}

function onDefaultHost(path: string): { readonly host: string; readonly remainder: string } {
  return { host: DEFAULT_HOST, remainder: path.includes('/') ? path : OFFICIAL + path };
}

function digestIn(text: string, digest: string): Digest {
  try {
    return parseDigest(digest);
  } catch (cause) {
    throw badReference(text, 'Its digest must be sha256: and 64 of the characters 0-9a-f.', cause);
  }
}

function badReference(text: string, hint?: string, cause?: unknown): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'BAD_REFERENCE',
    message: text === '' ? 'The name of the image is empty' : `"${text}" is not a valid image name`,
    hint: hint ?? 'Write it as [host/]path[:tag][@sha256:…], e.g. debian:12 or ghcr.io/owner/app:1.0.',
    cause,
  });
}
