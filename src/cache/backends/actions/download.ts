import { bodyOf, cacheServiceError, discard, type HttpClient, withRetries } from './http-client.ts';

export interface Download {
  readonly http: HttpClient;
  /** A URL that is good now; `fresh` asks for a new one, since the last was refused. */
  readonly url: (fresh: boolean) => Promise<string>;
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly signal?: AbortSignal | undefined;
}

/** One range request. Bytes. */
const SEGMENT = 8 * 1024 * 1024;
/** Range requests under way, and so segments in memory, for one download. */
const AT_ONCE = 4;

/**
 * A stretch of a stored blob, in order, fetched in segments of which a few are under way at once.
 * @throws BuildError of kind `remote` when a segment cannot be had, `ACTIONS_CACHE_FAILED` when the storage gives other lengths than asked for
 */
export async function* download(asked: Download): AsyncGenerator<Uint8Array> {
  const { start, end, signal } = asked;
  // Segments that are under way at the end are of no use to anybody.
  const stop = new AbortController();
  const request = {
    ...asked,
    signal: signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]),
  };
  const underway: Promise<Buffer>[] = [];
  let next = start;
  try {
    for (let at = start; at < end; at += SEGMENT) {
      while (next < end && underway.length < AT_ONCE) {
        const segment = fetchSegment(request, next, Math.min(next + SEGMENT, end));
        // Whoever waits for it sees the failure; nobody may, when an earlier one failed.
        segment.catch(() => undefined);
        underway.push(segment);
        next += SEGMENT;
      }
      const first = underway.shift();
      if (first !== undefined) yield await first;
    }
  } finally {
    stop.abort();
    await Promise.allSettled(underway);
  }
}

async function fetchSegment(request: Download, start: number, end: number): Promise<Buffer> {
  const { http, signal } = request;
  const fetchOnce = (fresh: boolean): Promise<Buffer | 'refused'> =>
    withRetries(async () => {
      const headers = { range: `bytes=${start}-${end - 1}` };
      const response = await http.send({ method: 'GET', url: await request.url(fresh), headers, signal });
      // 200: the storage gives the whole blob, which is what was asked for when the lengths agree.
      if (response.status === 206 || (response.status === 200 && start === 0)) {
        const bytes = await bodyOf(response, end - start);
        if (bytes.length === end - start) return bytes;
        throw cacheServiceError(
          'ACTIONS_CACHE_FAILED',
          `${bytes.length} bytes came instead of ${end - start}`,
        );
      }
      discard(response);
      if (response.status === 403) return 'refused';
      const code = response.status >= 500 ? 'ACTIONS_CACHE_UNREACHABLE' : 'ACTIONS_CACHE_FAILED';
      throw cacheServiceError(code, `the cache's storage answered a download with status ${response.status}`);
    }, signal);
  const bytes = await fetchOnce(false);
  if (bytes !== 'refused') return bytes;
  // Signed URLs expire after some minutes.
  const again = await fetchOnce(true);
  if (again !== 'refused') return again;
  throw cacheServiceError('ACTIONS_CACHE_FAILED', "the cache's storage refuses a download (status 403)");
}

/** The whole blob when its size is not known: for the index. Bytes are limited by `most`. */
export function downloadAll(
  http: HttpClient,
  url: string,
  most: number,
  signal?: AbortSignal,
): Promise<Buffer> {
  return withRetries(async () => {
    const response = await http.send({ method: 'GET', url, signal });
    if (response.status === 200) return bodyOf(response, most);
    discard(response);
    const code = response.status >= 500 ? 'ACTIONS_CACHE_UNREACHABLE' : 'ACTIONS_CACHE_FAILED';
    throw cacheServiceError(code, `the cache's storage answered a download with status ${response.status}`);
  }, signal);
}
