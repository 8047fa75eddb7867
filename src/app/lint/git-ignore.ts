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
    const text = textOf(join(folder, '.gitignore'));
    if (text === undefined) return this;
    return new GitIgnore([...this.#files, { folder, lines: text.split(/\r?\n/).flatMap(readLine) }]);
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

/** Without the mark that some editors put in front. What cannot be read says nothing, as in git: a folder may be called so. */
function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return undefined;
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
    // git knows both signs for "none of these".
    const segments = names.map((name) =>
      name === '**' ? undefined : compilePattern(name.replace(/(?<!\\)\[!/g, '[^')),
    );
    return [{ negated, foldersOnly, segments: anchored ? segments : [undefined, ...segments] }];
  } catch {
    // git lets a broken pattern match nothing.
    return [];
  }
}

/** From the last segment to the first, the names where the rest of the pattern fits: no way is tried twice. */
function matches(pattern: readonly (PathPattern | undefined)[], names: readonly string[]): boolean {
  // At the end `**` stands for what is in a folder, not for the folder.
  let fits = names.map(() => pattern.at(-1) === undefined).concat(pattern.at(-1) !== undefined);
  for (const segment of (pattern.at(-1) === undefined ? pattern.slice(0, -1) : pattern).toReversed()) {
    const rest = fits;
    if (segment === undefined) fits = rest.map((_, at) => rest.includes(true, at));
    else fits = names.map((name, at) => rest[at + 1] === true && matchesPattern(segment, name)).concat(false);
  }
  return fits[0] === true;
}
