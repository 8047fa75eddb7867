import type { SourceRange } from '../../base/errors.ts';
import type { Command, Dockerfile, Heredoc, Instruction, MappedText } from '../ast.ts';
import { rangeOf } from '../mapped-text.ts';
import { execAsShell } from './exec-form.ts';
import type { CommandView } from './shell/command-view.ts';
import { commandViews } from './shell/command-views.ts';
import { parseShell } from './shell/parse-shell.ts';
import type { ParsedScript, Span } from './shell/syntax.ts';

/** The scripts of one instruction: its command line, and heredocs that a shell reads. */
export interface RunScript {
  readonly text: MappedText;
  readonly parsed: ParsedScript;
  /** All simple commands in source order, those behind sudo, env, `sh -c` and the like included. */
  readonly commands: readonly CommandView[];
  /** The interpreter named by the script's first line; undefined when there is none. */
  readonly shebang: string | undefined;
  rangeOf(span: Span): SourceRange;
}

const SHELLS = /^(?:.*\/)?(?:sh|bash|ash|dash|ksh|zsh|busybox)$/;

/** The scripts of an instruction that holds a command. */
export function readRunScripts(
  file: Dockerfile,
  instruction: Instruction,
  command: Command,
): readonly RunScript[] {
  const heredocs = instruction.kind === 'run' ? instruction.heredocs : [];
  const line = command.form === 'exec' ? execAsShell(commandText(instruction)) : commandText(instruction);
  const script = makeScript(file, line);
  const [first] = heredocs;
  if (first === undefined || command.form === 'exec') return [script];
  if (isHeredocAlone(script)) return [makeScript(file, heredocText(first))];
  const read = readByShells(script);
  const fed = heredocs.filter(({ fd, name }) => fd === 0 && read.has(name));
  return [script, ...fed.map((heredoc) => makeScript(file, heredocText(heredoc)))];
}

/** What a shell gets: everything behind the flags, for HEALTHCHECK behind the word CMD. */
function commandText(instruction: Instruction): MappedText {
  if (instruction.kind !== 'healthcheck') return instruction.args;
  const word = /^\s*cmd\s+/i.exec(instruction.args.value)?.[0] ?? '';
  // Blanks keep every offset where it was.
  return {
    value: ' '.repeat(word.length) + instruction.args.value.slice(word.length),
    pieces: instruction.args.pieces,
  };
}

/** A script of a text with a way back to the file. */
export function makeScript(file: Dockerfile, text: MappedText): RunScript {
  const shebang = /^#!\s*(\S+(?:[ \t]+\S+)?)/.exec(text.value)?.[1];
  const parsed = parseShell(isShell(shebang) ? text.value : '');
  return {
    text,
    parsed,
    commands: commandViews(parsed.script, text.value),
    shebang,
    rangeOf: (span) => rangeOf(file, text, span.start, Math.max(span.end, span.start)),
  };
}

/** True for an interpreter line of a shell, and for none at all. */
export function isShell(shebang: string | undefined): boolean {
  if (shebang === undefined) return true;
  const [program = '', argument = ''] = shebang.split(/\s+/);
  return SHELLS.test(program.endsWith('/env') ? argument : program);
}

/** `RUN <<EOF`: nothing but redirections from heredocs on the line. */
function isHeredocAlone({ parsed }: RunScript): boolean {
  const [statement, more] = parsed.script.statements;
  const [command] = statement?.pipeline.commands ?? [];
  if (more !== undefined || command?.kind !== 'simple') return false;
  return command.words.length === 0 && command.assignments.length === 0 && command.redirects.length > 0;
}

/** `RUN bash <<EOF`: the names of the heredocs that a shell without a script file reads. */
function readByShells(script: RunScript): ReadonlySet<string> {
  const shells = script.commands.filter(
    ({ name, args }) =>
      SHELLS.test(name) && args.every(({ value }) => value.startsWith('-') && value !== '-c'),
  );
  return new Set(
    shells.flatMap(({ command }) =>
      command.redirects.flatMap(({ operator, target }) => {
        if (target === undefined || (operator !== '<<' && operator !== '<<-')) return [];
        return [script.text.value.slice(target.start, target.end).replace(/['"\\]/g, '')];
      }),
    ),
  );
}

/** A heredoc's body as it reaches the shell, with its way back. */
export function heredocText(heredoc: Heredoc): MappedText {
  const start = heredoc.body.start.offset;
  if (!heredoc.chomp) return { value: heredoc.content, pieces: [{ text: 0, source: start }] };
  const pieces: { text: number; source: number }[] = [];
  let value = '';
  let offset = start;
  for (const line of heredoc.content.split(/(?<=\n)/)) {
    const tabs = /^\t*/.exec(line)?.[0].length ?? 0;
    pieces.push({ text: value.length, source: offset + tabs });
    value += line.slice(tabs);
    offset += line.length;
  }
  return { value, pieces: pieces.length === 0 ? [{ text: 0, source: start }] : pieces };
}
