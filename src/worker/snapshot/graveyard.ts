import { rename } from 'node:fs/promises';
import { removeTree } from './trees.ts';

/** Deletes folders in the background: nobody has to wait for a large tree to go. */
export class Graveyard {
  readonly #folder: string;
  readonly #digging = new Set<Promise<void>>();
  #counter = 0;

  /** `folder`: on the file system of what will be deleted. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The path is free at once. */
  async bury(path: string): Promise<void> {
    const grave = `${this.#folder}/gone-${++this.#counter}`;
    await rename(path, grave);
    this.awaits(removeTree(grave));
  }

  /** Something else that has to have come to its end when `settled` returns. */
  awaits(work: Promise<void>): void {
    const done: Promise<void> = work.catch(() => undefined).finally(() => this.#digging.delete(done));
    this.#digging.add(done);
  }

  /** All that was buried is gone. */
  async settled(): Promise<void> {
    while (this.#digging.size > 0) await Promise.allSettled([...this.#digging]);
  }
}
