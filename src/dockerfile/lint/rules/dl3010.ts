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
      const unpacked = lastUnpacked(context, stage);
      for (const copy of context.of(stage, 'copy')) {
        const name = archivesOf(copy).find((one) => (unpacked.get(one) ?? -1) > copy.at.start.offset);
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

/** The offset of the last RUN that unpacks a file of each name. */
function lastUnpacked(context: LintContext, stage: LintStage): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  if (context.of(stage, 'copy').length === 0) return last;
  for (const run of context.of(stage, 'run')) {
    const views = context.scripts(run).flatMap(({ commands }) => commands.filter(unpacks));
    for (const view of views) {
      for (const { value } of plainArgs(view)) last.set(basename(value), run.at.start.offset);
    }
  }
  return last;
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
