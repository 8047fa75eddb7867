import { BuildError } from '../../base/errors.ts';
import { ByteReader } from './byte-reader.ts';
import type { Entry, EntryType, EntryWithBody } from './entry.ts';
import { decodeName } from './entry-name.ts';
import { checkLength, cleanPath } from './entry-path.ts';
import { MemberData } from './member-data.ts';
import { type PaxRecord, parsePax } from './pax.ts';
import { type Overrides, overridesOf } from './pax-overrides.ts';
import {
  checkSparse,
  expandSparse,
  type PaxSparse,
  paxSparse,
  readOldSparse,
  readSparseMap,
  type SparseMap,
} from './sparse.ts';
import { BLOCK, damaged, isZeroBlock, parseHeader, type TarHeader } from './tar-header.ts';

export interface TarLimits {
  /** Most bytes of the archive. Default: no limit. */
  readonly maxSize?: number;
  /** Most bytes of content of one file, holes included. Default: no limit. */
  readonly maxFileSize?: number;
  /** Most members. Default: 4,000,000. */
  readonly maxEntries?: number;
  /** Most bytes of names, targets and extended attributes of all members together, about. Default: 512 MiB. */
  readonly maxMetadata?: number;
  /** Names that lead out of the root, like `../a`, stop at it, as they do for a program after chroot; else they are an error. */
  readonly clampPaths?: boolean;
  /** Give `mtimeNanos` for times that are no whole seconds. */
  readonly exactTimes?: boolean;
  /** Read nothing behind the end-of-archive mark. */
  readonly untilMark?: boolean;
}

/** A member and where its content stands in the archive. */
export interface TarMember extends EntryWithBody {
  /** Bytes from the archive's start to the content; undefined for all but files, and for sparse files, whose content is not there in one piece. */
  readonly offset?: number;
}

/** As Go's archive/tar: extended headers and long names beyond this are an attack. */
const MAX_SPECIAL = 1024 * 1024;
const DEFAULT_MAX_ENTRIES = 4_000_000;
const DEFAULT_MAX_METADATA = 512 * 1024 * 1024;

/** Headers that stand before a member and change it. */
interface Pending {
  readonly globals: Map<string, Buffer>;
  records: readonly PaxRecord[];
  longName: Buffer | undefined;
  longLink: Buffer | undefined;
}

interface Member {
  readonly entry: Entry;
  readonly data: MemberData;
  readonly sparse: SparseMap | undefined;
  readonly offset: number;
}

/**
 * Reads an archive member by member: V7, ustar, PAX (global headers too) and GNU (long names, base-256 numbers, all sparse formats), with xattrs as
 * SCHILY.xattr and LIBARCHIVE.xattr. Names are cleaned as Docker does (see cleanPath). The source is read to its end, also behind
 * the end-of-archive mark, so that a digest over it is complete (but with `untilMark`); an archive that lacks the mark is taken as it is. Chunks of a body are only good
 * until the next one and must not be written to.
 * @throws BuildError `TAR_DAMAGED`, `TAR_TRUNCATED`, `TAR_TOO_LARGE`, `TAR_PATH_ESCAPES`, `TAR_UNSUPPORTED`
 */
export async function* readTar(
  source: AsyncIterable<Uint8Array>,
  limits: TarLimits = {},
): AsyncGenerator<TarMember> {
  const reader = new ByteReader(source, { limit: limits.maxSize });
  const globals = new Map<string, Buffer>();
  let metadata = 0;
  try {
    for (let count = 1; ; count++) {
      const member = await nextMember(reader, globals, limits);
      if (member === undefined) break;
      metadata += metadataOf(member.entry);
      checkLimits(member.entry, count, metadata, limits);
      yield memberOf(member);
      await member.data.close();
    }
    if (limits.untilMark !== true) await reader.drain();
  } finally {
    await reader.close();
  }
}

function memberOf({ entry, data, sparse, offset }: Member): TarMember {
  if (entry.type !== 'file') return { entry };
  if (sparse === undefined) return { entry, body: data.chunks(), offset };
  return { entry, body: expandSparse(sparse, data) };
}

