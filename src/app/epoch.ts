import { statSync } from 'node:fs';
import type { BuildEpoch } from '../engine/engine.ts';
import { badInput } from './options/problems.ts';

export interface EpochHints {
  /** SOURCE_DATE_EPOCH as given. */
  readonly given: string | number | undefined;
  /** The context's folder. */
  readonly folder: string | undefined;
  /** The Dockerfile's path. */
  readonly dockerfile: string | undefined;
  /** Seconds since 1970 of the commit that a folder holds, if it holds one. */
  readonly commitTime: (folder: string) => Promise<number | undefined>;
  /** Seconds since 1970. */
  readonly now: number;
}

/**
 * The time that an image tells: SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/), else the commit's, else the
 * Dockerfile's. With one of the first two, files that are newer get it; with the last, only what the build itself made does, since other
 * files of the context may rightly be newer than the Dockerfile.
 * @throws BuildError `BAD_INPUT`
 */
export async function findEpoch(hints: EpochHints): Promise<BuildEpoch> {
  if (hints.given !== undefined && hints.given !== '') {
    const seconds = Number(hints.given);
    if (!Number.isSafeInteger(seconds) || seconds < 0) {
      throw badInput(`SOURCE_DATE_EPOCH "${hints.given}" is not a whole number of seconds since 1970`);
    }
    return { seconds, clampAfter: seconds, fixed: true };
  }
  const commit = hints.folder === undefined ? undefined : await hints.commitTime(hints.folder);
  if (commit !== undefined) return { seconds: commit, clampAfter: commit, fixed: false };
  const seconds = hints.dockerfile === undefined ? 0 : Math.floor(statSync(hints.dockerfile).mtimeMs / 1000);
  return { seconds: Math.min(seconds, hints.now), clampAfter: hints.now - 1, fixed: false };
}
