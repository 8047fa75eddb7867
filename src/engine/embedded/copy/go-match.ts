import { BuildError } from '../../../base/errors.ts';
import { compilePattern, matchesPattern } from '../../../dockerfile/match.ts';

/** Go's filepath.Match for one pattern. Undefined for a malformed pattern: COPY takes it for one that matches nothing. */
export function goMatcher(pattern: string): ((path: string) => boolean) | undefined {
  try {
    const compiled = compilePattern(pattern);
    return (path) => matchesPattern(compiled, path);
  } catch (error) {
    if (error instanceof BuildError) return undefined;
    throw error;
  }
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
