import { viewOf } from '../shell/command-view.ts';
import { simpleCommands } from '../shell/walk.ts';
import { shellRule } from '../shell-rule.ts';

/** The options of POSIX.1-2024 (XCU, set). */
const POSIX = new Set([
  'allexport',
  'errexit',
  'hashall',
  'ignoreeof',
  'monitor',
  'noclobber',
  'noexec',
  'noglob',
  'nolog',
  'notify',
  'nounset',
  'pipefail',
  'verbose',
  'vi',
  'xtrace',
]);

export const sc3040 = shellRule(
  { id: 'SC3040', severity: 'warning', title: 'Options of set that sh has' },
  function* ({ script, posix }) {
    if (!posix) return;
    for (const command of simpleCommands(script.parsed.script)) {
      const view = viewOf(command);
      if (view?.name !== 'set') continue;
      const option = view.args.find(
        ({ value }, index) => /^[-+][a-zA-Z]*o$/.test(view.args[index - 1]?.value ?? '') && !POSIX.has(value),
      );
      if (option !== undefined) yield { at: option, message: `sh has no option ${option.value}` };
    }
  },
);
