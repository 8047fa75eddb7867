import type { Instruction } from '../../ast.ts';
import type { ScriptFacts } from '../command-rule.ts';
import type { LintContext, LintStage } from '../context.ts';
import { InheritedNames } from '../inherited-names.ts';
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
  if (!value.includes('-')) return false;
  if (value.endsWith('.rpm')) return true;
  if (value.includes('$'))
    return [...value.matchAll(/\$\{(\w+)\}/g)].some(([, name]) => isKnown(name ?? '', run, context));
  const parts = value.split('-').slice(1);
  return (
    parts.every((part) => /^[0-9A-Za-z.~^_:+]+$/.test(part)) && parts.some((part) => /^[0-9]/.test(part))
  );
}

/** An ENV of the stage or any ARG: its value is pinned where it is set. */
function isKnown(name: string, run: Instruction, context: LintContext): boolean {
  if (argNames(context).has(name)) return true;
  const stage = context.stageOf(run);
  if (envNames(context, stage).has(name)) return true;
  const { parent } = stage;
  return (
    parent !== undefined && (envNames(context, parent).has(name) || handedDown(context).has(parent, name))
  );
}

function argNames(context: LintContext): ReadonlySet<string> {
  const before = args.get(context);
  if (before !== undefined) return before;
  const names = new Set(context.all('arg').flatMap(({ pairs }) => pairs.map(({ key }) => key.value)));
  args.set(context, names);
  return names;
}

function envNames(context: LintContext, stage: LintStage): ReadonlySet<string> {
  const before = envs.get(stage);
  if (before !== undefined) return before;
  const names = new Set(context.of(stage, 'env').flatMap(({ pairs }) => pairs.map(({ key }) => key.value)));
  envs.set(stage, names);
  return names;
}

function handedDown(context: LintContext): InheritedNames {
  const before = handed.get(context);
  if (before !== undefined) return before;
  const names = new InheritedNames(context.written, (stage) => envNames(context, stage));
  handed.set(context, names);
  return names;
}

const handed = new WeakMap<LintContext, InheritedNames>();
const args = new WeakMap<LintContext, ReadonlySet<string>>();
const envs = new WeakMap<LintStage, ReadonlySet<string>>();

/** The first `install` without a later clean-up by the same tool or `rm`, nor one in another script of the RUN. */
export function uncleanedInstall(
  { commands, elsewhere }: Pick<ScriptFacts, 'commands' | 'elsewhere'>,
  tools: readonly string[],
  verbs: readonly string[],
  cache: readonly string[],
): CommandView | undefined {
  const index = commands.findIndex((view) => tools.includes(view.name) && hasArg(view, ...verbs));
  if (index === -1) return undefined;
  const install = commands[index];
  const cleans = (later: CommandView) => cleansUp(later, tools, cache);
  return commands.slice(index + 1).some(cleans) || elsewhere(cleans, tools.join()) ? undefined : install;
}

function cleansUp(view: CommandView, tools: readonly string[], cache: readonly string[]): boolean {
  if (tools.includes(view.name)) return hasArg(view, 'clean', 'all');
  return view.name === 'rm' && hasArg(view, '-rf', ...cache);
}
