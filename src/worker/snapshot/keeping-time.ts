import { lstatSync } from 'node:fs';
import { setMtime } from './mtime.ts';

/** Changes something in a folder without a trace in the folder's own time. */
export function keepingTime(folder: Buffer, change: () => void): void {
  const { mtimeNs } = lstatSync(folder, { bigint: true });
  change();
  setMtime(folder, mtimeNs);
}
