import { reasonOf } from '../../../base/errors.ts';
import type { CacheKey } from '../../../image/cache-key.ts';
import type { ContentStore } from '../../../image/content-store.ts';
import type { Digest } from '../../../image/digest.ts';
import { DigestCheck } from '../../../image/digest-check.ts';
import type { CachedMount, MountCache } from '../../build-cache.ts';
import { parseJson } from '../../cache-data.ts';
import { decodeMount, encodeMount } from '../../cached-mount.ts';
import type { Notices } from '../../notices.ts';
import type { LocalFolder } from './folder.ts';
import { unreadable } from './unreadable.ts';

const LONGEST_MOUNT = 64 * 1024;

/** Cache mounts in a folder: a file for each, and its archive in the content store. */
export class LocalMounts implements MountCache {
  readonly #folder: LocalFolder;
  readonly #content: ContentStore;
  readonly #notices: Notices;
  readonly #saves = new Set<Promise<unknown>>();
  /** Archives of which it could not be learnt whether they are here, or what they hold. */
  readonly #unread = new Set<Digest>();
  bytesStored = 0;
  bytesRead = 0;

  constructor(folder: LocalFolder, content: ContentStore, notices: Notices) {
    this.#folder = folder;
    this.#content = content;
    this.#notices = notices;
  }

  async find(key: CacheKey): Promise<CachedMount | undefined> {
    try {
      const mount = await this.#read(key);
      if (mount === undefined) return undefined;
      const size = await this.#content.stat(mount.archive.digest);
      if (size !== mount.archive.size) return undefined;
      await this.#folder.touch(this.#folder.mountFile(key));
      return mount;
    } catch (error) {
      this.#notices.add(`A cache mount of ${this.#notices.place} is left out: ${reasonOf(error)}`);
      return undefined;
    }
  }

  async open({ archive }: CachedMount): Promise<AsyncIterable<Uint8Array> | undefined> {
    const { digest } = archive;
    try {
      return (await this.#content.stat(digest)) === undefined ? undefined : this.#watched(digest);
    } catch (error) {
      this.#fail(digest, error);
      return undefined;
    }
  }

  /** As BuildCache.isUnsure. */
  isUnsure(digest: Digest): boolean {
    return this.#unread.has(digest);
  }

  save(mount: CachedMount, open: () => Promise<AsyncIterable<Uint8Array>>): Promise<boolean> {
    const save = this.#save(mount, open)
      .catch((error) => {
        this.#notices.add(`A cache mount could not be kept in ${this.#notices.place}: ${reasonOf(error)}`);
        return false;
      })
      .finally(() => this.#saves.delete(save));
    this.#saves.add(save);
    return save;
  }

  async settled(): Promise<void> {
    await Promise.all(this.#saves);
  }

  /** The file comes last: what it names is there once it is. */
  async #save(mount: CachedMount, open: () => Promise<AsyncIterable<Uint8Array>>): Promise<boolean> {
    const { digest, size } = mount.archive;
    const before = await this.#read(mount.key).catch(() => undefined);
    if ((await this.#content.stat(digest)) !== size) {
      await this.#content.put(await open(), { digest, size });
      this.bytesStored += size;
    }
    await this.#folder.write(this.#folder.mountFile(mount.key), JSON.stringify(encodeMount(mount)));
    if (before !== undefined && before.archive.digest !== digest) await this.#drop(before.archive.digest);
    return true;
  }

  /** An archive that was replaced, unless another mount has the same content. Whoever reads it now goes on reading. */
  async #drop(digest: Digest): Promise<void> {
    for await (const { path, kind } of this.#folder.files()) {
      if (kind !== 'mount') continue;
      const bytes = await this.#folder.read(path, LONGEST_MOUNT).catch(() => undefined);
      if (bytes?.includes(digest) === true) return;
    }
    await this.#content.delete(digest);
  }

  async #read(key: CacheKey): Promise<CachedMount | undefined> {
    const file = this.#folder.mountFile(key);
    const bytes = await this.#folder.read(file, LONGEST_MOUNT);
    if (bytes === undefined) return undefined;
    const mount = decodeMount(parseJson(bytes.toString('utf8'), file));
    // A file that was copied to another name must not answer for it.
    return mount.key === key ? mount : undefined;
  }

  /** The same bytes; a file that holds something else goes. */
  async *#watched(digest: Digest): AsyncGenerator<Uint8Array> {
    const check = new DigestCheck(digest);
    try {
      for await (const chunk of await this.#content.open(digest)) {
        check.update(chunk);
        this.bytesRead += chunk.length;
        yield chunk;
      }
    } catch (error) {
      this.#fail(digest, error);
      throw error;
    }
    if (check.holds()) return;
    this.#notices.add(`A cache mount in ${this.#notices.place} is damaged: it is not used`);
    await this.#content.delete(digest);
  }

  #fail(digest: Digest, error: unknown): void {
    if (unreadable(error) !== undefined) this.#unread.add(digest);
    this.#notices.add(`A cache mount of ${this.#notices.place} cannot be read: ${reasonOf(error)}`);
  }
}
