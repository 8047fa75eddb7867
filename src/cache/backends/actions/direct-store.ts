import { reasonOf } from '../../../base/errors.ts';
import { oneChunk } from '../../../image/one-chunk.ts';
import type { FoundEntry, NewestStore, OpenOptions, PutOutcome, Upload } from '../indexed/blob-store.ts';
import { LONGEST_INDEX } from '../indexed/index-file.ts';
import { download, downloadAll } from './download.ts';
import type { ActionsCacheEnvironment } from './environment.ts';
import { cacheServiceError, HttpClient } from './http-client.ts';
import { type LocatedEntry, ServiceClient } from './service-client.ts';
import { readBlocks, upload } from './upload.ts';

/** The cache service by its own protocol: no archive, no temporary copy, nothing downloaded twice. */
export class DirectStore implements NewestStore {
  readonly #http: HttpClient;
  readonly #service: ServiceClient;

  constructor(environment: ActionsCacheEnvironment) {
    this.#http = new HttpClient(environment);
    this.#service = new ServiceClient(this.#http, environment);
  }

  async find(key: string, signal?: AbortSignal): Promise<FoundEntry | undefined> {
    const located = await this.#service.locate(key, signal);
    // The service takes a key for a prefix too.
    return located?.key === key ? this.#entry(located) : undefined;
  }

  async newest(prefix: string, signal?: AbortSignal): Promise<FoundEntry | undefined> {
    const located = await this.#service.locate(prefix, signal);
    return located === undefined ? undefined : this.#entry(located);
  }

  async put(key: string, content: Upload, signal?: AbortSignal): Promise<PutOutcome> {
    let taken = false;
    try {
      await using blocks = await readBlocks(content);
      const reservation = await this.#service.reserve(key, signal);
      if (reservation.type !== 'reserved') return reservation;
      taken = true;
      const size = await upload(this.#http, reservation.url, blocks, content.size, signal);
      if (size !== content.size) {
        return { type: 'failed', taken, reason: `it has ${size} bytes instead of ${content.size}` };
      }
      await this.#finalize(key, size, signal);
      return { type: 'saved' };
    } catch (error) {
      return { type: 'failed', taken, reason: reasonOf(error) };
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#http[Symbol.dispose]();
  }

  /** A second try, after an answer that was lost, is told that there is nothing to end: then the entry is there. */
  async #finalize(key: string, size: number, signal: AbortSignal | undefined): Promise<void> {
    try {
      await this.#service.finalize(key, size, signal);
    } catch (error) {
      const found = await this.find(key, signal).catch(() => undefined);
      if (found === undefined) throw error;
    }
  }

  #entry(located: LocatedEntry): FoundEntry {
    let { url } = located;
    const current = async (fresh: boolean, signal: AbortSignal | undefined): Promise<string> => {
      if (fresh) {
        const again = await this.#service.locate(located.key, signal);
        if (again?.key !== located.key) throw lost(located.key);
        ({ url } = again);
      }
      return url;
    };
    const open = async ({ range, size, signal }: OpenOptions = {}): Promise<AsyncIterable<Uint8Array>> => {
      const { start, end } = range ?? { start: 0, end: size };
      // Only an index is read without knowing its size.
      if (end === undefined) return oneChunk(await downloadAll(this.#http, url, LONGEST_INDEX, signal));
      return download({ http: this.#http, url: (fresh) => current(fresh, signal), start, end, signal });
    };
    return { key: located.key, open };
  }
}

function lost(key: string): Error {
  return cacheServiceError('ACTIONS_CACHE_FAILED', `the entry ${key} is gone`);
}
