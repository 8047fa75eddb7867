import type { SourceRange } from '../../../base/errors.ts';
import type { Heredoc, MappedText, ParseResult, RunInstruction } from '../../ast.ts';
import { rangeOf } from '../../mapped-text.ts';
import type { LintConfig } from '../config.ts';
import { type LintContext, makeContext } from '../context.ts';
import type { Names } from '../known-names.ts';
import { isShell } from '../run-script.ts';
import { shellFacts } from '../shell-rule.ts';

/** A script for ShellCheck, with the way back. */
export interface ShellcheckScript {
  /** Whole: the shell's name, the variables that the Dockerfile sets, the script. */
  readonly text: string;
  /**
   * Where a stretch stands in the Dockerfile; undefined in the lines put in front. Lines and columns count from 1, columns are characters (not
   * UTF-16 units), as ShellCheck's format json1 tells them.
   */
  rangeOf(start: ScriptPlace, end: ScriptPlace): SourceRange | undefined;
}

export interface ScriptPlace {
  readonly line: number;
  readonly column: number;
}

/** The dialects that ShellCheck knows. It has no name of its own for ash in the versions that are about: it is read as dash. */
const DIALECTS: ReadonlySet<string> = new Set(['sh', 'bash', 'dash', 'ksh', 'ash']);

/** The shell text of every RUN, those behind ONBUILD too. Exec forms, other shells and other interpreters are left out. */
export function shellcheckScripts(parsed: ParseResult, config: LintConfig): readonly ShellcheckScript[] {
  const shared = { scripts: new Map(), ruleIds: new Set<string>() };
  return [false, true].flatMap((onbuild) => {
    const context = makeContext(parsed, config, onbuild, shared);
    return context.all('run').flatMap((run) => scriptsOf(context, run));
  });
}

function scriptsOf(context: LintContext, run: RunInstruction): readonly ShellcheckScript[] {
  return shellFacts(context, run, true).flatMap(({ script, dialect, known }) => {
    if (!DIALECTS.has(dialect) || !isShell(script.shebang)) return [];
    // A heredoc's body belongs to the line that opens it; ShellCheck must not miss its end.
    const text = script.text === run.args ? withBodies(script.text, run.heredocs) : script.text;
    const names = namesFor(text.value, known).filter((name) => /^[A-Za-z_]\w*$/.test(name));
    const head = [`#!/bin/${dialect}`, ...names.map((name) => `export ${name}=1`), ''].join('\n');
    return [makeScript(context, head, text)];
  });
}

/** A script comes with all names that are known, of which ShellCheck may think as meant, while they are not more than this. */
const MOST_NAMES = 200;

/** The names that a script comes with: where there are many those that it speaks of. */
function namesFor(text: string, known: Names): readonly string[] {
  const all: string[] = [];
  for (const name of known) {
    all.push(name);
    if (all.length > MOST_NAMES)
      return [...new Set(text.match(/[A-Za-z_]\w*/g))].filter((word) => known.has(word));
  }
  return all;
}

function makeScript({ file }: LintContext, head: string, text: MappedText): ShellcheckScript {
  // An interpreter line is only one at the very start.
  const body = text.value.startsWith('#!') ? `# ${text.value.slice(2)}` : text.value;
  const before = head.split('\n').length - 1;
  const lines = body.split('\n');
  const starts: number[] = [];
  let at = 0;
  for (const line of lines) {
    starts.push(at);
    at += line.length + 1;
  }
  const offsetOf = ({ line, column }: ScriptPlace): number | undefined => {
    const own = lines[line - before - 1];
    if (own === undefined) return line > before ? body.length : undefined;
    return (starts[line - before - 1] ?? 0) + unitsOf(own, column - 1);
  };
  return {
    text: `${head}${body}\n`,
    rangeOf(start, end) {
      const from = offsetOf(start);
      const to = offsetOf(end);
      if (from === undefined || to === undefined) return undefined;
      return rangeOf(file, text, from, Math.max(from, to));
    },
  };
}

/** UTF-16 units of the first `count` characters. */
function unitsOf(line: string, count: number): number {
  let units = 0;
  let left = count;
  for (const char of line) {
    if (left-- <= 0) break;
    units += char.length;
  }
  return units;
}

/** A line with the bodies of its heredocs and their ends behind it. */
function withBodies(line: MappedText, heredocs: readonly Heredoc[]): MappedText {
  const pieces = [...line.pieces];
  const texts = [line.value];
  let { length } = line.value;
  const add = (text: string): void => {
    texts.push(text);
    length += text.length;
  };
  for (const { name, content, body } of heredocs) {
    add('\n');
    pieces.push({ text: length, source: body.start.offset });
    add(content === '' || content.endsWith('\n') ? content : `${content}\n`);
    pieces.push({ text: length, source: body.end.offset });
    add(name);
  }
  return { value: texts.join(''), pieces };
}
