import type { LintRule } from '../rule.ts';
import { unquote } from '../unquote.ts';

/** Kubernetes' runAsNonRoot can judge a number only. Windows has no numbers of users. */
export const dl3066: LintRule = {
  id: 'DL3066',
  severity: 'info',
  title: 'USER as a number',
  *check(context) {
    if (context.file.directives.escape === '`') return;
    const args = new Set<string>();
    for (const instruction of context.instructions) {
      if (instruction.kind === 'arg') for (const { key } of instruction.pairs) args.add(key.value);
      if (instruction.kind !== 'user') continue;
      const [user = ''] = unquote(instruction.word.value).split(':');
      if (/^\d*$/.test(user) || refersTo(instruction.word.value, args)) continue;
      const what = user.includes('$') ? 'may be a name' : 'is a name';
      yield {
        message: `${user} ${what}: a number works without /etc/passwd and for runAsNonRoot`,
        at: instruction.at,
      };
    }
  },
};

function refersTo(text: string, names: ReadonlySet<string>): boolean {
  return [...text.matchAll(/\$(?:\{(\w+)\}|(\w+))/g)].some(([, braced, bare]) =>
    names.has(braced ?? bare ?? ''),
  );
}
