import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Digest } from '../../image/digest.ts';

/** Which archive a cache folder had the content of, and how it looked then. */
export interface CacheMark {
  readonly archive: Digest;
  readonly fingerprint: string;
}

const NAME = 'mark.json';

/** `place` is the folder beside whose `data` the mark lies; only the worker writes to it. */
export async function writeMark(place: string, mark: CacheMark): Promise<void> {
  await writeFile(join(place, NAME), JSON.stringify(mark));
}

/** Undefined when there is none, or half of one. */
export async function readMark(place: string): Promise<CacheMark | undefined> {
  try {
    return JSON.parse(await readFile(join(place, NAME), 'utf8')) as CacheMark;
  } catch {
    return undefined;
  }
}
