import type { FromInstruction } from '../ast.ts';
import type { Fix } from '../diagnostic.ts';
import { sourceOf } from '../mapped-text.ts';
import { rangeBetween } from '../source.ts';
import type { LintContext } from './context.ts';

/** Takes --platform out of a FROM, with the blanks behind it. */
export function withoutPlatform({ file }: LintContext, { flags }: FromInstruction): Fix | undefined {
  const flag = flags.find(({ name }) => name === 'platform')?.at;
  if (flag === undefined) return undefined;
  const blanks = /^[ \t]+/.exec(file.text.slice(flag.end.offset, flag.end.offset + 100))?.[0].length;
  if (blanks === undefined) return undefined;
  const at = rangeBetween(sourceOf(file), flag.start.offset, flag.end.offset + blanks);
  return { title: 'Remove --platform', safety: 'safe', edits: [{ at, text: '' }] };
}
