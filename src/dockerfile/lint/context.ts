import type { SourceRange } from '../../base/errors.ts';
import type {
  Comment,
  Dockerfile,
  FromInstruction,
  Instruction,
  InstructionKind,
  ParseResult,
  RunInstruction,
} from '../ast.ts';
import { rangeOf } from '../mapped-text.ts';
import type { LintConfig } from './config.ts';
import { readOrphans } from './orphans.ts';
import { type Pragmas, readPragmas } from './pragma.ts';
import { type RunScript, readRunScripts } from './run-script.ts';
import { expandIn, globalScope } from './scope.ts';

/**
 * A stage as rules look at it; `from` is undefined for what stands before the first FROM, and for the triggers of a stage's ONBUILDs, whose parent is
 * that stage: they run in a build that is FROM it.
 */
export interface LintStage {
  readonly index: number;
  readonly from: FromInstruction | undefined;
  /** As written. */
  readonly alias: string | undefined;
  /** The stage that FROM names. */
  readonly parent: LintStage | undefined;
  /** Without the FROM. */
  readonly instructions: readonly Instruction[];
  /** No stage follows. */
  readonly last: boolean;
  /** A later FROM names this stage. */
  readonly inherited: boolean;
}

type Narrowed<I, K> = I extends { readonly kind: infer Kinds }
  ? [Extract<Kinds, K>] extends [never]
    ? never
    : I & { readonly kind: Extract<Kinds, K> }
  : never;

/** The instructions of a kind, where several kinds share a type too. */
export type InstructionOf<K extends InstructionKind> = Narrowed<Instruction, K>;

/** All that a rule may look at. */
export interface LintContext {
  readonly file: Dockerfile;
  readonly parsed: ParseResult;
  readonly config: LintConfig;
  readonly pragmas: Pragmas;
  readonly comments: readonly Comment[];
  /** In source order, FROMs included. In the ONBUILD pass: the triggers alone. */
  readonly instructions: readonly Instruction[];
  readonly stages: readonly LintStage[];
  /** The stages of the file, in the ONBUILD pass too. */
  readonly written: readonly LintStage[];
  /** The ids of all rules. */
  readonly ruleIds: ReadonlySet<string>;
  /** True in the pass over the triggers. */
  readonly onbuild: boolean;
  /** All instructions of a kind, in source order. */
  all<K extends InstructionKind>(...kinds: K[]): readonly InstructionOf<K>[];
  /** Those of a stage. */
  of<K extends InstructionKind>(stage: LintStage, ...kinds: K[]): readonly InstructionOf<K>[];
  stageOf(instruction: Instruction): LintStage;
  /** The scripts of a RUN, CMD, ENTRYPOINT or HEALTHCHECK. */
  scripts(instruction: Instruction): readonly RunScript[];
  /** A stretch of an instruction's arguments. */
  argsRange(instruction: Instruction, start: number, end: number): SourceRange;
}

/** What the two passes over a file share, so that a script is parsed once. */
export interface SharedFacts {
  readonly ruleIds: ReadonlySet<string>;
  readonly scripts: Map<Instruction, readonly RunScript[]>;
}

/** The view of a file for rules: of everything, or of its ONBUILD triggers alone. */
export function makeContext(
  parsed: ParseResult,
  config: LintConfig,
  onbuild: boolean,
  shared: SharedFacts,
): LintContext {
  const { file } = parsed;
  const orphans = readOrphans(parsed);
  const written = readStages(file, orphans, config);
  const stages = onbuild ? triggerStages(written) : written;
  const instructions = stages.flatMap((stage) =>
    stage.from === undefined ? stage.instructions : [stage.from, ...stage.instructions],
  );
  const stageByInstruction = new Map<Instruction, LintStage>();
  for (const stage of stages) {
    if (stage.from !== undefined) stageByInstruction.set(stage.from, stage);
    for (const instruction of stage.instructions) stageByInstruction.set(instruction, stage);
  }
  return {
    file,
    parsed,
    config,
    pragmas: readPragmas(file),
    comments: file.comments,
    instructions,
    stages,
    written,
    onbuild,
    ruleIds: shared.ruleIds,
    all: allOf(instructions),
    of: ofStages(),
    stageOf: (instruction) => stageByInstruction.get(instruction) ?? NO_STAGE,
    scripts: (instruction) => scriptsOf(file, instruction, shared),
    argsRange: (instruction, start, end) => rangeOf(file, instruction.args, start, end),
  };
}

const NO_STAGE: LintStage = {
  index: -1,
  from: undefined,
  alias: undefined,
  parent: undefined,
  instructions: [],
  last: true,
  inherited: false,
};

/** Nearly every rule asks for the instructions of some kind: the answers are kept. */
function allOf(instructions: readonly Instruction[]): LintContext['all'] {
  const byKinds = new Map<string, readonly Instruction[]>();
  return <K extends InstructionKind>(...kinds: K[]) => {
    const key = kinds.length === 1 ? (kinds[0] ?? '') : kinds.join();
    const known = byKinds.get(key) as readonly InstructionOf<K>[] | undefined;
    if (known !== undefined) return known;
    const found = ofKinds(instructions, kinds);
    byKinds.set(key, found);
    return found;
  };
}

function ofStages(): LintContext['of'] {
  const byStage = new Map<LintStage, LintContext['all']>();
  return (stage, ...kinds) => {
    const known = byStage.get(stage);
    if (known !== undefined) return known(...kinds);
    const all = allOf(stage.instructions);
    byStage.set(stage, all);
    return all(...kinds);
  };
}

