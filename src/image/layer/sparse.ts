import type { ByteReader } from './byte-reader.ts';
import type { MemberData } from './member-data.ts';
import type { PaxRecord } from './pax.ts';
import {
  BLOCK,
  damaged,
  oldSparse,
  oldSparseExtension,
  type SparsePart,
  type TarHeader,
} from './tar-header.ts';

/** How a sparse file is stored: only `parts` are in the archive, one after the other; the rest of `size` bytes is zeros. */
export interface SparseMap {
  readonly size: number;
  readonly parts: readonly SparsePart[];
}

/** What the extended header of a sparse file tells (GNU tar manual, "Storing Sparse Files"). */
export type PaxSparse =
  | { readonly version: '0'; readonly name: Buffer | undefined; readonly map: SparseMap }
  /** The map stands before the data. */
  | { readonly version: '1'; readonly name: Buffer | undefined; readonly size: number };

const ZEROS = Buffer.alloc(64 * 1024);
const MAX_PARTS = 1_000_000;
const MAX_DIGITS = 20;
const NEWLINE = 0x0a;

/** Reads the map of a header of type `S`, extension blocks included. */
export async function readOldSparse(header: TarHeader, reader: ByteReader): Promise<SparseMap> {
  const first = oldSparse(header);
  const parts = [...first.parts];
  for (let more = first.more; more; ) {
    const block = await reader.take(BLOCK);
    if (block === undefined) throw damaged('a sparse map ends early');
    const extension = oldSparseExtension(block);
    parts.push(...extension.parts);
    if (parts.length > MAX_PARTS) throw damaged('a sparse map has too many parts');
    more = extension.more;
  }
  return { size: first.realSize, parts };
}

/** GNU's sparse formats 0.0, 0.1 and 1.0; undefined when the records speak of none. */
export function paxSparse(records: readonly PaxRecord[]): PaxSparse | undefined {
  const text = new Map<string, string>();
  for (const { key, value } of records) {
    if (key.startsWith('GNU.sparse.')) text.set(key.slice('GNU.sparse.'.length), value.toString('latin1'));
  }
  if (text.size === 0) return undefined;
  const name = records.findLast((record) => record.key === 'GNU.sparse.name')?.value;
  const size = text.get('realsize') ?? text.get('size');
  if (text.get('major') === '1' && text.get('minor') === '0') {
    return { version: '1', name, size: decimal(size) };
  }
  const map = text.get('map');
  const numbers =
    map === undefined
      ? numbersOf(records)
      : map
          .split(',')
          .filter((part) => part !== '')
          .map(decimal);
  if (map === undefined && !text.has('numblocks')) return undefined;
  return { version: '0', name, map: { size: decimal(size), parts: pairs(numbers) } };
}

/** Reads the map that stands before the data in format 1.0: decimal numbers, a line each, padded to a block. */
export async function readSparseMap(data: MemberData, size: number): Promise<SparseMap> {
  const lines = new LineReader(data);
  const count = decimal(await lines.next());
  if (count > MAX_PARTS) throw damaged('a sparse map has too many parts');
  const numbers: number[] = [];
  while (numbers.length < count * 2) numbers.push(decimal(await lines.next()));
  return { size, parts: pairs(numbers) };
}

/** The file's content: the parts where they belong, zeros elsewhere. Chunks of zeros are shared: they must not be written to. */
export async function* expandSparse(map: SparseMap, data: MemberData): AsyncGenerator<Buffer> {
  let position = 0;
  for (const part of map.parts) {
    yield* zeros(part.offset - position);
    for (let missing = part.length; missing > 0; ) {
      const piece = await data.some(missing);
      if (piece === undefined) throw damaged('a sparse file has less data than its map says');
      missing -= piece.length;
      yield piece;
    }
    position = part.offset + part.length;
  }
  yield* zeros(map.size - position);
}

/** @throws BuildError `TAR_DAMAGED` when parts overlap, leave the file or do not add up to `stored` bytes */
export function checkSparse(map: SparseMap, stored: number): void {
  let position = 0;
  let total = 0;
  for (const part of map.parts) {
    if (part.offset < position) throw damaged('the parts of a sparse file overlap');
    position = part.offset + part.length;
    total += part.length;
  }
  if (position > map.size) throw damaged('a part of a sparse file is behind its end');
  if (total !== stored) throw damaged('a sparse file has more or less data than its map says');
}

class LineReader {
  readonly #data: MemberData;
  #block: Buffer = Buffer.alloc(0);
  #at = 0;

  constructor(data: MemberData) {
    this.#data = data;
  }

  async next(): Promise<string> {
    let line = '';
    for (;;) {
      const end = this.#block.indexOf(NEWLINE, this.#at);
      line += this.#block.toString('latin1', this.#at, end === -1 ? this.#block.length : end);
      if (line.length > MAX_DIGITS) throw damaged('a sparse map holds something else than numbers');
      if (end !== -1) {
        this.#at = end + 1;
        return line;
      }
      this.#block = await wholeBlock(this.#data);
      this.#at = 0;
    }
  }
}

async function wholeBlock(data: MemberData): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (let missing = BLOCK; missing > 0; ) {
    const piece = await data.some(missing);
    if (piece === undefined) throw damaged('a sparse map ends early');
    pieces.push(piece);
    missing -= piece.length;
  }
  return Buffer.concat(pieces);
}

function* zeros(length: number): Generator<Buffer> {
  for (let missing = length; missing > 0; missing -= ZEROS.length) {
    yield missing >= ZEROS.length ? ZEROS : ZEROS.subarray(0, missing);
  }
}

/** Format 0.0 repeats offset and numbytes, a pair for each part. */
function numbersOf(records: readonly PaxRecord[]): readonly number[] {
  return records
    .filter(({ key }) => key === 'GNU.sparse.offset' || key === 'GNU.sparse.numbytes')
    .map(({ value }) => decimal(value.toString('latin1')));
}

function pairs(numbers: readonly number[]): readonly SparsePart[] {
  if (numbers.length % 2 !== 0) throw damaged('a sparse map has half a part');
  const parts: SparsePart[] = [];
  for (let i = 0; i < numbers.length; i += 2) {
    parts.push({ offset: numbers[i] ?? 0, length: numbers[i + 1] ?? 0 });
  }
  return parts;
}

function decimal(text: string | undefined): number {
  const value = /^[0-9]{1,16}$/.test(text ?? '') ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw damaged('a number of a sparse map cannot be read');
  return value;
}
