/** Names that a message tells. */
const MOST = 8;

/** `a, b, c and 9 more` */
export function nameList(names: readonly string[]): string {
  const told = names.slice(0, MOST + 1);
  if (names.length <= MOST + 1) return told.join(', ');
  return `${told.slice(0, MOST).join(', ')} and ${names.length - MOST} more`;
}
