import { BuildError } from '../base/errors.ts';

/**
 * Fields of one line of CSV (RFC 4180): a field in double quotes may hold commas, and `""` for a quote; no quote may stand in a field
 * without them.
 * @throws BuildError `BAD_CSV`
 */
export function splitRecord(text: string): readonly string[] {
  const line = text.replace(/^(?:\r?\n)+/, '');
  if (line === '') throw bad('it is empty');
  const fields: string[] = [];
  let rest = line;
  for (;;) {
    const { field, length } = rest.startsWith('"') ? quotedField(rest) : plainField(rest);
    fields.push(field);
    if (length >= rest.length) return fields;
    rest = rest.slice(length + 1);
  }
}

function plainField(text: string): { readonly field: string; readonly length: number } {
  const field = /^[^,\n]*/.exec(text)?.[0] ?? '';
  if (field.includes('"')) throw bad(`there is a quote inside "${field}"`);
  return { field: field.replace(/\r$/, ''), length: endOf(text, field.length) };
}

function quotedField(text: string): { readonly field: string; readonly length: number } {
  const match = /^"((?:[^"]|"")*)"(?=,|\r?\n|$)/.exec(text);
  if (match === null) throw bad('a quoted field is not closed, or something follows its quote');
  return { field: (match[1] ?? '').replaceAll('""', '"'), length: endOf(text, match[0].length) };
}

/** Only the first line is read. */
function endOf(text: string, length: number): number {
  return text[length] === ',' ? length : text.length;
}

function bad(reason: string): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'BAD_CSV',
    message: `The list of a mount cannot be read: ${reason}`,
    hint: 'Write key=value pairs with commas between them; put a whole pair in double quotes when it holds a comma.',
  });
}
