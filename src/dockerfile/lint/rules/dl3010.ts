import { basename } from '../base-name.ts';
import type { InstructionOf, LintContext, LintStage } from '../context.ts';
import type { LintRule } from '../rule.ts';
import { type CommandView, plainArgs } from '../shell/command-view.ts';
import { isArchiveName } from '../tools/archive.ts';
import { unquote } from '../unquote.ts';

const UNPACKERS = ['unzip', 'gunzip', 'bunzip2', 'unlzma', 'unxz', 'zgz', 'uncompress', 'zcat', 'gzcat'];

/** ADD unpacks a local archive by itself, in one layer. */
export const dl3010: LintRule = {
  id: 'DL3010',
  severity: 'info',
  title: 'ADD for archives that are unpacked at once',
  *check(context) {
    for (const stage of context.stages) {
      for (const copy of context.of(stage, 'copy')) {
        const archives = archivesOf(copy);
        const unpacked = archives.length === 0 ? undefined : namesUnpackedBehind(context, stage, copy);
        const name = archives.find((one) => unpacked?.has(one));
        if (name === undefined) continue;
        yield { message: `ADD unpacks ${name} without a layer that holds the archive`, at: copy.at };
      }
    }
  },
};

function archivesOf(copy: InstructionOf<'copy'>): readonly string[] {
  if (copy.from !== undefined) return [];
  const target = basename(unquote(copy.destination.value));
  if (isArchiveName(target)) return [target];
  return copy.sources.map(({ value }) => basename(unquote(value))).filter(isArchiveName);
}

function namesUnpackedBehind(
  context: LintContext,
  stage: LintStage,
  { at }: InstructionOf<'copy'>,
): ReadonlySet<string> {
  const views = context
    .of(stage, 'run')
    .filter((run) => run.at.start.offset > at.start.offset)
    .flatMap((run) => context.scripts(run).flatMap(({ commands }) => commands));
  return new Set(
    views.filter(unpacks).flatMap((view) => plainArgs(view).map(({ value }) => basename(value))),
  );
}

function unpacks(view: CommandView): boolean {
  if (UNPACKERS.includes(view.name)) return true;
  if (view.name !== 'tar') return false;
  return view.args.some(({ value }, index) => isExtract(value, index));
}

/** `tar xf` needs no dash when it is the first word. */
function isExtract(value: string, index: number): boolean {
  if (value === '--extract' || value === '--get') return true;
  if (value.startsWith('--')) return false;
  return value.startsWith('-') ? value.includes('x') : index === 0 && /^[a-zA-Z]*x[a-zA-Z]*$/.test(value);
}
