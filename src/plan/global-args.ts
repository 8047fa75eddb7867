import { BuildError, type SourceRange, toBuildError } from '../base/errors.ts';
import type { Dockerfile } from '../dockerfile/ast.ts';
import { expandWord } from '../dockerfile/expand.ts';
import { isToldTime } from '../image/told-time.ts';
import type { Platform } from '../image/types.ts';
import { Environment } from './environment.ts';
import type { NamedContext, PlanOptions } from './options.ts';
import { withPlatformArgs } from './platform-args.ts';

export interface GlobalArgs {
  readonly values: Environment;
  /** All names declared before the first FROM, also those without a value. */
  readonly declared: ReadonlySet<string>;
  readonly errors: readonly BuildError[];
}

/** Values of the ARGs before the first FROM and of the platform arguments. */
export function readGlobalArgs(
  file: Dockerfile,
  options: PlanOptions,
  target: Platform,
  buildArgs: ReadonlyMap<string, string> = new Map(Object.entries(options.buildArgs)),
): GlobalArgs {
  const stage = options.target ?? file.stages.at(-1)?.name ?? '';
  let values = withPlatformArgs(
    Environment.empty,
    { build: options.buildPlatform, target, targetStage: stage === '' ? 'default' : stage },
    new Map(Object.entries(options.buildArgs)),
  );
  const declared = new Set<string>();
  const errors: BuildError[] = [];
  for (const instruction of file.globalArgs) {
    for (const { key, value } of instruction.pairs) {
      const name = key.value;
      declared.add(name);
      try {
        const set = buildArgs.get(name) ?? expandDefault(value?.value, values, file);
        if (set !== undefined) values = values.with(name, set);
      } catch (error) {
        errors.push(toBuildError(error).located(instruction.at));
      }
    }
  }
  return { values, declared, errors };
}

function expandDefault(
  text: string | undefined,
  values: Environment,
  { directives }: Dockerfile,
): string | undefined {
  return text === undefined ? undefined : expandWord(text, values, { escape: directives.escape }).value;
}

const EPOCH = 'SOURCE_DATE_EPOCH';

export interface EpochChoice {
  /** Seconds since 1970. */
  readonly epoch?: number;
  readonly globals: Environment;
  readonly buildArgs: ReadonlyMap<string, string>;
}

/** What SOURCE_DATE_EPOCH can name besides the main context: a context that is fetched, or a stage that is one remote ADD. */
export type EpochSource =
  | { readonly kind: 'context'; readonly name: string; readonly context: NamedContext }
  | { readonly kind: 'stage'; readonly name: string };

/** Its time in seconds since 1970; undefined when it has none, or is not known yet. */
export type TimeOf = (source: EpochSource) => number | undefined;

/**
 * Reads SOURCE_DATE_EPOCH of the build args or the global ARGs. An empty one resets it; so does the name of a folder, which has no
 * time of its own. `context` is the main one. What is left in the arguments is the number.
 * @throws BuildError `BAD_EPOCH`, `EPOCH_STAGE`
 */
export function chooseEpoch(
  file: Dockerfile,
  options: PlanOptions,
  globals: Environment,
  timeOf: TimeOf,
): EpochChoice {
  const fromFile = globals.get(EPOCH);
  const buildArgs = new Map(Object.entries(options.buildArgs));
  const fromArgs = buildArgs.get(EPOCH);
  const value = fromArgs ?? (fromFile === '' ? undefined : fromFile);
  if (value === undefined) {
    const { sourceDateEpoch } = options;
    return { globals, buildArgs, ...(sourceDateEpoch === undefined ? {} : { epoch: sourceDateEpoch }) };
  }
  const epoch = epochIn(value, file, options, timeOf);
  if (epoch === undefined) {
    buildArgs.delete(EPOCH);
    return { globals: globals.without(EPOCH), buildArgs };
  }
  const text = String(epoch);
  if (fromArgs !== undefined) buildArgs.set(EPOCH, text);
  return { epoch, globals: fromFile === undefined ? globals : globals.with(EPOCH, text), buildArgs };
}

/** Errors stand at the ARG that sets it, if one of the file does. */
function epochIn(value: string, file: Dockerfile, options: PlanOptions, timeOf: TimeOf): number | undefined {
  try {
    const epoch = readEpoch(value, file, options, timeOf);
    if (epoch === undefined || isToldTime(epoch)) return epoch;
    throw badEpoch(`${EPOCH} is ${epoch}, which is no time that an image can tell`);
  } catch (error) {
    const arg = file.globalArgs.findLast(({ pairs }) => pairs.some(({ key }) => key.value === EPOCH));
    throw toBuildError(error).located(options.buildArgs[EPOCH] === undefined ? arg?.at : undefined);
  }
}

function readEpoch(
  value: string,
  file: Dockerfile,
  options: PlanOptions,
  timeOf: TimeOf,
): number | undefined {
  if (value === '') return undefined;
  if (/^[+-]?\d+$/.test(value)) return Number(value);
  const context = Object.hasOwn(options.namedContexts, value) ? options.namedContexts[value] : undefined;
  if (context === undefined && value === 'context') return options.contextTime;
  if (context !== undefined) {
    if (context.kind === 'folder' || context.kind === 'empty') return undefined;
    if (context.kind === 'image') throw badEpoch(`${EPOCH} names "${value}", which is an image`);
    return timeOf({ kind: 'context', name: value, context });
  }
  const stage = file.stages.find((candidate) => candidate.name === value.toLowerCase());
  if (stage === undefined) throw badEpoch(`${EPOCH} is "${value}", which is no number`);
  const other = stage.instructions.find(({ kind }) => kind !== 'arg' && kind !== 'add');
  const adds = stage.instructions.filter(({ kind }) => kind === 'add');
  if (other !== undefined || adds.length !== 1 || stage.from.image.value !== 'scratch') {
    throw notOneSource(value, stage.from.at);
  }
  return timeOf({ kind: 'stage', name: value });
}

function badEpoch(message: string): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'BAD_EPOCH',
    message,
    hint: `Give ${EPOCH} as seconds since 1970.`,
  });
}

export function notOneSource(stage: string, at: SourceRange | undefined): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'EPOCH_STAGE',
    message: `${EPOCH} names the stage "${stage}", which is not one remote ADD on scratch`,
    hint: `Let it be nothing else, or give ${EPOCH} as seconds since 1970.`,
    at,
  });
}
