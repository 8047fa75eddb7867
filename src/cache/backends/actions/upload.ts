import { inBlocks } from '../../../image/layer/blocks.ts';
import type { Upload } from '../indexed/blob-store.ts';
import { bodyOf, cacheServiceError, discard, type HttpClient, withRetries } from './http-client.ts';

/** Blobs up to this go up in one request, bigger ones in blocks of this size. Bytes. */
const BLOCK = 8 * 1024 * 1024;
/** Blocks under way, and so in memory, for one upload. */
const AT_ONCE = 3;
const API_VERSION = '2021-12-02';

/**
 * The content of an upload in blocks of equal size (but the last), of which the first has been read: what cannot be opened is not reserved. Disposing of
 * it closes the content, wherever it stands.
 */
export interface BlockReader extends AsyncDisposable {
  readonly first: Uint8Array;
  /** Blocks after the first. */
  rest(): AsyncGenerator<Uint8Array>;
}

/**
 * Opens the content and reads as far as the first block.
 * @throws whatever the content's stream throws
 */
export async function readBlocks(upload: Upload): Promise<BlockReader> {
  const blocks = inBlocks(await upload.open(), BLOCK);
  const first = await blocks.next();
  return {
    first: first.done === true ? new Uint8Array() : first.value,
    rest: () => blocks,
    [Symbol.asyncDispose]: async () => void (await blocks.return(undefined)),
  };
}

/**
 * Puts content at a signed URL (Azure Blob service REST: Put Blob, or Put Block and Put Block List). Returns the number of its bytes, as far as it was read:
 * with more or fewer than `size` it is not to be finalized.
 * @throws BuildError of kind `remote`, or whatever the content's stream throws
 */
export async function upload(
  http: HttpClient,
  url: string,
  blocks: BlockReader,
  size: number,
  signal?: AbortSignal,
): Promise<number> {
  // Blocks that are under way when one fails are of no use any more, and would be tried again and again.
  const stop = new AbortController();
  const put = putAt(http, url, signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]));
  try {
    return size <= BLOCK ? await putWhole(put, blocks) : await putInBlocks(put, blocks, url);
  } finally {
    stop.abort();
  }
}

async function putWhole(put: Put, blocks: BlockReader): Promise<number> {
  const more = await blocks.rest().next();
  if (more.done !== true) return blocks.first.length + more.value.length;
  await put('', blocks.first, { 'x-ms-blob-type': 'BlockBlob' });
  return blocks.first.length;
}

async function putInBlocks(put: Put, blocks: BlockReader, url: string): Promise<number> {
  const separator = url.includes('?') ? '&' : '?';
  const { ids, total } = await sendBlocks(blocks, (id, block) =>
    put(`${separator}comp=block&blockid=${encodeURIComponent(id)}`, block, {}),
  );
  const list = ids.map((id) => `<Latest>${id}</Latest>`).join('');
  const xml = `<?xml version="1.0" encoding="utf-8"?><BlockList>${list}</BlockList>`;
  await put(`${separator}comp=blocklist`, xml, { 'content-type': 'application/xml' });
  return total;
}

type Put = (
  query: string,
  body: Uint8Array | string,
  headers: Readonly<Record<string, string>>,
) => Promise<void>;

/** Requests to the URL, each tried again for what may pass. */
function putAt(http: HttpClient, url: string, signal: AbortSignal | undefined): Put {
  return (query, body, headers) =>
    withRetries(async () => {
      const all = { 'x-ms-version': API_VERSION, ...headers };
      const response = await http.send({ method: 'PUT', url: url + query, headers: all, body, signal });
      if (response.status === 201) return discard(response);
      const said = /<Code>(\w+)<\/Code>/.exec((await bodyOf(response)).toString('utf8'))?.[1];
      const code = response.status >= 500 ? 'ACTIONS_CACHE_UNREACHABLE' : 'ACTIONS_CACHE_FAILED';
      const why = `${response.status}${said === undefined ? '' : ` ${said}`}`;
      throw cacheServiceError(code, `the cache's storage answered an upload with status ${why}`);
    }, signal);
}

/** All blocks, a few at the same time; their IDs in order. */
async function sendBlocks(
  blocks: BlockReader,
  put: (id: string, block: Uint8Array) => Promise<void>,
): Promise<{ readonly ids: readonly string[]; readonly total: number }> {
  const underway = new Set<Promise<void>>();
  const ids: string[] = [];
  let total = 0;
  const send = async (block: Uint8Array): Promise<void> => {
    const id = Buffer.from(String(ids.length).padStart(8, '0')).toString('base64');
    ids.push(id);
    total += block.length;
    const sent = put(id, block);
    underway.add(sent);
    sent.then(
      () => underway.delete(sent),
      // It stays, so that whoever waits next meets the failure.
      () => undefined,
    );
    // Reading on only when there is room keeps memory bounded.
    while (underway.size >= AT_ONCE) await Promise.race(underway);
  };
  await send(blocks.first);
  for await (const block of blocks.rest()) await send(block);
  await Promise.all(underway);
  return { ids, total };
}
