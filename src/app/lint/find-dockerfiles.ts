import { globSync, readdirSync, statSync } from 'node:fs';
import { join, normalize, resolve } from 'node:path';
import { BuildError, reasonOf } from '../../base/errors.ts';
import { GitIgnore } from './git-ignore.ts';

/** What a list of files, globs and folders stands for. */
export interface FoundFiles {
  /** As they were named; below a folder: the folder's name and the way down. `-` is standard input. */
  readonly paths: readonly string[];
  /** What is not there. */
  readonly missing: readonly BuildError[];
}

/** `Dockerfile`, `Dockerfile.dev`, `web.Dockerfile`, and the same with Containerfile, in any case. */
const NAME = /^(?:docker|container)file(?:\..+)?$|\.(?:docker|container)file$/i;
const NO_DOCKERFILE = /\.dockerignore$/i;
/** Folders that hold other people's files. */
const SKIPPED: ReadonlySet<string> = new Set(['.git', 'node_modules']);

/**
 * Turns arguments into files. A folder stands for the Dockerfiles below it, hidden folders included, without what `.gitignore` leaves out;
 * what is named is taken whatever it is called. Each file is given once.
 */
export function findDockerfiles(patterns: readonly string[]): FoundFiles {
  const paths = new Set<string>();
  const missing: BuildError[] = [];
  for (const pattern of patterns) {
    const found = filesOf(pattern);
    if (typeof found === 'string') missing.push(missingFile(found));
    else for (const path of found) paths.add(path);
  }
  return { paths: [...paths], missing };
}

/** The files, or what is wrong. */
function filesOf(pattern: string): readonly string[] | string {
  if (pattern === '-') return ['-'];
  const kind = kindOf(pattern);
  if (kind === 'folder') {
    try {
      const below = walk(pattern, GitIgnore.around(resolve(pattern)));
      return below.length === 0 ? `${pattern} holds no Dockerfile` : below;
    } catch (error) {
      return `${pattern} cannot be searched: ${reasonOf(error)}`;
    }
  }
  // A file that is not there is told by whoever reads it.
  if (kind === 'file' || !/[*?[{]/.test(pattern)) return [pattern];
  const hits = globSync(pattern).filter((path) => kindOf(path) === 'file');
  return hits.length === 0 ? `No file matches ${pattern}` : hits.sort();
}

function walk(folder: string, outer: GitIgnore): readonly string[] {
  const ignore = outer.below(resolve(folder));
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = normalize(join(folder, entry.name));
      if (ignore.ignores(resolve(path), entry.isDirectory())) return [];
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : walk(path, ignore);
      const wanted = NAME.test(entry.name) && !NO_DOCKERFILE.test(entry.name);
      // A link counts by what it leads to, but links to folders are not followed: they may lead back up.
      return wanted && kindOf(path) === 'file' ? [path] : [];
    });
}

/** undefined: there is nothing, or a link that leads nowhere. */
function kindOf(path: string): 'file' | 'folder' | undefined {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch {
    return undefined;
  }
}

function missingFile(message: string): BuildError {
  return new BuildError({ kind: 'user', code: 'DOCKERFILE_NOT_FOUND', message });
}
