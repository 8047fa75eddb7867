import type { RunInstruction } from '../../ast.ts';
import type { LintContext } from '../context.ts';
import type { LintRule } from '../rule.ts';
import { type CommandView, hasArg } from '../shell/command-view.ts';

const CACHES =
  /^\/(?:var\/lib\/apt\/lists|var\/cache\/(?:apt|apk|yum|dnf|zypp)|tmp|var\/tmp|root\/\.(?:cache|npm))(?:\/|$)/;
const MANAGERS = ['apt-get', 'apt', 'yum', 'dnf', 'microdnf', 'zypper', 'apk', 'npm', 'yarn', 'pip', 'pip3'];

/** What a layer holds stays in it, whatever a later layer deletes. */
export const tsib1019: LintRule = {
  id: 'TSIB1019',
  severity: 'info',
  title: 'Clean up in the RUN that makes the mess',
  *check(context) {
    for (const stage of context.stages) {
      let layers = 0;
      for (const run of context.of(stage, 'run')) {
        const first = layers > 0 ? cleansOnly(context, run) : undefined;
        if (first !== undefined)
          yield {
            message: 'The files stay in the layer above: clean up in the RUN that made them',
            at: run.at,
          };
        layers += 1;
      }
    }
  },
};

function cleansOnly(context: LintContext, run: RunInstruction): CommandView | undefined {
  if (run.mounts.length > 0) return undefined;
  const commands = context.scripts(run).flatMap((script) => script.commands);
  const outer = commands.filter(({ through }) => through.length === 0);
  return outer.length > 0 && outer.every(isCleanUp) ? outer[0] : undefined;
}

function isCleanUp(view: CommandView): boolean {
  if (view.name === 'rm') {
    const paths = view.args.filter(({ value }) => !value.startsWith('-'));
    return paths.length > 0 && paths.every(({ value }) => CACHES.test(value));
  }
  if (!MANAGERS.includes(view.name)) return false;
  return hasArg(view, 'clean', 'autoclean') || (hasArg(view, 'cache') && hasArg(view, 'purge', 'clean'));
}
