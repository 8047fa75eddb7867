import type { DiffId, Digest } from '../digest.ts';

export type EntryType = 'file' | 'directory' | 'symlink' | 'hardlink' | 'character' | 'block' | 'fifo';

/**
 * One member of a layer tar, or one node of a file tree.
 *
 * Names are strings in which each byte that is not part of valid UTF-8 is the lone surrogate U+DC00 + byte (as Python's
 * surrogateescape), see entry-name.ts. Paths are relative, with `/`, without leading `./` or `/`, without a trailing slash;
 * the root itself is the empty string.
 */
export interface Entry {
  readonly path: string;
  readonly type: EntryType;
  /** Permission bits with setuid, setgid and sticky: 0 to 0o7777. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes of content; 0 for everything but files. */
  readonly size: number;
  /** Seconds since 1970, may have a fraction; written as whole seconds unless asked otherwise. */
  readonly mtime: number;
  /** Nanoseconds after the last whole second of `mtime`, exact, where they were asked for: `mtime` cannot hold them all. */
  readonly mtimeNanos?: number;
  /** Target of a symlink as stored, or the path (relative to the root) of the entry that a hard link shares. */
  readonly linkName?: string;
  readonly devMajor?: number;
  readonly devMinor?: number;
  /** Extended attributes: full name (`security.capability`) to binary value. */
  readonly xattrs?: ReadonlyMap<string, Uint8Array>;
}

/** A tar member with its content, which has to be read (or left) before the next member is asked for. */
export interface EntryWithBody {
  readonly entry: Entry;
  /** Present for files only. */
  readonly body?: AsyncIterable<Uint8Array>;
  /** SHA-256 of the body, where whoever gives it knows that and makes sure of it: the body ends with an error for other bytes. */
  readonly content?: Digest;
}

/** An entry of a layer as its index tells it: all but the bytes. Whiteouts stay entries named `.wh.NAME`. */
export interface IndexedEntry extends Entry {
  /** Where the content begins in the uncompressed tar, in bytes. Files only. */
  readonly offset?: number;
  /** SHA-256 of the content. Files only. */
  readonly content?: Digest;
}

/** What a layer holds, without the bytes: made once, while the layer is written or read. */
export interface LayerIndex {
  readonly diffId: DiffId;
  /** Bytes of the uncompressed tar. */
  readonly size: number;
  readonly entries: readonly IndexedEntry[];
}
