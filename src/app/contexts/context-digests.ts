import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { KnownDigests } from '../../worker/source/known-digests.ts';

/** What earlier builds found in folders that are contexts: a file of a state folder for each of them. */
export class ContextDigests {
  readonly #folder: string;
  readonly #opened = new Map<string, Promise<KnownDigests>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The digests of a folder, which may be reached by several paths. Never fails. */
  async of(context: string): Promise<KnownDigests> {
    const root = await realpath(context).catch(() => context);
    let known = this.#opened.get(root);
    if (known === undefined) {
      known = KnownDigests.load(join(this.#folder, createHash('sha256').update(root).digest('hex')));
      this.#opened.set(root, known);
    }
    return known;
  }

  async save(): Promise<void> {
    for (const known of this.#opened.values()) await (await known).save();
  }
}
