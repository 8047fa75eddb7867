import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from '../../base/make-folder.ts';
import { type Digest, parseDigest } from '../../image/digest.ts';

/** By what a file on disk is told from another one, and from itself at another time. */
export interface FileMark {
  readonly text: string;
  /** Milliseconds since 1970: when its content or anything else of it was last changed. */
  readonly changedAt: number;
}

const FORMAT = 'known-digests/1';
/** A file changed within this may be changed again without its times telling: the clock of a file system has ticks. Milliseconds. */
const SETTLED = 2000;
/** The most recently used are kept. */
const MOST_ENTRIES = 200_000;

type Entries = Map<string, readonly [mark: string, digest: Digest]>;

/**
 * Content digests of a folder's files from earlier builds. A file counts as unchanged while its device, number, size, and both times are what they were:
 * the time of its last change cannot be set by programs, unlike that of its content.
 */
export class KnownDigests {
  readonly #file: string;
  /** Path to mark and digest; the least recently used first. */
  readonly #entries: Entries;
  #isNew = false;

  private constructor(file: string, entries: Entries) {
    this.#file = file;
    this.#entries = entries;
  }

  /** From a file; one that is not there or damaged knows nothing. Never fails. */
  static async load(file: string): Promise<KnownDigests> {
    try {
      return new KnownDigests(file, parse(await readFile(file, 'utf8')));
    } catch {
      return new KnownDigests(file, new Map());
    }
  }

  static markOf({ dev, ino, size, mtimeMs, ctimeMs }: Stats): FileMark {
    return { text: [dev, ino, size, mtimeMs, ctimeMs].join(':'), changedAt: Math.max(mtimeMs, ctimeMs) };
  }

  of(path: string, { text }: FileMark): Digest | undefined {
    const entry = this.#entries.get(path);
    if (entry === undefined || entry[0] !== text) return undefined;
    this.#entries.delete(path);
    this.#entries.set(path, entry);
    return entry[1];
  }

  note(path: string, { text, changedAt }: FileMark, digest: Digest): void {
    this.#entries.delete(path);
    if (Date.now() - changedAt < SETTLED) return;
    this.#entries.set(path, [text, digest]);
    this.#isNew = true;
  }

  /** Writes the file, where there is something new. Never fails: what is not known is hashed again. */
  async save(): Promise<void> {
    if (!this.#isNew) return;
    const temporary = `${this.#file}.${randomUUID()}`;
    try {
      makeFolder(dirname(this.#file), 0o700);
      const kept = [...this.#entries].slice(-MOST_ENTRIES);
      const lines = kept.map(([path, [mark, digest]]) => JSON.stringify([path, mark, digest]));
      await writeFile(temporary, [FORMAT, ...lines, ''].join('\n'), { mode: 0o600 });
      await rename(temporary, this.#file);
    } catch {
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  }
}

function parse(text: string): Entries {
  const [format, ...lines] = text.split('\n');
  // The last line end is the mark of a whole file.
  if (format !== FORMAT || lines.pop() !== '') return new Map();
  return new Map(
    lines.map((line) => {
      const [path, mark, digest] = JSON.parse(line) as readonly [unknown, unknown, unknown];
      return [String(path), [String(mark), parseDigest(String(digest))]] as const;
    }),
  );
}
