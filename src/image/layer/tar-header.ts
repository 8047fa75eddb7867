import { BuildError } from '../../base/errors.ts';

/** Size of a tar block in bytes (POSIX.1-2017, pax, "ustar Interchange Format"). */
export const BLOCK = 512;

/** Field positions of the ustar header: [offset, length]. */
const FIELD = {
  name: [0, 100],
  mode: [100, 8],
  uid: [108, 8],
  gid: [116, 8],
  size: [124, 12],
  mtime: [136, 12],
  checksum: [148, 8],
  type: [156, 1],
  linkName: [157, 100],
  magic: [257, 8],
  devMajor: [329, 8],
  devMinor: [337, 8],
  prefix: [345, 155],
  /** GNU, type `S`: four pairs of offset and length. */
  sparse: [386, 96],
  sparseMore: [482, 1],
  realSize: [483, 12],
} as const;

type Field = readonly [number, number];

/** A header block as it stands, before PAX records and GNU long names are put over it. */
export interface TarHeader {
  readonly name: Buffer;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly mtime: number;
  /** One character; `0` for the NUL of old archives. */
  readonly type: string;
  readonly linkName: Buffer;
  readonly devMajor: number;
  readonly devMinor: number;
  /** The block itself, for what only GNU's types need. */
  readonly block: Buffer;
}

/** What is written into a header; all numbers must fit (see `fitsOctal`), strings are cut to their fields. */
export interface HeaderFields {
  readonly name: Buffer;
  readonly prefix?: Buffer;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly mtime: number;
  readonly type: string;
  readonly linkName?: Buffer;
  readonly devMajor?: number;
  readonly devMinor?: number;
}

/** Largest value of the 8-byte fields (uid, gid, device numbers), and of the 12-byte ones (size, mtime). */
export const MAX_SHORT = 0o7777777;
export const MAX_LONG = 0o77777777777;

export function fitsOctal(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= max;
}

export function isZeroBlock(block: Buffer): boolean {
  return block[0] === 0 && block.equals(ZERO_BLOCK);
}

/** One block of zeros: padding, and two of them the end of an archive. */
export const ZERO_BLOCK = Buffer.alloc(BLOCK);

/** Is this block a header with a right checksum? Tells a tar from any other file. */
export function isTarHeader(block: Uint8Array): boolean {
  if (block.length < BLOCK) return false;
  const header = Buffer.from(block.buffer, block.byteOffset, BLOCK);
  return !isZeroBlock(header) && checksumFits(header);
}

/**
 * Reads ustar, old V7, GNU (base-256 numbers) and star headers.
 * @throws BuildError `TAR_DAMAGED`
 */
export function parseHeader(block: Buffer): TarHeader {
  if (!checksumFits(block)) throw damaged('the checksum of a header is wrong');
  const magic = block.toString('latin1', FIELD.magic[0], FIELD.magic[0] + 8);
  const ustar = magic.startsWith('ustar\0');
  const extended = ustar || magic === 'ustar  \0';
  const typeByte = block[FIELD.type[0]] ?? 0;
  return {
    name: ustar ? withPrefix(block) : cString(block, FIELD.name),
    mode: number(block, FIELD.mode),
    uid: number(block, FIELD.uid),
    gid: number(block, FIELD.gid),
    size: unsigned(block, FIELD.size),
    mtime: number(block, FIELD.mtime),
    type: typeByte === 0 ? '0' : String.fromCharCode(typeByte),
    linkName: cString(block, FIELD.linkName),
    devMajor: extended ? number(block, FIELD.devMajor) : 0,
    devMinor: extended ? number(block, FIELD.devMinor) : 0,
    block,
  };
}

/** A ustar header with empty user and group names. Bytes are those that Go's archive/tar writes. */
export function formatHeader(fields: HeaderFields): Buffer {
  // From Buffer's pool: memory of its own costs more than all that is written into it.
  const block = Buffer.allocUnsafe(BLOCK).fill(0);
  putString(block, FIELD.name, fields.name);
  putOctal(block, FIELD.mode, fields.mode);
  putOctal(block, FIELD.uid, fields.uid);
  putOctal(block, FIELD.gid, fields.gid);
  putOctal(block, FIELD.size, fields.size);
  putOctal(block, FIELD.mtime, fields.mtime);
  block.write(fields.type, FIELD.type[0], 'latin1');
  if (fields.linkName !== undefined) putString(block, FIELD.linkName, fields.linkName);
  block.write('ustar\x0000', FIELD.magic[0], 'latin1');
  putOctal(block, FIELD.devMajor, fields.devMajor ?? 0);
  putOctal(block, FIELD.devMinor, fields.devMinor ?? 0);
  if (fields.prefix !== undefined) putString(block, FIELD.prefix, fields.prefix);
  block.fill(0x20, FIELD.checksum[0], FIELD.checksum[0] + 8);
  const sum = sums(block).unsigned.toString(8).padStart(6, '0');
  block.write(`${sum}\0 `, FIELD.checksum[0], 'latin1');
  return block;
}

/** A stretch of data of a sparse file, in bytes. */
export interface SparsePart {
  readonly offset: number;
  readonly length: number;
}

