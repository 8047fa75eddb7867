/**
 * Splits one CSV record (RFC 4180: only a whole field can be quoted, `""` is a quote inside it).
 * Returns the fault as a string when there is one.
 */
export function splitRecord(text: string): readonly string[] | string {
  const fields: string[] = [];
  let index = 0;
  if (text === '') return 'it is empty';
  for (;;) {
    const quoted = text[index] === '"';
    const field = quoted ? quotedField(text, index) : plainField(text, index);
    if (typeof field === 'string') return field;
    fields.push(field.value);
    if (field.end === text.length) return fields;
    index = field.end + 1;
  }
}

interface Field {
  readonly value: string;
  readonly end: number;
}

function plainField(text: string, start: number): Field | string {
  const comma = text.indexOf(',', start);
  const end = comma === -1 ? text.length : comma;
  const value = text.slice(start, end);
  return value.includes('"') ? 'a quote stands inside a field that does not begin with one' : { value, end };
}

function quotedField(text: string, start: number): Field | string {
  const value: string[] = [];
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return 'a quoted field is not closed';
    value.push(text.slice(from, quote));
    if (text[quote + 1] !== '"') {
      const end = quote + 1;
      const closed = end === text.length || text[end] === ',';
      return closed ? { value: value.join(''), end } : 'text follows the closing quote of a field';
    }
    value.push('"');
    from = quote + 2;
  }
}