/** What whoever collects the entries keeps of this one. */
function metadataOf({ path, linkName = '', xattrs }: Entry): number {
  let size = path.length + linkName.length;
  for (const [name, value] of xattrs ?? []) size += name.length + value.length;
  return size;
}

function checkLimits(entry: Entry, count: number, metadata: number, limits: TarLimits): void {
  const maxEntries = limits.maxEntries ?? DEFAULT_MAX_ENTRIES;
  if (count > maxEntries) throw tooLarge(`has more than ${maxEntries} members`);
  const maxMetadata = limits.maxMetadata ?? DEFAULT_MAX_METADATA;
  if (metadata > maxMetadata) throw tooLarge(`has more than ${maxMetadata} bytes of names and attributes`);
  const maxFileSize = limits.maxFileSize ?? Number.POSITIVE_INFINITY;
  if (entry.size > maxFileSize) throw tooLarge(`has a file of more than ${maxFileSize} bytes: ${entry.path}`);
}

async function nextMember(
  reader: ByteReader,
  globals: Map<string, Buffer>,
  limits: TarLimits,
): Promise<Member | undefined> {
  const pending: Pending = { globals, records: [], longName: undefined, longLink: undefined };
  for (;;) {
    const header = await nextHeader(reader);
    if (header === undefined) return undefined;
    const special = await readSpecial(header, reader, pending);
    if (!special) return await openMember(header, reader, pending, limits);
  }
}

async function nextHeader(reader: ByteReader): Promise<TarHeader | undefined> {
  const block = reader.takeNow(BLOCK) ?? (await reader.take(BLOCK));
  if (block === undefined) return undefined;
  if (!isZeroBlock(block)) return parseHeader(block);
  const second = await reader.take(BLOCK);
  if (second !== undefined && !isZeroBlock(second)) throw damaged('there are zeros where a header should be');
  return undefined;
}

/** True when the header only said something about the following member. */
async function readSpecial(header: TarHeader, reader: ByteReader, pending: Pending): Promise<boolean> {
  switch (header.type) {
    case 'x':
    case 'X':
      pending.records = parsePax(await specialData(header, reader));
      return true;
    case 'g':
      addGlobals(pending.globals, parsePax(await specialData(header, reader)));
      return true;
    case 'L':
      pending.longName = untilNul(await specialData(header, reader));
      return true;
    case 'K':
      pending.longLink = untilNul(await specialData(header, reader));
      return true;
    case 'V':
      // A label of the volume.
      await new MemberData(reader, header.size).close();
      return true;
    default:
      return false;
  }
}

async function specialData(header: TarHeader, reader: ByteReader): Promise<Buffer> {
  if (header.size > MAX_SPECIAL) throw tooLarge(`has an extended header of more than ${MAX_SPECIAL} bytes`);
  const data = new MemberData(reader, header.size);
  const pieces: Buffer[] = [];
  for await (const piece of data.chunks()) pieces.push(Buffer.from(piece));
  await data.close();
  return Buffer.concat(pieces);
}

/** An empty value takes an earlier record back (POSIX.1-2017, pax, "pax Extended Header"). */
function addGlobals(globals: Map<string, Buffer>, records: readonly PaxRecord[]): void {
  for (const { key, value } of records) {
    if (value.length === 0) globals.delete(key);
    else globals.set(key, value);
  }
  let size = 0;
  for (const [key, value] of globals) size += key.length + value.length;
  if (size > MAX_SPECIAL) throw tooLarge(`has global headers of more than ${MAX_SPECIAL} bytes`);
}

