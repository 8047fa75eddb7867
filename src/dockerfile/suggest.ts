/** Farther than this is no slip of the keyboard. BuildKit draws the line at the same place. */
const FARTHEST = 2;

/** Levenshtein distance, given up as soon as it is above `limit`. */
function distance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const cost = left[i - 1] === right[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + cost));
    }
    if (Math.min(...next) > limit) return limit + 1;
    row = next;
  }
  return row[right.length] ?? limit + 1;
}

/** The option nearest to a mistyped word, if one is at most two edits away; one that differs by its case alone is nearest. */
export function nearest(word: string, options: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let bestDistance = FARTHEST + 1;
  for (const option of options) {
    const lower = option.toLowerCase();
    const found = distance(wanted, lower, FARTHEST);
    if (option !== word && found < bestDistance) {
      best = option;
      bestDistance = found;
    }
  }
  return best;
}

/** `did you mean X?` as a hint, or nothing. */
export function didYouMean(word: string, options: Iterable<string>): string | undefined {
  const option = nearest(word, options);
  return option === undefined ? undefined : `did you mean ${option}?`;
}
