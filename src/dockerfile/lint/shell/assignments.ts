import { isConstant, viewOf, wordText } from './command-view.ts';
import type { Script, ShellCommand, SimpleCommand, Word } from './syntax.ts';
import { walkScript } from './walk.ts';

/** What a script gives to a variable somewhere. `clean`: text without blanks and wildcards only. */
export interface Assigned {
  readonly name: string;
  readonly clean: boolean;
}

/** All assignments of a script, by whatever means. */
export function assignmentsOf(script: Script): readonly Assigned[] {
  const found: Assigned[] = [];
  walkScript(script, {
    command(command) {
      found.push(...assignedBy(command));
    },
    part(part) {
      if (part.kind === 'parameter' && part.operator?.endsWith('='))
        found.push({ name: part.name, clean: false });
      if (part.kind === 'arithmetic') {
        for (const name of arithmeticNames(part.parts)) found.push({ name, clean: true });
      }
    },
  });
  return found;
}

function assignedBy(command: ShellCommand): readonly Assigned[] {
  if (command.kind === 'for') {
    const clean = command.words?.every(isClean) ?? false;
    return [{ name: command.variable, clean }];
  }
  if (command.kind === 'arithmetic' || command.kind === 'for-arithmetic') {
    return arithmeticNames(command.parts).map((name) => ({ name, clean: true }));
  }
  return command.kind === 'simple' ? assignedBySimple(command) : [];
}

function assignedBySimple(command: SimpleCommand): readonly Assigned[] {
  const own = command.assignments.map(({ name, value, elements }) => ({
    name,
    clean: elements === undefined && (value === undefined || isClean(value)),
  }));
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
      return plain.map(({ value, word }) => ({
        name: value.split(/\+?=/)[0] ?? '',
        clean: isClean(word),
      }));
    case 'read':
    case 'mapfile':
    case 'readarray':
    case 'let':
      return plain.map(({ value }) => ({
        name: value.split(/[-+*/]?=/)[0] ?? '',
        clean: view.name === 'let',
      }));
    case 'getopts':
      return [
        { name: plain[1]?.value ?? '', clean: true },
        { name: 'OPTARG', clean: false },
      ];
    case 'printf':
      return view.args[0]?.value === '-v' ? [{ name: view.args[1]?.value ?? '', clean: false }] : [];
    case '.':
    case 'source':
      return [{ name: SOURCED, clean: false }];
    default:
      return [];
  }
}

/** The name under which a sourced file's unknown variables are noted. */
export const SOURCED = '.';

function isClean(word: Word): boolean {
  return isConstant(word) && !/[\s*?[]/.test(wordText(word));
}

function arithmeticNames(parts: readonly { readonly kind: string }[]): readonly string[] {
  const text = parts
    .map((part) => ('text' in part && typeof part.text === 'string' ? part.text : ' '))
    .join('');
  return [
    ...text.matchAll(
      /([A-Za-z_]\w*)\s*(?:[-+*/%&|^]|<<|>>)?=(?!=)|(?:\+\+|--)([A-Za-z_]\w*)|([A-Za-z_]\w*)(?:\+\+|--)/g,
    ),
  ].map(([, one, two, three]) => one ?? two ?? three ?? '');
}
