import { appendedCommand } from './appended-command.ts';
import type { ScriptFacts, ScriptFix } from './command-rule.ts';
import type { CommandView } from './shell/command-view.ts';

/**
 * Ends a RUN with a command that deletes what one of its commands left behind. Undefined where that one runs as somebody else, or where nothing
 * can be put behind the script.
 */
export function cleanUp(
  view: CommandView,
  facts: Pick<ScriptFacts, 'script' | 'run' | 'context'>,
  command: string,
  safety: ScriptFix['safety'] = 'safe',
): ScriptFix | undefined {
  const edits = view.through.length > 0 ? undefined : appendedCommand(facts, command);
  return edits === undefined ? undefined : { title: `Add && ${command}`, safety, edits };
}
