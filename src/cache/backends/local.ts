import { reasonOf } from '../../base/errors.ts';
import type { CacheKey } from '../../image/cache-key.ts';
import { parseCacheKey } from '../../image/cache-key.ts';
import type { ContentStore } from '../../image/content-store.ts';
import type { DiffId, Digest } from '../../image/digest.ts';
import { DigestCheck } from '../../image/digest-check.ts';
import type { LayerIndex } from '../../image/layer/entry.ts';
import { parseIndexOf, serialiseIndexOf } from '../../image/layer/index-format.ts';
import type { Descriptor } from '../../image/types.ts';
import type { BuildCache, CacheLookup, CacheRecord, CacheReport } from '../build-cache.ts';
import { parseJson } from '../cache-data.ts';
import { type Absence, Notices, type TellNotice } from '../notices.ts';
import { byAge, checkRecord, decodeRecord, encodeRecord, INLINE_INDEX_LIMIT } from '../record.ts';
import { LocalFolder } from './local/folder.ts';
import { LocalMounts } from './local/local-mounts.ts';
import { unreadable } from './local/unreadable.ts';

export interface LocalCacheOptions {
  /** Where records are kept; made where it is missing. */
  readonly folder: string;
  /** Where layers are kept. May be the build's own store: then nothing is copied. */
  readonly content: ContentStore;
  readonly name?: string;
  /** Default: keep new results too. */
  readonly mode?: 'read-write' | 'read-only';
  /** Whether and how to say that it is empty. */
  readonly absence?: Absence | undefined;
  /** false: no cache mounts are kept. Default: they are. */
  readonly mounts?: boolean;
  /** false: no documents of images are kept, since `content` has them anyway. Default: they are. */
  readonly documents?: boolean;
  readonly onNotice?: TellNotice;
}

/** Longest record read. Bytes. */
const LONGEST_RECORD = 1024 * 1024;
const LONGEST_INDEX = 256 * 1024 * 1024;

/** Opens a folder as a cache. Never fails: a folder that cannot be used is an empty cache with a notice. */
export async function openLocalCache(options: LocalCacheOptions): Promise<BuildCache> {
  const folder = new LocalFolder(options.folder);
  const notices = new Notices(`the local cache ${options.folder}`, options.onNotice);
  const exists = await folder.exists().catch((error: unknown) => {
    notices.add(`Nothing can be read from ${notices.place}: ${reasonOf(error)}`);
    return undefined;
  });
  if (exists === false) notices.absent(options.absence);
  let writable = options.mode !== 'read-only';
  if (writable && !(await folder.writable())) {
    writable = false;
    notices.add(`New results are not kept in ${notices.place}: the folder cannot be written`);
  }
  return new LocalCache(options, folder, notices, writable);
}

class LocalCache implements BuildCache {
  readonly name: string;
  readonly writable: boolean;
  readonly mounts?: LocalMounts;
  readonly #folder: LocalFolder;
  readonly #content: ContentStore;
  readonly #notices: Notices;
  readonly #keepsDocuments: boolean;
  readonly #saves = new Set<Promise<void>>();
  /** Blobs of which it could not be learnt whether they are here, or what they hold. */
  readonly #unread = new Set<Digest>();
  /** Why files could not be read, as told. */
  readonly #refusals = new Set<string>();
  #recordsSaved = 0;
  #bytesStored = 0;
  #bytesRead = 0;

  constructor(options: LocalCacheOptions, folder: LocalFolder, notices: Notices, writable: boolean) {
    this.name = options.name ?? 'local';
    this.#content = options.content;
    this.#folder = folder;
    this.#notices = notices;
    this.writable = writable;
    this.#keepsDocuments = options.documents !== false;
    if (options.mounts !== false) this.mounts = new LocalMounts(folder, options.content, notices);
  }

