import type {
  Pipeline,
  Redirect,
  Script,
  ShellCommand,
  SimpleCommand,
  Statement,
  Word,
  WordPart,
} from './syntax.ts';

/** What a walk calls for each node, outer before inner, in source order. */
export interface Visitor {
  statement?(statement: Statement): void;
  pipeline?(pipeline: Pipeline): void;
  command?(command: ShellCommand): void;
  word?(word: Word): void;
  part?(part: WordPart, quoted: boolean): void;
}

/** Visits a script with all scripts inside its words. */
export function walkScript(script: Script, visitor: Visitor): void {
  for (const statement of script.statements) {
    visitor.statement?.(statement);
    visitor.pipeline?.(statement.pipeline);
    for (const command of statement.pipeline.commands) walkCommand(command, visitor);
  }
}

function walkCommand(command: ShellCommand, visitor: Visitor): void {
  visitor.command?.(command);
  walkOwn(command, visitor);
  for (const redirect of command.redirects) walkRedirect(redirect, visitor);
}

function walkOwn(command: ShellCommand, visitor: Visitor): void {
  switch (command.kind) {
    case 'simple':
      walkSimple(command, visitor);
      return;
    case 'if':
      for (const branch of command.branches) {
        walkScript(branch.condition, visitor);
        walkScript(branch.body, visitor);
      }
      if (command.otherwise !== undefined) walkScript(command.otherwise, visitor);
      return;
    case 'case':
      walkWord(command.word, visitor);
      for (const item of command.items) {
        for (const pattern of item.patterns) walkWord(pattern, visitor);
        walkScript(item.body, visitor);
      }
      return;
    case 'function':
      walkCommand(command.body, visitor);
      return;
    case 'test':
      for (const word of command.words) walkWord(word, visitor);
      return;
    default:
      walkLoop(command, visitor);
  }
}

function walkLoop(
  command: Exclude<ShellCommand, { kind: 'simple' | 'if' | 'case' | 'function' | 'test' }>,
  visitor: Visitor,
): void {
  if (command.kind === 'for') for (const word of command.words ?? []) walkWord(word, visitor);
  if (command.kind === 'arithmetic' || command.kind === 'for-arithmetic')
    walkParts(command.parts, visitor, true);
  if (command.kind === 'while') walkScript(command.condition, visitor);
  if (command.kind !== 'arithmetic') walkScript(command.body, visitor);
}

function walkSimple(command: SimpleCommand, visitor: Visitor): void {
  for (const assignment of command.assignments) {
    if (assignment.value !== undefined) walkWord(assignment.value, visitor);
    for (const element of assignment.elements ?? []) walkWord(element, visitor);
  }
  for (const word of command.words) walkWord(word, visitor);
}

function walkRedirect(redirect: Redirect, visitor: Visitor): void {
  if (redirect.target !== undefined) walkWord(redirect.target, visitor);
  if (redirect.body !== undefined) walkParts(redirect.body.parts, visitor, true);
}

function walkWord(word: Word, visitor: Visitor): void {
  visitor.word?.(word);
  walkParts(word.parts, visitor, false);
}

function walkParts(parts: readonly WordPart[], visitor: Visitor, quoted: boolean): void {
  for (const part of parts) {
    visitor.part?.(part, quoted);
    if (part.kind === 'double') walkParts(part.parts, visitor, true);
    if (part.kind === 'arithmetic') walkParts(part.parts, visitor, true);
    if (part.kind === 'parameter') walkParts(part.operand, visitor, quoted);
    if (part.kind === 'command' || part.kind === 'process') walkScript(part.script, visitor);
  }
}

/** All simple commands anywhere in a script, in source order. */
export function simpleCommands(script: Script): readonly SimpleCommand[] {
  const found: SimpleCommand[] = [];
  walkScript(script, {
    command(command) {
      if (command.kind === 'simple') found.push(command);
    },
  });
  return found.sort((one, other) => one.start - other.start);
}
