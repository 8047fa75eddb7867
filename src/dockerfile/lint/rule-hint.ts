import { didYouMean } from '../suggest.ts';

/** What could not be read is told by no rule, and cannot be silenced; hadolint gives it this name. */
const UNREADABLE = 'DL1000';

/** hadolint had these once; files that name them are about still. */
const GONE: ReadonlySet<string> = new Set(['DL3005', 'DL3017', 'DL3031', 'DL3039', 'DL4002']);

/** True for names that are right, although no rule of ours has them. Which codes ShellCheck has, it alone knows. */
export function isOfOthers(id: string): boolean {
  return id === UNREADABLE || /^SC\d{4}$/.test(id);
}

/** What to say of a rule's name that no rule has. */
export function ruleHint(id: string, known: ReadonlySet<string>): string | undefined {
  if (GONE.has(id.toUpperCase())) return 'hadolint has it no more';
  const meant = withDigits(id);
  const same = plainNames(known).get(meant);
  if (same !== undefined) return `did you mean ${same}?`;
  if (isOfOthers(meant)) return `did you mean ${meant}?`;
  // One code is near to many others: a digit that is wrong says nothing of the one that was meant.
  if (/\d$/.test(id)) return undefined;
  return didYouMean(
    id,
    [...known].filter((one) => !/\d$/.test(one)),
  );
}

function plainNames(known: ReadonlySet<string>): ReadonlyMap<string, string> {
  const before = plain.get(known);
  if (before !== undefined) return before;
  const names = new Map([...known].map((name) => [withDigits(name), name]));
  plain.set(known, names);
  return names;
}

/** A file may have thousands of such comments. */
const plain = new WeakMap<ReadonlySet<string>, ReadonlyMap<string, string>>();

/** In capitals, with digits for the letters that look like them, in codes. */
function withDigits(id: string): string {
  const upper = id.toUpperCase();
  return upper.replace(/^(DL|SC|TSIB)([\dOIL]{4})$/, (_, head: string, code: string) =>
    head.concat(code.replaceAll('O', '0').replaceAll(/[IL]/g, '1')),
  );
}
