import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import { BuildError } from '../../../base/errors.ts';
import { badData, parseJson } from '../../cache-data.ts';
import { textsIn } from '../../texts-in.ts';
import { CacheIndex } from './cache-index.ts';
import { KEY_PREFIX } from './keys.ts';

/** What an index is for. An index that was made for anything else is not taken. */
export interface IndexIdentity {
  /** Image, or what else keeps the records of several builds apart. */
  readonly scope: string;
  readonly platform: string;
  /** Signs and checks the index (HMAC-SHA-256). Without one, signatures are neither made nor asked for. */
  readonly secret?: string | undefined;
}

/**
 * Longest index that is read, as stored and as JSON. Bytes. None that is written has half of it (see CacheIndex.trimmed), and parsing takes forty
 * times its memory at worst.
 */
export const LONGEST_INDEX = 16 * 1024 * 1024;
const LONGEST_JSON = 16 * 1024 * 1024;
/** First line of the file: this, then the SHA-256 of what follows the line, then its signature, both in hex; `-` for no signature. */
const MAGIC = 'ts-image-build cache index 1';
const UNSIGNED = '-';

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** The file: a line with the format, checksum and signature, then JSON compressed with zstd (which by itself does not see every changed byte). */
export async function encodeIndexFile(index: CacheIndex, identity: IndexIdentity): Promise<Buffer> {
  const { scope, platform, secret } = identity;
  const body = await compress(Buffer.from(JSON.stringify({ scope, platform, ...index.toJson() })));
  const signature = secret === undefined ? UNSIGNED : sign(body, secret);
  return Buffer.concat([Buffer.from(`${MAGIC} ${checksum(body)} ${signature}\n`), body]);
}

/**
 * @throws BuildError `CACHE_DATA_BAD` for what is damaged or for another image; `CACHE_NOT_SIGNED` when a secret is given and the signature
 * is missing or made with another one
 */
export async function decodeIndexFile(bytes: Buffer, identity: IndexIdentity): Promise<CacheIndex> {
  const { body, sum, signature } = split(bytes);
  if (identity.secret !== undefined) checkSignature(body, signature, identity.secret);
  if (sum !== checksum(body)) throw badData('the index is damaged');
  const value = parseJson(await textOf(body), 'the index');
  const { scope, platform } = identity;
  if (!isFor(value, scope, platform)) throw badData('the index is for another image');
  try {
    return CacheIndex.fromJson(value);
  } catch (cause) {
    throw badData('the index cannot be read', cause);
  }
}

/**
 * Keys of the entries that an index needs, for whoever cleans up: whatever it is for, and not asking for a signature, since a wrong index can
 * only spare something.
 * @throws BuildError `CACHE_DATA_BAD`
 */
export async function entriesNamedIn(bytes: Buffer): Promise<ReadonlySet<string>> {
  const { body } = split(bytes);
  const value = parseJson(await textOf(body), 'the index');
  return new Set([...textsIn(value)].filter((text) => text.startsWith(KEY_PREFIX)));
}

/** What does not fit `LONGEST_INDEX`; nothing that was written here has so much. */
export function indexTooBig(cause?: unknown): BuildError {
  return new BuildError({
    kind: 'remote',
    code: 'CACHE_DATA_BAD',
    message: `it has more than ${LONGEST_INDEX / 1024 / 1024} MiB`,
    hint: 'A build that writes this cache puts a new one in its place; where none does, delete it, or give the cache another name.',
    cause,
  });
}

interface IndexFile {
  readonly body: Buffer;
  readonly sum: string | undefined;
  readonly signature: string;
}

function split(bytes: Buffer): IndexFile {
  const end = bytes.indexOf(0x0a);
  const line = end < 0 ? '' : bytes.toString('latin1', 0, end);
  if (!line.startsWith(`${MAGIC} `)) throw badData('the index has another format');
  const [sum, signature = UNSIGNED] = line.slice(MAGIC.length + 1).split(' ');
  return { body: bytes.subarray(end + 1), sum, signature };
}

async function textOf(body: Buffer): Promise<string> {
  const json = await decompress(body, { maxOutputLength: LONGEST_JSON }).catch((cause: unknown) => {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw indexTooBig(cause);
    throw badData('the index cannot be decompressed', cause);
  });
  return json.toString('utf8');
}

function checkSignature(body: Uint8Array, given: string, secret: string): void {
  const expected = Buffer.from(sign(body, secret));
  const found = Buffer.from(given);
  if (found.length === expected.length && timingSafeEqual(found, expected)) return;
  throw new BuildError({
    kind: 'remote',
    code: 'CACHE_NOT_SIGNED',
    message:
      given === UNSIGNED
        ? 'the index is not signed'
        : 'the signature of the index was made with another secret, or it was changed',
  });
}

function checksum(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('hex');
}

function sign(body: Uint8Array, secret: string): string {
  return createHmac('sha256', secret).update(`${MAGIC}\n`).update(body).digest('hex');
}

function isFor(value: unknown, scope: string, platform: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return 'scope' in value && value.scope === scope && 'platform' in value && value.platform === platform;
}
