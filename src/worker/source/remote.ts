import { join } from 'node:path';
import type { ContentStore } from '../../image/content-store.ts';
import { digestOfStream } from '../../image/digest.ts';
import type { FileTree, TreeNode } from '../../image/file-tree.ts';
import { ARCHIVE_HEAD, archiveTree, looksLikeArchive } from './archive.ts';
import { type GitSource, type GitTree, gitTree, resolveGitCommit } from './git.ts';
import { type HttpGet, type HttpSource, httpTree } from './http.ts';
import { newestOf } from './newest.ts';

/** A download or a commit. Disposing of it deletes what was fetched for it alone. */
export interface RemoteFiles extends AsyncDisposable {
  /** Tells its content from any other, for cache keys. */
  readonly identity: string;
  /** The files, fetched when this is called first. */
  files(): Promise<FileTree>;
  /** Its time in seconds since 1970: the commit's, the server's, else that of an archive's newest file. Fetches it. */
  changedAt(): Promise<number | undefined>;
}

export interface RemoteOptions {
  readonly store: ContentStore;
  readonly get: HttpGet;
  /** Git repositories are checked out in here. */
  readonly folder: string;
  /** What git and ssh may see besides PATH. */
  readonly environment: Readonly<Record<string, string>>;
  /** `Authorization` for a host (`example.com:8443`), and for a Git remote. */
  readonly httpAuthorization?: (host: string) => string | undefined;
  readonly gitAuthorization?: (remote: string) => string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Downloads a file. What it is called does not tell, but its time does, since it is copied along (BuildKit: source/http).
 * @throws BuildError as httpTree
 */
export async function openDownload(source: HttpSource, options: RemoteOptions): Promise<RemoteFiles> {
  const { httpAuthorization: authorization } = options;
  const tree = await httpTree(source, {
    ...options,
    ...(authorization === undefined ? {} : { authorization }),
  });
  const file = await tree.lookup(source.filename);
  return {
    identity: `${await digestOf(tree, file)} ${file?.mtime ?? 0}`,
    files: () => Promise.resolve(tree),
    changedAt: () => timeOfDownload(tree, file, options.store),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/**
 * A commit of a Git repository: looked up at once, fetched only when its files are read.
 * @throws BuildError as resolveGitCommit; `files()` as gitTree
 */
export async function openRepository(source: GitSource, options: RemoteOptions): Promise<RemoteFiles> {
  const { environment, signal } = options;
  const authorization = options.gitAuthorization?.(source.url);
  const access = { environment, signal, authorization, folder: join(options.folder, 'git') };
  const commit = await resolveGitCommit(source, access);
  let tree: Promise<GitTree> | undefined;
  const fetched = (): Promise<GitTree> => {
    tree ??= fetch();
    return tree;
  };
  const fetch = async (): Promise<GitTree> => {
    const newest = await gitTree(source, access);
    if (newest.commit === commit) return newest;
    // Somebody pushed in between; the key stands for the commit that was there before.
    await newest[Symbol.asyncDispose]();
    return gitTree({ ...source, ref: commit }, access);
  };
  return {
    identity: commit,
    files: fetched,
    changedAt: async () => (await fetched()).committedAt,
    async [Symbol.asyncDispose]() {
      await (await tree?.catch(() => undefined))?.[Symbol.asyncDispose]();
    },
  };
}

/** The tree knows only what its content has been checked against, which may be another kind of digest. */
async function digestOf(tree: FileTree, file: TreeNode | undefined): Promise<string> {
  if (file === undefined || file.content !== undefined) return file?.content ?? '';
  return digestOfStream(bytesOf(tree, file));
}

/** A server that tells no time may have sent an archive, which does. */
async function timeOfDownload(
  tree: FileTree,
  file: TreeNode | undefined,
  store: ContentStore,
): Promise<number | undefined> {
  if (file === undefined || file.mtime > 0) return file?.mtime;
  let head = Buffer.alloc(0);
  for await (const chunk of bytesOf(tree, file)) {
    head = Buffer.concat([head, chunk]);
    if (head.length >= ARCHIVE_HEAD) break;
  }
  if (!looksLikeArchive(head)) return undefined;
  const newest = await newestOf(await archiveTree(bytesOf(tree, file), { name: tree.name, store }));
  return newest > 0 ? newest : undefined;
}

async function* bytesOf(tree: FileTree, file: TreeNode): AsyncGenerator<Uint8Array> {
  for await (const { body } of tree.read([file])) yield* body ?? [];
}
