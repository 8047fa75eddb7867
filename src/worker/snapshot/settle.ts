import { unlinkSync } from 'node:fs';
import { setImmediate as nextTick } from 'node:timers/promises';
import type { LayerTimes } from '../worker.ts';
import type { ListedNode } from './listing.ts';
import { setOwnMtime } from './mtime.ts';
import { rawPath } from './raw-path.ts';

/** Calls of the file system between two looks at other work. */
const BATCH = 500;

/**
 * Makes the nodes that a step wrote what its layer says of them, so that a later step sees the same whether the layer was unpacked or is
 * still there: times are whole seconds, later ones than `times.after` are `times.to`, and there are no sockets.
 */
export async function settle(
  root: string,
  nodes: readonly ListedNode[],
  times: LayerTimes | undefined,
): Promise<void> {
  // First, since it changes the times of folders.
  for (const { path } of nodes.filter(({ type }) => type === 'socket')) unlinkSync(rawPath(root, path));
  let count = 0;
  for (const { path, type, mtime } of nodes) {
    if (type === 'socket') continue;
    if (++count % BATCH === 0) await nextTick();
    const [whole, fraction] = partsOf(mtime);
    const seconds = times !== undefined && whole + fraction > times.after ? times.to : whole;
    // A folder may have lost a socket, and with it its time.
    if (seconds !== whole || fraction > 0 || type === 'directory') setOwnMtime(rawPath(root, path), seconds);
  }
}

/** The last whole second and what came after it; find prints both one after the other, before 1970 too: `-2.5` is a second and a half before. */
function partsOf(time: string): readonly [number, number] {
  const [whole = '', fraction = ''] = time.split('.');
  return [Number(whole), Number(`0.${fraction}`)];
}
