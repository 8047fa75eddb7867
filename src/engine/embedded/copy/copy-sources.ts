import { BuildError, throwAll } from '../../../base/errors.ts';
import type { FileTree, TreeNode } from '../../../image/file-tree.ts';
import { baseOf, childPath } from '../../../image/layer/entry-path.ts';
import type { CopyOp, CopySource } from '../../../plan/graph.ts';
import { followPath, rooted } from './followed-path.ts';
import { goMatcher, hasWildcard } from './go-match.ts';
import { sourceNotFound } from './missing-source.ts';
import { PathPatterns } from './path-patterns.ts';

/** One thing that a source stands for: a file, a folder's content, or text of the Dockerfile. Each is copied by itself. */
export type PickedSource =
  | {
      readonly kind: 'node';
      readonly tree: FileTree;
      /** With links followed: never a symlink. */
      readonly node: TreeNode;
      /** The name it gets in a destination folder: that of the link, where one was followed. */
      readonly name: string;
      /** Only what these cover of a folder's content. */
      readonly include?: PathPatterns;
      readonly exclude?: PathPatterns;
    }
  | { readonly kind: 'inline'; readonly name: string; readonly content: string };

/** What of a COPY decides which files it reads. */
export type Selection = Pick<CopyOp, 'exclude' | 'parents'>;

const EMPTY_TREE: FileTree = {
  name: 'an empty root file system',
  lookup: async () => undefined,
  list: async () => [],
  read: async function* () {},
};

/** A tree's root need not have an entry of its own. */
const ROOT: TreeNode = { path: '', type: 'directory', mode: 0o755, uid: 0, gid: 0, size: 0, mtime: 0 };

/**
 * What a source selects, in the order in which it is copied.
 * @throws BuildError `COPY_SOURCE_NOT_FOUND`, `BAD_HEREDOC_NAME`, `BAD_PATTERN`, `TOO_MANY_LINKS`
 */
async function picksOf(
  source: CopySource,
  inputs: readonly (FileTree | undefined)[],
  selection: Selection,
): Promise<readonly PickedSource[]> {
  const patterns = selection.exclude.length === 0 ? undefined : new PathPatterns(selection.exclude);
  const exclude = patterns === undefined ? {} : { exclude: patterns };
  if (source.kind === 'inline') return [inlinePick(source.name, source.content)];
  const tree = inputs[source.from] ?? EMPTY_TREE;
  if (source.kind === 'remote') return [{ ...(await remotePick(tree)), ...exclude }];
  if (source.literal === true) return [await pickAt(tree, rooted(source.pattern), source.pattern)];
  const picks = await (selection.parents ? parentsPicks : pathPicks)(tree, source.pattern);
  return picks.map((pick) => ({ ...pick, ...exclude }));
}

/**
 * What all sources of a step select, in order.
 * @throws BuildError as picksOf; all sources that are not there are told together
 */
export async function allPicks(
  op: Selection & { readonly sources: readonly CopySource[] },
  inputs: readonly (FileTree | undefined)[],
): Promise<readonly (readonly PickedSource[])[]> {
  const picks: (readonly PickedSource[])[] = [];
  const missing: BuildError[] = [];
  for (const source of op.sources) {
    try {
      picks.push(await picksOf(source, inputs, op));
    } catch (error) {
      if (!(error instanceof BuildError) || error.code !== 'COPY_SOURCE_NOT_FOUND') throw error;
      missing.push(error);
    }
  }
  throwAll(missing);
  return picks;
}

type NodePick = Extract<PickedSource, { kind: 'node' }>;

function inlinePick(name: string, content: string): PickedSource {
  if (name.includes('/')) {
    throw new BuildError({
      kind: 'user',
      code: 'BAD_HEREDOC_NAME',
      message: `open /${name}: no such file or directory`,
      hint: `A heredoc's word is a file name. Write <<${baseOf(name)}, and give the folder as the destination.`,
    });
  }
  return { kind: 'inline', name, content };
}

async function remotePick(tree: FileTree): Promise<NodePick> {
  if (tree.soleFile === undefined) return { kind: 'node', tree, node: ROOT, name: '' };
  const node = await tree.lookup(tree.soleFile);
  if (node === undefined) throw await sourceNotFound(tree, tree.soleFile, tree.soleFile);
  return { kind: 'node', tree, node, name: baseOf(node.path) };
}

