import type { ArgInstruction, EnvInstruction, Instruction } from '../ast.ts';
import { expandWord } from '../expand.ts';
import type { LintConfig } from './config.ts';
import type { LintContext, LintStage } from './context.ts';

/** The variables at a place. `declared`: ARGs without a value too. */
export interface Scope {
  readonly values: ReadonlyMap<string, string>;
  readonly declared: ReadonlySet<string>;
}

/** Set by the builder before the first line (Dockerfile reference, "Automatic platform ARGs"). */
const PLATFORM_ARGS: readonly (readonly [string, string])[] = ['BUILD', 'TARGET'].flatMap((side) => [
  [`${side}PLATFORM`, 'linux/amd64'],
  [`${side}OS`, 'linux'],
  [`${side}OSVERSION`, ''],
  [`${side}ARCH`, 'amd64'],
  [`${side}VARIANT`, ''],
]);

/** What a base image without a PATH of its own gets (moby's default for Linux). */
const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The expansion of a text, or undefined when it cannot be expanded. */
export function expandIn(
  text: string,
  scope: Scope,
  escapeChar: '\\' | '`',
): { readonly value: string; readonly unmatched: ReadonlySet<string> } | undefined {
  try {
    return expandWord(text, scope.values, { escape: escapeChar });
  } catch {
    // The parser or the builder tells what is wrong with it.
    return undefined;
  }
}

/** The ARGs before the first FROM, with or without the build arguments that were given. */
export function globalScope(context: LintContext, args: LintConfig['buildArgs'] = {}): Scope {
  let scope: Scope = {
    values: new Map([...PLATFORM_ARGS, ['TARGETSTAGE', 'default']]),
    declared: new Set([...PLATFORM_ARGS.map(([name]) => name), 'TARGETSTAGE']),
  };
  for (const instruction of context.file.globalArgs) {
    scope = afterArg(scope, instruction, (name) => args[name], context.file.directives.escape);
  }
  return scope;
}

function afterArg(
  scope: Scope,
  instruction: ArgInstruction,
  given: (name: string) => string | undefined,
  escapeChar: '\\' | '`',
): Scope {
  const values = new Map(scope.values);
  const declared = new Set(scope.declared);
  for (const { key, value } of instruction.pairs) {
    const own =
      value === undefined ? undefined : expandIn(value.value, { values, declared }, escapeChar)?.value;
    const chosen = given(key.value) ?? own;
    declared.add(key.value);
    if (chosen !== undefined) values.set(key.value, chosen);
  }
  return { values, declared };
}

function afterEnv(scope: Scope, { pairs }: EnvInstruction, escapeChar: '\\' | '`'): Scope {
  const values = new Map(scope.values);
  // All pairs of one ENV see the state before it.
  for (const { key, value } of pairs) {
    values.set(key.value, expandIn(value.value, scope, escapeChar)?.value ?? value.value);
  }
  return { values, declared: scope.declared };
}

/** The scope in front of each instruction of a stage, by way of the stages it is built from. */
export function scopesOf(context: LintContext): ReadonlyMap<Instruction, Scope> {
  const before = known.get(context);
  if (before !== undefined) return before;
  const scopes = readScopes(context);
  known.set(context, scopes);
  return scopes;
}

const known = new WeakMap<LintContext, ReadonlyMap<Instruction, Scope>>();

function readScopes(context: LintContext): ReadonlyMap<Instruction, Scope> {
  const globals = globalScope(context, context.config.buildArgs);
  const scopes = new Map<Instruction, Scope>();
  const ends = new Map<LintStage, Scope>();
  for (const stage of context.stages) {
    ends.set(stage, walkStage(context, stage, startOf(stage, ends), globals, scopes));
  }
  return scopes;
}

/** A derived stage starts with the environment of its parent; ARGs are not handed down as values, but BuildKit keeps them too. */
function startOf(stage: LintStage, ends: ReadonlyMap<LintStage, Scope>): Scope {
  const inherited = stage.parent === undefined ? undefined : ends.get(stage.parent);
  if (inherited !== undefined) return inherited;
  const scratch = stage.from === undefined || stage.from.image.value === 'scratch';
  return { values: new Map(scratch ? [] : [['PATH', DEFAULT_PATH]]), declared: new Set() };
}

function walkStage(
  context: LintContext,
  stage: LintStage,
  start: Scope,
  globals: Scope,
  scopes: Map<Instruction, Scope>,
): Scope {
  const { escape: escapeChar } = context.file.directives;
  const args = context.config.buildArgs ?? {};
  let scope = start;
  for (const instruction of stage.instructions) {
    scopes.set(instruction, scope);
    if (instruction.kind === 'env') scope = afterEnv(scope, instruction, escapeChar);
    if (instruction.kind === 'arg') scope = afterStageArg(scope, instruction, args, globals, escapeChar);
  }
  return scope;
}

/** A bare ARG takes the value of the global one; an ENV of the same name keeps the upper hand. */
function afterStageArg(
  scope: Scope,
  instruction: ArgInstruction,
  args: Readonly<Record<string, string>>,
  globals: Scope,
  escapeChar: '\\' | '`',
): Scope {
  const bare = new Set(
    instruction.pairs.filter(({ value }) => value === undefined).map(({ key }) => key.value),
  );
  const given = (name: string) => args[name] ?? (bare.has(name) ? globals.values.get(name) : undefined);
  return afterArg(scope, instruction, given, escapeChar);
}
