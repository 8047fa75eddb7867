import { commandRule } from '../command-rule.ts';
import { hasCacheMount } from '../context.ts';
import { hasArg } from '../shell/command-view.ts';

const LISTS = '/var/lib/apt/lists';

/** Package lists left in the layer are dead weight. */
export const dl3009 = commandRule(
  {
    id: 'DL3009',
    severity: 'info',
    title: 'apt lists are deleted in the RUN that fetched them',
    onbuild: true,
  },
  ({ commands, run, context }) => {
    const stage = context.stageOf(run);
    if (!stage.last && !stage.inherited) return undefined;
    if (hasCacheMount(run, LISTS)) return undefined;
    if (hasCacheMount(run, '/var/lib/apt') && hasCacheMount(run, '/var/cache/apt')) return undefined;
    const update = commands.find(
      (view) => ['apt', 'apt-get', 'aptitude'].includes(view.name) && hasArg(view, 'update'),
    );
    if (update === undefined) return undefined;
    if (commands.some((view) => view.name === 'rm' && hasArg(view, '-rf', `${LISTS}/*`))) return undefined;
    return {
      at: update,
      message: `The package lists stay in the layer: end the RUN with rm -rf ${LISTS}/* or mount a cache there`,
    };
  },
);