function ofKinds<K extends InstructionKind>(
  instructions: readonly Instruction[],
  kinds: readonly K[],
): readonly InstructionOf<K>[] {
  return instructions.filter((one): one is InstructionOf<K> =>
    (kinds as readonly string[]).includes(one.kind),
  );
}

function scriptsOf(
  file: Dockerfile,
  instruction: Instruction,
  { scripts }: SharedFacts,
): readonly RunScript[] {
  const known = scripts.get(instruction);
  if (known !== undefined) return known;
  const command = 'command' in instruction ? instruction.command : undefined;
  const read = command === undefined ? [] : readRunScripts(file, instruction, command);
  scripts.set(instruction, read);
  return read;
}

function triggerStages(stages: readonly LintStage[]): readonly LintStage[] {
  return stages.flatMap((stage) => {
    const instructions = triggersOf(stage);
    const parent = stage.from === undefined ? undefined : stage;
    return instructions.length === 0 ? [] : [{ ...NO_STAGE, parent, instructions }];
  });
}

/** What the ONBUILDs of a stage run in a build that is FROM it. */
export function triggersOf(stage: LintStage): readonly Instruction[] {
  const before = triggers.get(stage);
  if (before !== undefined) return before;
  const found = stage.instructions
    .map((instruction) => (instruction.kind === 'onbuild' ? instruction.trigger : undefined))
    .filter((trigger) => trigger !== undefined);
  triggers.set(stage, found);
  return found;
}

/** Every stage that is built from another asks for them. */
const triggers = new WeakMap<LintStage, readonly Instruction[]>();

/** The triggers that the FROM of a stage runs: those of the stage that it is built from, without those of the one below that. */
export function triggersRun({ from, parent }: LintStage): readonly Instruction[] {
  return from === undefined || parent === undefined ? [] : triggersOf(parent);
}

function readStages(
  file: Dockerfile,
  orphans: readonly Instruction[],
  config: LintConfig,
): readonly LintStage[] {
  const before = [...file.globalArgs, ...orphans].sort(
    (one, other) => one.at.start.offset - other.at.start.offset,
  );
  const stages: LintStage[] =
    before.length === 0 ? [] : [{ ...NO_STAGE, instructions: before, last: file.stages.length === 0 }];
  const byName = new Map<string, LintStage>();
  const bases = file.stages.map(({ from }) => baseName(file, from, config));
  const lastUse = new Map(bases.map((name, index) => [name, index]));
  for (const stage of file.stages) {
    const parent = byName.get(bases[stage.index] ?? '');
    const made: LintStage = {
      index: stage.index,
      from: stage.from,
      alias: stage.from.alias?.value,
      parent,
      instructions: stage.instructions,
      last: stage.index === file.stages.length - 1,
      inherited: isInherited(lastUse, stage.from, stage.index),
    };
    stages.push(made);
    if (made.alias !== undefined) byName.set(made.alias.toLowerCase(), made);
  }
  return stages;
}

/** What FROM names, its variables filled in, in lower case. */
function baseName(file: Dockerfile, { image }: FromInstruction, { buildArgs }: LintConfig): string {
  const plain = !/["'$]/.test(image.value);
  const name = plain
    ? image.value
    : expandIn(image.value, globalScope({ file }, buildArgs), file.directives.escape)?.value;
  return (name ?? image.value).toLowerCase();
}

function isInherited(
  lastUse: ReadonlyMap<string, number>,
  { alias }: FromInstruction,
  index: number,
): boolean {
  return alias !== undefined && (lastUse.get(alias.value.toLowerCase()) ?? -1) > index;
}

/** A stage and those it is built from, nearest first. */
export function ancestry(stage: LintStage): readonly LintStage[] {
  const line: LintStage[] = [];
  for (let at: LintStage | undefined = stage; at !== undefined; at = at.parent) line.push(at);
  return line;
}

/** The stage that is built from an image, at the end of a chain of stages. */
export function rootOf(stage: LintStage): LintStage {
  const way: LintStage[] = [];
  let root = stage;
  for (let at: LintStage | undefined = stage; at !== undefined; at = at.parent) {
    root = roots.get(at) ?? at;
    way.push(at);
    if (root !== at) break;
  }
  for (const at of way) roots.set(at, root);
  return root;
}

const roots = new WeakMap<LintStage, LintStage>();

/** The text between a mount's commas as fields; a bare word has the value ''. */
export function mountFields(mount: string): ReadonlyMap<string, string> {
  return new Map(
    mount.split(',').map((field) => {
      const equals = field.indexOf('=');
      const value = equals === -1 ? '' : field.slice(equals + 1).replace(/^(["'])(.*)\1$/, '$2');
      return [(equals === -1 ? field : field.slice(0, equals)).trim().toLowerCase(), value];
    }),
  );
}

/** True when a cache or tmpfs mount of the RUN covers the path. */
export function hasCacheMount(run: RunInstruction, path: string): boolean {
  if (run.mounts.length === 0) return false;
  const known = covered.get(run) ?? new Map<string, boolean>();
  const has = known.get(path) ?? coversPath(run, path);
  covered.set(run, known.set(path, has));
  return has;
}

/** Each script of a RUN asks. */
const covered = new WeakMap<RunInstruction, Map<string, boolean>>();

function coversPath({ mounts }: RunInstruction, path: string): boolean {
  return mounts.some(({ value }) => {
    const fields = mountFields(value);
    const type = fields.get('type');
    if (type !== 'cache' && type !== 'tmpfs') return false;
    const target = fields.get('target') ?? fields.get('dst') ?? fields.get('destination') ?? '';
    return target.includes(path);
  });
}
