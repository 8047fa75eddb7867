import type { Entry } from '../../image/layer/entry.ts';
import type { MadeLayer } from './solver.ts';

/** The layers that the steps of one build made, found by what a new layer is going to hold. */
export class MadeLayers {
  readonly #bySize = new Map<string, MadeLayer[]>();

  add(made: MadeLayer): void {
    const size = sizeOf(made.index.entries);
    const list = this.#bySize.get(size);
    if (list === undefined) this.#bySize.set(size, [made]);
    else list.push(made);
  }

  /**
   * Layers with the same paths, of the same size, owner, mode and time. Whether contents and order are the same, too, only their diffIDs tell.
   * @param entries in byte order of their paths
   */
  alike(entries: readonly Entry[]): readonly MadeLayer[] {
    const list = this.#bySize.get(sizeOf(entries)) ?? [];
    return list.filter(({ index }) => index.entries.every((entry, i) => isAlike(entry, entries[i])));
  }
}

function sizeOf(entries: readonly Entry[]): string {
  return `${entries.length} ${entries.reduce((sum, { size }) => sum + size, 0)}`;
}

function isAlike(a: Entry, b: Entry | undefined): boolean {
  return (
    b !== undefined &&
    a.path === b.path &&
    a.type === b.type &&
    a.size === b.size &&
    a.mode === b.mode &&
    a.uid === b.uid &&
    a.gid === b.gid &&
    Math.floor(a.mtime) === Math.floor(b.mtime)
  );
}