/** Sparse map in a GNU header (type `S`): up to four parts, and whether an extension block follows. */
export function oldSparse(header: TarHeader): {
  readonly parts: readonly SparsePart[];
  readonly more: boolean;
  readonly realSize: number;
} {
  return {
    parts: sparseParts(header.block, FIELD.sparse[0], 4),
    more: (header.block[FIELD.sparseMore[0]] ?? 0) !== 0,
    realSize: unsigned(header.block, FIELD.realSize),
  };
}

/** An extension block of such a map: up to 21 parts. */
export function oldSparseExtension(block: Buffer): {
  readonly parts: readonly SparsePart[];
  readonly more: boolean;
} {
  return { parts: sparseParts(block, 0, 21), more: (block[504] ?? 0) !== 0 };
}

export function damaged(what: string): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'TAR_DAMAGED',
    message: `This is no whole tar archive: ${what}`,
  });
}

function sparseParts(block: Buffer, start: number, most: number): readonly SparsePart[] {
  const parts: SparsePart[] = [];
  for (let i = 0; i < most; i++) {
    const at = start + i * 24;
    // An unused slot begins with a NUL.
    if (block[at] === 0) break;
    parts.push({ offset: unsigned(block, [at, 12]), length: unsigned(block, [at + 12, 12]) });
  }
  return parts;
}

function withPrefix(block: Buffer): Buffer {
  const name = cString(block, FIELD.name);
  // star keeps times where ustar has the end of the prefix, and says so in the last four bytes.
  const star = block.toString('latin1', 508, 512) === 'tar\0';
  const prefix = cString(block, star ? [FIELD.prefix[0], 131] : FIELD.prefix);
  return prefix.length === 0 ? name : Buffer.concat([prefix, Buffer.from('/'), name]);
}

function cString(block: Buffer, [at, length]: Field): Buffer {
  const end = block.indexOf(0, at);
  return block.subarray(at, end === -1 || end > at + length ? at + length : end);
}

function unsigned(block: Buffer, field: Field): number {
  const value = number(block, field);
  if (value < 0) throw damaged('a size is negative');
  return value;
}

/** Octal digits between blanks and NULs, or GNU's base-256: first bit set, the rest two's complement, big-endian. */
function number(block: Buffer, [at, length]: Field): number {
  const first = block[at] ?? 0;
  if ((first & 0x80) !== 0) return base256(block.subarray(at, at + length));
  let value = 0;
  let digits = false;
  for (let i = at; i < at + length; i++) {
    const byte = block[i] ?? 0;
    if (byte >= 0x30 && byte <= 0x37) {
      value = value * 8 + (byte - 0x30);
      digits = true;
    } else if (byte !== 0x20 && byte !== 0) {
      throw damaged('a number in a header is not octal');
    } else if (digits) {
      break;
    }
  }
  return value;
}

function base256(bytes: Buffer): number {
  const negative = ((bytes[0] ?? 0) & 0x40) !== 0;
  let value = BigInt((bytes[0] ?? 0) & 0x3f);
  for (const byte of bytes.subarray(1)) value = (value << 8n) | BigInt(byte);
  if (negative) value -= 1n << BigInt(bytes.length * 8 - 2);
  const result = Number(value);
  if (!Number.isSafeInteger(result)) throw damaged('a number in a header is too large');
  return result;
}

function checksumFits(block: Buffer): boolean {
  const field = block.toString('latin1', FIELD.checksum[0], FIELD.checksum[0] + 8);
  const match = /^[ \0]*([0-7]{1,8})[ \0]*$/.exec(field);
  if (match === null) return false;
  const stored = Number.parseInt(match[1] ?? '', 8);
  const computed = sums(block);
  return stored === computed.unsigned || stored === computed.signed;
}

/** Sums over the block, the checksum field counted as blanks. Some old programs summed signed bytes. */
function sums(block: Buffer): { readonly unsigned: number; readonly signed: number } {
  let total = 0;
  let high = 0;
  for (let i = 0; i < BLOCK; i++) {
    const inChecksum = i >= FIELD.checksum[0] && i < FIELD.checksum[0] + 8;
    const byte = inChecksum ? 0x20 : (block[i] ?? 0);
    total += byte;
    if (byte >= 0x80) high += 1;
  }
  return { unsigned: total, signed: total - 256 * high };
}

function putString(block: Buffer, [at, length]: Field, value: Buffer): void {
  value.copy(block, at, 0, Math.min(value.length, length));
  const last = at + length - 1;
  // A cut name that ends in a slash would make some readers take a file for a folder.
  if (value.length > length) {
    for (let i = last; i > at && block[i] === 0x2f; i--) block[i] = 0;
  }
}

function putOctal(block: Buffer, [at, length]: Field, value: number): void {
  let rest = value;
  for (let i = at + length - 2; i >= at; i--) {
    block[i] = 0x30 + (rest % 8);
    rest = Math.floor(rest / 8);
  }
  if (rest !== 0) {
    throw new BuildError({
      kind: 'bug',
      code: 'TAR_NUMBER_TOO_LARGE',
      message: `${value} does not fit a tar header field of ${length} bytes`,
    });
  }
}
