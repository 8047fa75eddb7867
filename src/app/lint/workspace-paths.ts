import { isAbsolute, relative, resolve } from 'node:path';

/** Where jobs of GitHub and of GitLab check the repository out. */
const WORKSPACES: readonly string[] = ['GITHUB_WORKSPACE', 'CI_PROJECT_DIR'];

/**
 * How services that know the whole repository call a file: from the folder of the checkout, where the job works in a folder of it
 * (`working-directory`). Elsewhere files keep their names.
 */
export function workspacePaths(
  environment: Readonly<Record<string, string | undefined>>,
): (path: string) => string {
  const here = process.cwd();
  const root = WORKSPACES.map((name) => environment[name]).find(
    (folder) => folder !== undefined && isAbsolute(folder) && isBelow(here, resolve(folder)),
  );
  if (root === undefined) return (path) => path;
  return (path) => {
    const file = resolve(path);
    return path !== '-' && isBelow(file, resolve(root)) ? relative(root, file) : path;
  };
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith('../');
}
