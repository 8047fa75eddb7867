import { BuildError } from '../../base/errors.ts';
import type { ReadOptions } from '../file-tree.ts';
import type { Entry, EntryType, EntryWithBody } from './entry.ts';
import { encodeName } from './entry-name.ts';
import { paddingOf } from './member-data.ts';
import { formatPax, type PaxRecord } from './pax.ts';
import { fitsOctal, formatHeader, MAX_LONG, MAX_SHORT, ZERO_BLOCK } from './tar-header.ts';

const TYPE_FLAG: Readonly<Record<EntryType, string>> = {
  file: '0',
  hardlink: '1',
  symlink: '2',
  character: '3',
  block: '4',
  directory: '5',
  fifo: '6',
};
const NAME_SIZE = 100;
const PREFIX_SIZE = 155;
/** Pieces up to this size are put together, so that what follows (hash, compressor, disk) gets few and large ones. */
const GATHER = 64 * 1024;
const SMALL = 16 * 1024;
const SLASH = 0x2f;
const NANO_DIGITS = 9;

/** Is told of each member as its header goes out; `offset` is where its content begins, in bytes. */
export type OnMember = (entry: Entry, offset: number) => void;

/**
 * Writes an archive in one canonical form: ustar where everything fits, a PAX header with sorted keys before it where not; no user
 * and group names, whole seconds (but for `mtimeNanos`), xattrs as SCHILY.xattr, two zero blocks at the end. The same entries give the same bytes, those of Go's archive/tar.
 * The order is the caller's. With `fleeting`, a piece counts until the next one is asked for.
 * @throws BuildError `CONTENT_CHANGED` when a body is not `size` bytes; `TAR_UNSUPPORTED` for what the format cannot hold
 */
export async function* writeTar(
  entries: AsyncIterable<EntryWithBody>,
  onMember?: OnMember,
  { fleeting = false }: Pick<ReadOptions, 'fleeting'> = {},
): AsyncGenerator<Buffer> {
  const gather = new Gather(fleeting);
  let offset = 0;
  for await (const { entry, body } of entries) {
    const header = headerOf(entry);
    offset += header.length;
    onMember?.(entry, offset);
    yield* gather.add(header);
    if (entry.type !== 'file') continue;
    yield* contentOf(entry, body, gather);
    const padding = paddingOf(entry.size);
    if (padding > 0) yield* gather.add(ZERO_BLOCK.subarray(0, padding));
    offset += entry.size + padding;
  }
  yield* gather.add(Buffer.concat([ZERO_BLOCK, ZERO_BLOCK]));
  yield* gather.rest();
}

/** Header blocks of a member, its extended header included. */
export function headerOf(entry: Entry): Buffer {
  const name = nameOf(entry);
  const link = entry.linkName === undefined ? Buffer.alloc(0) : encodeName(entry.linkName);
  check(entry, name, link);
  const split = splitName(name);
  const mtime = timeOf(entry);
  const records = paxRecords(entry, { name, link, mtime, split: split !== undefined });
  const pax = records.length > 0;
  const fields = {
    mode: entry.mode & 0o7777,
    uid: fitsOctal(entry.uid, MAX_SHORT) ? entry.uid : 0,
    gid: fitsOctal(entry.gid, MAX_SHORT) ? entry.gid : 0,
    size: fitsOctal(sizeOf(entry), MAX_LONG) ? sizeOf(entry) : 0,
    mtime: fitsOctal(mtime.seconds, MAX_LONG) ? mtime.seconds : 0,
    type: TYPE_FLAG[entry.type],
    linkName: ascii(link),
    ...(entry.devMajor === undefined ? {} : { devMajor: entry.devMajor }),
    ...(entry.devMinor === undefined ? {} : { devMinor: entry.devMinor }),
  };
  if (!pax && split !== undefined) return formatHeader({ ...fields, ...split });
  return Buffer.concat([paxHeader(name, formatPax(records)), formatHeader({ ...fields, name: ascii(name) })]);
}

async function* contentOf(
  entry: Entry,
  body: AsyncIterable<Uint8Array> | undefined,
  gather: Gather,
): AsyncGenerator<Buffer> {
  let missing = entry.size;
  for await (const chunk of body ?? []) {
    missing -= chunk.length;
    if (missing < 0) throw changed(entry, 'more');
    yield* gather.add(chunk);
  }
  if (missing > 0) throw changed(entry, 'fewer');
}

function changed(entry: Entry, how: 'more' | 'fewer'): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'CONTENT_CHANGED',
    message: `${JSON.stringify(entry.path)} has ${how} than the ${entry.size} bytes that it had when it was looked at`,
    hint: 'Something wrote to it during the build.',
  });
}

function nameOf(entry: Entry): Buffer {
  const path = entry.path === '' ? '.' : entry.path;
  return encodeName(entry.type === 'directory' ? `${path}/` : path);
}

/** Whole seconds for the header, and the text of a record where they do not fit or are not all. */
function timeOf({ mtime, mtimeNanos = 0 }: Entry): { readonly seconds: number; readonly text?: string } {
  // Rounded up by the number type, a time may seem to be of the next second.
  const seconds = mtimeNanos > 0 ? Math.floor(mtime - mtimeNanos / 1e9 + 0.5) : Math.floor(mtime);
  if (mtimeNanos === 0)
    return fitsOctal(seconds, MAX_LONG) ? { seconds } : { seconds, text: String(seconds) };
  const [whole, nanos] = seconds < 0 ? [-seconds - 1, 1e9 - mtimeNanos] : [seconds, mtimeNanos];
  const fraction = String(nanos).padStart(NANO_DIGITS, '0').replace(/0+$/, '');
  return { seconds, text: `${seconds < 0 ? '-' : ''}${whole}.${fraction}` };
}

