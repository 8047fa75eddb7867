import { assignmentsOf } from '../shell/assignments.ts';
import type { ParameterPart } from '../shell/syntax.ts';
import { walkScript } from '../shell/walk.ts';
import { shellRule } from '../shell-rule.ts';

/** Variables that bash sets by itself and sh does not. */
const OF_BASH =
  /^(?:BASH\w*|DIRSTACK|EUID|FUNCNAME|GROUPS|HOSTNAME|HOSTTYPE|MACHTYPE|OSTYPE|PIPESTATUS|RANDOM|SECONDS|SHLVL|SHELLOPTS|UID|EPOCHSECONDS|EPOCHREALTIME)$/;

export const sc3028 = shellRule(
  { id: 'SC3028', severity: 'warning', title: 'No variables of bash in sh' },
  ({ script, posix, known }) => {
    if (!posix) return [];
    const written = new Set(assignmentsOf(script.parsed.script).map(({ name }) => name));
    const found: ParameterPart[] = [];
    walkScript(script.parsed.script, {
      part(part) {
        if (part.kind !== 'parameter' || !OF_BASH.test(part.name)) return;
        if (!written.has(part.name) && !known.has(part.name)) found.push(part);
      },
    });
    return found.map((part) => ({ at: part, message: `sh has no $${part.name}: choose bash with SHELL` }));
  },
);
