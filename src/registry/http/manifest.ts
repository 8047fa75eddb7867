import { type Digest, digestOf, isDigest, parseDigest } from '../../image/digest.ts';
import { hasDigest } from '../../image/digest-check.ts';
import { MediaType } from '../../image/media-types.ts';
import type { Descriptor, RawBlob, Repository } from '../../image/types.ts';
import { RegistryError } from '../errors.ts';
import type { RequestOptions } from '../registry.ts';
import { discard, readBody } from './response.ts';
import type { Session } from './session.ts';
import type { HttpResponse } from './transport.ts';

/** OCI distribution-spec 1.1, "Pushing manifests": registries may refuse larger ones; larger ones are not read either. */
const LARGEST_MANIFEST = 4 * 1024 * 1024;

const ACCEPT = [
  MediaType.ociIndex,
  MediaType.ociManifest,
  MediaType.dockerList,
  MediaType.dockerManifest,
  // Only to name the reason: an old image is refused with a better message than "not found".
  'application/vnd.docker.distribution.manifest.v1+prettyjws',
].join(', ');

/** OCI distribution-spec 1.1, "Pulling manifests". The digest is checked. */
export async function pullManifest(
  session: Session,
  repository: Repository,
  reference: string,
  options: RequestOptions,
): Promise<RawBlob> {
  const { mediaType, bytes } = await session.retrying(async () => {
    const response = await session.send({
      method: 'GET',
      ...asking(repository, reference, options),
      accept: [200],
    });
    const body = await readBody(response, LARGEST_MANIFEST, `manifest ${reference}`);
    return { mediaType: mediaTypeOf(response), bytes: body };
  }, options.signal);
  return {
    descriptor: {
      mediaType: mediaType ?? declaredType(bytes),
      digest: checkedDigest(repository, reference, bytes),
      size: bytes.length,
    },
    bytes,
  };
}

/** Descriptor by HEAD; undefined when there is none. */
export async function resolveManifest(
  session: Session,
  repository: Repository,
  reference: string,
  options: RequestOptions,
): Promise<Descriptor | undefined> {
  const response = await session.request({
    method: 'HEAD',
    ...asking(repository, reference, options),
    accept: [200, 404, 405],
  });
  await discard(response);
  if (response.status === 404) return undefined;
  if (response.status === 405) return resolveByGet(session, repository, reference, options);
  const mediaType = mediaTypeOf(response);
  const digest = response.headers['docker-content-digest'];
  const size = Number(response.headers['content-length']);
  const isAsked = !reference.includes(':') || digest === reference;
  if (
    typeof digest === 'string' &&
    isDigest(digest) &&
    isAsked &&
    mediaType !== undefined &&
    Number.isSafeInteger(size)
  )
    return { mediaType, digest, size };
  // The headers are only recommended, and may be wrong; the manifest itself tells the same.
  return (await pullManifest(session, repository, reference, options)).descriptor;
}

/** For registries without HEAD. */
async function resolveByGet(
  session: Session,
  repository: Repository,
  reference: string,
  options: RequestOptions,
): Promise<Descriptor | undefined> {
  try {
    return (await pullManifest(session, repository, reference, options)).descriptor;
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

/** OCI distribution-spec 1.1, "Pushing manifests". A tag that cannot be changed but is right already is a success. */
export async function pushManifest(
  session: Session,
  repository: Repository,
  reference: string,
  manifest: RawBlob,
  options: RequestOptions,
): Promise<void> {
  try {
    await put(session, repository, reference, manifest, options);
  } catch (error) {
    if (!mayBeImmutable(error) || reference.includes(':')) throw error;
    const there = await resolveManifest(session, repository, reference, options).catch(() => undefined);
    if (there?.digest !== manifest.descriptor.digest) throw error;
  }
}

async function put(
  session: Session,
  repository: Repository,
  reference: string,
  manifest: RawBlob,
  options: RequestOptions,
): Promise<void> {
  const response = await session.request({
    method: 'PUT',
    repository,
    access: 'push',
    target: `manifests/${reference}`,
    subject: `manifest ${reference}`,
    headers: {
      'content-type': manifest.descriptor.mediaType,
      'content-length': String(manifest.bytes.length),
    },
    body: manifest.bytes,
    accept: [200, 201, 202],
    signal: options.signal,
  });
  await discard(response);
  const stored = response.headers['docker-content-digest'];
  if (typeof stored === 'string' && stored !== manifest.descriptor.digest) {
    throw new RegistryError({
      code: 'REGISTRY_ERROR',
      message: `${repository.host}/${repository.path}: manifest ${reference} was stored as ${stored} instead of ${manifest.descriptor.digest}`,
    });
  }
}

/** Amazon ECR answers 400, others 403, 405, 409 or 412 to a tag that is set for good. */
function mayBeImmutable(error: unknown): boolean {
  return error instanceof RegistryError && [400, 403, 405, 409, 412].includes(error.status ?? 0);
}

function asking(repository: Repository, reference: string, options: RequestOptions) {
  return {
    repository,
    access: 'pull',
    target: `manifests/${reference}`,
    subject: `manifest ${reference}`,
    headers: { accept: ACCEPT },
    signal: options.signal,
  } as const;
}

function mediaTypeOf(response: HttpResponse): string | undefined {
  const type = response.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  return type === undefined || type === '' || GENERIC_TYPES.has(type) ? undefined : type;
}

/** What careless servers give; the `mediaType` field tells then. */
const GENERIC_TYPES: ReadonlySet<string> = new Set([
  'application/json',
  'application/octet-stream',
  'text/plain',
  'text/json',
]);

function declaredType(bytes: Uint8Array): string {
  try {
    const body: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    if (typeof body === 'object' && body !== null) {
      if ('mediaType' in body && typeof body.mediaType === 'string') return body.mediaType;
      return 'manifests' in body ? MediaType.ociIndex : MediaType.ociManifest;
    }
  } catch {
    // Whoever reads the manifest says so.
  }
  return MediaType.ociManifest;
}

function checkedDigest(repository: Repository, reference: string, bytes: Uint8Array): Digest {
  const digest = digestOf(bytes);
  if (!reference.includes(':')) return digest;
  const asked = parseDigest(reference);
  if (hasDigest(bytes, asked)) return asked;
  throw new RegistryError({
    code: 'REGISTRY_ERROR',
    message: `${repository.host}/${repository.path}: the registry gave other bytes for manifest ${reference} (${digest})`,
  });
}
