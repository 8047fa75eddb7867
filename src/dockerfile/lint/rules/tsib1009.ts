import { workdirFix } from '../cd-to-workdir.ts';
import { commandRule } from '../command-rule.ts';

const WITHOUT_EFFECT = new Set(['cd', 'export', 'alias', 'pushd', 'umask', 'ulimit']);

/** Each RUN has a shell of its own. */
export const tsib1009 = commandRule(
  {
    id: 'TSIB1009',
    severity: 'warning',
    title: 'No RUN whose effect ends with it',
    twin: 'DL3003',
    onbuild: true,
  },
  ({ commands, context, run, script }) => {
    const [first] = commands;
    if (first === undefined || run.heredocs.length > 0 || script.parsed.problems.length > 0) return undefined;
    if (!commands.every(({ name }) => WITHOUT_EFFECT.has(name))) return undefined;
    const instead = first.name === 'cd' ? 'WORKDIR' : 'ENV or the RUN that needs it';
    return {
      at: first,
      message: `${first.name} ends with this RUN and changes nothing: use ${instead}`,
      fileFix: workdirFix(context, run, script),
    };
  },
);
