import type { Instruction } from '../ast.ts';
import type { LintContext, LintStage } from './context.ts';

/** Names that can be asked for and listed. */
export interface Names extends Iterable<string> {
  has(name: string): boolean;
}

/** The proxies that a builder hands in. */
const PROXIES: ReadonlySet<string> = new Set(
  ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY'].flatMap((name) => [name, name.toLowerCase()]),
);

/** The variables that ARG and ENV set in front of an instruction, in its stage and in those that it is built from. */
export function namesBefore(context: LintContext, instruction: Instruction): Names {
  return new NamesBefore(context, context.stageOf(instruction), instruction.at.start.offset);
}

/** Nothing is copied: an instruction is one of thousands, perhaps, and few of the names are ever asked for. */
class NamesBefore implements Names {
  private readonly context: LintContext;
  private readonly stage: LintStage;
  private readonly offset: number;

  constructor(context: LintContext, stage: LintStage, offset: number) {
    this.context = context;
    this.stage = stage;
    this.offset = offset;
  }

  has(name: string): boolean {
    if (PROXIES.has(name)) return true;
    const own = firstPlaces(this.context, this.stage).get(name);
    if (own !== undefined && own < this.offset) return true;
    for (let at = this.stage.parent; at !== undefined; at = at.parent)
      if (firstPlaces(this.context, at).has(name)) return true;
    return false;
  }

  *[Symbol.iterator](): Iterator<string> {
    const told = new Set(PROXIES);
    yield* PROXIES;
    for (let at: LintStage | undefined = this.stage; at !== undefined; at = at.parent) {
      for (const [name, place] of firstPlaces(this.context, at)) {
        if (told.has(name) || (at === this.stage && place >= this.offset)) continue;
        told.add(name);
        yield name;
      }
    }
  }
}

/** Where a stage first sets each of its variables: offsets in the file. */
function firstPlaces(context: LintContext, stage: LintStage): ReadonlyMap<string, number> {
  const before = places.get(stage);
  if (before !== undefined) return before;
  const found = new Map<string, number>();
  for (const { pairs, at } of context.of(stage, 'arg', 'env')) {
    for (const { key } of pairs) if (!found.has(key.value)) found.set(key.value, at.start.offset);
  }
  places.set(stage, found);
  return found;
}

const places = new WeakMap<LintStage, ReadonlyMap<string, number>>();
