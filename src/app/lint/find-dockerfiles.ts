import { globSync, readdirSync, statSync } from 'node:fs';
import { join, normalize, resolve } from 'node:path';
import { BuildError, reasonOf } from '../../base/errors.ts';
import { GitIgnore } from './git-ignore.ts';

/** What a list of files, globs and folders stands for. */
export interface FoundFiles {
  /** As they were named; below a folder: the folder's name and the way down. `-` is standard input. */
  readonly paths: readonly string[];
  /** What is not there or cannot be looked into. */
  readonly missing: readonly BuildError[];
}

/** `Dockerfile`, `Dockerfile.dev`, `web.Dockerfile`, and the same with Containerfile, in any case. */
const NAME = /^(?:docker|container)file(?:\..+)?$|\.(?:docker|container)file$/i;
const NO_DOCKERFILE = /\.dockerignore$/i;
/** Folders that hold other people's files. */
const SKIPPED: ReadonlySet<string> = new Set(['.git', 'node_modules']);
/** Stands for the bytes of a name that are not UTF-8; nothing can be opened by such a name. */
const BROKEN = '\uFFFD';

/**
 * Turns arguments into files. A folder stands for the Dockerfiles below it, hidden folders included, without what `.gitignore` leaves out;
 * what is named is taken whatever it is called. Each file is given once, by the first of its names.
 */
export function findDockerfiles(patterns: readonly string[]): FoundFiles {
  const paths = new Map<string, string>();
  const missing: BuildError[] = [];
  const miss: Miss = (message) =>
    void missing.push(new BuildError({ kind: 'user', code: 'DOCKERFILE_NOT_FOUND', message }));
  for (const pattern of patterns) {
    for (const path of filesOf(pattern, miss)) {
      const place = path === '-' ? path : resolve(path);
      if (!paths.has(place)) paths.set(place, path);
    }
  }
  return { paths: [...paths.values()], missing };
}

type Miss = (message: string) => void;

function filesOf(pattern: string, miss: Miss): readonly string[] {
  if (pattern === '-') return ['-'];
  const kind = kindOf(pattern);
  if (kind === 'folder') {
    let complete = true;
    const below = walk(pattern, GitIgnore.around(resolve(pattern)), (message) => {
      complete = false;
      miss(message);
    });
    if (below.length === 0 && complete) miss(`${pattern} holds no Dockerfile`);
    return below;
  }
  // A file that is not there is told by whoever reads it.
  if (kind !== undefined || !/[*?[{]/.test(pattern)) return [pattern];
  const hits = globSync(pattern).filter((path) => kindOf(path) === 'file');
  if (hits.length === 0) miss(`No file matches ${pattern}`);
  return hits.sort();
}

/** A folder that cannot be read does not hide the others. */
function walk(folder: string, outer: GitIgnore, miss: Miss): readonly string[] {
  const ignore = outer.below(resolve(folder));
  return entriesOf(folder, miss).flatMap((entry) => {
    const path = normalize(join(folder, entry.name));
    if (ignore.ignores(resolve(path), entry.isDirectory())) return [];
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : walk(path, ignore, miss);
    if (!NAME.test(entry.name) || NO_DOCKERFILE.test(entry.name)) return [];
    if (entry.name.includes(BROKEN) && kindOf(path) === undefined) {
      miss(`${path} cannot be read: its name is not UTF-8`);
      return [];
    }
    // A link counts by what it leads to, but links to folders are not followed: they may lead back up. Reading a pipe would never end.
    return kindOf(path) === 'file' ? [path] : [];
  });
}

function entriesOf(folder: string, miss: Miss) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((one, other) =>
      one.name < other.name ? -1 : 1,
    );
  } catch (error) {
    const reason = folder.includes(BROKEN) ? 'its name is not UTF-8' : reasonOf(error);
    miss(`${folder} cannot be searched: ${reason}`);
    return [];
  }
}

/** undefined: there is nothing, or a link that leads nowhere. */
function kindOf(path: string): 'file' | 'folder' | 'other' | undefined {
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) return 'folder';
    return stats.isFile() ? 'file' : 'other';
  } catch {
    return undefined;
  }
}
