import type { BuildEpoch } from '../engine/engine.ts';
import { badInput } from './options/problems.ts';

export interface EpochHints {
  /** SOURCE_DATE_EPOCH as given. */
  readonly given: string | number | undefined;
  /** Seconds since 1970 of the commit that the context is, if it is one. */
  readonly committedAt: () => Promise<number | undefined>;
  /** When the Dockerfile was changed, seconds since 1970. */
  readonly dockerfile: number | undefined;
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
  const commit = await hints.committedAt();
  if (commit !== undefined) return { seconds: commit, clampAfter: commit, fixed: false };
  return { seconds: Math.min(hints.dockerfile ?? 0, hints.now), clampAfter: hints.now - 1, fixed: false };
}
