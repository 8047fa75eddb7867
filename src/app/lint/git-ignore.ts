import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { compilePattern, matchesPattern, type PathPattern } from '../../dockerfile/match.ts';

/** One line of a `.gitignore` (gitignore(5), "PATTERN FORMAT"). */
interface Line {
  readonly negated: boolean;
  readonly foldersOnly: boolean;
  /** Path segments; undefined stands for `**`. */
  readonly segments: readonly (PathPattern | undefined)[];
}

interface IgnoreFile {
  readonly folder: string;
  readonly lines: readonly Line[];
}

/** The `.gitignore` files in force below a folder, the outermost first. */
export class GitIgnore {
  readonly #files: readonly IgnoreFile[];

  private constructor(files: readonly IgnoreFile[]) {
    this.#files = files;
  }

  /** For a folder that a walk begins in: those of the repository around it count too. `folder` is absolute. */
  static around(folder: string): GitIgnore {
    const root = repositoryOf(folder);
    if (root === undefined) return new GitIgnore([]);
    const between: string[] = [];
    for (let at = dirname(folder); at.length >= root.length; at = dirname(at)) {
      between.unshift(at);
      if (at === dirname(at)) break;
    }
    return between.reduce((ignore, each) => ignore.below(each), new GitIgnore([]));
  }

  /** With the file of one more folder. */
  below(folder: string): GitIgnore {
    const path = join(folder, '.gitignore');
    if (!existsSync(path)) return this;
    const lines = readFileSync(path, 'utf8').split(/\r?\n/).flatMap(readLine);
    return new GitIgnore([...this.#files, { folder, lines }]);
  }

  /** The last line that matches decides. `path` is absolute. */
  ignores(path: string, isFolder: boolean): boolean {
    let ignored = false;
    for (const { folder, lines } of this.#files) {
      const names = relative(folder, path).split(sep);
      for (const { negated, foldersOnly, segments } of lines) {
        if ((isFolder || !foldersOnly) && matches(segments, names)) ignored = !negated;
      }
    }
    return ignored;
  }
}

function repositoryOf(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (at === dirname(at)) return undefined;
  }
}

function readLine(raw: string): readonly Line[] {
  const text = raw.replace(/(?<!\\)\s+$/, '');
  if (text === '' || text.startsWith('#')) return [];
  const negated = text.startsWith('!');
  const pattern = negated ? text.slice(1) : text;
  const foldersOnly = pattern.endsWith('/');
  const names = pattern.replace(/\/$/, '').replace(/^\//, '').split('/');
  // A pattern without a slash but at its end fits at any depth.
  const anchored = pattern.replace(/\/$/, '').includes('/');
  try {
    const segments = names.map((name) => (name === '**' ? undefined : compilePattern(name)));
    return [{ negated, foldersOnly, segments: anchored ? segments : [undefined, ...segments] }];
  } catch {
    // git lets a broken pattern match nothing.
    return [];
  }
}

function matches(pattern: readonly (PathPattern | undefined)[], names: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (pattern.length === 0) return names.length === 0;
  if (first === undefined)
    return matches(rest, names) || (names.length > 0 && matches(pattern, names.slice(1)));
  const [name, ...more] = names;
  return name !== undefined && matchesPattern(first, name) && matches(rest, more);
}
