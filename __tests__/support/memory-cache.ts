import type { BuildCache, CacheRecord } from '../../src/cache/build-cache.ts';
import type { Digest } from '../../src/image/digest.ts';
import { bytesOf } from './cache-records.ts';

/** A cache in this process, which outlives builds; blobs can be taken away or damaged behind its back. */
export class MemoryCache implements BuildCache {
  readonly name: string;
  readonly writable = true;
  readonly records = new Map<string, CacheRecord>();
  readonly blobs = new Map<string, Buffer>();
  readonly opened: Digest[] = [];
  readonly #saving: Promise<void>[] = [];

  constructor(name = 'memory') {
    this.name = name;
  }

  readonly lookup: BuildCache['lookup'] = async (key, step) => {
    const record =
      this.records.get(key) ?? [...this.records.values()].findLast(({ contentKey }) => contentKey === key);
    if (record !== undefined) return { record };
    const nearest = [...this.records.values()].reverse().find((each) => each.step === step);
    return nearest === undefined ? {} : { nearest };
  };

  readonly hasBlob: BuildCache['hasBlob'] = async (digest) => this.blobs.has(digest);

  readonly openBlob: BuildCache['openBlob'] = async ({ digest }) => {
    const bytes = this.blobs.get(digest);
    if (bytes === undefined) return undefined;
    this.opened.push(digest);
    return (async function* () {
      yield bytes;
    })();
  };

  readonly save: BuildCache['save'] = (record, open) => {
    this.#saving.push(this.#keep(record, open));
  };

  readonly finish: BuildCache['finish'] = async () => {
    await Promise.all(this.#saving);
    return {
      name: this.name,
      recordsSaved: this.records.size,
      bytesUploaded: 0,
      bytesDownloaded: 0,
      notices: [],
    };
  };

  async #keep(record: CacheRecord, open: Parameters<BuildCache['save']>[1]): Promise<void> {
    this.records.set(record.key, record);
    if (open === undefined || record.layer === undefined) return;
    this.blobs.set(record.layer.descriptor.digest, (await bytesOf(await open())) ?? Buffer.alloc(0));
  }
}
