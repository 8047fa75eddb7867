import type { CacheMount } from './worker.ts';

const DEFAULT_MODE = 0o755;

/**
 * Owner and mode that a cache mount begins with, where they are not the usual ones: root's, 0755. They tell caches apart, as in BuildKit, where
 * they belong to what the folder is made from (dockerfile2llb, setCacheUIDGID): a folder that root made first is of no use to a step of another user.
 */
export function cacheShape({ mode, uid, gid }: CacheMount): readonly string[] {
  return mode === DEFAULT_MODE && uid === 0 && gid === 0 ? [] : [`${mode.toString(8)} ${uid}:${gid}`];
}
