import type { ArgInstruction, EnvInstruction, Instruction } from '../ast.ts';
import { type LintContext, type LintStage, triggersOf } from './context.ts';
import { addArg, expandIn, GrowingScope, globalScope, type Scope } from './scope.ts';

/** What a base image without a PATH of its own gets, and scratch (moby's default for Linux). */
const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

function addEnv(scope: GrowingScope, { pairs }: EnvInstruction, escapeChar: '\\' | '`'): void {
  // All pairs of one ENV see the state before it.
  const expanded = pairs.map(({ value }) => expandIn(value.value, scope, escapeChar)?.value ?? value.value);
  for (const [index, { key }] of pairs.entries()) scope.set(key.value, expanded[index] ?? '');
}

/** An instruction and the variables in front of it. */
export interface Scoped {
  readonly instruction: Instruction;
  /** Holds until the next step of the walk alone: it changes. */
  readonly scope: Scope;
}

/** What is left to do in a walk: a stage, or the scope to go back to. */
type Step = LintStage | number;

/**
 * All instructions of all stages, FROMs left out, each with its scope, by way of the stages that theirs is built from and of the ONBUILD
 * triggers that FROM runs. A stage comes before those that are built from it; each is walked over once. What stands before the first FROM belongs to no
 * stage.
 */
export function* walkScopes(context: LintContext): Iterable<Scoped> {
  // A derived stage starts with the environment of its parent; ARGs are not handed down as values, but BuildKit keeps them too.
  const scope = new GrowingScope([['PATH', DEFAULT_PATH]]);
  const { roots, children } = familyOf(context.stages);
  const steps: Step[] = roots.toReversed();
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    if (typeof step === 'number') {
      scope.shrink(step);
      continue;
    }
    steps.push(scope.size);
    for (const instruction of step.instructions) {
      if (step.from !== undefined || context.onbuild) yield { instruction, scope };
      apply(context, scope, instruction);
    }
    const built = children.get(step);
    if (built === undefined) continue;
    for (const trigger of triggersOf(step)) apply(context, scope, trigger);
    for (const child of built.toReversed()) steps.push(child);
  }
}

function apply(context: LintContext, scope: GrowingScope, instruction: Instruction): void {
  if (instruction.kind === 'env') addEnv(scope, instruction, context.file.directives.escape);
  if (instruction.kind === 'arg') addStageArg(context, scope, instruction);
}

/** The stages that are built from none of these, and those that are built from each. */
function familyOf(stages: readonly LintStage[]) {
  const children = new Map<LintStage, LintStage[]>();
  const roots: LintStage[] = [];
  const known = new Set(stages);
  for (const stage of stages) {
    const { parent } = stage;
    if (parent === undefined || !known.has(parent)) roots.push(stage);
    else {
      const others = children.get(parent) ?? [];
      others.push(stage);
      children.set(parent, others);
    }
  }
  return { roots, children };
}

/** A bare ARG takes the value of the global one; an ENV of the same name keeps the upper hand. */
function addStageArg(context: LintContext, scope: GrowingScope, instruction: ArgInstruction): void {
  const { buildArgs = {} } = context.config;
  const outer = globalScope(context, context.config.buildArgs);
  const bare = new Set(
    instruction.pairs.filter(({ value }) => value === undefined).map(({ key }) => key.value),
  );
  const given = (name: string) => buildArgs[name] ?? (bare.has(name) ? outer.values.get(name) : undefined);
  addArg(scope, instruction, given, context.file.directives.escape);
}
