import type { Diagnostic } from '../../../dockerfile/diagnostic.ts';
import type { Suggestion } from './suggestion.ts';

/** Ends every comment of ours; not shown. */
const MARK = /<!-- ts-image-build:fix ([0-9a-f]{32}) -->/g;

/** The comment: what was found, the lines in a block with a button, and the mark by which a later run knows it. */
export function commentText({ findings, lines, mark }: Suggestion): string {
  const told = findings.map(findingText).join('\n');
  const longest = Math.max(
    2,
    ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map(({ length }) => length)),
  );
  const fence = '`'.repeat(longest + 1);
  const block = [`${fence}suggestion`, ...lines, fence].join('\n');
  return `${told}\n\n${block}\n\n<!-- ts-image-build:fix ${mark} -->\n`;
}

/** The marks in the text of any comment. */
export function marksIn(comment: string): readonly string[] {
  return [...comment.matchAll(MARK)].map(([, mark = '']) => mark);
}

function findingText({ rule, aliases, message, url, fix }: Diagnostic): string {
  const ids = [rule, ...aliases].join(', ');
  const name = url === undefined ? `**${ids}**` : `[**${ids}**](${url})`;
  const title = fix === undefined ? '' : ` *${plain(fix.title)}.*`;
  return `${name}: ${plain(message)}.${title}  `;
}

/** Words of the Dockerfile in a message must not become markup, nor call anybody by name. */
function plain(text: string): string {
  return text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/[\\`*_{}[\]()<>#|~&!]/g, (character) => `\\${character}`)
    .replace(/@/g, '@\u200b')
    .replace(/\.$/, '');
}
