import { BuildError } from '../../base/errors.ts';
import type { Digest } from '../../image/digest.ts';
import { inBlocks } from '../../image/layer/blocks.ts';
import type { Descriptor, Repository } from '../../image/types.ts';
import { RegistryError } from '../errors.ts';
import { sameHost } from '../host.ts';
import type { RequestOptions, UploadOutcome } from '../registry.ts';
import { discard } from './response.ts';
import type { Session } from './session.ts';
import type { HttpResponse } from './transport.ts';
import { untilAborted } from './until-aborted.ts';

export interface Upload extends RequestOptions {
  readonly repository: Repository;
  readonly descriptor: Descriptor;
  readonly open: () => Promise<AsyncIterable<Uint8Array>>;
  readonly mountFrom?: readonly Repository[];
  /** Nobody can have put it there before: it is not looked for. */
  readonly isNew?: boolean;
  /** Asked when the blob is not there: a repository of this host that surely has it. */
  readonly holder?: () => Promise<Repository | undefined>;
  /** Where an upload in this repository is begun already, if one is; asked once, and only for a small blob. */
  readonly begun?: () => Promise<URL | undefined>;
}

/** Bytes of one PATCH, unless the registry asks for more: small enough for proxies that limit bodies (usually to 100 MB). */
const CHUNK_SIZE = 16 * 1024 * 1024;
/** A larger demand (OCI-Chunk-Min-Length) than this is not held in memory. */
const LARGEST_CHUNK = 256 * 1024 * 1024;
/** Bytes of a blob that may have to be sent twice, as an upload that was begun a while ago may be gone. */
const SMALL = 1024 * 1024;
const NONE = Promise.resolve(undefined);
/** Milliseconds that the end of the program waits for an upload to be taken back, at most. */
export const TAKE_BACK_TIME = 5_000;
/** Repositories tried for a mount; each failed try costs a request. */
const MOST_MOUNTS = 3;
/** What registries and proxies answer to a whole-blob PUT that they do not take: not so long a body, not this method, not this way. */
const WANTS_CHUNKS: ReadonlySet<number> = new Set([405, 411, 413, 415, 416, 501]);

/**
 * Makes a blob be in the repository (OCI distribution-spec 1.1, "Pushing blobs"): HEAD, mount, PUT, or PATCH by PATCH.
 * @throws RegistryError; BuildError `SIZE_MISMATCH` for content that is not as long as the descriptor says; whatever `open` throws
 */
export async function uploadBlob(session: Session, upload: Upload): Promise<UploadOutcome> {
  const isThere = (): Promise<boolean> =>
    hasBlob(session, { ...upload, digest: upload.descriptor.digest, access: 'push' });
  if (upload.isNew !== true && (await isThere())) return 'present';
  if (await mount(session, upload)) return 'mounted';
  if (await sendToBegun(session, upload)) return 'uploaded';
  let chunked = false;
  let tries = 0;
  await session.retrying(async () => {
    tries += 1;
    // Often only the answer was lost, or a proxy did not wait for the end of a large one.
    if (tries > 1 && (await isThere())) return;
    if (!chunked) chunked = (await sendWhole(session, upload)) === 'wants-chunks';
    if (chunked) await sendChunks(session, upload);
  }, upload.signal);
  return 'uploaded';
}

/** A session that the registry lost, as a whole or in part (another of its servers answered, or it was restarted): worth a new one. */
function checkSession(upload: Upload, status: number): void {
  if (status !== 404 && status !== 416) return;
  throw new RegistryError({ ...faultFacts(upload, 'lost the upload'), temporary: true });
}

/** OCI distribution-spec 1.1, "Checking if content exists in the registry". */
export async function hasBlob(
  session: Session,
  target: RequestOptions & {
    readonly repository: Repository;
    readonly digest: Digest;
    readonly access: 'pull' | 'push';
  },
): Promise<boolean> {
  const response = await session.request({
    method: 'HEAD',
    repository: target.repository,
    access: target.access,
    target: `blobs/${target.digest}`,
    subject: `blob ${target.digest}`,
    accept: [200, 404],
    signal: target.signal,
  });
  await discard(response);
  return response.status === 200;
}

