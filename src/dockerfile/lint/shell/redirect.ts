import type { ShellReader } from './reader.ts';
import type { HeredocBody, Redirect, RedirectOperator, Word, WordPart } from './syntax.ts';
import { readWord } from './word.ts';

const REDIRECT = /([0-9]+|\{[A-Za-z_][A-Za-z0-9_]*\})?(&>>|&>|<<<|<<-|<<|<>|<&|>>|>\||>&|<(?!\()|>(?!\())/y;

/** Reads a redirection; undefined when none begins at the cursor. Its heredoc body is filled in when its line ends. */
export function readRedirect(reader: ShellReader): Redirect | undefined {
  const text = reader.match(REDIRECT);
  if (text === undefined) return undefined;
  const start = reader.pos;
  reader.pos += text.length;
  const fd = /^(?:[0-9]+|\{\w+\})/.exec(text)?.[0];
  const operator = text.slice(fd?.length ?? 0) as RedirectOperator;
  reader.skipBlanks();
  const target = readWord(reader);
  if (target === undefined) reader.problem(`A word is missing behind ${operator}`, start);
  const redirect: { -readonly [K in keyof Redirect]: Redirect[K] } = {
    operator,
    start,
    end: reader.pos,
    ...(fd === undefined ? {} : { fd }),
    ...(target === undefined ? {} : { target }),
  };
  if (target !== undefined && (operator === '<<' || operator === '<<-')) {
    reader.expectHeredoc({
      delimiter: plainText(target),
      quoted: target.parts.some(isQuoted),
      chomp: operator === '<<-',
      attach(body: HeredocBody) {
        redirect.body = body;
      },
    });
  }
  return redirect;
}

function isQuoted(part: WordPart): boolean {
  return part.kind === 'single' || part.kind === 'double' || (part.kind === 'literal' && part.escaped);
}

function plainText(word: Word): string {
  return word.parts.map(partText).join('');
}

function partText(part: WordPart): string {
  if (part.kind === 'literal' || part.kind === 'single') return part.text;
  return part.kind === 'double' ? part.parts.map(partText).join('') : '';
}
