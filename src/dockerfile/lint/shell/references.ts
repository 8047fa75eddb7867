import { assignmentsOf, type NameCheck, SOURCED } from './assignments.ts';
import type { ParameterPart, Script } from './syntax.ts';
import { walkScript } from './walk.ts';

/** First uses of variables that the script does not assign anywhere; empty when it reads another file. */
export function unassignedReferences(script: Script, known: NameCheck): readonly ParameterPart[] {
  const written = new Set(assignmentsOf(script).map(({ name }) => name));
  if (written.has(SOURCED)) return [];
  const first = new Map<string, ParameterPart>();
  walkScript(script, {
    part(part) {
      if (part.kind !== 'parameter' || !/^[A-Za-z_]/.test(part.name) || isGuarded(part)) return;
      const assigned = written.has(part.name) || known.has(part.name);
      if (!assigned && !first.has(part.name)) first.set(part.name, part);
    },
  });
  return [...first.values()];
}

/** `${x:-…}`, `${x+…}`, `${x?…}` and `${x:=…}` reckon with an unset variable. */
function isGuarded({ operator }: ParameterPart): boolean {
  return operator !== undefined && /^:?[-+?=]$/.test(operator);
}

/** Names that are assigned in the script or known from outside. */
export function writtenNames(script: Script, known: Iterable<string>): readonly string[] {
  return [...new Set([...known, ...assignmentsOf(script).map(({ name }) => name)])];
}
