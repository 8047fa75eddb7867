import { type LineChange, lineChanges, linesOf } from './line-changes.ts';

/** Unchanged lines around a change. */
const CONTEXT = 3;
const NO_LINE_END = '\\ No newline at end of file\n';

/**
 * A patch that `git apply` and `patch -p1` take; empty when nothing differs.
 * @param path of the file, in the folder in which the patch is applied
 */
export function unifiedDiff(path: string, before: string, after: string): string {
  const old = linesOf(before);
  const hunks = inHunks(lineChanges(old, linesOf(after)));
  if (hunks.length === 0) return '';
  let shift = 0;
  const texts = hunks.map((changes) => {
    const text = hunkText(changes, old, shift);
    shift += changes.reduce((sum, { removed, added }) => sum + added.length - removed.length, 0);
    return text;
  });
  return `--- ${quoted(`a/${path}`)}\n+++ ${quoted(`b/${path}`)}\n${texts.join('')}`;
}

/** Changes whose surroundings touch stand in one hunk. */
function inHunks(changes: readonly LineChange[]): readonly (readonly LineChange[])[] {
  const hunks: LineChange[][] = [];
  let reached = Number.NEGATIVE_INFINITY;
  for (const change of changes) {
    if (change.start - reached <= 2 * CONTEXT) hunks.at(-1)?.push(change);
    else hunks.push([change]);
    reached = change.start + change.removed.length;
  }
  return hunks;
}

/** @param shift lines that the hunks before added */
function hunkText(changes: readonly LineChange[], old: readonly string[], shift: number): string {
  const first = changes[0]?.start ?? 0;
  const start = Math.max(0, first - CONTEXT);
  const lines: string[] = [];
  let at = start;
  let added = 0;
  for (const change of changes) {
    for (const line of old.slice(at, change.start)) lines.push(` ${line}`);
    for (const line of change.removed) lines.push(`-${line}`);
    for (const line of change.added) lines.push(`+${line}`);
    at = change.start + change.removed.length;
    added += change.added.length - change.removed.length;
  }
  const end = Math.min(old.length, at + CONTEXT);
  for (const line of old.slice(at, end)) lines.push(` ${line}`);
  const count = end - start;
  const head = `@@ -${rangeText(start, count)} +${rangeText(start + shift, count + added)} @@\n`;
  return head + lines.map((line) => (line.endsWith('\n') ? line : `${line}\n${NO_LINE_END}`)).join('');
}

/** Lines count from 1; a range of none names the line in front. */
function rangeText(start: number, count: number): string {
  return `${count === 0 ? start : start + 1},${count}`;
}

/** As git quotes names in patches (git-config, core.quotePath); others stand as they are. */
function quoted(name: string): string {
  if (!/[\p{Cc}"\\]/u.test(name)) return name;
  const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '"': '\\"', '\\': '\\\\' };
  const octal = (character: string): string => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
  return `"${name.replace(/[\p{Cc}"\\]/gu, (character) => escapes[character] ?? octal(character))}"`;
}
