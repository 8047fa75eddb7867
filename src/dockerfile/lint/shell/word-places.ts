import { wordText } from './command-view.ts';
import type {
  CommandPart,
  ParameterPart,
  Script,
  ShellCommand,
  SimpleCommand,
  Word,
  WordPart,
} from './syntax.ts';
import { walkScript } from './walk.ts';

/** A parameter or a substitution that the shell splits into words. */
export interface SplitPlace {
  readonly part: ParameterPart | CommandPart;
  readonly command: SimpleCommand | undefined;
}

/** Commands whose arguments of the form `a=b` are assignments in bash, but split in sh. */
const DECLARING = new Set(['export', 'readonly', 'local', 'declare', 'typeset', 'alias']);

/** Builtins whose first word names the command. */
const RUNNERS = new Set(['exec', 'command']);

/** All unquoted expansions in the arguments and redirections of commands, those that name the command left out. */
export function splitPlaces(script: Script, declarationsSplit: boolean): readonly SplitPlace[] {
  const places: SplitPlace[] = [];
  walkScript(script, {
    command(command) {
      places.push(...placesOf(command, declarationsSplit));
    },
  });
  return places;
}

function placesOf(command: ShellCommand, declarationsSplit: boolean): readonly SplitPlace[] {
  const simple = command.kind === 'simple' ? command : undefined;
  const args = simple?.words.slice(RUNNERS.has(nameOf(simple)) ? 2 : 1) ?? [];
  const declares = !declarationsSplit && DECLARING.has(nameOf(simple));
  const words = args.filter((word) => !(declares && /^\w+=/.test(wordText(word))));
  const targets = command.redirects
    .filter(({ operator }) => operator !== '<<' && operator !== '<<-')
    .flatMap(({ target }) => (target === undefined ? [] : [target]));
  return [...words, ...targets].flatMap((word) =>
    barePartsOf(word).map((part) => ({ part, command: simple })),
  );
}

function nameOf(command: SimpleCommand | undefined): string {
  const [first] = command?.words ?? [];
  return first === undefined ? '' : wordText(first);
}

function barePartsOf(word: Word): readonly (ParameterPart | CommandPart)[] {
  return word.parts.filter(
    (part: WordPart): part is ParameterPart | CommandPart =>
      part.kind === 'parameter' || part.kind === 'command',
  );
}
