import { commandRule } from '../command-rule.ts';
import { type CommandView, hasArg, isConstant, viewOf } from '../shell/command-view.ts';
import type { Pipeline } from '../shell/syntax.ts';
import { walkScript } from '../shell/walk.ts';

export const tsib1016 = commandRule(
  {
    id: 'TSIB1016',
    severity: 'warning',
    security: 7.5,
    title: 'No passwords for users of the image',
    onbuild: true,
  },
  ({ commands, script }) => {
    const message = 'The password is the same in every container and readable in the history';
    const option = commands.find(
      (view) => ['useradd', 'usermod'].includes(view.name) && hasArg(view, '-p', '--password'),
    );
    if (option !== undefined) return { at: option, message };
    const found: Pipeline[] = [];
    walkScript(script.parsed.script, {
      pipeline(pipeline) {
        const views = pipeline.commands.flatMap((command) =>
          command.kind === 'simple' ? [viewOf(command)] : [],
        );
        if (views.some((view, index) => view?.name === 'chpasswd' && isFixed(views[index - 1])))
          found.push(pipeline);
      },
    });
    return found[0] === undefined ? undefined : { at: found[0], message };
  },
);

/** `echo user:password`, spelt out. */
function isFixed(view: CommandView | undefined): boolean {
  if (view === undefined || !['echo', 'printf'].includes(view.name)) return false;
  return view.args.some(({ value, word }) => value.includes(':') && isConstant(word));
}
