import { toBuildError } from '../../base/errors.ts';
import { collectGarbage } from '../../cache/backends/local/gc.ts';
import { firstLease } from '../../cache/backends/local/lease.ts';
import type { BuildOptions } from '../build-options.ts';
import { formatSize } from '../options/sizes.ts';
import { type HeldFolder, openHeldCache, openHeldState } from './held-folder.ts';

/** A file's time of use is not written again within a minute, so that a build may count on what tells an earlier time. Milliseconds. */
const TOUCH_MARGIN = 60_000;

/**
 * After a build, once it holds nothing any more: keeps the state folder and the folders that it wrote to `cache-max-size`, by last use and safely
 * beside other builds. Never throws.
 * @param isTemporary the state folder goes away with the job
 */
export async function tidyFolders(
  { cache: { maxSize, to }, stateDir }: Pick<BuildOptions, 'cache' | 'stateDir'>,
  isTemporary: boolean,
  onNotice: (message: string) => void,
): Promise<void> {
  if (maxSize === undefined) return;
  if (!isTemporary) await tidy(stateDir, () => openHeldState(stateDir, () => undefined), maxSize, onNotice);
  for (const { place } of to) {
    if (place.type !== 'local') continue;
    await tidy(place.folder, () => openHeldCache(place.folder), maxSize, onNotice);
  }
}

/** What was used at this time or later belongs to a running build; undefined: there is none. Milliseconds since 1970. */
export async function usedByBuilds(folder: string): Promise<number | undefined> {
  const first = await firstLease(folder);
  return first === undefined ? undefined : first - TOUCH_MARGIN;
}

/** For builds that end while the folder is looked at, and for those that begin then. */
export function earlier(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
}

async function tidy(
  folder: string,
  open: () => Promise<HeldFolder>,
  maxSize: number,
  onNotice: (message: string) => void,
): Promise<void> {
  try {
    const usedBefore = await usedByBuilds(folder);
    await using held = await open();
    const keepSince = earlier(usedBefore, await usedByBuilds(folder));
    const { before, after, deleted } = await collectGarbage(held.items, { maxSize, keepSince });
    await held.finish();
    if (held.unseen !== undefined) onNotice(`cache-max-size does not count all of ${folder}: ${held.unseen}`);
    if (deleted.length > 0)
      onNotice(
        `cache-max-size: ${formatSize(before - after)} that were not used for longest are deleted from ${folder}, ${formatSize(after)} are left`,
      );
    if (after > maxSize && keepSince !== undefined)
      onNotice(`${folder} has ${formatSize(after)}, more than cache-max-size: other builds are using it`);
  } catch (thrown) {
    onNotice(`${folder} could not be kept to cache-max-size: ${toBuildError(thrown).message}`);
  }
}
