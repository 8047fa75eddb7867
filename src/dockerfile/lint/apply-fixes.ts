import type { Diagnostic, Fix, TextEdit } from '../diagnostic.ts';
import { parseDockerfile } from '../parse.ts';
import type { LintConfig } from './config.ts';
import { lint } from './lint.ts';

/** `safe`: only fixes that leave the image as it is or as the rule wants it; `unsafe`: all. */
export type FixLevel = Fix['safety'];

export interface AppliedFixes {
  readonly text: string;
  /** The findings that were fixed. */
  readonly fixed: readonly Diagnostic[];
}

/** Applies the fixes of findings to the text they were found in. Of fixes that touch the same place the first one wins. */
export function applyFixes(text: string, diagnostics: readonly Diagnostic[], level: FixLevel): AppliedFixes {
  const edits: TextEdit[] = [];
  const fixed: Diagnostic[] = [];
  for (const diagnostic of diagnostics) {
    const { fix } = diagnostic;
    if (fix === undefined || (fix.safety === 'unsafe' && level === 'safe')) continue;
    if (fix.edits.length === 0 || fix.edits.some((edit) => edits.some((other) => touches(edit, other))))
      continue;
    edits.push(...fix.edits);
    fixed.push(diagnostic);
  }
  return { text: replaceAll(text, edits), fixed };
}

function touches(one: TextEdit, other: TextEdit): boolean {
  return one.at.start.offset <= other.at.end.offset && other.at.start.offset <= one.at.end.offset;
}

/** The text after edits of which no two touch. */
export function replaceAll(text: string, edits: readonly TextEdit[]): string {
  let result = text;
  for (const { at, text: replacement } of edits.toSorted(
    (one, other) => other.at.start.offset - one.at.start.offset,
  )) {
    result = result.slice(0, at.start.offset) + replacement + result.slice(at.end.offset);
  }
  return result;
}

/** A fix may bring another one to light; more rounds than this would mean that two of them fight. */
const MOST_ROUNDS = 10;

/**
 * Fixes a Dockerfile until nothing is left to fix. A round after which the file reads worse than before is not taken.
 * @param path as messages name the file
 */
export function fixDockerfile(text: string, path: string, config: LintConfig, level: FixLevel): AppliedFixes {
  let current = text;
  const fixed: Diagnostic[] = [];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const parsed = parseDockerfile(current, path);
    const step = applyFixes(current, lint(parsed, config), level);
    if (step.fixed.length === 0 || step.text === current) break;
    if (parseDockerfile(step.text, path).problems.length > parsed.problems.length) break;
    current = step.text;
    fixed.push(...step.fixed);
  }
  return { text: current, fixed };
}
