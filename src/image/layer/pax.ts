import { decodeName } from './entry-name.ts';
import { damaged } from './tar-header.ts';

/** One record of an extended header. Values are bytes: xattrs are binary, names need not be UTF-8. */
export interface PaxRecord {
  readonly key: string;
  readonly value: Buffer;
}

const SPACE = 0x20;
const EQUALS = 0x3d;
const NEWLINE = 0x0a;
const MAX_LENGTH_DIGITS = 10;

/**
 * Records of an extended header, `LENGTH KEY=VALUE\n` each (POSIX.1-2017, pax, "pax Extended Header"), in the order in which they stand: GNU's first
 * sparse format repeats keys.
 * @throws BuildError `TAR_DAMAGED`
 */
export function parsePax(data: Buffer): readonly PaxRecord[] {
  const records: PaxRecord[] = [];
  for (let at = 0; at < data.length; ) {
    const space = data.indexOf(SPACE, at);
    if (space === -1 || space === at || space - at > MAX_LENGTH_DIGITS) throw badRecord();
    const digits = data.toString('latin1', at, space);
    const end = at + Number(digits);
    const equals = data.indexOf(EQUALS, space + 1);
    const whole = /^[0-9]+$/.test(digits) && end <= data.length && data[end - 1] === NEWLINE;
    if (!whole || equals <= space + 1 || equals >= end) throw badRecord();
    const key = decodeName(data.subarray(space + 1, equals));
    if (key.includes('\0')) throw badRecord();
    records.push({ key, value: data.subarray(equals + 1, end - 1) });
    at = end;
  }
  return records;
}

/** Records sorted by key in the order of UTF-16 code units, which is byte order for the ASCII keys that we write. */
export function formatPax(records: readonly PaxRecord[]): Buffer {
  const sorted = records.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return Buffer.concat(sorted.map(formatRecord));
}

function formatRecord({ key, value }: PaxRecord): Buffer {
  const rest = Buffer.concat([Buffer.from(` ${key}=`, 'utf8'), value, Buffer.from('\n')]);
  // The length counts its own digits.
  let length = rest.length + 1;
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length;
  return Buffer.concat([Buffer.from(String(length)), rest]);
}

function badRecord(): Error {
  return damaged('a record of an extended header cannot be read');
}
