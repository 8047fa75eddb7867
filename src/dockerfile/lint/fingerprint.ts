import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { Instruction } from '../ast.ts';
import type { Diagnostic } from '../diagnostic.ts';

/** A finding without its name, and where its name comes from. */
export interface Unnamed {
  readonly diagnostic: Omit<Diagnostic, 'fingerprint'>;
  readonly instruction: Instruction | undefined;
}

/** Hexadecimal digits; 64 bits tell the findings of a repository apart. */
const LENGTH = 16;

/**
 * Names the findings of one file so that the name stays when the instruction moves, is broken into lines otherwise or gets other comments:
 * a hash of path, rule and the instruction's text, then `:` and a count from 1 where these are equal.
 * @param path as the file is called
 * @param folder absolute; a path below it counts from there
 */
export function nameFindings(
  found: readonly Unnamed[],
  text: string,
  path: string,
  folder: string | undefined,
): readonly Diagnostic[] {
  const lines = text.split('\n');
  const file = fingerprintPath(path, folder);
  // A hash for an instruction, whatever its length and however many findings it has.
  const hashes = new Map<Instruction, string>();
  const seen = new Map<string, number>();
  return found.map(({ diagnostic, instruction }) => {
    const { rule, at } = diagnostic;
    const own =
      instruction === undefined
        ? hashOf(oneBlank(lines.slice(at.start.line - 1, at.end.line).join('\n')))
        : (hashes.get(instruction) ?? hashOf(instructionText(instruction)));
    if (instruction !== undefined) hashes.set(instruction, own);
    const hash = hashOf([file, rule, own].join('\0'));
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    return { ...diagnostic, fingerprint: `${hash}:${count}` };
  });
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, LENGTH);
}

/** The path that a file's fingerprints are made of: below `folder` relative to it, with slashes, without `./`. */
export function fingerprintPath(path: string, folder: string | undefined): string {
  const slashed = posix.normalize(path.replaceAll('\\', '/'));
  const isOwn = !posix.isAbsolute(slashed) && !slashed.startsWith('../');
  if (folder === undefined || isOwn) return slashed;
  const inside = posix.relative(folder, posix.resolve(folder, slashed));
  return inside.startsWith('../') ? slashed : inside;
}

/** Without comments and continuations; blanks count as one. */
function instructionText({ keyword, flags, args, heredocs }: Instruction): string {
  const words = flags.map(({ name, value }) => (value === undefined ? `--${name}` : `--${name}=${value}`));
  const bodies = heredocs.map(({ content }) => content);
  return oneBlank([keyword.value.toUpperCase(), ...words, args.value, ...bodies].join(' '));
}

function oneBlank(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
