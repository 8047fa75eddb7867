import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/**
 * The path of a Dockerfile in the checkout that holds it, as Git writes it; undefined where it came from elsewhere.
 * @param path as messages call it
 */
export function repositoryPath({
  path,
  text,
}: {
  readonly path: string;
  readonly text: string;
}): string | undefined {
  const file = resolve(path);
  if (!existsSync(file)) return undefined;
  // What a link leads to is what Git has.
  const real = realpathSync(file);
  if (readFileSync(real, 'utf8') !== text) return undefined;
  for (let folder = dirname(real); folder !== dirname(folder); folder = dirname(folder)) {
    // A file in worktrees and submodules.
    if (existsSync(join(folder, '.git'))) return relative(folder, real);
  }
  return undefined;
}