/** OCI distribution-spec 1.1, "Mounting a blob from another repository". Never fails: an upload does the same. */
async function mount(session: Session, upload: Upload): Promise<boolean> {
  const { repository, descriptor, signal } = upload;
  const holder = await upload.holder?.();
  const candidates = [...(holder === undefined ? [] : [holder]), ...(upload.mountFrom ?? [])].filter(
    (from) => sameHost(from.host, repository.host) && from.path !== repository.path,
  );
  for (const from of candidates.slice(0, MOST_MOUNTS)) {
    try {
      const response = await session.send({
        ...pushing(targetOf(upload)),
        mountFrom: from.path,
        method: 'POST',
        target: 'blobs/uploads/',
        query: { mount: descriptor.digest, from: from.path },
        accept: [201, 202],
      });
      await discard(response);
      if (response.status === 201 && isAsked(upload, response)) return true;
      if (response.status === 202) await cancel(session, targetOf(upload), response);
    } catch (error) {
      signal?.throwIfAborted();
      // No right to read there, or no support for mounts.
      if (!(error instanceof RegistryError)) throw error;
    }
  }
  return false;
}

/**
 * Begins an upload: registries decide then whether one may push. Gives the end of taking it back, which tells nothing more and never fails: nobody
 * but the end of the program has to wait for it.
 */
export async function checkUpload(
  session: Session,
  repository: Repository,
  options: RequestOptions,
): Promise<{ readonly takenBack: Promise<void> }> {
  const begun = await session.retrying(() => beginUpload(session, repository, options), options.signal);
  return { takenBack: takeBackUpload(session, repository, begun, options) };
}

/** Begins an upload of something that is to be pushed. @throws RegistryError */
export function beginUpload(
  session: Session,
  repository: Repository,
  options: RequestOptions = {},
): Promise<HttpResponse> {
  return post(session, { repository, subject: 'an image', signal: options.signal });
}

/** Never fails: an upload that nothing is sent to expires by itself. */
export async function takeBackUpload(
  session: Session,
  repository: Repository,
  begun: HttpResponse,
  options: RequestOptions = {},
): Promise<void> {
  const limit = AbortSignal.timeout(TAKE_BACK_TIME);
  const signal = options.signal === undefined ? limit : AbortSignal.any([options.signal, limit]);
  await cancel(session, { repository, subject: 'an image', signal }, begun).catch(() => undefined);
}

/** False where it came to nothing: what is wrong shows when the blob is sent the usual way. */
async function sendToBegun(session: Session, upload: Upload): Promise<boolean> {
  if (upload.descriptor.size > SMALL) return false;
  try {
    const location = await untilAborted(upload.begun?.() ?? NONE, upload.signal);
    return location !== undefined && (await sendTo(session, upload, location)) === 'done';
  } catch (error) {
    upload.signal?.throwIfAborted();
    if (!(error instanceof RegistryError)) throw error;
    return false;
  }
}

async function sendWhole(session: Session, upload: Upload): Promise<'done' | 'wants-chunks'> {
  return sendTo(session, upload, (await begin(session, upload)).location);
}

async function sendTo(session: Session, upload: Upload, location: URL): Promise<'done' | 'wants-chunks'> {
  const { descriptor } = upload;
  const response = await session.send({
    ...pushing(targetOf(upload)),
    method: 'PUT',
    target: location,
    query: { digest: descriptor.digest },
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(descriptor.size),
    },
    body: descriptor.size === 0 ? new Uint8Array() : () => contentOf(upload),
    accept: [201, 202, 204, 404, ...WANTS_CHUNKS],
  });
  await discard(response);
  checkSession(upload, response.status);
  if (WANTS_CHUNKS.has(response.status)) return 'wants-chunks';
  checkStored(upload, response);
  return 'done';
}

/** The bytes to send. Of too few the registry would wait for the rest, and too many would be taken for the next request. */
async function contentOf(upload: Upload): Promise<AsyncIterable<Uint8Array>> {
  const { size } = upload.descriptor;
  const source = await upload.open();
  return (async function* () {
    let length = 0;
    for await (const chunk of source) {
      length += chunk.length;
      if (length > size) throw sizeMismatch(upload, 'more than');
      yield chunk;
    }
    if (length < size) throw sizeMismatch(upload, `${length} of`);
  })();
}

