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
  statement?(statement: Statement): unknown;
  pipeline?(pipeline: Pipeline): unknown;
  command?(command: ShellCommand): unknown;
  word?(word: Word): unknown;
  part?(part: WordPart, quoted: boolean): unknown;
}

type Step =
  | { readonly kind: 'statement'; readonly node: Statement }
  | { readonly kind: 'pipeline'; readonly node: Pipeline }
  | { readonly kind: 'command'; readonly node: ShellCommand }
  | { readonly kind: 'word'; readonly node: Word }
  | { readonly kind: 'part'; readonly node: WordPart; readonly quoted: boolean };

/** The way through a script, kept because many rules go it. */
const ways = new WeakMap<Script, readonly Step[]>();

/** Visits a script with all scripts inside its words. */
export function walkScript(script: Script, visitor: Visitor): void {
  for (const step of wayThrough(script)) {
    if (step.kind === 'part') visitor.part?.(step.node, step.quoted);
    else if (step.kind === 'command') visitor.command?.(step.node);
    else if (step.kind === 'statement') visitor.statement?.(step.node);
    else if (step.kind === 'pipeline') visitor.pipeline?.(step.node);
    else visitor.word?.(step.node);
  }
}

function wayThrough(script: Script): readonly Step[] {
  const known = ways.get(script);
  if (known !== undefined) return known;
  const steps: Step[] = [];
  goThrough(script, {
    statement: (node) => steps.push({ kind: 'statement', node }),
    pipeline: (node) => steps.push({ kind: 'pipeline', node }),
    command: (node) => steps.push({ kind: 'command', node }),
    word: (node) => steps.push({ kind: 'word', node }),
    part: (node, quoted) => steps.push({ kind: 'part', node, quoted }),
  });
  ways.set(script, steps);
  return steps;
}

function goThrough(script: Script, visitor: Visitor): void {
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
        goThrough(branch.condition, visitor);
        goThrough(branch.body, visitor);
      }
      if (command.otherwise !== undefined) goThrough(command.otherwise, visitor);
      return;
    case 'case':
      walkWord(command.word, visitor);
      for (const item of command.items) {
        for (const pattern of item.patterns) walkWord(pattern, visitor);
        goThrough(item.body, visitor);
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
  if (command.kind === 'while') goThrough(command.condition, visitor);
  if (command.kind !== 'arithmetic') goThrough(command.body, visitor);
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
    if (part.kind === 'command' || part.kind === 'process') goThrough(part.script, visitor);
  }
}

/** A script is asked for its commands by many rules. */
const known = new WeakMap<Script, readonly SimpleCommand[]>();

/** All simple commands anywhere in a script, in source order. */
export function simpleCommands(script: Script): readonly SimpleCommand[] {
  const before = known.get(script);
  if (before !== undefined) return before;
  const found: SimpleCommand[] = [];
  walkScript(script, {
    command(command) {
      if (command.kind === 'simple') found.push(command);
    },
  });
  found.sort((one, other) => one.start - other.start);
  known.set(script, found);
  return found;
}
