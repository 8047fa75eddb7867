import type { Dockerfile } from '../dockerfile/ast.ts';
import { didYouMean } from '../dockerfile/suggest.ts';
import type { NamedContexts } from './named-contexts.ts';
import type { PlanOptions } from './options.ts';
import type { StageTable } from './stage-table.ts';

/** Build args that mean something without any ARG. */
const PREDEFINED =
  /^(?:BUILDKIT_\w+|SOURCE_DATE_EPOCH|(?:BUILD|TARGET)(?:PLATFORM|OS|OSVERSION|ARCH|VARIANT)|TARGETSTAGE|(?:http|https|ftp|no|all)_proxy)$/i;

/** What was given and nothing asked for, one line each: most often a slip of the keyboard. BuildKit says nothing. */
export function unusedInput(
  file: Dockerfile,
  options: PlanOptions,
  table: StageTable,
  contexts: NamedContexts,
): readonly string[] {
  const stages = table.stages.flatMap(({ stage }) => (stage?.name === undefined ? [] : [stage.name]));
  const args = declaredArgs(file, table);
  const strayArgs = Object.keys(options.buildArgs).filter(
    (name) => !args.has(name) && !PREDEFINED.test(name),
  );
  const strayStages =
    typeof options.noCache === 'boolean'
      ? []
      : options.noCache.filter((name) => !stages.includes(name.toLowerCase()));
  return [
    ...strayArgs.map((name) => told(`The build arg ${name} is declared by no ARG`, name, args)),
    ...contexts.unused.map((name) =>
      told(`The named context ${name} is used by nothing that is built`, name, stages),
    ),
    ...strayStages.map((name) =>
      told(`no-cache names the stage ${name}, which does not exist`, name, stages),
    ),
  ];
}

/** In the whole file and in the triggers of its bases. */
function declaredArgs(file: Dockerfile, table: StageTable): ReadonlySet<string> {
  const instructions = [
    ...file.globalArgs,
    ...table.stages.flatMap(({ commands }) => commands.map(({ instruction }) => instruction)),
  ];
  return new Set(
    instructions.flatMap((instruction) =>
      instruction.kind === 'arg' ? instruction.pairs.map(({ key }) => key.value) : [],
    ),
  );
}

function told(text: string, name: string, known: Iterable<string>): string {
  const hint = didYouMean(name, known);
  return hint === undefined ? text : `${text}; ${hint}`;
}
