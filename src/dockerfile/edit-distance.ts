/**
 * How many letters must be put in, taken out or changed to make one word the other (Levenshtein), if it is not more than `most`; a handful of looks
 * at each letter for a small `most`, and nothing is made, since every word of a file may be compared with every other.
 */
export function editDistance(one: string, other: string, most: number): number | undefined {
  if (Math.abs(one.length - other.length) > most) return undefined;
  for (let edits = 0; edits <= most; edits += 1) if (isWithin(one, 0, other, 0, edits)) return edits;
  return undefined;
}

function isWithin(one: string, from: number, other: string, otherFrom: number, edits: number): boolean {
  let at = from;
  let otherAt = otherFrom;
  while (at < one.length && otherAt < other.length && one[at] === other[otherAt]) {
    at += 1;
    otherAt += 1;
  }
  const left = one.length - at;
  const otherLeft = other.length - otherAt;
  if (left === 0 || otherLeft === 0) return left + otherLeft <= edits;
  return (
    edits > 0 &&
    (isWithin(one, at + 1, other, otherAt + 1, edits - 1) ||
      isWithin(one, at + 1, other, otherAt, edits - 1) ||
      isWithin(one, at, other, otherAt + 1, edits - 1))
  );
}
