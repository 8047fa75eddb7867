import { posix } from 'node:path';
import type { LintRule } from '../rule.ts';
import { unquote } from '../unquote.ts';

export const tsib1013: LintRule = {
  id: 'TSIB1013',
  severity: 'warning',
  title: 'Sources lie inside the context',
  *check(context) {
    for (const copy of context.all('copy', 'add')) {
      if (copy.from !== undefined) continue;
      const outside = copy.sources.find(({ value }) => leaves(unquote(value)));
      if (outside === undefined) continue;
      yield {
        message: `${outside.value} points outside the context, where ${inside(unquote(outside.value))} is taken in its place: build from a folder further up`,
        at: outside.at,
      };
    }
  },
};

/** What a builder makes of it: nothing lies above the root. */
function inside(path: string): string {
  return posix.join('/', path);
}

/** True when the path climbs above where it began. */
function leaves(path: string): boolean {
  if (/^(?:https?|git|ssh):|^git@/.test(path)) return false;
  let depth = 0;
  for (const part of path.split('/')) {
    if (part === '..') depth -= 1;
    else if (part !== '' && part !== '.') depth += 1;
    if (depth < 0) return true;
  }
  return false;
}
