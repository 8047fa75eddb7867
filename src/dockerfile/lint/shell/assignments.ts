import { viewOf } from './command-view.ts';
import type { Script, ShellCommand, SimpleCommand, Word, WordPart } from './syntax.ts';
import { walkScript } from './walk.ts';

/** What a script gives to a variable somewhere. */
export interface Assigned {
  readonly name: string;
  /** Text without blanks and wildcards only, apart from the variables in it. */
  readonly clean: boolean;
  /** Variables in the value. */
  readonly uses: readonly string[];
}

/** All assignments of a script, by whatever means. */
export function assignmentsOf(script: Script): readonly Assigned[] {
  const before = known.get(script);
  if (before !== undefined) return before;
  const assigned = readAssignments(script);
  known.set(script, assigned);
  return assigned;
}

const known = new WeakMap<Script, readonly Assigned[]>();

function readAssignments(script: Script): readonly Assigned[] {
  const found: Assigned[] = [];
  walkScript(script, {
    command(command) {
      found.push(...assignedBy(command));
    },
    part(part) {
      if (part.kind === 'parameter' && part.operator?.endsWith('=')) found.push(dirty(part.name));
      if (part.kind === 'arithmetic') found.push(...arithmeticNames(part.parts).map(clean));
    },
  });
  return found;
}

/** The names that only ever get text without blanks and wildcards, given those that are known to be so from outside. */
export function cleanNames(script: Script, outer: NameCheck): NameCheck {
  const assigned = assignmentsOf(script);
  const names = new Set(assigned.map(({ name }) => name));
  const isSet = (name: string) => names.has(name) || outer.has(name);
  const dirtied = new Set(
    assigned
      .filter(({ clean: own, uses }) => !own || uses.some((used) => !NUMBERS.test(used) && !isSet(used)))
      .map(({ name }) => name),
  );
  const users = usersOf(assigned);
  // A set is walked on over what is put in meanwhile.
  for (const dirt of dirtied) for (const name of users.get(dirt) ?? []) dirtied.add(name);
  return { has: (name) => !dirtied.has(name) && isSet(name) };
}

/** Which names get a value in which a name is used. */
function usersOf(assigned: readonly Assigned[]): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>();
  for (const { name, uses } of assigned) {
    for (const used of uses) {
      const known = users.get(used) ?? [];
      known.push(name);
      users.set(used, known);
    }
  }
  return users;
}

/** Names that can be asked for. */
export interface NameCheck {
  has(name: string): boolean;
}

/** Parameters that hold a number or flags. */
const NUMBERS = /^[?#$!-]$/;

function dirty(name: string): Assigned {
  return { name, clean: false, uses: [] };
}

function clean(name: string): Assigned {
  return { name, clean: true, uses: [] };
}

function withValue(name: string, value: Word): Assigned {
  const parts = value.parts.flatMap((part) => (part.kind === 'double' ? part.parts : [part]));
  const uses = parts.flatMap((part) => (part.kind === 'parameter' && !part.length ? [part.name] : []));
  return { name, clean: parts.every(isCleanPart), uses };
}

function isCleanPart(part: WordPart): boolean {
  if (part.kind === 'literal' || part.kind === 'single') return !/[\s*?[]/.test(part.text);
  return part.kind === 'arithmetic' || (part.kind === 'parameter' && part.operand.every(isCleanPart));
}

function assignedBy(command: ShellCommand): readonly Assigned[] {
  if (command.kind === 'for') {
    const { variable, words } = command;
    return words === undefined ? [dirty(variable)] : words.map((word) => withValue(variable, word));
  }
  if (command.kind === 'arithmetic' || command.kind === 'for-arithmetic') {
    return arithmeticNames(command.parts).map(clean);
  }
  return command.kind === 'simple' ? assignedBySimple(command) : [];
}

function assignedBySimple(command: SimpleCommand): readonly Assigned[] {
  const own = command.assignments.map(({ name, value, elements }) => {
    if (elements !== undefined) return dirty(name);
    return value === undefined ? clean(name) : withValue(name, value);
  });
  return [...own, ...assignedByBuiltin(command)];
}

function assignedByBuiltin(command: SimpleCommand): readonly Assigned[] {
  const view = viewOf(command);
  if (view === undefined) return [];
  const plain = view.args.filter(({ value }) => !value.startsWith('-'));
  switch (view.name) {
    case 'export':
    case 'readonly':
    case 'local':
    case 'declare':
    case 'typeset':
      return plain.map(({ value, word }) => withValue(value.split(/\+?=/)[0] ?? '', word));
    case 'read':
    case 'mapfile':
    case 'readarray':
      return plain.map(({ value }) => dirty(value));
    case 'let':
      return plain.map(({ value }) => clean(value.split(/[-+*/]?=/)[0] ?? ''));
    case 'getopts':
      return [clean(plain[1]?.value ?? ''), dirty('OPTARG')];
    case 'printf':
      return view.args[0]?.value === '-v' ? [dirty(view.args[1]?.value ?? '')] : [];
    case '.':
    case 'source':
      return [dirty(SOURCED)];
    default:
      return [];
  }
}

/** The name under which a sourced file's unknown variables are noted. */
export const SOURCED = '.';

const CHANGED =
  /([A-Za-z_]\w*)\s*(?:[-+*/%&|^]|<<|>>)?=(?!=)|(?:\+\+|--)([A-Za-z_]\w*)|([A-Za-z_]\w*)(?:\+\+|--)/g;

function arithmeticNames(parts: readonly WordPart[]): readonly string[] {
  const text = parts.map((part) => (part.kind === 'literal' ? part.text : ' ')).join('');
  return [...text.matchAll(CHANGED)].map(([, one, two, three]) => one ?? two ?? three ?? '');
}
