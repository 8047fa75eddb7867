import { cleanUp } from '../clean-up.ts';
import { commandRule } from '../command-rule.ts';
import { hasCacheMount } from '../context.ts';
import { type CommandView, hasArg } from '../shell/command-view.ts';

export const dl3060 = commandRule(
  { id: 'DL3060', severity: 'info', title: 'yarn cache clean after installing', onbuild: true },
  ({ commands, elsewhere, run, context, script }) => {
    const stage = context.stageOf(run);
    if (hasCacheMount(run, '.cache/yarn') || (!stage.last && !stage.inherited)) return undefined;
    const index = commands.findIndex((view) => view.name === 'yarn' && hasArg(view, 'install'));
    const view = commands[index];
    if (view === undefined) return undefined;
    const cleans = (one: CommandView) => one.name === 'yarn' && hasArg(one, 'cache', 'clean');
    return commands.slice(index + 1).some(cleans) || elsewhere(cleans)
      ? undefined
      : {
          at: view,
          message: 'yarn keeps downloads in the layer: add && yarn cache clean',
          fix: cleanUp(view, { run, context, script }, 'yarn cache clean'),
        };
  },
);
