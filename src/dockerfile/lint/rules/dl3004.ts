import { commandRule, type ScriptFix } from '../command-rule.ts';
import type { CommandView } from '../shell/command-view.ts';

export const dl3004 = commandRule(
  { id: 'DL3004', severity: 'error', title: 'No sudo', onbuild: true },
  ({ commands, script }) => {
    const all = commands.filter(({ name }) => name === 'sudo');
    const [first] = all;
    if (first === undefined) return undefined;
    return {
      at: first,
      message: 'RUN is root unless USER says otherwise: sudo only breaks signals and terminals',
      fix: withoutSudo(all, script.text.value),
    };
  },
);

/** Only where each is followed by nothing but the command. The base image may have a user of its own. */
function withoutSudo(all: readonly CommandView[], text: string): ScriptFix | undefined {
  const edits = all.flatMap(({ nameWord, args: [command], through }) => {
    if (command === undefined || through.length > 0 || /^-|=/.test(command.value)) return [];
    const plain =
      text.slice(nameWord.start, nameWord.end) === 'sudo' && text.slice(nameWord.end, command.start) === ' ';
    return plain ? [{ at: { start: nameWord.start, end: command.start }, text: '' }] : [];
  });
  return edits.length < all.length ? undefined : { title: 'Remove sudo', safety: 'unsafe', edits };
}
