import type { ArgInstruction, Dockerfile } from '../ast.ts';
import { expandWord } from '../expand.ts';
import type { LintConfig } from './config.ts';

/** The variables at a place. `declared`: ARGs without a value too. */
export interface Scope {
  readonly values: ReadonlyMap<string, string>;
  readonly declared: ReadonlySet<string>;
}

/** A scope while its lines are walked over. What was put in can be taken out again, so that stages which share a parent need no copies. */
export class GrowingScope implements Scope {
  readonly values: Map<string, string>;
  readonly declared: Set<string>;
  private readonly changes: Change[] = [];

  constructor(values: Iterable<readonly [string, string]> = [], declared: Iterable<string> = []) {
    this.values = new Map(values);
    this.declared = new Set(declared);
  }

  set(name: string, value: string): void {
    this.changes.push({ name, before: this.values.get(name), declared: false });
    this.values.set(name, value);
  }

  declare(name: string): void {
    if (this.declared.has(name)) return;
    this.changes.push({ name, before: undefined, declared: true });
    this.declared.add(name);
  }

  /** A mark to come back to. */
  get size(): number {
    return this.changes.length;
  }

  /** Takes out all that came in since the scope had this size. */
  shrink(size: number): void {
    while (this.changes.length > size) this.undo(this.changes.pop());
  }

  private undo(change: Change | undefined): void {
    if (change === undefined) return;
    const { name, before, declared } = change;
    if (declared) this.declared.delete(name);
    else if (before === undefined) this.values.delete(name);
    else this.values.set(name, before);
  }
}

interface Change {
  readonly name: string;
  readonly before: string | undefined;
  /** A name became known; else it got a value. */
  readonly declared: boolean;
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
const LONGEST = 8192;

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
export function globalScope({ file }: { readonly file: Dockerfile }, args: Arguments = NO_ARGUMENTS): Scope {
  const scopes = globals.get(file) ?? new WeakMap<Arguments, Scope>();
  const known = scopes.get(args);
  if (known !== undefined) return known;
  const scope = new GrowingScope(
    [...PLATFORM_ARGS, ['TARGETSTAGE', 'default']],
    [...PLATFORM_ARGS.map(([name]) => name), 'TARGETSTAGE'],
  );
  for (const instruction of file.globalArgs) {
    addArg(scope, instruction, (name) => args[name], file.directives.escape);
  }
  globals.set(file, scopes.set(args, scope));
  return scope;
}

type Arguments = NonNullable<LintConfig['buildArgs']>;

const NO_ARGUMENTS: Arguments = {};

/** Every FROM asks for them, with and without the build arguments. */
const globals = new WeakMap<Dockerfile, WeakMap<Arguments, Scope>>();

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
    scope.declare(key.value);
    if (chosen !== undefined) scope.set(key.value, chosen);
  }
}
