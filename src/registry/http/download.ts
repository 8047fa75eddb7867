import type { Descriptor, Repository } from '../../image/types.ts';
import { RegistryError } from '../errors.ts';
import type { RequestOptions } from '../registry.ts';
import { bodyOf } from './response.ts';
import type { Session } from './session.ts';
import type { HttpResponse } from './transport.ts';

/** Drops in a row without a byte in between that are borne. */
const MOST_DROPS = 4;

/**
 * A blob's bytes (OCI distribution-spec 1.1, "Pulling blobs"). After a dropped connection the rest is asked for with Range; a registry
 * that sends all again has its first bytes skipped.
 */
export async function downloadBlob(
  session: Session,
  repository: Repository,
  descriptor: Descriptor,
  options: RequestOptions,
): Promise<AsyncIterable<Uint8Array>> {
  const request = (start: number): Promise<HttpResponse> =>
    session.request({
      method: 'GET',
      repository,
      access: 'pull',
      target: `blobs/${descriptor.digest}`,
      subject: `blob ${descriptor.digest}`,
      accept: start === 0 ? [200] : [200, 206],
      headers: start === 0 ? {} : { range: `bytes=${start}-` },
      signal: options.signal,
    });
  return resumed(await request(0), request, { descriptor, repository, signal: options.signal });
}

interface Download {
  readonly descriptor: Descriptor;
  readonly repository: Repository;
  readonly signal: AbortSignal | undefined;
}

async function* resumed(
  first: HttpResponse,
  request: (start: number) => Promise<HttpResponse>,
  download: Download,
): AsyncGenerator<Uint8Array, void> {
  const { size } = download.descriptor;
  let position = 0;
  let drops = 0;
  let response = first;
  while (true) {
    try {
      for await (const chunk of from(response, position)) {
        position += chunk.length;
        drops = 0;
        // Stopped early: the rest would be read for nothing.
        if (position > size) checkLength(download, position);
        yield chunk;
      }
      checkLength(download, position);
    } catch (error) {
      download.signal?.throwIfAborted();
      drops += 1;
      if (!passes(error) || drops > MOST_DROPS) throw error;
    }
    // Also when only the end of the answer did not come.
    if (position === size) return;
    response = await request(position);
  }
}

function passes(error: unknown): boolean {
  return error instanceof RegistryError && error.temporary;
}

function checkLength(download: Download, length: number): void {
  const { size } = download.descriptor;
  if (length === size) return;
  const much = length > size ? 'is longer than announced' : `ended after ${length} of ${size} bytes`;
  throw new RegistryError({
    code: 'REGISTRY_ERROR',
    message: `${nameOf(download)} ${much}`,
    temporary: length < size,
  });
}

/** The answer's bytes from `position` of the blob on. */
async function* from(response: HttpResponse, position: number): AsyncGenerator<Uint8Array, void> {
  let skip = position - startOf(response);
  if (Number.isNaN(skip) || skip < 0) {
    response.body.destroy();
    throw new RegistryError({
      code: 'REGISTRY_ERROR',
      message: `${response.url.host} answered with another range than asked for`,
    });
  }
  for await (const chunk of bodyOf(response)) {
    if (skip >= chunk.length) {
      skip -= chunk.length;
    } else {
      yield skip === 0 ? chunk : chunk.subarray(skip);
      skip = 0;
    }
  }
}

/** Where a partial answer begins (RFC 9110, 14.4). */
function startOf(response: HttpResponse): number {
  if (response.status !== 206) return 0;
  const match = /^bytes (\d+)-/.exec(response.headers['content-range'] ?? '');
  return match === null ? Number.NaN : Number(match[1]);
}

function nameOf({ repository, descriptor }: Download): string {
  return `${repository.host}/${repository.path}: blob ${descriptor.digest}`;
}
