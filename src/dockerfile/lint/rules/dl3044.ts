import { expandWord } from '../../expand.ts';
import type { InstructionOf } from '../context.ts';
import type { LintRule } from '../rule.ts';

/** All pairs of one ENV see the state before it. */
export const dl3044: LintRule = {
  id: 'DL3044',
  severity: 'error',
  title: 'ENV does not refer to a variable it sets itself',
  *check(context) {
    const known = new Set<string>();
    for (const instruction of context.all('env', 'arg')) {
      if (instruction.kind === 'env') {
        const name = selfReference(instruction, known, context.file.directives.escape);
        const at = instruction.at;
        if (name !== undefined)
          yield { message: `${name} has no value yet: set it in an ENV of its own above`, at };
      }
      for (const { key } of instruction.pairs) known.add(key.value);
    }
  },
};

/** The first name that one pair refers to and another one sets. */
function selfReference(
  { pairs }: InstructionOf<'env'>,
  known: ReadonlySet<string>,
  escapeChar: '\\' | '`',
): string | undefined {
  const set = new Map<string, number>();
  for (const { key } of pairs) set.set(key.value, (set.get(key.value) ?? 0) + 1);
  for (const { key, value } of pairs) {
    for (const name of namesIn(value.value, escapeChar)) {
      const others = (set.get(name) ?? 0) - (name === key.value ? 1 : 0);
      if (others > 0 && !known.has(name)) return name;
    }
  }
  return undefined;
}

/** The names that the builder looks up for a value; every one has some value here, so that all of `${a:?b}` is read. */
function namesIn(value: string, escapeChar: '\\' | '`'): Iterable<string> {
  if (!value.includes('$')) return [];
  try {
    return expandWord(value, { get: () => 'x' }, { escape: escapeChar }).matched;
  } catch {
    // The build refuses it.
    return [];
  }
}
