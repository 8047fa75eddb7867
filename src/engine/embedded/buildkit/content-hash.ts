import { createHash } from 'node:crypto';
import { BuildError } from '../../../base/errors.ts';
import { type Digest, digestOf } from '../../../image/digest.ts';
import type { FileTree, TreeNode } from '../../../image/file-tree.ts';
import { encodeName } from '../../../image/layer/entry-name.ts';
import { baseOf } from '../../../image/layer/entry-path.ts';
import type { ContentSelector } from '../../../image/solver-vertex.ts';
import { followPath, rooted } from '../copy/followed-path.ts';
import { FileDigests, hasCountedAttributes } from './file-digests.ts';
import { includedPaths } from './included-paths.ts';

/** Something that BuildKit counts in a way that is not known here. */
class Uncountable extends BuildError {
  constructor(path: string) {
    super({ kind: 'bug', code: 'UNCOUNTABLE', message: `/${path} cannot be counted as BuildKit does` });
  }
}

/**
 * BuildKit's digests over what is read of a tree (cache/contenthash/checksum.go). `transferred`: the files come from the client, as a context
 * does; then the root's own metadata does not count.
 */
export class ContentHash {
  readonly #tree: FileTree;
  readonly #transferred: boolean;
  readonly #files: FileDigests;
  readonly #folders = new Map<string, Promise<Digest>>();

  constructor(tree: FileTree, { transferred }: { readonly transferred: boolean }) {
    this.#tree = tree;
    this.#transferred = transferred;
    this.#files = new FileDigests(tree);
  }

  /**
   * Of all selectors together, as versions of BuildKit make them; none when a selector names nothing, or something whose digest cannot be
   * told.
   */
  async of(selectors: readonly ContentSelector[]): Promise<readonly Digest[]> {
    // Old ones follow links in folders that a pattern matched, too.
    return [...new Set([...(await this.#all(selectors, false)), ...(await this.#all(selectors, true))])];
  }

  async #all(selectors: readonly ContentSelector[], followsAll: boolean): Promise<readonly Digest[]> {
    try {
      const digests: Digest[] = [];
      for (const selector of selectors) digests.push(await this.#selected(selector, followsAll));
      return [digestOf(digests.join('\0'))];
    } catch (error) {
      if (error instanceof BuildError && UNTOLD.has(error.code)) return [];
      throw error;
    }
  }

  async #selected(selector: ContentSelector, followsAll: boolean): Promise<Digest> {
    const { path, wildcard, followLinks, include, exclude } = selector;
    if (!wildcard && include.length === 0 && exclude.length === 0)
      return this.#plain(rooted(path), followLinks);
    const included = await includedPaths(this.#tree, selector);
    await this.#read(included.map(({ node }) => node));
    const parts: { readonly path: string; readonly digest: Digest }[] = [];
    for (const { path: told, node, first } of included) {
      const followed = followLinks && (first || followsAll) && node.type === 'symlink';
      parts.push({ path: told, digest: followed ? await this.#plain(told, true) : this.#own(node) });
    }
    const [only] = parts;
    if (only === undefined) return digestOf('');
    if (parts.length === 1 && baseOf(rooted(path)) === baseOf(only.path)) return only.digest;
    const texts = parts.map((part) =>
      Buffer.concat([encodeName(baseName(part.path)), Buffer.from(part.digest)]),
    );
    return digestOf(Buffer.concat(texts.flatMap((text, i) => (i === 0 ? [text] : [Buffer.of(0), text]))));
  }

  /** A file, or a folder with all that is in it. */
  async #plain(path: string, followLinks: boolean): Promise<Digest> {
    const found = await followPath((at) => this.#tree.lookup(at), path, !followLinks);
    const node = await nodeAt(this.#tree, found);
    if (node === undefined) throw missing(path);
    if (node.type === 'directory') {
      await this.#read(await this.#below(node));
      return this.#folder(node);
    }
    await this.#read([node]);
    return this.#own(node);
  }

  /** A node by itself: for a folder, its own metadata. */
  #own(node: TreeNode): Digest {
    if (hasCountedAttributes(node)) throw new Uncountable(node.path);
    return node.path === '' && this.#transferred ? digestOf('') : this.#files.of(node);
  }

  #folder(node: TreeNode): Promise<Digest> {
    let digest = this.#folders.get(node.path);
    if (digest === undefined) {
      digest = this.#hashFolder(node);
      this.#folders.set(node.path, digest);
      digest.catch(() => undefined);
    }
    return digest;
  }

  async #hashFolder(node: TreeNode): Promise<Digest> {
    const hash = createHash('sha256').update('\0').update(this.#own(node));
    for (const child of await this.#tree.list(node.path)) {
      const digest = child.type === 'directory' ? await this.#folder(child) : this.#own(child);
      hash
        .update('\0')
        .update(encodeName(baseOf(child.path)))
        .update(digest);
    }
    return `sha256:${hash.digest('hex')}` as Digest;
  }

  async #below(folder: TreeNode): Promise<readonly TreeNode[]> {
    const nodes: TreeNode[] = [];
    const walk = async (path: string): Promise<void> => {
      for (const node of await this.#tree.list(path)) {
        nodes.push(node);
        if (node.type === 'directory') await walk(node.path);
      }
    };
    await walk(folder.path);
    return nodes;
  }

  async #read(nodes: readonly TreeNode[]): Promise<void> {
    await this.#files.readAll(nodes);
  }
}

const UNTOLD: ReadonlySet<string> = new Set([
  'UNCOUNTABLE',
  'NOTHING_THERE',
  'TOO_MANY_LINKS',
  'NOT_A_FOLDER',
  'BAD_PATTERN',
]);

function missing(path: string): BuildError {
  return new BuildError({ kind: 'user', code: 'NOTHING_THERE', message: `There is nothing at /${path}` });
}

/** Of the root, as Go has it. */
function baseName(path: string): string {
  return path === '' ? '/' : baseOf(path);
}

/** A tree's root need not have a node of its own. */
export async function nodeAt(tree: FileTree, path: string): Promise<TreeNode | undefined> {
  const node = await tree.lookup(path);
  if (node !== undefined || path !== '') return node;
  return { path: '', type: 'directory', mode: 0o755, uid: 0, gid: 0, size: 0, mtime: 0 };
}