function sizeOf(entry: Entry): number {
  return entry.type === 'file' ? entry.size : 0;
}

function check(entry: Entry, name: Buffer, link: Buffer): void {
  if (name.includes(0) || link.includes(0)) throw unsupported(entry, 'a NUL in its name');
  const linked = entry.type === 'hardlink' || entry.type === 'symlink';
  if (linked !== link.length > 0)
    throw unsupported(entry, linked ? 'no target' : 'a target, but it is no link');
  if (!fitsOctal(entry.devMajor ?? 0, MAX_SHORT) || !fitsOctal(entry.devMinor ?? 0, MAX_SHORT)) {
    throw unsupported(entry, 'a device number that is too large');
  }
}

interface Measured {
  readonly name: Buffer;
  readonly link: Buffer;
  readonly mtime: ReturnType<typeof timeOf>;
  readonly split: boolean;
}

/** Records for what the header has no room for. The path is one of them as soon as there are others and it needs more than its field. */
function paxRecords(entry: Entry, { name, link, mtime, split }: Measured): readonly PaxRecord[] {
  const records: PaxRecord[] = [];
  const add = (key: string, value: Buffer | number | string): void => {
    records.push({ key, value: Buffer.isBuffer(value) ? value : Buffer.from(String(value)) });
  };
  if (link.length > NAME_SIZE || !isAscii(link)) add('linkpath', link);
  if (!fitsOctal(entry.uid, MAX_SHORT)) add('uid', entry.uid);
  if (!fitsOctal(entry.gid, MAX_SHORT)) add('gid', entry.gid);
  if (!fitsOctal(sizeOf(entry), MAX_LONG)) add('size', sizeOf(entry));
  if (mtime.text !== undefined) add('mtime', mtime.text);
  for (const [key, value] of entry.xattrs ?? []) {
    if (key === '' || /[=\0]/.test(key))
      throw unsupported(entry, `the extended attribute ${JSON.stringify(key)}`);
    add(`SCHILY.xattr.${key}`, Buffer.from(value.buffer, value.byteOffset, value.length));
  }
  const long = name.length > NAME_SIZE || !isAscii(name);
  if (long && (records.length > 0 || !split)) add('path', name);
  return records;
}

function paxHeader(name: Buffer, data: Buffer): Buffer {
  const header = formatHeader({
    name: paxHeaderName(name),
    mode: 0,
    uid: 0,
    gid: 0,
    size: data.length,
    mtime: 0,
    type: 'x',
  });
  return Buffer.concat([header, data, ZERO_BLOCK.subarray(0, paddingOf(data.length))]);
}

/** `dir/PaxHeaders.0/file`, cut to the field. */
function paxHeaderName(name: Buffer): Buffer {
  const slash = name.lastIndexOf(SLASH);
  const folder = name.subarray(0, Math.max(slash, 0));
  const parts = [folder, Buffer.from('PaxHeaders.0'), name.subarray(slash + 1)].filter(
    (part) => part.length > 0,
  );
  const joined = ascii(
    Buffer.concat(parts.flatMap((part, i) => (i === 0 ? [part] : [Buffer.from('/'), part]))),
  );
  let end = Math.min(joined.length, NAME_SIZE);
  while (end > 0 && joined[end - 1] === SLASH) end -= 1;
  return joined.subarray(0, end);
}

/** Name and prefix of the ustar header; undefined when the name does not fit or is not ASCII. */
function splitName(name: Buffer): { readonly name: Buffer; readonly prefix?: Buffer } | undefined {
  if (!isAscii(name)) return undefined;
  if (name.length <= NAME_SIZE) return { name };
  const last = name[name.length - 1] === SLASH ? name.length - 1 : name.length;
  const slash = name.lastIndexOf(SLASH, Math.min(PREFIX_SIZE, last - 1));
  const rest = name.length - slash - 1;
  if (slash <= 0 || rest > NAME_SIZE || rest === 0) return undefined;
  return { name: name.subarray(slash + 1), prefix: name.subarray(0, slash) };
}

function isAscii(bytes: Buffer): boolean {
  for (const byte of bytes) if (byte >= 0x80) return false;
  return true;
}

function ascii(bytes: Buffer): Buffer {
  return isAscii(bytes) ? bytes : Buffer.from(bytes.filter((byte) => byte < 0x80));
}

function unsupported(entry: Entry, what: string): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'TAR_UNSUPPORTED',
    message: `${JSON.stringify(entry.path)} cannot be put into a layer: it has ${what}`,
  });
}

/** Puts small pieces together. */
class Gather {
  readonly #reuses: boolean;
  #buffer = Buffer.allocUnsafe(GATHER);
  #length = 0;

  constructor(reuses: boolean) {
    this.#reuses = reuses;
  }

  *add(piece: Uint8Array): Generator<Buffer> {
    if (piece.length > SMALL) {
      yield* this.rest();
      yield Buffer.from(piece.buffer, piece.byteOffset, piece.length);
      return;
    }
    if (this.#length + piece.length > GATHER) yield* this.rest();
    this.#buffer.set(piece, this.#length);
    this.#length += piece.length;
  }

  *rest(): Generator<Buffer> {
    if (this.#length === 0) return;
    yield this.#buffer.subarray(0, this.#length);
    // What was handed out may still be in use.
    if (!this.#reuses) this.#buffer = Buffer.allocUnsafe(GATHER);
    this.#length = 0;
  }
}
