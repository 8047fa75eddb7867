import type { BuildError, SourceRange } from '../base/errors.ts';
import { BuildErrors } from '../base/errors.ts';
import { charWidth } from './char-width.ts';
import { printable } from './printable.ts';

/** Longer lines are cut around the marked place. */
const WIDEST = 120;

/**
 * The line that a range begins in, with its number, and a row of `^` below what is meant:
 * ```
 *   --> Dockerfile:2:1
 *    |
 *  2 | RUM make
 *    | ^^^
 * ```
 */
export function sourceFrame(text: string, at: SourceRange): string {
  const { line, column } = at.start;
  const whole = lineAt(text, at.start.offset - (column - 1));
  const sameLine = lastLine(at) <= line;
  const end = Math.max(at.end.line === line ? at.end.column - 1 : whole.length, column);
  const window = cut(printable(whole), column - 1, end);
  const number = String(line);
  const gutter = ' '.repeat(number.length);
  const marker = `${blank(window.text.slice(0, window.start))}${'^'.repeat(Math.max(width(window.text.slice(window.start, window.end)), 1))}`;
  const more = sameLine ? '' : ` … to line ${lastLine(at)}`;
  return [
    `${gutter} --> ${printable(at.file)}:${line}:${column}`,
    `${gutter} |`,
    `${number} | ${window.text}`,
    `${gutter} | ${marker}${more}`,
  ].join('\n');
}

/** An error as a terminal shows it: message, the place, what to do. Several errors stand one below the other. */
export function renderError(error: BuildError, text?: string): string {
  if (error instanceof BuildErrors) return error.errors.map((one) => renderError(one, text)).join('\n\n');
  const lines = [`error[${error.code}]: ${error.message}`];
  if (error.at !== undefined) lines.push(text === undefined ? place(error.at) : sourceFrame(text, error.at));
  if (error.hint !== undefined) lines.push(`  = hint: ${error.hint}`);
  return lines.join('\n');
}

function place(at: SourceRange): string {
  return `  --> ${printable(at.file)}:${at.start.line}:${at.start.column}`;
}

function lastLine(at: SourceRange): number {
  // A range that ends before the first character of a line does not reach into it.
  return at.end.column === 1 ? at.end.line - 1 : at.end.line;
}

function lineAt(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, end === -1 ? text.length : end).replace(/\r+$/, '');
}

interface Window {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function cut(line: string, start: number, end: number): Window {
  if (line.length <= WIDEST)
    return { text: line, start, end: Math.min(end, Math.max(line.length, start + 1)) };
  const from = Math.max(0, Math.min(start - 20, line.length - WIDEST));
  const before = from > 0 ? '…' : '';
  const after = from + WIDEST < line.length ? '…' : '';
  const shift = before.length - from;
  return {
    text: before + line.slice(from, from + WIDEST) + after,
    start: start + shift,
    end: Math.min(end, from + WIDEST) + shift,
  };
}

/** Blanks as wide as a text; tabs stay, for only the terminal knows their width. */
function blank(text: string): string {
  return Array.from(text, (char) => (char === '\t' ? '\t' : ' '.repeat(charWidth(char)))).join('');
}

function width(text: string): number {
  return Array.from(text).reduce((sum, char) => sum + charWidth(char), 0);
}
