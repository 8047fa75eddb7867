import type { ShellReader } from './reader.ts';
import { readRedirect } from './redirect.ts';
import type { Assignment, Redirect, SimpleCommand, Word, WordPart } from './syntax.ts';
import { readWord } from './word.ts';

const ASSIGNMENT = /[A-Za-z_][A-Za-z0-9_]*(?:\[[^\]\n]*\])?\+?=/y;
/** Commands whose arguments are assignments themselves, arrays included. */
const DECLARING = new Set(['declare', 'typeset', 'local', 'export', 'readonly', 'alias']);

interface Draft {
  readonly assignments: Assignment[];
  readonly words: Word[];
  readonly redirects: Redirect[];
}

/** Reads assignments, words and redirections; undefined when there is none of them. */
export function readSimpleCommand(reader: ShellReader): SimpleCommand | undefined {
  const start = reader.pos;
  const draft: Draft = { assignments: [], words: [], redirects: [] };
  let end = start;
  for (;;) {
    reader.skipBlanks();
    if (!readPiece(reader, draft)) break;
    end = reader.pos;
  }
  return end === start ? undefined : { kind: 'simple', ...draft, start, end };
}

function readPiece(reader: ShellReader, draft: Draft): boolean {
  const redirect = readRedirect(reader);
  if (redirect !== undefined) {
    draft.redirects.push(redirect);
    return true;
  }
  const name = reader.match(ASSIGNMENT);
  if (name !== undefined && draft.words.length === 0) {
    draft.assignments.push(readAssignment(reader, name));
    return true;
  }
  const word = name !== undefined && declares(draft) ? readDeclaration(reader, name) : readWord(reader);
  if (word !== undefined) draft.words.push(word);
  return word !== undefined;
}

function declares(draft: Draft): boolean {
  const first = draft.words[0]?.parts[0];
  return first?.kind === 'literal' && DECLARING.has(first.text);
}

/** `declare a=(1 2)`: one word, the elements' parts behind the name. */
function readDeclaration(reader: ShellReader, name: string): Word | undefined {
  if (reader.peek(name.length) !== '(') return readWord(reader);
  const start = reader.pos;
  const assignment = readAssignment(reader, name);
  const head: WordPart = { kind: 'literal', text: name, escaped: false, start, end: start + name.length };
  const parts = (assignment.elements ?? []).flatMap((element) => element.parts);
  return { parts: [head, ...parts], start, end: reader.pos };
}

function readAssignment(reader: ShellReader, name: string): Assignment {
  const start = reader.pos;
  reader.pos += name.length;
  const append = name.endsWith('+=');
  const target = name.slice(0, append ? -2 : -1);
  const bracket = target.indexOf('[');
  const head = {
    name: bracket === -1 ? target : target.slice(0, bracket),
    ...(bracket === -1 ? {} : { index: target.slice(bracket + 1, -1) }),
    append,
    start,
  };
  if (reader.peek() === '(') {
    const elements = readElements(reader);
    return { ...head, elements, end: reader.pos };
  }
  const value = readWord(reader);
  return { ...head, ...(value === undefined ? {} : { value }), end: reader.pos };
}

function readElements(reader: ShellReader): Word[] {
  const start = reader.pos;
  const elements: Word[] = [];
  reader.pos += 1;
  for (;;) {
    reader.skipLines();
    const word = readWord(reader);
    if (word === undefined) break;
    elements.push(word);
  }
  if (!reader.take(')')) reader.problem('An array is not closed', start);
  return elements;
}
