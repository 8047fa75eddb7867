import type { RunInstruction } from '../../ast.ts';
import { cleanUp } from '../clean-up.ts';
import { commandRule } from '../command-rule.ts';
import { ancestry, hasCacheMount, type LintContext } from '../context.ts';
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
  ({ commands, run, context, script }) => {
    const stage = context.stageOf(run);
    if (!stage.last && !stage.inherited) return undefined;
    if (hasCacheMount(run, LISTS)) return undefined;
    if (hasCacheMount(run, '/var/lib/apt') && hasCacheMount(run, '/var/cache/apt')) return undefined;
    const update = commands.find(
      (view) => ['apt', 'apt-get', 'aptitude'].includes(view.name) && hasArg(view, 'update'),
    );
    if (update === undefined) return undefined;
    if (commands.some((view) => view.name === 'rm' && hasArg(view, '-rf', `${LISTS}/*`))) return undefined;
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

const APT = ['apt', 'apt-get', 'aptitude'];

/**
 * How safe it is to delete the lists: undefined when a later RUN installs by them without fetching them again, unsafe when one runs scripts of which
 * nothing is known.
 */
function laterUse(context: LintContext, run: RunInstruction): 'safe' | 'unsafe' | undefined {
  const stage = context.stageOf(run);
  let safety: 'safe' | 'unsafe' = 'safe';
  for (const later of context.all('run')) {
    if (later.at.start.offset <= run.at.start.offset || !ancestry(context.stageOf(later)).includes(stage))
      continue;
    const commands = context.scripts(later).flatMap((script) => script.commands);
    const first = commands.find(({ name }) => APT.includes(name));
    if (first !== undefined && !hasArg(first, 'update')) return undefined;
    if (commands.some(isUnknown)) safety = 'unsafe';
  }
  return safety;
}

function isUnknown({ name }: CommandView): boolean {
  return /[/$]/.test(name) || ['sh', 'bash', '.', 'source', 'eval'].includes(name);
}
