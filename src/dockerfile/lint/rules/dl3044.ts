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
        const name = selfReference(instruction, known);
        const at = instruction.at;
        if (name !== undefined)
          yield { message: `${name} has no value yet: set it in an ENV of its own above`, at };
      }
      for (const { key } of instruction.pairs) known.add(key.value);
    }
  },
};

function selfReference({ pairs }: InstructionOf<'env'>, known: ReadonlySet<string>): string | undefined {
  for (const { key } of pairs) {
    if (known.has(key.value)) continue;
    const others = pairs.filter((other) => other.key !== key);
    if (others.some(({ value }) => refersTo(value.value, key.value))) return key.value;
  }
  return undefined;
}

function refersTo(value: string, name: string): boolean {
  const found = value.matchAll(/\$(?:\{([A-Za-z_]\w*)|([A-Za-z_]\w*))/g);
  return [...found].some(([, braced, bare]) => (braced ?? bare) === name);
}
