import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { BuildError, reasonWithHint } from '../../../base/errors.ts';
import { oneChunk } from '../../../image/one-chunk.ts';
import type { Notices } from '../../notices.ts';
import { RECORD_FORMAT } from '../../record.ts';
import type { FoundEntry, NewestStore, PutOutcome } from '../indexed/blob-store.ts';
import { CacheIndex } from '../indexed/cache-index.ts';
import {
  decodeIndexFile,
  encodeIndexFile,
  type IndexIdentity,
  indexTooBig,
  LONGEST_INDEX,
} from '../indexed/index-file.ts';
import type { IndexKeeper, IndexState } from '../indexed/index-keeper.ts';
import { KEY_PREFIX } from '../indexed/keys.ts';
import { cacheServiceError } from './http-client.ts';

/** Milliseconds. */
const POLL = 500;
/** The same for a store that tells of each look in the job's log. */
const VAGUE_POLL = 2000;
/** Milliseconds after which saving is given up when others are always faster. */
const MOST_TIME = 90_000;
/** Numbers in a row that others have taken and do not finish, after which saving is given up. */
const MOST_ABANDONED = 8;
/** Longest Retry-After that is waited for, once a job: without its index all that a job has uploaded is of no use. Seconds. */
const LONGEST_WAIT = 60;
/** Least that `patience` is halved to with each of them. Milliseconds. */
const LEAST_PATIENCE = 1000;

export interface IndexChainOptions {
  readonly store: NewestStore;
  readonly identity: IndexIdentity;
  /** The git ref whose scope it is; undefined when the token does not tell. */
  readonly ref: string | undefined;
  readonly notices: Notices;
  /** Milliseconds to wait for an index that another job is writing, before it is taken for abandoned. */
  readonly patience: number;
  /** The store cannot tell a key that another job is writing from a failure. */
  readonly vague: boolean;
}

/**
 * The indexes of one writing scope, numbered. An entry is immutable and its key can be taken once, so whoever writes number n + 1 has seen
 * number n: two jobs that end together never lose each other's records, the later one is refused, merges, and takes the next number.
 */
export class IndexChain implements IndexKeeper {
  readonly #store: NewestStore;
  readonly #identity: IndexIdentity;
  readonly #notices: Notices;
  readonly #patience: number;
  readonly #vague: boolean;
  readonly #prefix: string;
  /** The last number that is known to be taken without an index. */
  #abandoned = 0;
  /** Numbers of other jobs that were passed over: they may only have been slow. */
  readonly #passed = new Set<number>();
  #hasWaited = false;
  /** A failure was waited out for another job's index, which did not come. */
  #wasInVain = false;

  constructor({ store, identity, ref, notices, patience, vague }: IndexChainOptions) {
    this.#store = store;
    this.#identity = identity;
    this.#notices = notices;
    this.#patience = patience;
    this.#vague = vague;
    this.#prefix = indexPrefix(identity, ref);
  }

  async load(signal?: AbortSignal): Promise<IndexState> {
    const entry = await this.#store.newest(this.#prefix, signal);
    if (entry === undefined) return { sequence: 0, index: new CacheIndex(), size: 0 };
    const sequence = Number.parseInt(entry.key.slice(-SEQUENCE_DIGITS), 10);
    const { index, size } = await this.#read(entry, signal);
    return { sequence: Number.isNaN(sequence) ? 0 : sequence, index, size };
  }

