import type { Fix } from '../../diagnostic.ts';
import type { InstructionOf, LintContext } from '../context.ts';
import type { LintRule } from '../rule.ts';

export const legacyKeyValueFormat: LintRule = {
  id: 'LegacyKeyValueFormat',
  severity: 'warning',
  title: 'ENV and LABEL with an equals sign',
  *check(context) {
    for (const one of context.all('env', 'label')) {
      if (!one.legacy) continue;
      const name = one.kind.toUpperCase();
      yield {
        message: `Write ${name} key=value: the form without = is old`,
        at: one.at,
        fix: modernForm(context, one),
      };
    }
  },
};

/** Only where the value means the same in both forms. */
function modernForm(context: LintContext, one: InstructionOf<'env' | 'label'>): Fix | undefined {
  const [pair, more] = one.pairs;
  if (pair === undefined || more !== undefined) return undefined;
  const { key, value } = pair;
  const at = { ...key.at, end: value.at.end };
  if (/[\n\r]/.test(context.file.text.slice(at.start.offset, at.end.offset)) || !/^[\w.-]+$/.test(key.value))
    return undefined;
  // One pair of quotes around all of it means the same in both forms.
  const quoted = /^(?:"[^"\\`]*"|'[^'\\`]*')$/.test(value.value);
  if (quoted)
    return { title: 'Write it with =', safety: 'safe', edits: [{ at, text: `${key.value}=${value.value}` }] };
  if (/["'\\`]/.test(value.value) || value.value === '') return undefined;
  const plain = !/\s/.test(value.value);
  const text = `${key.value}=${plain ? value.value : `"${value.value}"`}`;
  return { title: 'Write it with =', safety: 'safe', edits: [{ at, text }] };
}
