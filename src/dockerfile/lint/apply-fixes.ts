import type { Diagnostic, Fix, TextEdit } from '../diagnostic.ts';
import { parseDockerfile } from '../parse.ts';
import type { LintConfig } from './config.ts';
import { lint } from './lint.ts';
import { partitionPoint } from './partition-point.ts';

/** `safe`: only fixes that leave the image as it is or as the rule wants it; `unsafe`: all. */
export type FixLevel = Fix['safety'];

export interface AppliedFixes {
  readonly text: string;
  /** The findings that were fixed. */
  readonly fixed: readonly Diagnostic[];
}

/**
 * Applies the fixes of findings to the text they were found in. Of fixes that touch the same place the first one in the file wins, in whatever order
 * the findings come.
 */
export function applyFixes(text: string, diagnostics: readonly Diagnostic[], level: FixLevel): AppliedFixes {
  const taken: TextEdit[] = [];
  const fixed: Diagnostic[] = [];
  for (const diagnostic of diagnostics.toSorted(byPlace)) {
    const { fix } = diagnostic;
    if (fix === undefined || (fix.safety === 'unsafe' && level === 'safe')) continue;
    const places = fix.edits.map((edit) => freePlace(taken, edit));
    if (places.length === 0 || places.includes(undefined)) continue;
    for (const edit of fix.edits) taken.splice(freePlace(taken, edit) ?? taken.length, 0, edit);
    fixed.push(diagnostic);
  }
  return { text: replaceAll(text, taken), fixed };
}

function byPlace({ at: one, rule }: Diagnostic, { at: other, rule: otherRule }: Diagnostic): number {
  const difference = one.start.offset - other.start.offset || one.end.offset - other.end.offset;
  if (difference !== 0 || rule === otherRule) return difference;
  return rule < otherRule ? -1 : 1;
}

/** Where an edit belongs among those that are taken, which are in order; undefined if it touches one of them. */
function freePlace(taken: readonly TextEdit[], { at }: TextEdit): number | undefined {
  const place = partitionPoint(taken, (one) => one.at.end.offset < at.start.offset);
  const next = taken[place];
  return next === undefined || next.at.start.offset > at.end.offset ? place : undefined;
}

/** The text after edits of which no two touch. */
export function replaceAll(text: string, edits: readonly TextEdit[]): string {
  const pieces: string[] = [];
  let end = 0;
  for (const edit of edits.toSorted((one, other) => one.at.start.offset - other.at.start.offset)) {
    pieces.push(text.slice(end, edit.at.start.offset), edit.text);
    end = edit.at.end.offset;
  }
  return [...pieces, text.slice(end)].join('');
}

/** Each is looked for by reading the file some times; a file on which more fixes fail than this has another trouble. */
const MOST_FAILING = 20;

/**
 * As applyFixes, without the fixes after which the file reads worse than before: each of these is left out alone, and what touches it gets its turn.
 * @param path as messages name the file
 */
export function applyHolding(
  { text, path }: { readonly text: string; readonly path: string },
  diagnostics: readonly Diagnostic[],
  level: FixLevel,
): AppliedFixes {
  const before = parseDockerfile(text, path).problems.length;
  const holds = (applied: AppliedFixes) => parseDockerfile(applied.text, path).problems.length <= before;
  let candidates = diagnostics;
  for (let failing = 0; ; failing += 1) {
    const applied = applyFixes(text, candidates, level);
    if (holds(applied)) return applied;
    const { fixed } = applied;
    let good = 0;
    let bad = fixed.length;
    while (bad - good > 1) {
      const middle = (good + bad) >>> 1;
      if (holds(applyFixes(text, fixed.slice(0, middle), level))) good = middle;
      else bad = middle;
    }
    if (failing === MOST_FAILING) return applyFixes(text, fixed.slice(0, good), level);
    const culprit = fixed[bad - 1];
    candidates = candidates.filter((one) => one !== culprit);
  }
}

/** A fix may bring another one to light; more rounds than this would mean that two of them fight. */
const MOST_ROUNDS = 10;

/**
 * Fixes a Dockerfile until nothing is left to fix. A fix after which the file reads worse than before is not taken.
 * @param path as messages name the file
 */
export function fixDockerfile(text: string, path: string, config: LintConfig, level: FixLevel): AppliedFixes {
  let current = text;
  const fixed: Diagnostic[] = [];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const found = lint(parseDockerfile(current, path), config);
    const step = applyHolding({ text: current, path }, found, level);
    if (step.text === current) break;
    current = step.text;
    fixed.push(...step.fixed);
  }
  return { text: current, fixed };
}
