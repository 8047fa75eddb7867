import type { PaxRecord } from './pax.ts';
import { damaged } from './tar-header.ts';

/** What extended headers say about a member in place of its header. */
export interface Overrides {
  readonly path?: Buffer;
  readonly linkPath?: Buffer;
  readonly size?: number;
  readonly uid?: number;
  readonly gid?: number;
  /** Seconds, may have a fraction. */
  readonly mtime?: number;
  /** Nanoseconds after the last whole second of `mtime`. */
  readonly mtimeNanos?: number;
  readonly devMajor?: number;
  readonly devMinor?: number;
  readonly xattrs?: ReadonlyMap<string, Uint8Array>;
}

type Draft = { -readonly [Key in keyof Overrides]: Overrides[Key] } & { xattrs?: Map<string, Uint8Array> };

const NONE: Overrides = {};
const SCHILY_XATTR = 'SCHILY.xattr.';
const LIBARCHIVE_XATTR = 'LIBARCHIVE.xattr.';

/**
 * The records of a global header with those of the member's own above them. An empty value leaves the header's, except for xattrs, which may be empty.
 * @throws BuildError `TAR_DAMAGED` for numbers that cannot be read
 */
export function overridesOf(globals: ReadonlyMap<string, Buffer>, records: readonly PaxRecord[]): Overrides {
  if (globals.size === 0 && records.length === 0) return NONE;
  const draft: Draft = {};
  for (const [key, value] of globals) apply(draft, key, value);
  for (const { key, value } of records) apply(draft, key, value);
  return draft;
}

function apply(draft: Draft, key: string, value: Buffer): void {
  if (applyXattr(draft, key, value) || value.length === 0) return;
  switch (key) {
    case 'path':
      draft.path = value;
      break;
    case 'linkpath':
      draft.linkPath = value;
      break;
    case 'size':
      draft.size = integer(key, value);
      break;
    case 'uid':
      draft.uid = integer(key, value);
      break;
    case 'gid':
      draft.gid = integer(key, value);
      break;
    case 'mtime':
      draft.mtime = seconds(value);
      draft.mtimeNanos = nanoseconds(value);
      break;
    case 'SCHILY.devmajor':
      draft.devMajor = integer(key, value);
      break;
    case 'SCHILY.devminor':
      draft.devMinor = integer(key, value);
      break;
    default:
    // Names of users and groups, other times, comments and the like: nothing of a layer.
  }
}

/** star, GNU tar and Go write the value as it is; libarchive as base64 under a percent-encoded name, besides the former. */
function applyXattr(draft: Draft, key: string, value: Buffer): boolean {
  if (key.startsWith(SCHILY_XATTR)) {
    // A copy: the record is a view of a much larger buffer.
    setXattr(draft, decodeGnu(key.slice(SCHILY_XATTR.length)), Buffer.from(value));
    return true;
  }
  if (!key.startsWith(LIBARCHIVE_XATTR)) return false;
  const name = percentDecoded(key.slice(LIBARCHIVE_XATTR.length));
  if (draft.xattrs?.has(name) !== true)
    setXattr(draft, name, Buffer.from(value.toString('latin1'), 'base64'));
  return true;
}

function setXattr(draft: Draft, name: string, value: Buffer): void {
  if (name === '') throw damaged('an extended attribute has no name');
  draft.xattrs ??= new Map();
  draft.xattrs.set(name, value);
}

/** GNU tar writes `=` and `%` of attribute names as %3D and %25. */
function decodeGnu(name: string): string {
  return name.replaceAll('%3D', '=').replaceAll('%25', '%');
}

function percentDecoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    throw damaged('the name of an extended attribute cannot be read');
  }
}

function integer(key: string, value: Buffer): number {
  const text = value.toString('latin1');
  const result = /^-?[0-9]+$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(result) || (key === 'size' && result < 0)) {
    throw damaged(`the record ${key} of an extended header is no number`);
  }
  return result;
}

function seconds(value: Buffer): number {
  const text = value.toString('latin1');
  if (!/^-?[0-9]{1,15}(?:\.[0-9]*)?$/.test(text)) throw damaged('a time of an extended header is no number');
  return Number(text);
}

/** The fraction counts away from zero in the text, and up from the last whole second in the result. */
function nanoseconds(value: Buffer): number {
  const [, sign, digits = ''] = /^(-?)[0-9]+(?:\.([0-9]*))?$/.exec(value.toString('latin1')) ?? [];
  const nanos = Number(digits.padEnd(9, '0').slice(0, 9));
  return sign === '-' && nanos > 0 ? 1e9 - nanos : nanos;
}
