import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildError } from '../../base/errors.ts';
import { makeStateFolder } from '../../base/make-folder.ts';
import { tempDir } from '../../base/temp.ts';
import type { FileTree, TreeNode } from '../../image/file-tree.ts';
import { baseOf } from '../../image/layer/entry-path.ts';
import { type GitAccess, GitCommand } from './git-command.ts';
import { localTree } from './local.ts';
import { mappedTree } from './mapped-tree.ts';
import { subfolder } from './subfolder.ts';

/** A repository and what is wanted of it; the same as the plan's git vertex. */
export interface GitSource {
  readonly url: string;
  /** Branch, tag, `refs/…` or full commit. Default: the remote's HEAD. */
  readonly ref?: string;
  readonly subdir?: string;
  readonly keepGitDir: boolean;
  readonly submodules: boolean;
  /** Commit that it has to be, perhaps shortened. */
  readonly checksum?: string;
  /** Times of the files: of the checkout (when absent), or of the commit. */
  readonly mtime?: 'checkout' | 'commit';
  /** Fetch `checksum` itself instead of looking `ref` up. */
  readonly fetchByCommit?: boolean;
}

export interface GitTreeOptions extends GitAccess {
  /** Checkouts are made in here. */
  readonly folder: string;
}

/** The files of a commit; the checkout is deleted when it is disposed of. */
export interface GitTree extends FileTree, AsyncDisposable {
  /** Full name of the commit. */
  readonly commit: string;
  /** When it was made, seconds since 1970. */
  readonly committedAt: number;
}

const FULL_COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/**
 * The commit that a source means now, as the remote says; nothing is fetched. What comes of it decides the files, so it can stand
 * for them in a cache key.
 * @throws BuildError `GIT_REF_NOT_FOUND`, `GIT_CHECKSUM_MISMATCH`, `BAD_GIT_REF` (kind user), `GIT_FAILED` (kind remote), `COMMAND_NOT_FOUND`
 */
export async function resolveGitCommit(source: GitSource, options: GitTreeOptions): Promise<string> {
  const git = new GitCommand(source.url, options);
  return (await resolve(source, git)).commit;
}

/**
 * Fetches one commit (no history) and its submodules as a tree, without `.git` unless it is asked for. Files are 0644 or 0755,
 * folders 0755, all owned by 0:0, as in BuildKit (source/git).
 * @throws BuildError as resolveGitCommit; `SUBFOLDER_NOT_FOUND`
 */
export async function gitTree(source: GitSource, options: GitTreeOptions): Promise<GitTree> {
  const git = new GitCommand(source.url, options);
  makeStateFolder(options.folder);
  const folder = await tempDir(options.folder, 'git-');
  try {
    const root = join(folder.path, 'files');
    await mkdir(root);
    const commit = await checkOut(git, root, source);
    const committedAt = await git.commitTime(root);
    const time = source.mtime === 'commit' ? committedAt : undefined;
    const files = localTree({
      name: `the Git repository ${git.shownUrl}`,
      root,
      ...(source.keepGitDir ? {} : { includes: (path) => (baseOf(path) === '.git' ? 'prune' : true) }),
    });
    const tree = mappedTree(await subfolder(files, source.subdir ?? ''), {
      name: files.name,
      inside: (node) => asGitKeepsIt(node, time),
    });
    return { ...tree, commit, committedAt, [Symbol.asyncDispose]: async () => folder[Symbol.asyncDispose]() };
  } catch (error) {
    await folder[Symbol.asyncDispose]();
    throw error;
  }
}

interface Resolved {
  /** Full name of the commit. */
  readonly commit: string;
  /** What to fetch: a full ref name, or the commit. */
  readonly wanted: string;
}

async function resolve(source: GitSource, git: GitCommand): Promise<Resolved> {
  const { checksum, fetchByCommit } = source;
  const ref = fetchByCommit === true && checksum !== undefined ? checksum : (source.ref ?? 'HEAD');
  if (!isSafeRef(ref)) {
    throw new BuildError({ kind: 'user', code: 'BAD_GIT_REF', message: `"${ref}" is not a Git ref` });
  }
  if (FULL_COMMIT.test(ref)) {
    checkCommit(source, [ref]);
    return { commit: ref, wanted: ref };
  }
  const { ids, branches } = await git.listRemote(ref);
  const name = [ref, `refs/${ref}`, `refs/heads/${ref}`, `refs/tags/${ref}`].find((each) => ids.has(each));
  const id = name === undefined ? undefined : ids.get(name);
  if (name === undefined || id === undefined) {
    throw new BuildError({
      kind: 'user',
      code: 'GIT_REF_NOT_FOUND',
      message: `repository does not contain ref ${ref}: ${git.shownUrl}`,
      hint: 'Name a branch, a tag, or a full commit (40 hexadecimal digits).',
    });
  }
  const commit = ids.get(`${name}^{}`) ?? id;
  checkCommit(source, [commit, id]);
  const branch = branches.get(name);
  return { commit, wanted: branch !== undefined && isSafeRef(branch) ? branch : name };
}

/** An annotated tag has a name of its own; either is right. */
function checkCommit({ checksum, url }: GitSource, found: readonly string[]): void {
  if (checksum === undefined || found.some((id) => id.startsWith(checksum.toLowerCase()))) return;
  throw new BuildError({
    kind: 'user',
    code: 'GIT_CHECKSUM_MISMATCH',
    message: `expected checksum to match ${checksum}, got ${found[0]}`,
    hint: `The ref of ${url.replace(/\/\/[^/]*@/, '//')} is another commit by now, or was never this one.`,
  });
}

/** Nothing that git could take for an option or a refspec. */
function isSafeRef(ref: string): boolean {
  return /^[^-\s\p{Cc}~^:?*[\\][^\s\p{Cc}~^:?*[\\]*$/u.test(ref) && !ref.includes('..');
}

/** Full name of the commit that was checked out. */
async function checkOut(git: GitCommand, root: string, source: GitSource): Promise<string> {
  const { commit, wanted } = await resolve(source, git);
  await git.init(root, commit);
  const byName = FULL_COMMIT.test(wanted);
  await (byName ? git.fetchCommit(root, commit) : git.fetchRef(root, wanted));
  const found = await git.checkOut(root, byName ? commit : 'FETCH_HEAD');
  // Somebody may have pushed since the ref was looked up.
  if (found !== commit) checkCommit(source, [found]);
  const modules = source.submodules && existsSync(join(root, '.gitmodules'));
  if (modules) await git.updateSubmodules(root);
  if (source.keepGitDir) await git.forgetFileTimes(root);
  if (source.keepGitDir && modules) await git.forgetModuleTimes(root);
  return found;
}

/** Git knows no more of a mode than whether a file is executable. */
function asGitKeepsIt(node: TreeNode, mtime: number | undefined): TreeNode {
  const time = mtime === undefined ? {} : { mtime };
  if (node.type === 'symlink') return { ...node, ...time, mode: 0o777 };
  if (node.type === 'directory') return { ...node, ...time, mode: 0o755 };
  return { ...node, ...time, mode: (node.mode & 0o100) === 0 ? 0o644 : 0o755 };
}
