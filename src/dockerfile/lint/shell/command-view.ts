import type { SimpleCommand, Span, Word, WordPart } from './syntax.ts';

/** One argument as a program would see it: quotes removed, expansions written as `${name}`, substitutions as `${..}`. */
export interface Argument extends Span {
  readonly value: string;
  readonly word: Word;
}

/** A simple command as rules look at it. */
export interface CommandView extends Span {
  readonly name: string;
  readonly args: readonly Argument[];
  /** The word that names the command. */
  readonly nameWord: Word;
  readonly command: SimpleCommand;
  /** What runs this command for it: `sudo`, `env`, `xargs`, `sh -c` … outermost first; empty for a plain command. */
  readonly through: readonly string[];
  /** Its words stand somewhere in the command's place, escapes moved them: nothing can be edited there. */
  readonly moved?: true;
}

/** How a substitution looks in the text of a word. */
export const SUBSTITUTION = '$'.concat('{..}');

/** The text of a word: quotes removed, `$x` and `${x}` both as `${x}`, substitutions as `${..}`. */
export function wordText(word: Word): string {
  return word.parts.map(partText).join('');
}

function partText(part: WordPart): string {
  switch (part.kind) {
    case 'literal':
    case 'single':
      return part.text;
    case 'double':
      return part.parts.map(partText).join('');
    case 'parameter':
      return `\${${part.name}${part.operator ?? ''}${part.operand.map(partText).join('')}}`;
    case 'command':
    case 'arithmetic':
    case 'process':
      return SUBSTITUTION;
  }
}

/** True when nothing in the word depends on the shell's state. */
export function isConstant(word: Word): boolean {
  return word.parts.every(
    (part) =>
      part.kind === 'literal' ||
      part.kind === 'single' ||
      (part.kind === 'double' && part.parts.every((inner) => inner.kind === 'literal')),
  );
}

/** Builtins before a command that leave it the same command. */
const TRANSPARENT = new Set(['exec', 'command', 'builtin', 'time']);

/** The command as written: only `exec`, `command`, `builtin` and `time` are looked through. Undefined for mere assignments. */
export function viewOf(command: SimpleCommand): CommandView | undefined {
  if (known.has(command)) return known.get(command);
  const view = readView(command);
  known.set(command, view);
  return view;
}

/** Each command is looked at by many rules. */
const known = new WeakMap<SimpleCommand, CommandView | undefined>();

function readView(command: SimpleCommand): CommandView | undefined {
  let first = 0;
  while (TRANSPARENT.has(textAt(command.words, first)) && first + 1 < command.words.length) first += 1;
  return viewFrom(command, command.words.slice(first), []);
}

/** A view whose name is the first of `words`. */
export function viewFrom(
  command: SimpleCommand,
  words: readonly Word[],
  through: readonly string[],
): CommandView | undefined {
  const [nameWord, ...rest] = words;
  if (nameWord === undefined) return undefined;
  return {
    name: wordText(nameWord),
    args: rest.map((word) => ({ value: wordText(word), word, start: word.start, end: word.end })),
    nameWord,
    command,
    through,
    start: nameWord.start,
    end: rest.at(-1)?.end ?? nameWord.end,
  };
}

function textAt(words: readonly Word[], index: number): string {
  const word = words[index];
  return word === undefined ? '' : wordText(word);
}

/** The names of all flags: `--name=v` and `--name` give `name`, `-abc` gives `a`, `b`, `c`. */
export function flagsOf(view: CommandView): readonly string[] {
  return view.args.flatMap(({ value }) => flagNames(value));
}

function flagNames(value: string): readonly string[] {
  if (value.startsWith('--')) return value === '--' ? [] : [value.slice(2).split('=')[0] ?? ''];
  return value.startsWith('-') ? [...value.slice(1)] : [];
}

export function hasFlag(view: CommandView, ...names: readonly string[]): boolean {
  return flagsOf(view).some((flag) => names.includes(flag));
}

export function hasArg(view: CommandView, ...values: readonly string[]): boolean {
  return view.args.some(({ value }) => values.includes(value));
}

/** The arguments that do not start with `-`; `valued` are flags whose next word is their value. */
export function plainArgs(view: CommandView, valued: readonly string[] = []): readonly Argument[] {
  return withoutValuesOf(view.args, valued).filter(({ value }) => !value.startsWith('-'));
}

/** Drops the word behind each of these flags, single or together (`-yt x`), unless the flag held an `=`. */
export function withoutValuesOf(args: readonly Argument[], valued: readonly string[]): readonly Argument[] {
  if (valued.length === 0) return args;
  const kept: Argument[] = [];
  let skip = false;
  for (const arg of args) {
    if (!skip) kept.push(arg);
    skip = !skip && takesNext(arg.value, valued);
  }
  return kept;
}

function takesNext(value: string, valued: readonly string[]): boolean {
  if (value.includes('=')) return false;
  return flagNames(value).some((name) => valued.includes(name));
}
