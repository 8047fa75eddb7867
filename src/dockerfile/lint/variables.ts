import type { ArgInstruction, EnvInstruction, Instruction } from '../ast.ts';
import type { LintContext, LintStage } from './context.ts';
import { addArg, expandIn, type GrowingScope, globalScope, type Scope } from './scope.ts';

/** What a base image without a PATH of its own gets, and scratch (moby's default for Linux). */
const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

function addEnv({ values, declared }: GrowingScope, { pairs }: EnvInstruction, escapeChar: '\\' | '`'): void {
  // All pairs of one ENV see the state before it.
  const expanded = pairs.map(
    ({ value }) => expandIn(value.value, { values, declared }, escapeChar)?.value ?? value.value,
  );
  for (const [index, { key }] of pairs.entries()) values.set(key.value, expanded[index] ?? '');
}

/** An instruction and the variables in front of it. */
export interface Scoped {
  readonly instruction: Instruction;
  /** Holds until the next step of the walk alone: it grows. */
  readonly scope: Scope;
}

/**
 * All instructions of all stages in order, FROMs left out, each with its scope, by way of the stages that theirs is built from and of the
 * ONBUILD triggers that FROM runs. What stands before the first FROM belongs to no stage.
 */
export function* walkScopes(context: LintContext): Iterable<Scoped> {
  const { escape: escapeChar } = context.file.directives;
  const args = context.config.buildArgs ?? {};
  const outer = globalScope(context, context.config.buildArgs);
  const ends = new ParentScopes(context.stages);
  const apply = (scope: GrowingScope, instruction: Instruction) => {
    if (instruction.kind === 'env') addEnv(scope, instruction, escapeChar);
    if (instruction.kind === 'arg') addStageArg(scope, instruction, args, outer, escapeChar);
  };
  for (const stage of context.stages) {
    if (stage.from === undefined && !context.onbuild) continue;
    const scope = ends.startOf(stage);
    for (const trigger of triggersRun(stage)) apply(scope, trigger);
    for (const instruction of stage.instructions) {
      yield { instruction, scope };
      apply(scope, instruction);
    }
    ends.keep(stage, scope);
  }
}

/** The ONBUILD instructions of the stage below, without those of the one below that. */
export function triggersRun({ parent }: LintStage): readonly Instruction[] {
  return (parent?.instructions ?? [])
    .map((instruction) => (instruction.kind === 'onbuild' ? instruction.trigger : undefined))
    .filter((trigger) => trigger !== undefined);
}

/** A bare ARG takes the value of the global one; an ENV of the same name keeps the upper hand. */
function addStageArg(
  scope: GrowingScope,
  instruction: ArgInstruction,
  args: Readonly<Record<string, string>>,
  outer: Scope,
  escapeChar: '\\' | '`',
): void {
  const bare = new Set(
    instruction.pairs.filter(({ value }) => value === undefined).map(({ key }) => key.value),
  );
  const given = (name: string) => args[name] ?? (bare.has(name) ? outer.values.get(name) : undefined);
  addArg(scope, instruction, given, escapeChar);
}

/** The scopes at the ends of stages, as long as a later stage is built from them. */
class ParentScopes {
  private readonly children = new Map<LintStage, number>();
  private readonly ends = new Map<LintStage, GrowingScope>();

  constructor(stages: readonly LintStage[]) {
    for (const { parent } of stages)
      if (parent !== undefined) this.children.set(parent, (this.children.get(parent) ?? 0) + 1);
  }

  keep(stage: LintStage, scope: GrowingScope): void {
    if (this.children.has(stage)) this.ends.set(stage, scope);
  }

  /** A derived stage starts with the environment of its parent; ARGs are not handed down as values, but BuildKit keeps them too. */
  startOf({ parent }: LintStage): GrowingScope {
    const inherited = parent === undefined ? undefined : this.ends.get(parent);
    if (parent === undefined || inherited === undefined) {
      return { values: new Map([['PATH', DEFAULT_PATH]]), declared: new Set() };
    }
    const left = (this.children.get(parent) ?? 1) - 1;
    this.children.set(parent, left);
    if (left > 0) return { values: new Map(inherited.values), declared: new Set(inherited.declared) };
    // Nobody else asks for it: the last child goes on with it.
    this.ends.delete(parent);
    return inherited;
  }
}