/** OCI distribution-spec 1.1, "Pushing a blob in chunks". */
async function sendChunks(session: Session, upload: Upload): Promise<void> {
  const { descriptor } = upload;
  const begun = await begin(session, upload);
  let { location } = begun;
  let position = 0;
  for await (const chunk of inBlocks(await contentOf(upload), Math.max(CHUNK_SIZE, begun.leastChunk))) {
    const response = await session.send({
      ...pushing(targetOf(upload)),
      method: 'PATCH',
      target: location,
      headers: {
        'content-type': 'application/octet-stream',
        'content-length': String(chunk.length),
        'content-range': `${position}-${position + chunk.length - 1}`,
      },
      body: chunk,
      // 416: it is not the next one for the registry.
      accept: [201, 202, 204, 404, 416],
    });
    await discard(response);
    checkSession(upload, response.status);
    location = session.location(response) ?? location;
    position += chunk.length;
  }
  const response = await session.send({
    ...pushing(targetOf(upload)),
    method: 'PUT',
    target: location,
    query: { digest: descriptor.digest },
    headers: { 'content-length': '0' },
    accept: [201, 202, 204, 404],
  });
  await discard(response);
  checkSession(upload, response.status);
  checkStored(upload, response);
}

async function begin(
  session: Session,
  upload: Upload,
): Promise<{ readonly location: URL; readonly leastChunk: number }> {
  const response = await post(session, targetOf(upload));
  const location = session.location(response);
  if (location === undefined) throw fault(upload, 'began an upload without saying where');
  const leastChunk = Number(response.headers['oci-chunk-min-length'] ?? 0);
  if (leastChunk > LARGEST_CHUNK) throw fault(upload, `asks for chunks of ${leastChunk} bytes`);
  return { location, leastChunk: Number.isSafeInteger(leastChunk) ? leastChunk : 0 };
}

async function post(session: Session, target: UploadTarget): Promise<HttpResponse> {
  const response = await session.send({
    ...pushing(target),
    method: 'POST',
    target: 'blobs/uploads/',
    headers: { 'content-length': '0' },
    accept: [202],
  });
  await discard(response);
  return response;
}

/** Tells the registry to forget a session; it would expire by itself. */
async function cancel(session: Session, target: UploadTarget, begun: HttpResponse): Promise<void> {
  const location = session.location(begun);
  if (location === undefined) return;
  const response = await session.send({
    ...pushing(target),
    method: 'DELETE',
    target: location,
    accept: [200, 202, 204, 400, 401, 403, 404, 405],
  });
  await discard(response);
}

interface UploadTarget extends RequestOptions {
  readonly repository: Repository;
  readonly subject: string;
}

function targetOf({ repository, descriptor, signal }: Upload): UploadTarget {
  return { repository, subject: `blob ${descriptor.digest}`, signal };
}

function pushing({ repository, subject, signal }: UploadTarget) {
  return { repository, access: 'push', subject, signal } as const;
}

function checkStored(upload: Upload, response: HttpResponse): void {
  if (!isAsked(upload, response))
    throw fault(upload, `stored it as ${String(response.headers['docker-content-digest'])}`);
}

/** Is the blob in this answer, as far as it tells, the one that was meant? */
function isAsked({ descriptor: { digest } }: Upload, { headers }: HttpResponse): boolean {
  const stored = headers['docker-content-digest'];
  // Another algorithm is no contradiction.
  const algorithm = digest.split(':', 1)[0];
  return typeof stored !== 'string' || !stored.startsWith(`${algorithm}:`) || stored === digest;
}

function sizeMismatch({ repository, descriptor }: Upload, length: string): BuildError {
  return new BuildError({
    kind: 'environment',
    code: 'SIZE_MISMATCH',
    message: `${repository.host}/${repository.path}: pushing blob ${descriptor.digest}: its content has ${length} ${descriptor.size} bytes`,
    hint: 'It was damaged since it was made; build again.',
  });
}

function fault(upload: Upload, what: string): RegistryError {
  return new RegistryError(faultFacts(upload, what));
}

function faultFacts({ repository, descriptor }: Upload, what: string) {
  return {
    code: 'REGISTRY_ERROR',
    message: `${repository.host}/${repository.path}: pushing blob ${descriptor.digest}: the registry ${what}`,
  } as const;
}
