import { viewOf } from './command-view.ts';
import type { Script } from './syntax.ts';
import { simpleCommands } from './walk.ts';

/** True when `set -e` stands anywhere in the script. */
export function setsErrexit(script: Script): boolean {
  return simpleCommands(script).some((command) => {
    const view = viewOf(command);
    if (view?.name !== 'set') return false;
    return view.args.some(
      ({ value }, index) =>
        /^-[a-zA-Z]*e/.test(value) || (value === 'errexit' && view.args[index - 1]?.value === '-o'),
    );
  });
}

/** True when `set -o pipefail` (or `-euo pipefail`) stands anywhere in the script. */
export function setsPipefail(script: Script): boolean {
  return simpleCommands(script).some((command) => {
    const view = viewOf(command);
    if (view?.name !== 'set') return false;
    return view.args.some(
      ({ value }, index) => value === 'pipefail' && /^-[a-zA-Z]*o$/.test(view.args[index - 1]?.value ?? ''),
    );
  });
}
