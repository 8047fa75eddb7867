import type { IncomingHttpHeaders } from 'node:http';
import { RegistryError } from '../errors.ts';
import { type HttpResponse, unreachable } from './transport.ts';

/** Error bodies are read up to here. */
const ERROR_LIMIT = 64 * 1024;
/** The registry's words in a message, at most. */
const SAID_LIMIT = 300;

/**
 * The whole body.
 * @throws RegistryError `REGISTRY_ERROR` for more than `limit` bytes, `REGISTRY_UNREACHABLE` when the connection drops
 */
export async function readBody(response: HttpResponse, limit: number, what: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bodyOf(response)) {
    size += chunk.length;
    if (size > limit) {
      throw new RegistryError({
        code: 'REGISTRY_ERROR',
        message: `${response.url.host}: ${what} is larger than ${limit} bytes`,
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The body piece by piece; a dropped connection is a temporary RegistryError. */
export async function* bodyOf(response: HttpResponse): AsyncGenerator<Uint8Array, void> {
  const chunks = response.body[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  try {
    while (true) {
      const next = await chunks.next().catch((cause: NodeJS.ErrnoException) => {
        throw unreachable(response.url, cause);
      });
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    response.body.destroy();
  }
}

/** Gives the connection back. A body that is not small is cut off instead. */
export async function discard(response: HttpResponse): Promise<void> {
  await errorText(response);
}

/** What a refusing answer says, and its error codes (OCI distribution-spec 1.1, "Error Codes"). */
export async function readRefusal(
  response: HttpResponse,
): Promise<{ readonly said: string; readonly codes: readonly string[] }> {
  const text = await errorText(response);
  const errors = parseErrors(text);
  if (errors.length === 0) {
    // A page of a proxy, or plain words.
    const isPage = /html/i.test(response.headers['content-type'] ?? '');
    return { said: isPage ? '' : shorten(text), codes: [] };
  }
  const said = errors.map(({ code, message }) => [code, message].filter((part) => part !== '').join(', '));
  return { said: shorten([...new Set(said)].join('; ')), codes: errors.map(({ code }) => code) };
}

/** Milliseconds that `Retry-After` asks for (RFC 9110, 10.2.3): seconds or a date. */
export function retryAfter(headers: IncomingHttpHeaders, now = Date.now()): number | undefined {
  const value = headers['retry-after'];
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

async function errorText(response: HttpResponse): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      chunks.push(chunk);
      // Leaving the loop destroys the stream.
      if (size > ERROR_LIMIT) break;
    }
  } catch {
    // The status says enough; what was read so far is used.
  }
  return Buffer.concat(chunks).toString('utf8');
}

interface ErrorEntry {
  readonly code: string;
  readonly message: string;
}

function parseErrors(text: string): readonly ErrorEntry[] {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return [];
  }
  if (typeof body !== 'object' || body === null) return [];
  const list = 'errors' in body && Array.isArray(body.errors) ? body.errors : [body];
  return list.map(errorEntry).filter(({ code, message }) => code !== '' || message !== '');
}

/** Entries of `errors`, and what token endpoints answer: `{"details": …}` or OAuth's `{"error", "error_description"}`. */
function errorEntry(item: unknown): ErrorEntry {
  const fields = new Map(typeof item === 'object' && item !== null ? Object.entries(item) : []);
  const text = (...names: readonly string[]): string => {
    const value = names.map((name) => fields.get(name)).find((found) => typeof found === 'string');
    return typeof value === 'string' ? value : '';
  };
  return { code: text('code', 'error'), message: text('message', 'details', 'error_description') };
}

function shorten(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a registry's words go to a terminal
  const line = text.replaceAll(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
  return line.length > SAID_LIMIT ? `${line.slice(0, SAID_LIMIT)}…` : line;
}
