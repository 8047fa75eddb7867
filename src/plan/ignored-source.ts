import { posix } from 'node:path';
import { ignoreMatcher } from '../dockerfile/ignore.ts';

/** Patterns that leave nothing of a context. */
const EVERYTHING: readonly string[] = ['*', '**', '**/*'];

/**
 * Tells whether a source of COPY or ADD is left out of the context by these patterns of its ignore file. With a `!` pattern among
 * them nothing is said: whether a folder holds an exception is not known without looking.
 * @throws BuildError `BAD_PATTERN`
 */
export function ignoredSources(patterns: readonly string[]): (source: string) => boolean {
  const matcher = ignoreMatcher(patterns);
  if (patterns.length === 0 || matcher.hasExceptions) return () => false;
  const nothingLeft = patterns.some((pattern) => EVERYTHING.includes(pattern));
  return (source) => {
    const path = posix.normalize(source === '' ? '.' : source).replace(/(?<=.)\/$/, '');
    if (path === '.' || path === '/') return nothingLeft && matcher.excludes(path);
    return matcher.excludes(path);
  };
}
