import type { PatternState } from '../../../dockerfile/pattern-state.ts';
import type { FileTree, TreeNode } from '../../../image/file-tree.ts';
import { childPath } from '../../../image/layer/entry-path.ts';
import type { ContentSelector } from '../../../image/solver-vertex.ts';
import { followPath, rooted } from '../copy/followed-path.ts';
import { goMatcher, hasWildcard } from '../copy/go-match.ts';
import { PathPatterns } from '../copy/path-patterns.ts';

/** A file, or a folder for its own metadata, that a selector with wildcards or patterns includes. */
export interface IncludedPath {
  /** As the selector reaches it, without a leading slash: links that it goes through are in it. */
  readonly path: string;
  readonly node: TreeNode;
  /** It is in no folder that was included or may yet be: a link is followed then, as COPY follows it. */
  readonly first: boolean;
}

/** A folder on the way down. */
interface Folder extends IncludedPath {
  included: boolean;
  readonly include: PatternState | undefined;
  readonly exclude: PatternState | undefined;
}

interface Walk {
  readonly tree: FileTree;
  /** Where the selector begins, as written and with its links followed. */
  readonly written: string;
  readonly followed: string;
  /** Absent: everything below where it begins. */
  readonly matches?: (path: string) => boolean;
  /** Deeper than this nothing can match. */
  readonly depth: number;
  readonly include: PathPatterns | undefined;
  readonly exclude: PathPatterns | undefined;
  readonly found: IncludedPath[];
}

/**
 * What BuildKit counts for a selector with wildcards or patterns, in its order (cache/contenthash/checksum.go, includedPaths): folders by
 * their own metadata, and of those above only the ones in which something is included.
 * @throws BuildError as followPath; `BAD_PATTERN`
 */
export async function includedPaths(
  tree: FileTree,
  { path, wildcard, include, exclude }: ContentSelector,
): Promise<readonly IncludedPath[]> {
  const pattern = rooted(path);
  const names = pattern.split('/');
  const first = wildcard ? names.findIndex(hasWildcard) : -1;
  const written = names.slice(0, first === -1 ? names.length : first).join('/');
  const followed = await followPath((at) => tree.lookup(at), written, first === -1);
  const walk: Walk = {
    tree,
    written,
    followed,
    ...(wildcard ? { matches: goMatcher(pattern) } : {}),
    // A character class may match a slash.
    depth: pattern.includes('[') ? Number.POSITIVE_INFINITY : names.length,
    include: patternsOf(include),
    exclude: patternsOf(exclude),
    found: [],
  };
  const matched = wildcard ? undefined : written;
  const start = await tree.lookup(followed);
  // The root is walked through, but does not count itself.
  if (followed === '') await visitAll(walk, '', matched, []);
  else if (start !== undefined) await visit(walk, start, matched, []);
  return walk.found;
}

function patternsOf(texts: readonly string[]): PathPatterns | undefined {
  return texts.length === 0 ? undefined : new PathPatterns(texts);
}

/**
 * @param above the path that the selector matched and below which its patterns apply; undefined while nothing has matched
 * @param parents folders on the way that count or may yet
 */
async function visit(
  walk: Walk,
  node: TreeNode,
  above: string | undefined,
  parents: readonly Folder[],
): Promise<void> {
  const path = toldPath(walk, node.path);
  const matched = above ?? (walk.matches?.(path) === true ? path : undefined);
  if (matched === undefined) {
    const reachable = path.split('/').length < walk.depth;
    if (node.type === 'directory' && reachable) await visitAll(walk, node.path, undefined, parents);
    return;
  }
  const folder = countOne(
    walk,
    { path, node, first: parents.length === 0 },
    relativeTo(matched, path),
    parents,
  );
  if (node.type === 'directory') await visitAll(walk, node.path, matched, [...parents, folder]);
}

async function visitAll(
  walk: Walk,
  folder: string,
  above: string | undefined,
  parents: readonly Folder[],
): Promise<void> {
  for (const node of await walk.tree.list(folder)) await visit(walk, node, above, parents);
}

/** Tries the patterns; what they include goes to `found`, after the folders that it is in. */
function countOne(walk: Walk, item: IncludedPath, name: string, parents: readonly Folder[]): Folder {
  const parent = parents.at(-1);
  const include = walk.include?.test(name, parent?.include);
  const wanted = include === undefined || include.covered;
  // What is not wanted is not asked about any further.
  const exclude = wanted ? walk.exclude?.test(name, parent?.exclude) : undefined;
  const included = wanted && exclude?.covered !== true;
  if (included) {
    for (const above of parents) {
      if (!above.included) walk.found.push(above);
      above.included = true;
    }
    walk.found.push(item);
  }
  return { ...item, included, include: include?.state, exclude: exclude?.state };
}

function relativeTo(folder: string, path: string): string {
  if (path === folder) return '';
  return folder === '' ? path : path.slice(folder.length + 1);
}

function toldPath({ written, followed }: Walk, path: string): string {
  if (written === followed) return path;
  const below = relativeTo(followed, path);
  return below === '' ? written : childPath(written, below);
}
