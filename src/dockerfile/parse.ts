import { BuildError, throwAll } from '../base/errors.ts';
import type {
  ArgInstruction,
  Directives,
  Dockerfile,
  Instruction,
  ParseResult,
  ParseWarning,
  Stage,
} from './ast.ts';
import { CHECK_ARGUMENT, detectSyntax, readCheckOptions, scanDirective } from './directives.ts';
import { brokenFrom } from './instruction/from.ts';
import { readInstruction } from './instruction/read.ts';
import { fault } from './instruction/reading.ts';
import { LineReader, type LogicalLine } from './line-reader.ts';
import { keepSource } from './mapped-text.ts';
import { type Node, readNode } from './node.ts';
import { rangeBetween, readSource, type Source } from './source.ts';

const MOST_PROBLEMS = 500;

/** A file's instructions as BuildKit's parser sees them, before their kinds are looked at. */
export interface NodeList {
  readonly nodes: readonly Node[];
  readonly problems: readonly BuildError[];
  readonly warnings: readonly ParseWarning[];
  readonly escape: Directives['escape'];
}

/** Splits a text into instructions. Never throws for what the text holds. */
export function readNodes(source: Source): NodeList {
  const nodes: Node[] = [];
  const { problems, warnings, lines } = eachNode(source, (node) => nodes.push(node));
  return { nodes, problems: inOrder(problems), warnings, escape: lines.escape };
}

/** Hands each node on as soon as it is read, so that a long file's nodes need not be held together. */
function eachNode(
  source: Source,
  take: (node: Node) => void,
): { problems: BuildError[]; warnings: ParseWarning[]; lines: LineReader } {
  const lines = new LineReader(source);
  const { problems } = lines;
  const warnings: ParseWarning[] = [];
  let empty = true;
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    empty = false;
    if (line.emptyContinuation) warnings.push({ rule: 'NoEmptyContinuation', at: lastLine(source, line) });
    try {
      take(readNode({ source, escape: lines.escape }, line, lines));
    } catch (error) {
      problems.push(expected(error));
    }
  }
  if (empty) problems.push(noInstructions(source, lines.line));
  return { problems, warnings, lines };
}

/**
 * Reads a whole Dockerfile and tells all that is wrong with it at once. Never throws for what the text holds.
 * A `# syntax=` for another frontend is no problem here, see `checkSyntax`.
 * @param path as messages shall name the file
 * @param buildArgs one of them may replace the check directive, which then may say anything
 */
export function parseDockerfile(
  text: string,
  path: string,
  buildArgs: Readonly<Record<string, string>> = {},
): ParseResult {
  const source = readSource(text, path);
  const sorter = new StageSorter(source);
  const { problems, warnings, lines } = eachNode(source, (node) => sorter.take(node));
  sorter.finish();
  const directives = directivesOf(source, lines.escape);
  const file: Dockerfile = {
    path,
    text,
    directives,
    globalArgs: sorter.globalArgs,
    stages: sorter.stages,
    comments: lines.comments,
  };
  keepSource(file, source);
  const checks = buildArgs[CHECK_ARGUMENT] === undefined ? checkProblems(directives) : [];
  const all = [...checks, ...problems, ...sorter.problems];
  return { file, problems: readable(inOrder(all)), warnings };
}

/** The builder refuses a file whose check directive it cannot read. */
function checkProblems({ check }: Directives): BuildError[] {
  try {
    if (check !== undefined) readCheckOptions(check);
    return [];
  } catch (error) {
    return [expected(error)];
  }
}

/**
 * Reads the text of an ONBUILD trigger as one instruction, the way a build does that is FROM the image which holds it: the escape
 * character is the backslash whatever it was in the file that made the image.
 * @throws BuildError `BAD_TRIGGER` unless it is exactly one instruction that a trigger may be, and all that parsing finds
 */
