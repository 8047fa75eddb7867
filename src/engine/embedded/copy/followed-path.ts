import { BuildError } from '../../../base/errors.ts';
import type { TreeNode } from '../../../image/file-tree.ts';
import { childPath, cleanPath, parentOf } from '../../../image/layer/entry-path.ts';

/** What path resolution needs of a tree. */
export type Lookup = (path: string) => Promise<Pick<TreeNode, 'type' | 'linkName'> | undefined>;

/** Links followed for one path; more is taken for a loop, as containerd's fs.RootPath does. */
const MOST_LINKS = 255;

/** A path without `.`, `..` and double slashes, relative to the root; `..` cannot leave the root. */
export function rooted(path: string): string {
  return cleanPath(`/${path}`);
}

/**
 * The path that `path` leads to when every symlink on the way is followed inside the tree: absolute targets start at the tree's
 * root, `..` stops there. Whatever does not exist is kept as it is, so that it can be made; with `keepLast` a link at the very
 * end is not followed.
 * @throws BuildError `TOO_MANY_LINKS`, `NOT_A_FOLDER`
 */
export async function followPath(lookup: Lookup, path: string, keepLast = false): Promise<string> {
  const ahead = partsOf(rooted(path));
  let done = '';
  let links = 0;
  for (let name = ahead.pop(); name !== undefined; name = ahead.pop()) {
    if (name === '..') {
      done = parentOf(done) ?? '';
      continue;
    }
    const here = childPath(done, name);
    const node = await lookup(here);
    const last = ahead.length === 0;
    const target = last && keepLast ? undefined : targetOf(node);
    if (target === undefined) {
      checkFolder(node, here, last);
      done = here;
    } else {
      links = oneMore(links, path);
      if (target.startsWith('/')) done = '';
      ahead.push(...partsOf(target));
    }
  }
  return done;
}

/** The parts of a path, last one first. */
function partsOf(path: string): string[] {
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .reverse();
}

type Found = Awaited<ReturnType<Lookup>>;

function targetOf(node: Found): string | undefined {
  return node?.type === 'symlink' ? (node.linkName ?? '') : undefined;
}

function checkFolder(node: Found, path: string, last: boolean): void {
  if (!last && node !== undefined && node.type !== 'directory') throw notAFolder(path);
}

export function notAFolder(path: string): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'NOT_A_FOLDER',
    message: `/${path} is not a folder: not a directory`,
  });
}

function oneMore(links: number, path: string): number {
  if (links < MOST_LINKS) return links + 1;
  throw new BuildError({
    kind: 'user',
    code: 'TOO_MANY_LINKS',
    message: `${path} leads through more than ${MOST_LINKS} symbolic links`,
    hint: 'Most likely two links point at each other.',
  });
}
