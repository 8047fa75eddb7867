import { assignmentsOf, type NameCheck, SOURCED } from './assignments.ts';
import { isConstant, wordText } from './command-view.ts';
import type { ParameterPart, Script, ShellCommand, Span, Word, WordPart } from './syntax.ts';
import { walkScript } from './walk.ts';

/** A place where a variable is asked for. */
export interface Reference extends Span {
  readonly name: string;
}

/**
 * First uses of variables that the script does not assign anywhere; empty when it reads another file. A variable whose first use reckons with its
 * being unset, and one that a `[ … ]` asks whether it is empty, is no slip.
 */
export function unassignedReferences(script: Script, known: NameCheck): readonly Reference[] {
  const written = new Set(assignmentsOf(script).map(({ name }) => name));
  if (written.has(SOURCED)) return [];
  const first = new Map<string, Reference>();
  const passed = new Set<string>();
  const use = (reference: Reference, guarded: boolean) => {
    const { name } = reference;
    if (passed.has(name) || first.has(name)) return;
    if (guarded || written.has(name) || known.has(name)) passed.add(name);
    else first.set(name, reference);
  };
  walkScript(script, {
    command(command) {
      for (const name of testedNames(command)) {
        passed.add(name);
        first.delete(name);
      }
      if (command.kind === 'arithmetic' || command.kind === 'for-arithmetic')
        for (const name of arithmeticUses(command.parts)) use(name, false);
    },
    part(part) {
      if (part.kind === 'arithmetic') for (const name of arithmeticUses(part.parts)) use(name, false);
      if (part.kind === 'parameter' && /^[A-Za-z_]/.test(part.name)) use(part, isGuarded(part));
    },
  });
  return [...first.values()];
}

/** `${x:-…}`, `${x+…}`, `${x?…}` and `${x:=…}` reckon with an unset variable. */
function isGuarded({ operator }: ParameterPart): boolean {
  return operator !== undefined && /^:?[-+?=]$/.test(operator);
}

/** Names in the text of an arithmetic expression; `0x1f` and `10#a` are numbers. */
function arithmeticUses(parts: readonly WordPart[]): readonly Reference[] {
  return parts.flatMap((part) => {
    if (part.kind !== 'literal') return [];
    return [...part.text.matchAll(/(?<![\w#])[A-Za-z_]\w*/g)].map(({ 0: name, index }) => ({
      name,
      start: part.start + index,
      end: part.start + index + name.length,
    }));
  });
}

/** Variables of which `[ -n "$a" ]`, `[ -z "$a" ]` or `[ "$a" ]` asks whether there is something in them. */
function testedNames(command: ShellCommand): readonly string[] {
  return testedWords(command).flatMap(({ parts }) =>
    parts
      .flatMap((part) => (part.kind === 'double' ? part.parts : [part]))
      .filter((part): part is ParameterPart => part.kind === 'parameter')
      .map(({ name }) => name),
  );
}

function testedWords(command: ShellCommand): readonly Word[] {
  const words = command.kind === 'test' ? command.words : bracketWords(command);
  return words.filter((word, index) => {
    if (isConstant(word)) return false;
    const [before, behind] = [words[index - 1], words[index + 1]].map((one) =>
      one === undefined ? '' : wordText(one),
    );
    if (before === '-n' || before === '-z') return true;
    return JOINTS.test(before ?? '') && JOINTS.test(behind ?? '');
  });
}

/** What stands around a word that is a condition by itself. */
const JOINTS = /^(?:|!|-a|-o|&&|\|\||[()])$/;

function bracketWords(command: ShellCommand): readonly Word[] {
  const [name, ...words] = command.kind === 'simple' ? command.words : [];
  return name !== undefined && wordText(name) === '[' ? words.slice(0, -1) : [];
}

/** Names that are assigned in the script or known from outside. */
export function writtenNames(script: Script, known: Iterable<string>): readonly string[] {
  return [...new Set([...known, ...assignmentsOf(script).map(({ name }) => name)])];
}