export function parseTrigger(text: string, path = 'ONBUILD'): Instruction {
  const source = readSource(text, path);
  const { nodes, problems } = readNodes(source);
  throwAll(problems);
  const [node, second] = nodes;
  if (node === undefined || second !== undefined) {
    const at = rangeBetween(source, 0, text.length);
    throw fault('BAD_TRIGGER', `An ONBUILD trigger must be one instruction: ${JSON.stringify(text)}`, at);
  }
  const instruction = readInstruction({ source, node });
  const { kind, keyword } = instruction;
  if (kind === 'from' || kind === 'maintainer' || kind === 'onbuild') {
    throw fault('BAD_TRIGGER', `${kind.toUpperCase()} is not allowed as an ONBUILD trigger`, keyword.at);
  }
  return instruction;
}

/** Puts instructions into their stages. */
class StageSorter {
  readonly globalArgs: ArgInstruction[] = [];
  readonly stages: (Stage & { readonly instructions: Instruction[] })[] = [];
  readonly problems: BuildError[] = [];
  private readonly source: Source;

  constructor(source: Source) {
    this.source = source;
  }

  take(node: Node): void {
    try {
      this.place(readInstruction({ source: this.source, node }));
    } catch (error) {
      this.problems.push(expected(error));
      if (node.name === 'from') this.place(brokenFrom({ source: this.source, node }));
    }
  }

  finish(): void {
    const last = this.globalArgs.at(-1);
    if (this.stages.length > 0 || this.problems.length > 0 || last === undefined) return;
    this.problems.push(
      fault('NO_STAGES', 'The Dockerfile has no FROM', last.keyword.at, 'begin a stage with FROM image'),
    );
  }

  private place(instruction: Instruction): void {
    if (instruction.kind === 'from') {
      const { stageName } = instruction;
      const index = this.stages.length;
      const named = stageName === undefined ? {} : { name: stageName };
      this.stages.push({ index, ...named, from: instruction, instructions: [] });
      return;
    }
    const stage = this.stages.at(-1);
    if (stage !== undefined) stage.instructions.push(instruction);
    else if (instruction.kind === 'arg') this.globalArgs.push(instruction);
    else throw beforeFrom(instruction);
  }
}

function beforeFrom({ keyword }: Instruction): BuildError {
  return fault(
    'NO_STAGE',
    `${keyword.value.toUpperCase()} stands before the first FROM`,
    keyword.at,
    'only ARG may stand there; move it below a FROM',
  );
}

function expected(error: unknown): BuildError {
  if (error instanceof BuildError) return error;
  throw error;
}

function inOrder(problems: readonly BuildError[]): BuildError[] {
  return problems.toSorted((left, right) => (left.at?.start.offset ?? 0) - (right.at?.start.offset ?? 0));
}

/** A file that is no Dockerfile at all has a problem on every line; nobody reads them all. */
function readable(problems: BuildError[]): BuildError[] {
  const next = problems[MOST_PROBLEMS];
  if (next === undefined) return problems;
  const more = `${problems.length - MOST_PROBLEMS} more problems from here on are not shown`;
  const note = new BuildError({ kind: 'user', code: 'MORE_PROBLEMS', message: more, at: next.at });
  return [...problems.slice(0, MOST_PROBLEMS), note];
}

function directivesOf(source: Source, escapeChar: Directives['escape']): Directives {
  const syntax = detectSyntax(source);
  const check = scanDirective(source, 'check');
  return {
    ...(syntax === undefined ? {} : { syntax }),
    escape: escapeChar,
    ...(check === undefined ? {} : { check }),
  };
}

function noInstructions(source: Source, line: number): BuildError {
  const start = source.lineStarts[Math.max(line - 1, 0)] ?? 0;
  return fault('NO_INSTRUCTIONS', 'The Dockerfile holds no instructions', rangeBetween(source, start, start));
}

function lastLine(source: Source, line: LogicalLine): ParseWarning['at'] {
  const start = source.lineStarts[line.endLine - 1] ?? 0;
  return rangeBetween(source, start, Math.max(line.end, start));
}
