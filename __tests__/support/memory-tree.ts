import { BuildError } from '../../src/base/errors.ts';
import { digestOf } from '../../src/image/digest.ts';
import type { FileTree, TreeNode } from '../../src/image/file-tree.ts';
import { compareNames } from '../../src/image/layer/entry-name.ts';
import { parentOf } from '../../src/image/layer/entry-path.ts';

/** A file's content, or more of it; `link` makes a symlink, `folder` a folder. */
export type MemoryFile =
  | string
  | (Partial<TreeNode> & { readonly text?: string; readonly link?: string; readonly folder?: true });

export interface MemoryTreeOptions {
  readonly name?: string;
  readonly soleFile?: string;
  /** Nodes do not know their content digest, as those of a folder on disk. */
  readonly undigested?: boolean;
  /** Gives contents in this order instead of the one asked for. */
  readonly order?: (a: TreeNode, b: TreeNode) => number;
}

/** Which nodes were read, in order. */
export interface MemoryTree extends FileTree {
  readonly reads: string[];
}

/** Folders on the way to a path need not be given: they are 0755. */
export function memoryTree(
  files: Readonly<Record<string, MemoryFile>>,
  options: MemoryTreeOptions = {},
): MemoryTree {
  const nodes = new Map<string, TreeNode>();
  const contents = new Map<string, Buffer>();
  for (const [path, file] of Object.entries(files)) {
    const { text = '', link, folder, ...more } = typeof file === 'string' ? { text: file } : file;
    const content = Buffer.from(text);
    for (let at = parentOf(path); at !== undefined && at !== ''; at = parentOf(at)) {
      if (!nodes.has(at)) nodes.set(at, folderNode(at));
    }
    if (folder === true) nodes.set(path, { ...folderNode(path), ...more });
    else if (link !== undefined) {
      nodes.set(path, { ...folderNode(path), type: 'symlink', mode: 0o777, linkName: link, ...more });
    } else {
      const digest = options.undigested === true ? {} : { content: digestOf(content) };
      nodes.set(path, {
        ...folderNode(path),
        type: 'file',
        mode: 0o644,
        size: content.length,
        ...digest,
        ...more,
      });
      contents.set(path, content);
    }
  }
  const reads: string[] = [];
  const children = (path: string): TreeNode[] =>
    [...nodes.values()]
      .filter((node) => parentOf(node.path) === path)
      .sort((a, b) => compareNames(a.path, b.path));
  return {
    name: options.name ?? 'the build context',
    ...(options.soleFile === undefined ? {} : { soleFile: options.soleFile }),
    reads,
    lookup: async (path) => nodes.get(path),
    list: async (path) => (path === '' || nodes.get(path)?.type === 'directory' ? children(path) : []),
    async *read(wanted) {
      const sorted = options.order === undefined ? wanted : [...wanted].sort(options.order);
      for (const entry of sorted) {
        reads.push(entry.path);
        const content = contents.get(entry.path);
        if (entry.type === 'file' && content === undefined) throw gone(entry.path);
        yield content === undefined ? { entry } : { entry, body: chunks(content) };
      }
    },
  };
}

async function* chunks(content: Buffer): AsyncGenerator<Uint8Array> {
  if (content.length > 0) yield content;
}

function folderNode(path: string): TreeNode {
  return { path, type: 'directory', mode: 0o755, uid: 0, gid: 0, size: 0, mtime: 1_000_000_000 };
}

function gone(path: string): BuildError {
  return new BuildError({ kind: 'environment', code: 'CONTENT_CHANGED', message: `${path} is gone` });
}
