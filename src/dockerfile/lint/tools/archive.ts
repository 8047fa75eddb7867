/** Endings of archives that ADD unpacks, as hadolint lists them. */
const ENDINGS = [
  '.tar',
  '.Z',
  '.bz2',
  '.gz',
  '.lz',
  '.lzma',
  '.tZ',
  '.tb2',
  '.tbz',
  '.tbz2',
  '.tgz',
  '.tlz',
  '.tpz',
  '.txz',
  '.xz',
];

export function isArchiveName(name: string): boolean {
  return ENDINGS.some((ending) => name.endsWith(ending));
}
