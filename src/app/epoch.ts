import type { BuildEpoch } from '../engine/engine.ts';
import { isToldTime } from '../image/told-time.ts';

export interface EpochHints {
  /** SOURCE_DATE_EPOCH, seconds since 1970. */
  readonly given: number | undefined;
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
 */
export async function findEpoch(hints: EpochHints): Promise<BuildEpoch> {
  const { given } = hints;
  if (given !== undefined) return { seconds: given, clampAfter: given, fixed: true };
  const commit = await hints.committedAt();
  if (commit !== undefined && isToldTime(commit))
    return { seconds: commit, clampAfter: commit, fixed: false };
  const seconds = Math.min(hints.dockerfile ?? 0, hints.now);
  return { seconds: isToldTime(seconds) ? seconds : 0, clampAfter: hints.now - 1, fixed: false };
}
