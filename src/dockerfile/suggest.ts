import { editDistance } from './edit-distance.ts';

/** Farther than this is no slip of the keyboard. BuildKit draws the line at the same place. */
const FARTHEST = 2;

/** The option nearest to a mistyped word, if one is at most two edits away; one that differs by its case alone is nearest. */
export function nearest(word: string, options: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let bestDistance = FARTHEST + 1;
  for (const option of options) {
    if (option === word) continue;
    const found = editDistance(wanted, option.toLowerCase(), bestDistance - 1);
    if (found === undefined) continue;
    best = option;
    bestDistance = found;
  }
  return best;
}

/** `did you mean X?` as a hint, or nothing. */
export function didYouMean(word: string, options: Iterable<string>): string | undefined {
  const option = nearest(word, options);
  return option === undefined ? undefined : `did you mean ${option}?`;
}
