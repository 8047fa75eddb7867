import type { MappedText } from '../ast.ts';
import { sourceOffset } from '../mapped-text.ts';

const STRING = /"((?:[^"\\]|\\.)*)"/g;

/**
 * The JSON array of an exec form as a shell line of the same words, each in single quotes: rules then see the very arguments, and
 * every character still knows its place in the file.
 */
export function execAsShell(args: MappedText): MappedText {
  const pieces: { text: number; source: number }[] = [];
  let value = '';
  for (const match of args.value.matchAll(STRING)) {
    const inner = match[1] ?? '';
    value += value === '' ? "'" : " '";
    pieces.push({ text: value.length, source: sourceOffset(args, match.index + 1) });
    value += unescapeJson(inner).replaceAll("'", "'\\''");
    pieces.push({ text: value.length, source: sourceOffset(args, match.index + match[0].length - 1) });
    value += "'";
  }
  const [first] = pieces;
  return {
    value,
    pieces: first === undefined ? args.pieces : [{ text: 0, source: first.source }, ...pieces],
  };
}

function unescapeJson(text: string): string {
  if (!text.includes('\\')) return text;
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return text;
  }
}
