import { stat } from 'node:fs/promises';

export type HeldKind =
  /** Results of steps and of cache mounts, without their bytes. */
  | 'record'
  /** Layers as stored, archives of cache mounts, documents of base images. */
  | 'blob'
  /** What layers hold. */
  | 'index'
  /** Unpacked for RUN. */
  | 'unpacked'
  /** Folders of RUN --mount=type=cache. */
  | 'mount'
  /** Of processes that were killed. */
  | 'temporary';

/** One thing that a folder holds for later builds. */
export interface HeldItem {
  readonly kind: HeldKind;
  /** Digest, key or name. */
  readonly id: string;
  /** Bytes. */
  readonly size: number;
  readonly lastUsed: Date;
  /** Deletes it, unless it was used since it was listed. False: it stays. */
  remove(): Promise<boolean>;
}

/** Has this file been used since then? A file's modification time is the time of its last use. */
export async function usedSince(path: string, then: Date): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  // Both rounded to milliseconds.
  return found !== undefined && found.mtime.getTime() > then.getTime();
}
