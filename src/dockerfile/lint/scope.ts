import type { ArgInstruction, Dockerfile } from '../ast.ts';
import { expandWord } from '../expand.ts';
import type { LintConfig } from './config.ts';

/** The variables at a place. `declared`: ARGs without a value too. */
export interface Scope {
  readonly values: ReadonlyMap<string, string>;
  readonly declared: ReadonlySet<string>;
}

/** A scope while its lines are walked over. */
export interface GrowingScope {
  readonly values: Map<string, string>;
  readonly declared: Set<string>;
}

/** Set by the builder before the first line (Dockerfile reference, "Automatic platform ARGs"). */
const PLATFORM_ARGS: readonly (readonly [string, string])[] = ['BUILD', 'TARGET'].flatMap((side) => [
  [`${side}PLATFORM`, 'linux/amd64'],
  [`${side}OS`, 'linux'],
  [`${side}OSVERSION`, ''],
  [`${side}ARCH`, 'amd64'],
  [`${side}VARIANT`, ''],
]);

/** UTF-16 units of a value; one that refers to itself twice on each of many lines would grow without bounds. */
const LONGEST = 65_536;

/** The expansion of a text, or undefined when it cannot be expanded. */
export function expandIn(
  text: string,
  scope: Scope,
  escapeChar: '\\' | '`',
): { readonly value: string; readonly unmatched: ReadonlySet<string> } | undefined {
  try {
    const expanded = expandWord(text, scope.values, { escape: escapeChar });
    return expanded.value.length > LONGEST ? undefined : expanded;
  } catch {
    // The parser or the builder tells what is wrong with it.
    return undefined;
  }
}

/** The ARGs before the first FROM, with or without the build arguments that were given. */
export function globalScope(
  { file }: { readonly file: Dockerfile },
  args: LintConfig['buildArgs'] = {},
): Scope {
  const known = globals.get(file);
  if (known?.args === args) return known.scope;
  const scope: GrowingScope = {
    values: new Map([...PLATFORM_ARGS, ['TARGETSTAGE', 'default']]),
    declared: new Set([...PLATFORM_ARGS.map(([name]) => name), 'TARGETSTAGE']),
  };
  for (const instruction of file.globalArgs) {
    addArg(scope, instruction, (name) => args[name], file.directives.escape);
  }
  globals.set(file, { args, scope });
  return scope;
}

/** Every FROM asks for it. */
const globals = new WeakMap<Dockerfile, { readonly args: LintConfig['buildArgs']; readonly scope: Scope }>();

/** Takes up the names of an ARG, one after the other. `given`: the value from outside, which has the upper hand. */
export function addArg(
  scope: GrowingScope,
  instruction: ArgInstruction,
  given: (name: string) => string | undefined,
  escapeChar: '\\' | '`',
): void {
  for (const { key, value } of instruction.pairs) {
    const own = value === undefined ? undefined : expandIn(value.value, scope, escapeChar)?.value;
    const chosen = given(key.value) ?? own;
    scope.declared.add(key.value);
    if (chosen !== undefined) scope.values.set(key.value, chosen);
  }
}
