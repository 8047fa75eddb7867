import { BuildError } from '../../base/errors.ts';
import { encodeName } from '../../image/layer/entry-name.ts';

/** Of Linux (limits.h), with the closing NUL: no call takes a longer path. */
const PATH_MAX = 4096;
/** Most bytes of UTF-8 that one unit of a string becomes. */
const MOST_BYTES = 3;
const SHOWN = 100;

/**
 * Checks that all of a tree can be reached by its path. A step can make folders below folders without end, one by one; a layer with such paths
 * could be unpacked nowhere.
 * @param root the tree's folder
 * @throws BuildError `PATH_TOO_LONG`
 */
export function checkPathLengths(root: string, nodes: readonly { readonly path: string }[]): void {
  const most = PATH_MAX - 1 - Buffer.byteLength(`${root}/`);
  for (const { path } of nodes) {
    if (path.length * MOST_BYTES <= most || encodeName(path).length <= most) continue;
    throw new BuildError({
      kind: 'user',
      code: 'PATH_TOO_LONG',
      message: `The step made a path of more than ${most} bytes, which no layer can hold: ${JSON.stringify(`/${path.slice(0, SHOWN)}`)}…`,
      hint: 'Delete it in the same step, or give its folders shorter names.',
    });
  }
}
