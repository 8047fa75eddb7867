import type { Instruction } from '../../ast.ts';
import { ancestry, type LintContext } from '../context.ts';
import { type Argument, type CommandView, hasArg, plainArgs } from '../shell/command-view.ts';

/** Packages of `yum|dnf install` that are held to no version; `module install` wants a stream behind a colon. */
export function unpinnedRpms(
  view: CommandView,
  run: Instruction,
  context: LintContext,
  skipGroups: boolean,
): readonly Argument[] {
  const words = plainArgs(view);
  if (!hasArg(view, 'install') || (skipGroups && hasArg(view, 'group'))) return [];
  const packages = words.filter(({ value }) => value !== 'install' && value !== 'module');
  if (hasArg(view, 'module')) return packages.filter(({ value }) => !value.includes(':'));
  return packages.filter(({ value }) => !isPinned(value, run, context));
}

function isPinned(value: string, run: Instruction, context: LintContext): boolean {
  if (value.endsWith('.rpm')) return true;
  if (!value.includes('-')) return false;
  if (value.includes('$')) return knownVariables(run, context).some((name) => value.includes(`\${${name}}`));
  const parts = value.split('-').slice(1);
  return (
    parts.every((part) => /^[0-9A-Za-z.~^_:+]+$/.test(part)) && parts.some((part) => /^[0-9]/.test(part))
  );
}

/** Names of the stage's ENVs and of all ARGs: their values are pinned where they are set. */
function knownVariables(run: Instruction, context: LintContext): readonly string[] {
  const args = context.all('arg').flatMap(({ pairs }) => pairs.map(({ key }) => key.value));
  const envs = ancestry(context.stageOf(run)).flatMap((stage) =>
    context.of(stage, 'env').flatMap(({ pairs }) => pairs.map(({ key }) => key.value)),
  );
  return [...args, ...envs];
}

/** The first `install` without a later clean-up by the same tool or `rm`. */
export function uncleanedInstall(
  commands: readonly CommandView[],
  tools: readonly string[],
  verbs: readonly string[],
  cache: readonly string[],
): CommandView | undefined {
  const index = commands.findIndex((view) => tools.includes(view.name) && hasArg(view, ...verbs));
  if (index === -1) return undefined;
  const install = commands[index];
  const cleaned = commands.slice(index + 1).some((later) => cleansUp(later, tools, cache));
  return cleaned ? undefined : install;
}

function cleansUp(view: CommandView, tools: readonly string[], cache: readonly string[]): boolean {
  if (tools.includes(view.name)) return hasArg(view, 'clean', 'all');
  return view.name === 'rm' && hasArg(view, '-rf', ...cache);
}
