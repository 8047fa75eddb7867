import { followPath } from '../../engine/embedded/copy/followed-path.ts';
import type { FileTree, TreeNode } from '../../image/file-tree.ts';
import { bodiesOf } from './bodies-of.ts';
import { dockerfileFrom } from './dockerfile-bytes.ts';
import { dockerfileNames, dockerfileNotFound } from './dockerfile-names.ts';
import type { DockerfileText } from './opened-context.ts';

/**
 * The Dockerfile inside of a context that is no folder of this machine. Links are followed inside of the context.
 * @param place what messages put in front of its path
 * @throws BuildError `DOCKERFILE_NOT_FOUND`, `NOT_A_DOCKERFILE`
 */
export async function dockerfileInTree(tree: FileTree, path: string, place: string): Promise<DockerfileText> {
  for (const name of dockerfileNames(path)) {
    const node = await fileAt(tree, name);
    if (node === undefined) continue;
    const shown = `${place}${node.path}`;
    return { path: shown, text: await textOf(tree, node, shown), changedAt: Math.floor(node.mtime) };
  }
  throw dockerfileNotFound(`${path} is not in ${tree.name}`, {
    hint: 'With such a context -f (the input `file` of the action) names a path inside of it.',
  });
}

async function fileAt(tree: FileTree, path: string): Promise<TreeNode | undefined> {
  const node = await tree.lookup(await followPath((each) => tree.lookup(each), path));
  return node?.type === 'file' ? node : undefined;
}

async function textOf(tree: FileTree, node: TreeNode, shown: string): Promise<string> {
  return dockerfileFrom(bodiesOf(tree, [node]), shown);
}