  async save(
    known: IndexState | undefined,
    change: (newest: CacheIndex) => CacheIndex,
    signal?: AbortSignal,
  ): Promise<IndexState> {
    const deadline = Date.now() + MOST_TIME;
    let newest = await this.#withLate(known ?? (await this.load(signal)), signal);
    let sequence = Math.max(newest.sequence, this.#abandoned) + 1;
    let inARow = 0;
    while (Date.now() < deadline) {
      const index = change(newest.index).trimmed();
      const bytes = await encodeIndexFile(index, this.#identity);
      const outcome = await this.#put(sequence, bytes, signal);
      if (outcome.type === 'saved') return { sequence, index, size: bytes.length };
      if (outcome.type === 'failed' && outcome.taken === true) this.#abandoned = sequence;
      const patience = Math.max(
        this.#patience / 2 ** this.#passed.size,
        Math.min(LEAST_PATIENCE, this.#patience),
      );
      const next = await this.#waitFor(sequence, outcome, patience, signal);
      if (next.sequence >= sequence) {
        newest = next;
        inARow = 0;
      } else {
        // A number whose upload was never finished stays taken for a day.
        this.#abandoned = sequence;
        this.#passed.add(sequence);
        inARow += 1;
        if (inARow === MOST_ABANDONED)
          throw notSaved('its place is taken by other jobs that do not finish saving theirs');
      }
      sequence = Math.max(next.sequence, sequence) + 1;
    }
    throw notSaved('other jobs kept saving theirs at the same time');
  }

  async #put(sequence: number, bytes: Buffer, signal: AbortSignal | undefined): Promise<PutOutcome> {
    const put = (): Promise<PutOutcome> => {
      const upload = { size: bytes.length, open: async () => oneChunk(bytes) };
      return this.#store.put(this.#prefix + digits(sequence), upload, signal);
    };
    const outcome = await put();
    if (outcome.type !== 'limited' || this.#hasWaited || outcome.retryAfter > LONGEST_WAIT) return outcome;
    this.#hasWaited = true;
    await sleep(outcome.retryAfter * 1000, undefined, { signal });
    return put();
  }

  /**
   * After a refusal: the index that took the number, or the last one before it when that was abandoned.
   * @throws BuildError where there is nothing to wait for
   */
  async #waitFor(
    sequence: number,
    outcome: PutOutcome,
    patience: number,
    signal: AbortSignal | undefined,
  ): Promise<IndexState> {
    if (outcome.type === 'denied' || outcome.type === 'limited') throw notSaved(outcome.reason);
    const isTaken = outcome.type === 'exists';
    const mayBeTaken = isTaken || (this.#vague && !this.#wasInVain);
    const until = Date.now() + (mayBeTaken ? patience : 0);
    for (;;) {
      const newest = await this.load(signal);
      const state = isTaken ? await this.#withOvertaken(newest, sequence, signal) : newest;
      if (state.sequence >= sequence) return state;
      if (Date.now() >= until) {
        if (outcome.type !== 'failed') return state;
        this.#wasInVain = true;
        throw notSaved(outcome.reason);
      }
      await this.#pause(signal);
    }
  }

  /** Not in step with the other jobs of a matrix. */
  async #pause(signal: AbortSignal | undefined): Promise<void> {
    const poll = this.#vague ? VAGUE_POLL : POLL;
    await sleep(poll * (0.5 + Math.random()), undefined, { signal });
  }

  /**
   * The newest index is the one that was finished last. Where that was passed over for abandoned, a later number is finished too, and each of the two
   * knows nothing of the other.
   */
  async #withOvertaken(
    newest: IndexState,
    sequence: number,
    signal: AbortSignal | undefined,
  ): Promise<IndexState> {
    if (newest.sequence >= sequence) return newest;
    const found = await this.#numbered(sequence, signal);
    return found === undefined
      ? newest
      : { sequence, index: newest.index.mergedWith(found.index), size: found.size };
  }

  /** With what jobs have saved that were passed over before. */
  async #withLate(newest: IndexState, signal: AbortSignal | undefined): Promise<IndexState> {
    let { index } = newest;
    for (const sequence of this.#passed) {
      const found = await this.#numbered(sequence, signal);
      if (found === undefined) continue;
      index = found.index.mergedWith(index);
      this.#passed.delete(sequence);
    }
    return { ...newest, index };
  }

  async #numbered(
    sequence: number,
    signal: AbortSignal | undefined,
  ): Promise<Pick<IndexState, 'index' | 'size'> | undefined> {
    const entry = await this.#store.find(this.#prefix + digits(sequence), signal);
    return entry === undefined ? undefined : this.#read(entry, signal);
  }

  async #read(
    entry: FoundEntry,
    signal: AbortSignal | undefined,
  ): Promise<Pick<IndexState, 'index' | 'size'>> {
    let size = 0;
    try {
      const file = await readIndexFile(entry, signal);
      size = file.length;
      return { index: await decodeIndexFile(file, this.#identity), size };
    } catch (error) {
      if (!isUnusable(error)) throw error;
      this.#notices.add(`An index in ${this.#notices.place} is left out: ${reasonWithHint(error)}`);
      return { index: new CacheIndex(), size };
    }
  }
}

/**
 * @throws BuildError `CACHE_DATA_BAD` for one that is too big; of kind `remote` when it cannot be had
 */
export async function readIndexFile(entry: FoundEntry, signal: AbortSignal | undefined): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of await entry.open({ signal })) {
      size += chunk.length;
      if (size > LONGEST_INDEX) throw indexTooBig();
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof BuildError && error.code === 'ACTIONS_CACHE_TOO_LONG' ? indexTooBig(error) : error;
  }
  return Buffer.concat(chunks);
}

/** Is the index there, but no use to anybody here? Then the next one takes its place. */
function isUnusable(error: unknown): boolean {
  return (
    error instanceof BuildError && (error.code === 'CACHE_DATA_BAD' || error.code === 'CACHE_NOT_SIGNED')
  );
}

function notSaved(reason: string): BuildError {
  return cacheServiceError('ACTIONS_CACHE_FAILED', reason);
}

const SEQUENCE_DIGITS = 8;

function digits(sequence: number): string {
  return String(sequence).padStart(SEQUENCE_DIGITS, '0');
}

/** Readable at the front for whoever looks at the list of caches; the hashes keep apart what looks alike. */
function indexPrefix(identity: IndexIdentity, ref: string | undefined): string {
  return `${identityPrefix(identity)}${shortHash(ref ?? '')}-`;
}

/** What the keys of all indexes with this identity begin with, whichever ref they are for. */
export function identityPrefix({ scope, platform }: IndexIdentity): string {
  const name = `${slug(scope, 60)}-${slug(platform, 24)}`;
  return `${KEY_PREFIX}I-${name}-${shortHash(`${RECORD_FORMAT}\n${scope}\n${platform}`)}-`;
}

function slug(text: string, most: number): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, most);
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
