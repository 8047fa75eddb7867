import type { LintStage } from './context.ts';
import { partitionPoint } from './partition-point.ts';

/** Numbers of stages, both ends included; all stages that are built from one are numbered in a row behind it. */
interface Stretch {
  readonly first: number;
  readonly last: number;
}

/** The names that stages hand down to those that are built from them. Asked for in logarithmic time, however long the chains of stages are. */
export class InheritedNames {
  private readonly numbers: ReadonlyMap<LintStage, Stretch>;
  /** Where each name is known: stretches in a row of which no two touch. */
  private readonly known = new Map<string, Stretch[]>();

  /** @param stages each behind the one that it is built from */
  constructor(stages: readonly LintStage[], namesOf: (stage: LintStage) => Iterable<string>) {
    this.numbers = numberStages(stages);
    for (const [stage, { first, last }] of [...this.numbers].sort(
      ([, one], [, other]) => one.first - other.first,
    )) {
      if (first === last) continue;
      for (const name of namesOf(stage)) this.add(name, { first: first + 1, last });
    }
  }

  /** True if a stage that this one is built from has the name. */
  has(stage: LintStage, name: string): boolean {
    const stretches = this.known.get(name);
    const own = this.numbers.get(stage)?.first;
    if (stretches === undefined || own === undefined) return false;
    const nearest = stretches[partitionPoint(stretches, ({ first }) => first <= own) - 1];
    return nearest !== undefined && own <= nearest.last;
  }

  private add(name: string, stretch: Stretch): void {
    const stretches = this.known.get(name) ?? [];
    // Known there already: a stage below has it too.
    if (stretch.first <= (stretches.at(-1)?.last ?? -1)) return;
    stretches.push(stretch);
    this.known.set(name, stretches);
  }
}

function numberStages(stages: readonly LintStage[]): ReadonlyMap<LintStage, Stretch> {
  const sizes = new Map<LintStage | undefined, number>();
  for (const stage of stages.toReversed()) {
    const own = (sizes.get(stage) ?? 0) + 1;
    sizes.set(stage, own);
    sizes.set(stage.parent, (sizes.get(stage.parent) ?? 0) + own);
  }
  const next = new Map<LintStage | undefined, number>();
  const numbers = new Map<LintStage, Stretch>();
  for (const stage of stages) {
    const size = sizes.get(stage) ?? 1;
    const first = next.get(stage.parent) ?? 0;
    next.set(stage.parent, first + size);
    next.set(stage, first + 1);
    numbers.set(stage, { first, last: first + size - 1 });
  }
  return numbers;
}
