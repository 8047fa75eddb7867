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
    const work: Promise<void> = removeTree(grave).finally(() => this.#digging.delete(work));
    this.#digging.add(work);
  }

  /** All that was buried is gone. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#digging]);
  }
}
