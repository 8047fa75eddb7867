import { createHash, type Hash } from 'node:crypto';
import type { Digest } from '../../../image/digest.ts';
import type { FileTree, TreeNode } from '../../../image/file-tree.ts';
import { encodeName } from '../../../image/layer/entry-name.ts';
import { toldFile } from '../../../plan/content-part.ts';
import type { CopyOp, CopySource } from '../../../plan/graph.ts';
import { contentDigests } from './content-digests.ts';
import { allPicks, type PickedSource, type Selection } from './copy-sources.ts';
import { rooted } from './followed-path.ts';
import { sourceNotFound } from './missing-source.ts';
import { type SelectedNode, selectedNodes } from './selected-nodes.ts';

const NOTHING_AFTER_PIVOT =
  'With --parents, what stands behind /./ is copied. Write x/./* to copy all that is in x.';

/**
 * For each source a digest over all that it selects: names as the destination sees them, types, modes, owners, sizes, link targets,
 * device numbers, xattrs and bytes. Times do not count. Two selections with the same digests give the same copy.
 * @param told takes for the digest of each single file what `toldFile` says, so that a miss can name the mode
 * @throws BuildError `COPY_SOURCE_NOT_FOUND`, `BAD_HEREDOC_NAME`, `BAD_PATTERN`, `TOO_MANY_LINKS`
 */
export async function selectionDigest(
  op: Selection & { readonly sources: readonly CopySource[] },
  inputs: readonly (FileTree | undefined)[],
  told?: Map<string, string>,
): Promise<readonly string[]> {
  await checkPivots(op, inputs);
  const digests: string[] = [];
  for (const [at, picks] of (await allPicks(op, inputs)).entries()) {
    const source = op.sources[at];
    const mounted = source?.kind === 'path' && source.literal === true;
    const hash = createHash('sha256');
    let words: string | undefined;
    for (const pick of picks) words = await addPick(hash, pick, mounted);
    const digest = `sha256:${hash.digest('hex')}`;
    digests.push(digest);
    if (picks.length === 1 && words !== undefined) told?.set(digest, words);
  }
  return digests;
}

/** `--parents x/./` selects nothing; BuildKit says no more of it than that `x` is not found, and it says so at this point. */
export async function checkPivots(
  { parents, sources }: Pick<CopyOp, 'parents' | 'sources'>,
  inputs: readonly (FileTree | undefined)[],
): Promise<void> {
  if (!parents) return;
  for (const source of sources) {
    if (source.kind !== 'path') continue;
    const base = /^(.*?)\/\.\/[./]*$/s.exec(source.pattern)?.[1];
    const tree = inputs[source.from];
    if (base === undefined || tree === undefined) continue;
    throw await sourceNotFound(tree, rooted(base), source.pattern, NOTHING_AFTER_PIVOT);
  }
}

/** Gives what a single file's key part says of it. */
async function addPick(hash: Hash, pick: PickedSource, mounted: boolean): Promise<string | undefined> {
  if (pick.kind === 'inline') {
    addFields(hash, ['inline', pick.name, pick.content]);
    return undefined;
  }
  const selected: SelectedNode[] = [];
  for await (const node of selectedNodes(pick)) selected.push(node);
  const contents = await contentDigests(
    pick.tree,
    selected.flatMap(({ node }) => (isFile(node.type) ? [node] : [])),
  );
  addFields(hash, ['pick', String(selected.length)]);
  for (const item of selected) {
    if (item.path === '' && item.node.type === 'directory') addTopFolder(hash, item.node, mounted);
    else addNode(hash, pick.name, item, contents);
  }
  const [only] = selected;
  const bytes = only === undefined ? undefined : contents.get(only.node.path);
  return only === undefined || bytes === undefined || selected.length > 1
    ? undefined
    : toldFile({ ...only.node, bytes });
}

/** Of a folder whose content is copied neither the name nor the metadata arrives; of one that is mounted the metadata is seen. */
function addTopFolder(hash: Hash, { mode, uid, gid }: TreeNode, mounted: boolean): void {
  addFields(hash, ['content', ...(mounted ? [mode.toString(8), `${uid}:${gid}`] : [])]);
}

function addNode(
  hash: Hash,
  name: string,
  { node, path, onlyParent }: SelectedNode,
  contents: ReadonlyMap<string, Digest>,
): void {
  const file = isFile(node.type);
  addFields(hash, [
    onlyParent ? 'parent' : file ? 'file' : node.type,
    path === '' ? name : path,
    node.mode.toString(8),
    `${node.uid}:${node.gid}`,
    file ? String(node.size) : '',
    file ? '' : (node.linkName ?? ''),
    `${node.devMajor ?? ''}:${node.devMinor ?? ''}`,
    contents.get(node.path) ?? '',
    String(node.xattrs?.size ?? 0),
  ]);
  for (const [key, value] of [...(node.xattrs ?? [])].sort(([a], [b]) => (a < b ? -1 : 1))) {
    addFields(hash, [key, value]);
  }
}

function isFile(type: SelectedNode['node']['type']): boolean {
  return type === 'file' || type === 'hardlink';
}

/** Each with its length in front, so that no two lists read the same. */
function addFields(hash: Hash, fields: readonly (string | Uint8Array)[]): void {
  let text = '';
  for (const field of fields) {
    if (typeof field === 'string' && field.isWellFormed()) {
      text += `${Buffer.byteLength(field)}:${field}`;
      continue;
    }
    const bytes = typeof field === 'string' ? encodeName(field) : field;
    hash.update(`${text}${bytes.length}:`).update(bytes);
    text = '';
  }
  hash.update(text);
}
