/** A part of a block, from `start` (inclusive) to `end` (exclusive). */
export interface Segment {
  readonly start: number;
  readonly end: number;
  /** Whether its bytes look random, so that deflate would not make them smaller. */
  readonly random: boolean;
}

/** Bytes that are looked at together. */
const UNIT = 2048;
/** Fewer units in a row are not worth being told apart: what comes behind them has to be begun anew. */
const LEAST_UNITS = 8;
const SAMPLES = 256;
/** Prime, so that samples do not always meet the same byte of numbers that stand in a row. */
const STRIDE = 7;
/** The sum of the squares of how often each value comes among the samples is 511 on average where bytes are random, with a deviation of 23; thousands in texts and programs. */
const MOST_SQUARES = 652;
/** How far back deflate finds what comes again. */
const WINDOW = 32 * 1024;
/** Words are looked for behind each byte of this value only: so they are the same ones wherever they come again. */
const ANCHOR = 0;
const WORD = 4;
const SLOT_BITS = 12;

/**
 * Cuts a block where bytes that look random begin and end: compressed files, pictures, keys. They take deflate the most time of all, for nothing, and
 * spoil its code for what stands beside them. It costs a hundredth of what deflate does, and goes by the block's bytes alone.
 */
export function segmentsOf(block: Buffer): Segment[] {
  const segments: Segment[] = [];
  let done = 0;
  for (const { start, end } of randomRuns(block)) {
    if (start > done) segments.push({ start: done, end: start, random: false });
    segments.push({ start, end, random: true });
    done = end;
  }
  if (done < block.length) segments.push({ start: done, end: block.length, random: false });
  return segments;
}

function randomRuns(block: Buffer): readonly { readonly start: number; readonly end: number }[] {
  const runs: { start: number; end: number }[] = [];
  const counts = new Uint16Array(256);
  let words: RecentWords | undefined;
  let start = 0;
  for (let at = 0; ; at += UNIT) {
    if (at + UNIT <= block.length && isEven(block, at, counts)) {
      words ??= new RecentWords();
      if (words.areNew(block, at)) continue;
    }
    if (at - start >= LEAST_UNITS * UNIT) runs.push({ start, end: at });
    start = at + UNIT;
    if (start > block.length) return runs;
  }
}

/** Whether all values come about as often in the unit. */
function isEven(block: Buffer, at: number, counts: Uint16Array): boolean {
  counts.fill(0);
  let squares = 0;
  for (let i = at; i < at + SAMPLES * STRIDE; i += STRIDE) {
    const value = block[i] ?? 0;
    const before = counts[value] ?? 0;
    counts[value] = before + 1;
    squares += 2 * before + 1;
    if (squares > MOST_SQUARES) return false;
  }
  return true;
}

/** Where words were seen last: a table or a small picture that comes again and again looks random as well. */
class RecentWords {
  readonly #words = new Int32Array(1 << SLOT_BITS);
  readonly #places = new Int32Array(1 << SLOT_BITS).fill(-WINDOW - 1);

  /** Whether less than an eighth of the unit's words were within deflate's reach before it, or in it. Never for a unit that has none. */
  areNew(block: Buffer, at: number): boolean {
    const last = at + UNIT - WORD;
    let seen = 0;
    let again = 0;
    for (let i = block.indexOf(ANCHOR, at); i >= 0 && i < last; i = block.indexOf(ANCHOR, i + 1)) {
      const word = block.readInt32LE(i + 1);
      const slot = Math.imul(word, 0x9e3779b1) >>> (32 - SLOT_BITS);
      seen += 1;
      if (this.#words[slot] === word && i - (this.#places[slot] ?? 0) <= WINDOW) again += 1;
      this.#words[slot] = word;
      this.#places[slot] = i;
    }
    return seen > 0 && again * 8 <= seen;
  }
}
