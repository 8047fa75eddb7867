import type { CacheIndex } from './cache-index.ts';

/** An index as it was found, or the place where the first one will be. */
export interface IndexState {
  /** Grows with each index; 0: there is none yet. */
  readonly sequence: number;
  readonly index: CacheIndex;
  /** Bytes downloaded, or uploaded when it was saved. */
  readonly size: number;
}

/** Where the index of a cache is kept, and how several builds that end together do not lose what the others wrote. */
export interface IndexKeeper {
  /**
   * The newest index. One that cannot be used counts as empty, with a notice.
   * @throws BuildError when nobody can tell
   */
  load(signal?: AbortSignal): Promise<IndexState>;
  /**
   * Saves what `change` makes of the newest index, of which `known` is what was seen last. Returns what is saved now.
   * @throws BuildError when it could not be saved; nothing has been told
   */
  save(
    known: IndexState | undefined,
    change: (newest: CacheIndex) => CacheIndex,
    signal?: AbortSignal,
  ): Promise<IndexState>;
  /**
   * What was saved last, looked at once more at the end of the build: another build that was slow may have written over it without having seen it.
   * Absent: that cannot happen.
   * @throws BuildError when nobody can tell
   */
  confirm?(saved: IndexState, signal?: AbortSignal): Promise<IndexState>;
}
