import { utimesSync } from 'node:fs';

const NANO = 1e9;

/** Sets a node's time, exact to a quarter of a microsecond: Node takes it as a double of seconds. */
export function setMtime(path: Buffer, mtimeNs: bigint): void {
  const seconds = Number(mtimeNs) / NANO;
  utimesSync(path, seconds, seconds);
}
