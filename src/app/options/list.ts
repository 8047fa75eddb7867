import { parse } from 'csv-parse/sync';
import { badInput } from './problems.ts';

/**
 * Reads a list input as docker/build-push-action does: each line is a CSV record with relaxed quotes, blank items are dropped.
 * `commas: 'split'` makes every field an item, `'keep'` puts the fields of a line together again.
 * @throws BuildError `BAD_INPUT`
 */
export function parseList(text: string, commas: 'split' | 'keep', trim = true): readonly string[] {
  const records = parseRecords(text);
  const items = commas === 'split' ? records.flat() : records.map((fields) => fields.join(','));
  return items.map((item) => (trim ? item.trim() : item)).filter((item) => item.trim() !== '');
}

/**
 * The records of a list input with their fields apart: quotes may hold a comma together.
 * @throws BuildError `BAD_INPUT`
 */
export function parseRecords(text: string): readonly (readonly string[])[] {
  return readCsv(text).filter((fields) => fields.some((field) => field.trim() !== ''));
}

/**
 * The fields of one record `key=value,key=value`; a field without `=` has an empty value. Keys are lower-cased.
 * @throws BuildError `BAD_INPUT`
 */
export function parseFields(record: string): ReadonlyMap<string, string> {
  return new Map((readCsv(record)[0] ?? []).map(keyAndValue));
}

/** One `key=value`, as parseFields reads it. */
export function keyAndValue(field: string): [string, string] {
  const equals = field.indexOf('=');
  return equals < 0
    ? [field.trim().toLowerCase(), '']
    : [field.slice(0, equals).trim().toLowerCase(), field.slice(equals + 1)];
}

/** What is wrong is told without a word of the text, which may be a secret. */
function readCsv(text: string): readonly (readonly string[])[] {
  try {
    return parse(text, {
      columns: false,
      // Left alone the parser takes the first line end that it sees for all of them.
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    });
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    throw badInput(
      code === 'CSV_QUOTE_NOT_CLOSED' ? 'a quote is not closed' : 'it cannot be read as CSV',
      'A line is a CSV record: a field that begins with a quote ends with one, and quotes in it are doubled.',
    );
  }
}
