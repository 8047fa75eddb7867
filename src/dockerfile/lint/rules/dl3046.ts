import { appended, commandRule } from '../command-rule.ts';
import { type CommandView, hasFlag } from '../shell/command-view.ts';

/** More digits than a plain user number has. */
const LONG = 5;

export const dl3046 = commandRule(
  { id: 'DL3046', severity: 'warning', title: 'useradd of a high number with --no-log-init', onbuild: true },
  ({ commands }) => {
    const view = commands.find(
      (one) => one.name === 'useradd' && !hasFlag(one, 'l', 'no-log-init') && userNumber(one).length > LONG,
    );
    if (view === undefined) return undefined;
    return {
      at: view,
      message: 'useradd writes a huge sparse log for a high user number: add --no-log-init',
      fix: {
        title: 'Add --no-log-init',
        safety: 'safe',
        edits: [appended(view.nameWord, 'useradd', '--no-log-init')],
      },
    };
  },
);

function userNumber({ args }: CommandView): string {
  for (const [index, { value }] of args.entries()) {
    const next = args[index + 1]?.value ?? '';
    if (/^-[a-zA-Z]*u$/.test(value)) return next;
    // A variable's name is as long as it is, whatever its number.
    if (value === '--uid') return /^\d+$/.test(next) ? next : '';
    const own = /^(?:--uid=|-[a-zA-Z]*u)(\d+)$/.exec(value)?.[1];
    if (own !== undefined) return own;
  }
  return '';
}
