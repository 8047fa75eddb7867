import type { RunInstruction } from '../../ast.ts';
import { cleanUp } from '../clean-up.ts';
import { commandRule } from '../command-rule.ts';
import { hasCacheMount, type LintContext, type LintStage } from '../context.ts';
import { type CommandView, hasArg } from '../shell/command-view.ts';

const LISTS = '/var/lib/apt/lists';

/** Package lists left in the layer are dead weight. */
export const dl3009 = commandRule(
  {
    id: 'DL3009',
    severity: 'info',
    title: 'apt lists are deleted in the RUN that fetched them',
    onbuild: true,
  },
  ({ commands, elsewhere, run, context, script }) => {
    const stage = context.stageOf(run);
    if (!stage.last && !stage.inherited) return undefined;
    if (hasCacheMount(run, LISTS)) return undefined;
    if (hasCacheMount(run, '/var/lib/apt') && hasCacheMount(run, '/var/cache/apt')) return undefined;
    const update = commands.find(
      (view) => ['apt', 'apt-get', 'aptitude'].includes(view.name) && hasArg(view, 'update'),
    );
    if (update === undefined) return undefined;
    if (commands.some(deletesLists) || elsewhere(deletesLists)) return undefined;
    const safety = laterUse(context, run);
    return {
      at: update,
      fix:
        safety === undefined
          ? undefined
          : cleanUp(update, { run, context, script }, `rm -rf ${LISTS}/*`, safety),
      message: `The package lists stay in the layer: end the RUN with rm -rf ${LISTS}/* or mount a cache there`,
    };
  },
);

function deletesLists(view: CommandView): boolean {
  return view.name === 'rm' && hasArg(view, '-rf', `${LISTS}/*`);
}

const APT = ['apt', 'apt-get', 'aptitude'];

/**
 * How safe it is to delete the lists: undefined when a later RUN installs by them without fetching them again, unsafe when one runs scripts of which
 * nothing is known.
 */
function laterUse(context: LintContext, run: RunInstruction): 'safe' | 'unsafe' | undefined {
  const { needed, unknown } = lastUses(context).get(context.stageOf(run)) ?? { needed: -1, unknown: -1 };
  const { offset } = run.at.start;
  if (needed > offset) return undefined;
  return unknown > offset ? 'unsafe' : 'safe';
}

/** Offsets of the last RUNs that need the lists, or may need them, in a stage and in those built from it; -1: none does. */
interface LastUses {
  readonly needed: number;
  readonly unknown: number;
}

function lastUses(context: LintContext): ReadonlyMap<LintStage, LastUses> {
  const before = known.get(context);
  if (before !== undefined) return before;
  const uses = new Map<LintStage, LastUses>();
  for (const run of context.all('run')) {
    const commands = context.scripts(run).flatMap((script) => script.commands);
    const first = commands.find(({ name }) => APT.includes(name));
    const needs = first !== undefined && !hasArg(first, 'update');
    const unknown = commands.some(isUnknown);
    if (!needs && !unknown) continue;
    const { offset } = run.at.start;
    const last = { needed: needs ? offset : -1, unknown: unknown ? offset : -1 };
    raise(uses, context.stageOf(run), last);
  }
  // Stages come after those that they are built from.
  for (const stage of context.stages.toReversed()) {
    const last = uses.get(stage);
    if (stage.parent !== undefined && last !== undefined) raise(uses, stage.parent, last);
  }
  known.set(context, uses);
  return uses;
}

function raise(uses: Map<LintStage, LastUses>, stage: LintStage, { needed, unknown }: LastUses): void {
  const last = uses.get(stage);
  uses.set(stage, {
    needed: Math.max(needed, last?.needed ?? -1),
    unknown: Math.max(unknown, last?.unknown ?? -1),
  });
}

const known = new WeakMap<LintContext, ReadonlyMap<LintStage, LastUses>>();

function isUnknown({ name }: CommandView): boolean {
  return /[/$]/.test(name) || ['sh', 'bash', '.', 'source', 'eval'].includes(name);
}
