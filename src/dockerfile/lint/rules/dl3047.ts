import { appended, commandRule } from '../command-rule.ts';
import { hasArg, hasFlag } from '../shell/command-view.ts';

const QUIET = ['progress', 'q', 'quiet', 'o', 'output-file', 'a', 'append-output', 'no-verbose'];

export const dl3047 = commandRule(
  { id: 'DL3047', severity: 'info', title: 'wget with --progress', onbuild: true },
  ({ commands }) => {
    const view = commands.find(
      (one) => one.name === 'wget' && !hasFlag(one, ...QUIET) && !hasArg(one, '-nv'),
    );
    if (view === undefined) return undefined;
    return {
      at: view,
      message: 'wget fills the log with its progress bar: add --progress=dot:giga',
      // busybox has a wget of the same name and without this option.
      fix: {
        title: 'Add --progress=dot:giga',
        safety: 'unsafe',
        edits: [appended(view.nameWord, 'wget', '--progress=dot:giga')],
      },
    };
  },
);
