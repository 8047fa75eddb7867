import { join } from 'node:path';
import type { FileTree } from '../../image/file-tree.ts';
import { formatGitReference, type GitReference } from '../../plan/git-reference.ts';
import { gitSource } from '../../plan/lower-copy.ts';
import { ARCHIVE_HEAD, archiveTree, looksLikeArchive } from '../../worker/source/archive.ts';
import { gitTree } from '../../worker/source/git.ts';
import { httpTree } from '../../worker/source/http.ts';
import { newestOf } from '../../worker/source/newest.ts';
import type { BuildOptions } from '../build-options.ts';
import { bodiesOf } from './bodies-of.ts';
import { shownAddress } from './context-address.ts';
import { dockerfileFrom } from './dockerfile-bytes.ts';
import type { DockerfileText } from './opened-context.ts';
import type { RemoteAccess } from './remote-access.ts';
import { streamHead } from './stream-head.ts';

/** Files of a context, or the Dockerfile that was there instead. */
export interface FetchedContext {
  readonly tree: FileTree;
  /** What messages put in front of a path in it. */
  readonly place: string;
  readonly dockerfile?: DockerfileText;
  readonly committedAt?: number;
  /** See OpenedContext. */
  readonly time?: number;
  /** Deletes what was fetched for it alone. */
  readonly dispose?: () => Promise<void>;
}

export interface FetchOptions {
  readonly access: RemoteAccess;
  readonly signal?: AbortSignal | undefined;
}

/** The file that a download is, as BuildKit calls it (dockerui, context.go). */
const DOWNLOADED = 'context';

/**
 * A commit of a Git repository.
 * @throws BuildError as gitTree
 */
export async function fetchRepository(
  reference: GitReference,
  buildArgs: BuildOptions['buildArgs'],
  { access, signal }: FetchOptions,
): Promise<FetchedContext> {
  const source = gitSource({
    ...reference,
    // BuildKit's way of asking for it (dockerui, config.go).
    keepGitDir:
      reference.keepGitDir ?? /^(?:1|t|true)$/i.test(buildArgs['BUILDKIT_CONTEXT_KEEP_GIT_DIR'] ?? ''),
  });
  const tree = await gitTree(source, {
    environment: await access.gitEnvironment(source.url),
    authorization: access.gitAuthorization(source.url),
    folder: join(access.folder, 'git'),
    signal,
  });
  const { ref: _ref, ...repository } = reference;
  const address = withoutUser(formatGitReference({ ...repository, ref: tree.commit.slice(0, 12) }));
  return {
    tree,
    place: `${address}:`.replace(/:([^:/]+):$/, ':$1/'),
    committedAt: tree.committedAt,
    time: tree.committedAt,
    dispose: async () => tree[Symbol.asyncDispose](),
  };
}

/**
 * A download: unpacked if it is an archive, else it is the Dockerfile.
 * @throws BuildError as httpTree and archiveTree; `NOT_A_DOCKERFILE`
 */
export async function fetchDownload(url: string, options: FetchOptions): Promise<FetchedContext> {
  const file = await download(url, options);
  const name = shownAddress(url);
  const { head, all } = await streamHead(file.bytes, ARCHIVE_HEAD);
  if (looksLikeArchive(head)) {
    const tree = await archiveTree(all, { name, store: options.access.store });
    return { tree, place: `${name}:`, time: file.changedAt > 0 ? file.changedAt : await newestOf(tree) };
  }
  const dockerfile = { path: name, text: await dockerfileFrom(all, name), changedAt: file.changedAt };
  return { tree: file.tree, place: `${name}:`, dockerfile, time: file.changedAt };
}

/** @throws BuildError as httpTree; `NOT_A_DOCKERFILE` */
export async function fetchDockerfile(url: string, options: FetchOptions): Promise<DockerfileText> {
  const { bytes, changedAt } = await download(url, options);
  const path = shownAddress(url);
  return { path, text: await dockerfileFrom(bytes, path), changedAt };
}

/**
 * What comes on standard input: an archive, or a Dockerfile with no context at all.
 * @throws BuildError as archiveTree; `NOT_A_DOCKERFILE`
 */
export async function readStdinContext(
  stdin: AsyncIterable<Uint8Array>,
  { access }: Pick<FetchOptions, 'access'>,
): Promise<Omit<FetchedContext, 'tree'> & { readonly tree?: FileTree }> {
  const { head, all } = await streamHead(stdin, ARCHIVE_HEAD);
  if (looksLikeArchive(head)) {
    const name = 'the archive on standard input';
    return { tree: await archiveTree(all, { name, store: access.store }), place: '' };
  }
  return { place: '', dockerfile: await stdinDockerfile(all) };
}

export async function stdinDockerfile(stdin: AsyncIterable<Uint8Array>): Promise<DockerfileText> {
  return { path: 'Dockerfile (stdin)', text: await dockerfileFrom(stdin, 'Standard input') };
}

async function download(
  url: string,
  { access, signal }: FetchOptions,
): Promise<{ tree: FileTree; bytes: AsyncIterable<Uint8Array>; changedAt: number }> {
  const { soleFile: _one, ...tree } = await httpTree(
    { url, filename: DOWNLOADED },
    { store: access.store, get: access.get, authorization: access.httpAuthorization, signal },
  );
  const node = await tree.lookup(DOWNLOADED);
  return {
    tree,
    bytes: bodiesOf(tree, node === undefined ? [] : [node]),
    changedAt: node?.mtime ?? 0,
  };
}

function withoutUser(address: string): string {
  return address.replace(/^(https?:\/\/)[^/@]*@/, '$1');
}
