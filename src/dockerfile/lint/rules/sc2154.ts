import { unassignedReferences } from '../shell/references.ts';
import { shellRule } from '../shell-rule.ts';

/** Names in capitals may come from the environment; others do not. */
export const sc2154 = shellRule(
  { id: 'SC2154', severity: 'warning', title: 'Variables are assigned' },
  function* ({ script, known }) {
    for (const part of unassignedReferences(script.parsed.script, known)) {
      if (!/[a-z]/.test(part.name)) continue;
      yield { at: part, message: `Nothing assigns ${part.name}` };
    }
  },
);
