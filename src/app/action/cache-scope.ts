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
    build.context,
    build.file,
    build.target,
  ];
  return parts.map((part) => (part ?? '').replace(/[^A-Za-z0-9._/-]+/g, '_')).join('|');
}