/** `--parents`: the content of the folder before `/./` (of the root without one), as far as the pattern covers it. */
async function parentsPicks(tree: FileTree, text: string): Promise<readonly NodePick[]> {
  const pivot = text.indexOf('/./');
  const base = pivot === -1 ? '' : text.slice(0, pivot);
  const pattern = rooted(pivot === -1 ? text : text.slice(pivot + 3));
  const picks = await pathPicks(tree, base);
  if (!hasWildcard(pattern) && !hasWildcard(base))
    await mustExist(tree, childPath(rooted(base), pattern), text);
  const include = new PathPatterns([pattern]);
  return picks.map((pick) => ({ ...pick, include }));
}

/** Links in the middle are followed for this question only: the pattern itself matches nothing behind a link. */
async function mustExist(tree: FileTree, path: string, asWritten: string): Promise<void> {
  const found = await followSource(tree, path, asWritten, true);
  if ((await nodeAt(tree, found)) === undefined) throw await sourceNotFound(tree, found, asWritten);
}

async function pathPicks(tree: FileTree, text: string): Promise<readonly NodePick[]> {
  const names = rooted(text).split('/');
  const first = names.findIndex(hasWildcard);
  if (first === -1) return [await pickAt(tree, names.join('/'), text)];
  const base = await followSource(tree, names.slice(0, first).join('/'), text);
  const folder = await nodeAt(tree, base);
  if (folder === undefined) throw await sourceNotFound(tree, base, text);
  const matches = await wildcardMatches(tree, folder, names.slice(first));
  return Promise.all(matches.map((path) => pickAt(tree, path, text)));
}

async function pickAt(tree: FileTree, path: string, asWritten: string): Promise<NodePick> {
  const found = await followSource(tree, path, asWritten);
  const node = await nodeAt(tree, found);
  if (node === undefined) throw await sourceNotFound(tree, found, asWritten);
  return { kind: 'node', tree, node, name: baseOf(path) };
}

/** A file where a folder should be is a missing source too. */
async function followSource(
  tree: FileTree,
  path: string,
  asWritten: string,
  keepLast = false,
): Promise<string> {
  try {
    return await followPath((at) => tree.lookup(at), path, keepLast);
  } catch (error) {
    if (error instanceof BuildError && error.code === 'NOT_A_FOLDER') {
      throw await sourceNotFound(tree, path, asWritten);
    }
    throw error;
  }
}

async function nodeAt(tree: FileTree, path: string): Promise<TreeNode | undefined> {
  const node = await tree.lookup(path);
  return node === undefined && path === '' ? ROOT : node;
}

/** Paths below a folder that match, in the order of a walk; nothing below a match is looked at. */
async function wildcardMatches(
  tree: FileTree,
  folder: TreeNode,
  names: readonly string[],
): Promise<readonly string[]> {
  const matches = goMatcher(names.join('/'));
  if (folder.type !== 'directory') return [];
  const prune = folderFilter(names);
  const found: string[] = [];
  const walk = async (at: string, relative: string, depth: number): Promise<void> => {
    for (const node of await tree.list(at)) {
      const name = childPath(relative, baseOf(node.path));
      if (matches(name)) found.push(node.path);
      else if (node.type === 'directory' && prune(baseOf(node.path), depth)) {
        await walk(node.path, name, depth + 1);
      }
    }
  };
  await walk(folder.path, '', 0);
  return found;
}

/**
 * Whether something below a folder can match. A character class may match a `/` and a backslash may quote one: the pattern cannot
 * be cut at its slashes then, and only the depth tells.
 */
function folderFilter(names: readonly string[]): (name: string, depth: number) => boolean {
  const pattern = names.join('/');
  const classes = pattern.split('[').length - 1;
  if (classes > 0 || pattern.includes('\\/')) return (_, depth) => depth + 1 < names.length + classes;
  const matchers = names.map((name) => goMatcher(name));
  return (name, depth) => depth + 1 < names.length && matchers[depth]?.(name) === true;
}