async function openMember(
  header: TarHeader,
  reader: ByteReader,
  pending: Pending,
  { clampPaths, exactTimes }: TarLimits,
): Promise<Member> {
  const overrides = overridesOf(pending.globals, pending.records);
  const stored = storedSize(header, overrides);
  const oldSparse = header.type === 'S' ? await readOldSparse(header, reader) : undefined;
  const pax = header.type === '0' ? paxSparse(pending.records) : undefined;
  const data = new MemberData(reader, stored);
  const sparse = oldSparse ?? (await paxSparseMap(pax, data));
  const name = decodeName(pax?.name ?? overrides.path ?? pending.longName ?? header.name);
  const type = typeOf(header.type, name);
  if (sparse !== undefined) checkSparse(sparse, data.remaining);
  const size = sparse?.size ?? stored;
  const link = decodeName(overrides.linkPath ?? pending.longLink ?? header.linkName);
  const root = clampPaths === true ? '/' : '';
  const target = type === 'hardlink' ? root + link : link;
  const found = entryOf(header, overrides, { name: root + name, type, link: target, size });
  const nanos = exactTimes === true ? (overrides.mtimeNanos ?? 0) : 0;
  const entry = nanos === 0 ? found : { ...found, mtimeNanos: nanos };
  return { entry, data, sparse, offset: reader.position };
}

async function paxSparseMap(pax: PaxSparse | undefined, data: MemberData): Promise<SparseMap | undefined> {
  if (pax === undefined) return undefined;
  return pax.version === '0' ? pax.map : await readSparseMap(data, pax.size);
}

/** Types without content have none, whatever their size field says: so reads Go, and with it every container runtime. */
function storedSize(header: TarHeader, overrides: Overrides): number {
  return '123456'.includes(header.type) ? 0 : (overrides.size ?? header.size);
}

function typeOf(flag: string, name: string): EntryType {
  switch (flag) {
    case '0':
      return name.endsWith('/') ? 'directory' : 'file';
    case '7':
    case 'S':
      return 'file';
    case '1':
      return 'hardlink';
    case '2':
      return 'symlink';
    case '3':
      return 'character';
    case '4':
      return 'block';
    case '5':
    case 'D':
      return 'directory';
    case '6':
      return 'fifo';
    default:
      throw new BuildError({
        kind: 'user',
        code: 'TAR_UNSUPPORTED',
        message: `The archive has a member of the unknown type ${JSON.stringify(flag)}: ${JSON.stringify(name)}`,
      });
  }
}

interface Named {
  readonly name: string;
  readonly type: EntryType;
  readonly link: string;
  readonly size: number;
}

function entryOf(header: TarHeader, overrides: Overrides, { name, type, link, size }: Named): Entry {
  const path = cleanPath(name);
  if (path === '' && type !== 'directory') throw damaged('a member has no name');
  const device = type === 'character' || type === 'block';
  return {
    path,
    type,
    mode: header.mode & 0o7777,
    uid: owner(overrides.uid ?? header.uid),
    gid: owner(overrides.gid ?? header.gid),
    size: type === 'file' ? size : 0,
    mtime: overrides.mtime ?? header.mtime,
    ...linkOf(type, link),
    ...(device ? { devMajor: overrides.devMajor ?? header.devMajor } : {}),
    ...(device ? { devMinor: overrides.devMinor ?? header.devMinor } : {}),
    ...(overrides.xattrs === undefined ? {} : { xattrs: overrides.xattrs }),
  };
}

function linkOf(type: EntryType, link: string): { readonly linkName?: string } {
  if (type === 'hardlink') return { linkName: cleanPath(link) };
  if (type !== 'symlink') return {};
  checkLength(link, link);
  if (link === '' || link.includes('\0')) throw damaged('a symbolic link has no usable target');
  return { linkName: link };
}

/** Negative ids are what 32-bit programs made of large ones. */
function owner(id: number): number {
  const value = id < 0 ? id + 2 ** 32 : id;
  if (value < 0 || value >= 2 ** 32) throw damaged('a user or group id is out of range');
  return value;
}

function untilNul(data: Buffer): Buffer {
  const end = data.indexOf(0);
  return end === -1 ? data : data.subarray(0, end);
}

function tooLarge(what: string): BuildError {
  return new BuildError({ kind: 'user', code: 'TAR_TOO_LARGE', message: `The archive ${what}` });
}
