import { lutimesSync, utimesSync } from 'node:fs';

const NANO = 1e9;

/** Sets a node's time, exact to a quarter of a microsecond: Node takes it as a double of seconds. */
export function setMtime(path: Buffer, mtimeNs: bigint): void {
  const time = asText(Number(mtimeNs) / NANO);
  utimesSync(path, time, time);
}

/** Sets the time of a node that may be a link, in seconds since 1970. */
export function setOwnMtime(path: Buffer, seconds: number): void {
  const time = asText(seconds);
  lutimesSync(path, time, time);
}

/** For a number below 0 Node takes the present time, for the same number as text it does not. */
function asText(seconds: number): string {
  return String(seconds);
}
