import { compilePattern, matchesPattern } from '../../../dockerfile/match.ts';

/**
 * Go's filepath.Match for one pattern.
 * @throws BuildError `BAD_PATTERN`
 */
export function goMatcher(pattern: string): (path: string) => boolean {
  const compiled = compilePattern(pattern);
  return (path) => matchesPattern(compiled, path);
}

/** Whether a path element has a wildcard that is not quoted. */
export function hasWildcard(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '\\') i += 1;
    else if (character === '*' || character === '?' || character === '[') return true;
  }
  return false;
}
