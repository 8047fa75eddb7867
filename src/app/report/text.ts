import { type BuildError, BuildErrors, type SourceRange } from '../../base/errors.ts';
import type { Diagnostic } from '../../dockerfile/diagnostic.ts';
import { sourceFrame } from '../../dockerfile/source-frame.ts';

/** Texts of the files that errors and findings may point into, by the path that they name. */
export type Sources = Readonly<Record<string, string>>;

/**
 * An error for people: what happened, where with the lines themselves, what to do. Several errors one below the other. A stack only for
 * faults of ours.
 */
export function errorText(error: BuildError, sources: Sources): string {
  if (error instanceof BuildErrors) return error.errors.map((each) => errorText(each, sources)).join('\n\n');
  const lines = [`ERROR: ${error.message}`];
  if (error.at !== undefined) lines.push(frame(error.at, sources));
  if (error.hint !== undefined) lines.push(indented(error.hint));
  if (error.kind === 'bug') {
    lines.push(indented('This is a fault of ts-image-build. Please report it with the lines below.'));
    const { cause } = error;
    lines.push(cause instanceof Error ? (cause.stack ?? cause.message) : (error.stack ?? ''));
  }
  return lines.join('\n');
}

export function placeText(at: SourceRange): string {
  return `${at.file}:${at.start.line}:${at.start.column}`;
}

/** A finding of the linter in one line. */
export function findingText({ at, severity, rule, message }: Diagnostic): string {
  return `${placeText(at)} ${severity} ${rule}: ${message}`;
}

/** That a check of the Dockerfile has passed, with so many findings. */
export function passedText(findings: number): string {
  if (findings === 0) return 'check passed: nothing was found';
  return `check passed: ${findings} ${findings === 1 ? 'finding' : 'findings'} below the threshold`;
}

function frame(at: SourceRange, sources: Sources): string {
  const text = sources[at.file];
  return text === undefined ? `  --> ${placeText(at)}` : sourceFrame(text, at);
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