  async lookup(key: CacheKey, step: string): Promise<CacheLookup> {
    let isUnsure = false;
    const unsure = (): void => {
      isUnsure = true;
    };
    for (const file of [this.#folder.recordFile(key), this.#folder.documentsFile(key)]) {
      const record = await this.#read(key, file, unsure);
      if (record === undefined) continue;
      await this.#folder.touch(file);
      return { record };
    }
    // Nothing to compare with: it may be there, and the same.
    if (isUnsure) return { reason: `its record could not be read from ${this.name} (see the notice)` };
    const nearest = await this.#newestOf(step);
    return nearest === undefined ? {} : { nearest };
  }

  async hasBlob(digest: Digest): Promise<boolean> {
    return (await this.#tolerate(() => this.#content.stat(digest), this.#unsureOf(digest))) !== undefined;
  }

  isUnsure(digest: Digest): boolean {
    return this.#unread.has(digest) || this.mounts?.isUnsure(digest) === true;
  }

  async openBlob(descriptor: Descriptor): Promise<AsyncIterable<Uint8Array> | undefined> {
    return this.#tolerate(async () => {
      const { digest, size } = descriptor;
      const found = await this.#content.stat(digest);
      if (found === undefined) return undefined;
      if (found === size) return this.#watched(await this.#content.open(digest), digest);
      this.#tellDamaged(digest);
      return undefined;
    }, this.#unsureOf(descriptor.digest));
  }

  async layerIndex(diffId: DiffId): Promise<LayerIndex | undefined> {
    return this.#tolerate(async () => {
      const file = this.#folder.indexFile(diffId);
      const bytes = await this.#folder.read(file, LONGEST_INDEX);
      if (bytes === undefined) return undefined;
      await this.#folder.touch(file);
      return await parseIndexOf(bytes, diffId).catch(async (error: unknown) => {
        // The layer tells the same; kept, it would be told of in every build.
        await this.#folder.delete(file);
        throw error;
      });
    });
  }

  save(record: CacheRecord, open?: () => Promise<AsyncIterable<Uint8Array>>): void {
    if (!this.writable || (record.documents !== undefined && !this.#keepsDocuments)) return;
    const save = (record.documents === undefined ? this.#store(record, open) : this.#storeDocuments(record))
      .catch((error) =>
        this.#notices.add(`A result could not be kept in ${this.#notices.place}: ${reasonOf(error)}`),
      )
      .finally(() => this.#saves.delete(save));
    this.#saves.add(save);
  }

  async finish(): Promise<CacheReport> {
    while (this.#saves.size > 0) await Promise.all(this.#saves);
    await this.mounts?.settled();
    const records = await this.#tolerate(() => this.#folder.countRecords());
    return {
      name: this.name,
      ...(records === undefined ? {} : { held: { records } }),
      recordsSaved: this.#recordsSaved,
      bytesUploaded: this.#bytesStored + (this.mounts?.bytesStored ?? 0),
      bytesDownloaded: this.#bytesRead + (this.mounts?.bytesRead ?? 0),
      notices: this.#notices.lines,
      failures: this.#notices.failures,
    };
  }

  /** The record comes last: what it names is there once it is. */
  async #store(record: CacheRecord, open?: () => Promise<AsyncIterable<Uint8Array>>): Promise<void> {
    checkRecord(record);
    const folder = this.#folder;
    const { layer, index } = record;
    if (layer !== undefined && open !== undefined) {
      const { digest, size } = layer.descriptor;
      // One of another size was cut off.
      if ((await this.#content.stat(digest)) !== size) {
        await this.#content.put(await open(), { digest, size });
        this.#bytesStored += size;
      }
    }
    if (index !== undefined)
      await folder.write(folder.indexFile(index.diffId), await serialiseIndexOf(index));
    const text = JSON.stringify(encodeRecord(record));
    for (const key of [record.contentKey, record.key]) {
      if (key !== undefined) await folder.write(folder.recordFile(key), text);
    }
    const newest = await this.#newestOf(record.step);
    if (newest === undefined || byAge(record, newest) <= 0) {
      await folder.write(folder.stepFile(record.step), record.key);
    }
    this.#recordsSaved += 1;
  }

  /** Apart from results: nothing counts them as such, and no step is compared with them. */
  async #storeDocuments(record: CacheRecord): Promise<void> {
    checkRecord(record);
    await this.#folder.write(this.#folder.documentsFile(record.key), JSON.stringify(encodeRecord(record)));
  }

  /** @param unsure is called when nobody can tell what the file says */
  async #read(
    key: CacheKey,
    file = this.#folder.recordFile(key),
    unsure?: () => void,
  ): Promise<CacheRecord | undefined> {
    return this.#tolerate(async () => {
      const bytes = await this.#folder.read(file, LONGEST_RECORD);
      if (bytes === undefined) return undefined;
      const record = decodeRecord(parseJson(bytes.toString('utf8'), file));
      // A file that was copied to another name must not answer for it.
      if (record.key !== key && record.contentKey !== key) return undefined;
      const { layer } = record;
      const index = layer === undefined ? undefined : await this.#smallIndex(layer.diffId);
      return index === undefined ? record : { ...record, index };
    }, unsure);
  }

  /** Small ones go with the record; the others wait until they are asked for. */
  async #smallIndex(diffId: DiffId): Promise<LayerIndex | undefined> {
    const size = await this.#folder.size(this.#folder.indexFile(diffId));
    return size === undefined || size > INLINE_INDEX_LIMIT ? undefined : this.layerIndex(diffId);
  }

  async #newestOf(step: string): Promise<CacheRecord | undefined> {
    const key = await this.#tolerate(async () => {
      const bytes = await this.#folder.read(this.#folder.stepFile(step), 64);
      return bytes === undefined ? undefined : parseCacheKey(bytes.toString('utf8'));
    });
    return key === undefined ? undefined : this.#read(key);
  }

  /** The same bytes; a file that holds something else goes, so that the layer can be kept again. */
  async *#watched(source: AsyncIterable<Uint8Array>, digest: Digest): AsyncGenerator<Uint8Array> {
    const check = new DigestCheck(digest);
    try {
      for await (const chunk of source) {
        check.update(chunk);
        this.#bytesRead += chunk.length;
        yield chunk;
      }
    } catch (error) {
      this.#leaveOut(error, this.#unsureOf(digest));
      throw error;
    }
    if (check.holds()) return;
    this.#tellDamaged(digest);
    await this.#content.delete(digest);
  }

  #tellDamaged(digest: Digest): void {
    this.#notices.add(`The layer ${digest} in ${this.#notices.place} is damaged: it is not used`);
  }

  #unsureOf(digest: Digest): () => void {
    return () => this.#unread.add(digest);
  }

  /** Damaged and unreadable files are as if they were not there, but for a notice; of the latter `unsure` is told. */
  async #tolerate<T>(work: () => Promise<T | undefined>, unsure?: () => void): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.#leaveOut(error, unsure);
      return undefined;
    }
  }

  /** One line for all that the system refuses for one reason: it may be everything. */
  #leaveOut(error: unknown, unsure: (() => void) | undefined): void {
    const refusal = unreadable(error);
    if (refusal === undefined) {
      this.#notices.add(`A part of ${this.#notices.place} is left out: ${reasonOf(error)}`);
      return;
    }
    unsure?.();
    if (this.#refusals.has(refusal)) return;
    this.#refusals.add(refusal);
    this.#notices.add(`Not all can be read from ${this.#notices.place}: ${reasonOf(error)}`);
  }
}
