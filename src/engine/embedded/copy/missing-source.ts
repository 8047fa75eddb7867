import { posix } from 'node:path';
import { BuildError } from '../../../base/errors.ts';
import { nearest } from '../../../dockerfile/suggest.ts';
import type { FileTree } from '../../../image/file-tree.ts';
import { baseOf, childPath, parentOf } from '../../../image/layer/entry-path.ts';

/** The error for a source that is not there, with the most likely reason. */
export async function sourceNotFound(
  tree: FileTree,
  path: string,
  asWritten: string,
  hint?: string,
): Promise<BuildError> {
  const shown = `"/${path}": not found`;
  const written = asWritten.replace(/^\/+|\/+$/g, '') === path ? '' : ` (for ${asWritten})`;
  return new BuildError({
    kind: 'user',
    code: 'COPY_SOURCE_NOT_FOUND',
    message: `${shown} in ${tree.name}${written}`,
    hint: hint ?? outside(tree, asWritten) ?? (await hintFor(tree, path)),
  });
}

/** `../x` is not the file that its author sees beside the context. */
function outside(tree: FileTree, asWritten: string): string | undefined {
  const isOutside = /^\.\.(?:\/|$)/.test(posix.normalize(asWritten.replace(/^\/+/, '')));
  return isOutside ? `A path cannot leave ${tree.name}: .. stops at its top.` : undefined;
}

async function hintFor(tree: FileTree, path: string): Promise<string | undefined> {
  const reason = await tree.explainAbsence?.(path);
  if (reason !== undefined) return reason;
  const at = await deepestFolder(tree, path);
  const missing = path.slice(at === '' ? 0 : at.length + 1).split('/')[0] ?? '';
  const names = (await tree.list(at)).map((node) => baseOf(node.path));
  const lower = missing.toLowerCase();
  const near = names.find((name) => name.toLowerCase() === lower) ?? nearest(missing, names);
  if (near !== undefined) return `did you mean ${childPath(at, near)}?`;
  return names.length === 0 && at === '' ? `There is nothing in ${tree.name}.` : undefined;
}

/** The last folder on the way to a path that exists. */
async function deepestFolder(tree: FileTree, path: string): Promise<string> {
  for (let at = parentOf(path); at !== undefined && at !== ''; at = parentOf(at)) {
    if ((await tree.lookup(at))?.type === 'directory') return at;
  }
  return '';
}
