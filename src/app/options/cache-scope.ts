import { parseGitReference } from '../../plan/git-reference.ts';
import { isFolderAt, shownAddress } from '../contexts/context-address.ts';

/**
 * The default name of a cache: each image of a repository has its own, so that the jobs of a matrix and several images never overwrite each
 * other's index. Layers are shared all the same, since they are stored by digest. Not the branch: the service keeps branches apart itself.
 */
export function cacheScope(
  environment: Readonly<Record<string, string | undefined>>,
  build: { readonly context: string; readonly file: string; readonly target: string },
): string {
  const parts = [
    environment['GITHUB_WORKFLOW'],
    environment['GITHUB_JOB'],
    lastingName(build.context),
    build.file,
    build.target,
  ];
  return parts.map((part) => (part ?? '').replace(/[^A-Za-z0-9._/-]+/g, '_')).join('|');
}

/** A context's name that the next commit does not change, and that tells no password. */
export function lastingName(context: string): string {
  if (isFolderAt(context)) return context;
  const git = gitReference(context);
  if (git === undefined) return shownAddress(context);
  const { remote, subdir } = git;
  const address = remote.replace(/^([a-z]+:\/\/)[^@/]*@/i, '$1');
  return subdir === undefined ? address : `${address}:${subdir}`;
}

/** What is wrong with an address is told when the context is opened. */
function gitReference(text: string): ReturnType<typeof parseGitReference> {
  try {
    return parseGitReference(text);
  } catch {
    return undefined;
  }
}
