import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rename, stat, utimes, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { type DiffId, encoded } from '../../image/digest.ts';
import type { LayerFile } from '../worker.ts';
import type { LayerFacts, UnpackRules } from './layer-members.ts';
import { removeTree, treeSize } from './trees.ts';
import { unpackLayer } from './unpack.ts';

export interface UnpackedLayer {
  readonly diffId: DiffId;
  /** The folder with the layer's files. */
  readonly path: string;
  readonly facts: LayerFacts;
}

interface StoredFacts extends LayerFacts {
  /** Which boot wrote it: nothing is synced to disk, so a layer from before a crash may have holes. */
  readonly boot: string;
}

/**
 * Unpacked layers by diffID, one folder each, shared by all workers of a state folder:
 * `layers/HEX/fs` and `layers/HEX/facts.json`, whose time is that of the last use.
 */
export class LayerStore {
  readonly #layers: string;
  readonly #scratch: string;
  readonly #rules: UnpackRules;
  readonly #boot = bootId();
  readonly #unpacking = new Map<DiffId, Promise<UnpackedLayer>>();
  readonly #limit = pLimit(Math.max(2, availableParallelism()));

  /** `scratch`: a folder of this worker on the same file system. */
  constructor(layers: string, scratch: string, rules: UnpackRules) {
    this.#layers = layers;
    this.#scratch = scratch;
    this.#rules = rules;
  }

  /** The unpacked layer; calls for the same one share the work, and its end does not depend on who waits. */
  async ensure(layer: LayerFile, signal?: AbortSignal): Promise<UnpackedLayer> {
    signal?.throwIfAborted();
    return await this.#once(layer.diffId, () => this.#limit(() => this.#unpack(layer)));
  }

  /** Like `ensure`, for a folder that `make` fills. */
  async ensureTree(key: DiffId, make: (folder: string) => Promise<LayerFacts>): Promise<UnpackedLayer> {
    return await this.#once(key, async () => {
      const folder = await this.#newFolder();
      try {
        return await this.adopt(key, folder, await make(folder));
      } catch (error) {
        await removeTree(folder);
        throw error;
      }
    });
  }

  /** Takes a folder (on the same file system) as the unpacked form of a layer. */
  async adopt(diffId: DiffId, folder: string, facts: LayerFacts): Promise<UnpackedLayer> {
    const place = join(this.#layers, encoded(diffId));
    const wrapped = await this.#newFolder();
    try {
      await rename(folder, join(wrapped, 'fs'));
      const stored: StoredFacts = { ...facts, boot: await this.#boot };
      await writeFile(join(wrapped, 'facts.json'), JSON.stringify(stored));
      await rename(wrapped, place);
    } catch (error) {
      await removeTree(wrapped);
      if (!isTaken(error)) throw error;
    }
    return { diffId, path: join(place, 'fs'), facts };
  }

  async prune(before: Date): Promise<number> {
    const old: string[] = [];
    for (const name of await readdir(this.#layers)) {
      const facts = await stat(join(this.#layers, name, 'facts.json')).catch(() => undefined);
      if (facts === undefined || facts.mtime < before) old.push(name);
    }
    return await this.#discard(old);
  }

  /** What is here, marked as used. What a crash of the machine damaged goes. */
  async find(diffId: DiffId): Promise<UnpackedLayer | undefined> {
    const place = join(this.#layers, encoded(diffId));
    const file = join(place, 'facts.json');
    let stored = await readFacts(file);
    if (stored === undefined) {
      if (!existsSync(place)) return undefined;
      // Another worker may just have put it there.
      stored = await readFacts(file);
    }
    if (stored?.boot !== (await this.#boot)) {
      await this.#discard([encoded(diffId)]);
      return undefined;
    }
    const { boot: _boot, ...facts } = stored;
    const now = new Date();
    const isThere = await utimes(file, now, now).then(
      () => true,
      (error: unknown) => !isMissing(error),
    );
    return isThere ? { diffId, path: join(place, 'fs'), facts } : undefined;
  }

  async #once(key: DiffId, make: () => Promise<UnpackedLayer>): Promise<UnpackedLayer> {
    let work = this.#unpacking.get(key);
    if (work === undefined) {
      work = this.find(key).then((found) => found ?? make());
      this.#unpacking.set(key, work);
      const done = (): boolean => this.#unpacking.delete(key);
      work.then(done, done);
    }
    return await work;
  }

  async #unpack(layer: LayerFile): Promise<UnpackedLayer> {
    const folder = await this.#newFolder();
    try {
      const members = await unpackLayer(layer, folder, this.#rules);
      return await this.adopt(layer.diffId, folder, members.facts);
    } catch (error) {
      await removeTree(folder);
      throw error;
    }
  }

  /** Moved away first, so that nobody finds half a layer. */
  async #discard(names: readonly string[]): Promise<number> {
    const grave = await this.#newFolder();
    // What another worker took away first is not ours to count.
    await Promise.allSettled(names.map((name) => rename(join(this.#layers, name), join(grave, name))));
    const size = await treeSize(grave);
    await removeTree(grave);
    return names.length === 0 ? 0 : size;
  }

  async #newFolder(): Promise<string> {
    const folder = await mkdtemp(join(this.#scratch, 'layer-'));
    await chmod(folder, 0o755);
    return folder;
  }
}

async function bootId(): Promise<string> {
  return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => 'unknown')).trim();
}

/** Undefined for none, and for what is half written: a crash leaves such files. */
async function readFacts(file: string): Promise<StoredFacts | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  try {
    return (JSON.parse(text) as StoredFacts | null) ?? undefined;
  } catch {
    return undefined;
  }
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR';
}

function isTaken(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOTEMPTY' || code === 'EEXIST';
}
