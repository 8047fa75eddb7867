import type { SourceRange } from '../../src/base/errors.ts';
import type { Instruction, ParseResult } from '../../src/dockerfile/ast.ts';
import type { Diagnostic, TextEdit } from '../../src/dockerfile/diagnostic.ts';
import { expandWord } from '../../src/dockerfile/expand.ts';
import { applyFixes, type FixLevel, fixDockerfile } from '../../src/dockerfile/lint/apply-fixes.ts';
import { lint } from '../../src/dockerfile/lint/lint.ts';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';

export interface FixCheck {
  /** Fixes that were tried on their own, by rule. */
  readonly tried: ReadonlyMap<string, number>;
  /** Findings that were fixed when all were taken. */
  readonly fixed: number;
  /** The file was changed. */
  readonly changed: boolean;
  readonly problems: readonly string[];
}

const NAME = 'Dockerfile';

/**
 * What has to hold of the fixes for a file. Each alone: the file reads no worse, its finding is gone, what no edit touches is the same. All
 * together: a second run changes nothing, and no fix of the level is left.
 */
export function checkFixes(text: string, level: FixLevel): FixCheck {
  const parsed = parseDockerfile(text, NAME);
  const found = lint(parsed);
  const tried = new Map<string, number>();
  const problems: string[] = [];
  for (const diagnostic of found) {
    if (diagnostic.fix === undefined || (level === 'safe' && diagnostic.fix.safety === 'unsafe')) continue;
    tried.set(diagnostic.rule, (tried.get(diagnostic.rule) ?? 0) + 1);
    const { text: after } = applyFixes(text, [diagnostic], level);
    for (const problem of checkOne(parsed, diagnostic, parseDockerfile(after, NAME)))
      problems.push(`line ${diagnostic.at.start.line} ${diagnostic.rule}: ${problem}`);
  }
  const once = fixDockerfile(text, NAME, {}, level);
  problems.push(...checkAll(parsed, once.text, level));
  return { tried, fixed: once.fixed.length, changed: once.text !== text, problems };
}

/** What is wrong with one fix, taken alone. */
export function checkOne(before: ParseResult, diagnostic: Diagnostic, after: ParseResult): readonly string[] {
  const edits = diagnostic.fix?.edits ?? [];
  const problems: string[] = [];
  if (after.problems.length > before.problems.length) problems.push('the file reads worse');
  const place = shifted(diagnostic.at.start.offset, edits);
  const left = lint(after).find(
    ({ rule, aliases, at }) =>
      (rule === diagnostic.rule || aliases.includes(diagnostic.rule)) && at.start.offset === place,
  );
  if (left !== undefined) problems.push('the finding is still there');
  const kept = instructionsOf(before).filter(({ at }) => !edits.some((edit) => touches(edit.at, at)));
  if (!isSubsequence(kept.map(shapeOf), instructionsOf(after).map(shapeOf)))
    problems.push('an instruction that no edit touches is another one');
  if (diagnostic.rule === 'LegacyKeyValueFormat' && !sameValues(before, after))
    problems.push('a value is another one');
  return problems;
}

function checkAll(before: ParseResult, once: string, level: FixLevel): readonly string[] {
  const after = parseDockerfile(once, NAME);
  const problems: string[] = [];
  if (after.problems.length > before.problems.length) problems.push('fixed, the file reads worse');
  if (fixDockerfile(once, NAME, {}, level).text !== once) problems.push('a second run changes it again');
  for (const { rule, fix, at } of lint(after)) {
    if (fix !== undefined && (level === 'unsafe' || fix.safety === 'safe'))
      problems.push(`line ${at.start.line}: a fix for ${rule} is left`);
  }
  return problems;
}

/** Where a place before some edits stands after them. */
function shifted(offset: number, edits: readonly TextEdit[]): number {
  return edits
    .filter(({ at }) => at.end.offset <= offset)
    .reduce((sum, { at, text }) => sum + text.length - (at.end.offset - at.start.offset), offset);
}

function touches(edit: SourceRange, at: SourceRange): boolean {
  return edit.start.offset <= at.end.offset && at.start.offset <= edit.end.offset;
}

function instructionsOf({ file }: ParseResult): readonly Instruction[] {
  return [...file.globalArgs, ...file.stages.flatMap(({ from, instructions }) => [from, ...instructions])];
}

/** An instruction without its places and without the comments around it. */
function shapeOf(instruction: Instruction): string {
  return JSON.stringify(instruction, (key, value: unknown) =>
    ['at', 'body', 'pieces', 'comments'].includes(key) ? undefined : value,
  );
}

function isSubsequence(part: readonly string[], whole: readonly string[]): boolean {
  let at = 0;
  for (const one of whole) if (one === part[at]) at += 1;
  return at === part.length;
}

function sameValues(before: ParseResult, after: ParseResult): boolean {
  return valuesOf(before).join('\0') === valuesOf(after).join('\0');
}

function valuesOf(parsed: ParseResult): readonly string[] {
  return instructionsOf(parsed).flatMap((one) =>
    one.kind === 'env' || one.kind === 'label'
      ? one.pairs.map(({ key, value }) => `${expanded(key.value)}=${expanded(value.value)}`)
      : [],
  );
}

function expanded(text: string): string {
  try {
    return expandWord(text, undefined, { skipUnset: true }).value;
  } catch {
    return text;
  }
}
