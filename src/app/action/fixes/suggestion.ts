import { createHash } from 'node:crypto';
import type { Diagnostic, TextEdit } from '../../../dockerfile/diagnostic.ts';
import { applyFixes, replaceAll } from '../../../dockerfile/lint/apply-fixes.ts';
import { parseDockerfile } from '../../../dockerfile/parse.ts';
import { lineChanges, linesOf } from '../../lint/line-changes.ts';

/** Whole lines of a file and what to put in their place. */
export interface Suggestion {
  /** Lines of the file, from 1; both are replaced. */
  readonly startLine: number;
  readonly endLine: number;
  /** Without line ends; none: the lines go. */
  readonly lines: readonly string[];
  /** The findings that this mends, in the order of the file. */
  readonly findings: readonly Diagnostic[];
  /** Names file, rules, old and new lines, but no line number: it stays when lines are put in above. */
  readonly mark: string;
}

/** Lines, by index from 0, `end` exclusive. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly findings: readonly Diagnostic[];
}

/**
 * The safe fixes of a file as suggestions, in the order of its lines. Fixes of the same lines become one; of fixes that touch the same place
 * the first counts.
 * @param diagnostics findings in this very text
 */
export function suggestionsFor(
  text: string,
  path: string,
  diagnostics: readonly Diagnostic[],
): readonly Suggestion[] {
  const { fixed } = applyFixes(text, diagnostics, 'safe');
  const lines = linesOf(text);
  const offsets = offsetsOf(lines);
  const stretches = fixed.flatMap((finding) => stretchOf(finding, text, lines, offsets));
  const seen = new Map<string, number>();
  return withoutHarm(text, path, merged(stretches)).map((stretch) => {
    const old = lines.slice(stretch.start, stretch.end);
    const added = mended(stretch, text, offsets);
    const content = JSON.stringify([path, rulesOf(stretch), old.map(bare), added]);
    const count = seen.get(content) ?? 0;
    seen.set(content, count + 1);
    return {
      startLine: stretch.start + 1,
      endLine: stretch.end,
      lines: added,
      findings: stretch.findings,
      mark: createHash('sha256').update(`${count}\n${content}`).digest('hex').slice(0, 32),
    };
  });
}

/** Offsets of the lines, and of the end. */
function offsetsOf(lines: readonly string[]): readonly number[] {
  const offsets = [0];
  for (const line of lines) offsets.push((offsets.at(-1) ?? 0) + line.length);
  return offsets;
}

/** The lines that a fix changes. A line that is only put in takes its neighbour along, since a suggestion has to replace something. */
function stretchOf(
  finding: Diagnostic,
  text: string,
  lines: readonly string[],
  offsets: readonly number[],
): readonly Stretch[] {
  const edits = finding.fix?.edits ?? [];
  const first = Math.min(...edits.map(({ at }) => at.start.line)) - 1;
  const last = Math.min(Math.max(...edits.map(({ at }) => at.end.line)), lines.length);
  const before = lines.slice(first, last);
  const after = replaceWithin(text, offsets[first] ?? 0, offsets[last] ?? text.length, edits);
  const changes = lineChanges(before, linesOf(after));
  const [head] = changes;
  const tail = changes.at(-1);
  if (head === undefined || tail === undefined) return [];
  const start = first + head.start;
  const end = first + tail.start + tail.removed.length;
  if (end > start) return [{ start, end, findings: [finding] }];
  if (lines.length === 0) return [];
  return start > 0
    ? [{ start: start - 1, end: start, findings: [finding] }]
    : [{ start: 0, end: 1, findings: [finding] }];
}

/** Stretches that share lines become one. */
function merged(stretches: readonly Stretch[]): readonly Stretch[] {
  const result: Stretch[] = [];
  for (const next of stretches.toSorted((one, other) => one.start - other.start || one.end - other.end)) {
    const before = result.at(-1);
    if (before === undefined || next.start >= before.end) result.push(next);
    else {
      const findings = [...before.findings, ...next.findings];
      result[result.length - 1] = {
        start: before.start,
        end: Math.max(before.end, next.end),
        findings: findings.sort((one, other) => one.at.start.offset - other.at.start.offset),
      };
    }
  }
  return result;
}

/** Those after which the file still reads as well as before, each for itself. */
function withoutHarm(text: string, path: string, stretches: readonly Stretch[]): readonly Stretch[] {
  const problems = (changed: string): number => parseDockerfile(changed, path).problems.length;
  const before = problems(text);
  const isGood = (some: readonly Stretch[]): boolean =>
    problems(replaceAll(text, some.flatMap(editsOf))) <= before;
  return isGood(stretches) ? stretches : stretches.filter((stretch) => isGood([stretch]));
}

function mended(stretch: Stretch, text: string, offsets: readonly number[]): readonly string[] {
  const start = offsets[stretch.start] ?? 0;
  const end = offsets[stretch.end] ?? text.length;
  return linesOf(replaceWithin(text, start, end, editsOf(stretch))).map(bare);
}

/** The part of a text from `start` to `end`, in which all edits lie, after them. */
function replaceWithin(text: string, start: number, end: number, edits: readonly TextEdit[]): string {
  const rest = text.length - end;
  const after = replaceAll(text, edits);
  return after.slice(start, after.length - rest);
}

function editsOf({ findings }: Stretch): readonly TextEdit[] {
  return findings.flatMap(({ fix }) => fix?.edits ?? []);
}

function rulesOf({ findings }: Stretch): readonly string[] {
  return [...new Set(findings.map(({ rule }) => rule))].sort();
}

/** Without its end: review comments have line ends of their own. */
function bare(line: string): string {
  return line.replace(/\r?\n$/, '');
}
