import type { LintRule } from '../rule.ts';
import { unquote } from '../unquote.ts';

export const dl3021: LintRule = {
  id: 'DL3021',
  severity: 'error',
  title: 'COPY of several sources into a folder ends with a slash',
  *check(context) {
    for (const copy of context.all('copy')) {
      if (copy.sources.length + copy.inlineSources.length < 2) continue;
      const { value, at } = copy.destination;
      if (unquote(value).endsWith('/')) continue;
      yield {
        message: `Several sources need a folder: write ${unquote(value)}/`,
        at,
        fix: isPlain(value)
          ? { title: 'Add the slash', safety: 'safe', edits: [{ at, text: withSlash(value) }] }
          : undefined,
      };
    }
  },
};

/** No quotes but one pair around all of it. */
function isPlain(value: string): boolean {
  return /^(["']?)[^"']+\1$/.test(value);
}

function withSlash(value: string): string {
  const quote = /["']$/.exec(value)?.[0] ?? '';
  return quote === '' ? `${value}/` : `${value.slice(0, -1)}/${quote}`;
}
