/** `upper` and `lower` for a word of one case, `mixed` otherwise. */
export function casingOf(word: string): 'upper' | 'lower' | 'mixed' {
  if (word === word.toUpperCase()) return 'upper';
  return word === word.toLowerCase() ? 'lower' : 'mixed';
}

export function withCasing(word: string, casing: 'upper' | 'lower'): string {
  return casing === 'upper' ? word.toUpperCase() : word.toLowerCase();
}
