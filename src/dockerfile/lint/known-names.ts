import type { Instruction } from '../ast.ts';
import { type LintContext, type LintStage, triggersOf, triggersRun } from './context.ts';
import { InheritedNames } from './inherited-names.ts';

/** Names that can be asked for and listed. */
export interface Names extends Iterable<string> {
  has(name: string): boolean;
  /** Those that are set where the instruction stands: not what a trigger finds in the image. */
  isNear(name: string): boolean;
}

/** The proxies that a builder hands in. */
const PROXIES: ReadonlySet<string> = new Set(
  ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY'].flatMap((name) => [name, name.toLowerCase()]),
);

/**
 * The variables that ARG and ENV set in front of an instruction, in its stage and in those that it is built from, triggers that ran there included. For a
 * trigger: what the image has in its environment, and the triggers before.
 */
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
    return this.isNear(name) || this.isInImage(name);
  }

  isNear(name: string): boolean {
    if (PROXIES.has(name)) return true;
    const own = firstPlaces(this.context, this.stage).get(name);
    if (own !== undefined && own < this.offset) return true;
    return imageOf(this.stage) === undefined && handedDown(this.context).has(this.stage, name);
  }

  private isInImage(name: string): boolean {
    const image = imageOf(this.stage);
    if (image === undefined) return false;
    return firstPlaces(this.context, image).has(name) || handedDown(this.context).has(image, name);
  }

  *[Symbol.iterator](): Iterator<string> {
    const told = new Set(PROXIES);
    yield* PROXIES;
    for (const name of this.all()) {
      if (told.has(name)) continue;
      told.add(name);
      yield name;
    }
  }

  private *all(): Iterable<string> {
    for (const [name, place] of firstPlaces(this.context, this.stage)) if (place < this.offset) yield name;
    for (const trigger of triggersRun(this.stage)) yield* namesSet(this.context, trigger);
    for (let at = this.stage.parent; at !== undefined; at = at.parent) {
      yield* firstPlaces(this.context, at).keys();
      for (const trigger of triggersRun(at)) yield* namesSet(this.context, trigger);
    }
  }
}

/** The stage whose triggers stand in this one. */
function imageOf({ from, parent }: LintStage): LintStage | undefined {
  return from === undefined ? parent : undefined;
}

/** Where a stage first sets each of its variables: offsets in the file. */
function firstPlaces(context: LintContext, stage: LintStage): ReadonlyMap<string, number> {
  const before = places.get(stage);
  if (before !== undefined) return before;
  const found = new Map<string, number>();
  // An image keeps no ARG.
  const isImage = context.onbuild && stage.from !== undefined;
  const setters = isImage ? context.of(stage, 'env') : context.of(stage, 'arg', 'env');
  for (const { pairs, at } of setters) {
    for (const { key } of pairs) if (!found.has(key.value)) found.set(key.value, at.start.offset);
  }
  places.set(stage, found);
  return found;
}

const places = new WeakMap<LintStage, ReadonlyMap<string, number>>();

function namesSet({ onbuild }: LintContext, instruction: Instruction): readonly string[] {
  const sets = instruction.kind === 'env' || (instruction.kind === 'arg' && !onbuild);
  return sets ? instruction.pairs.map(({ key }) => key.value) : [];
}

/** What stages leave to those that are built from them, by their triggers too. */
function handedDown(context: LintContext): InheritedNames {
  const before = handed.get(context);
  if (before !== undefined) return before;
  const names = new InheritedNames(context.written, (stage) => [
    ...firstPlaces(context, stage).keys(),
    ...triggersOf(stage).flatMap((trigger) => namesSet(context, trigger)),
  ]);
  handed.set(context, names);
  return names;
}

const handed = new WeakMap<LintContext, InheritedNames>();
