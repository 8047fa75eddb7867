import { parse } from 'csv-parse/sync';

/**
 * Reads a list input as docker/build-push-action does: each line is a CSV record with relaxed quotes, blank items are dropped.
 * `commas: 'split'` makes every field an item, `'keep'` puts the fields of a line together again.
 */
export function parseList(text: string, commas: 'split' | 'keep', trim = true): readonly string[] {
  const records: string[][] = parse(text, {
    columns: false,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  const items = commas === 'split' ? records.flat() : records.map((fields) => fields.join(','));
  return items.map((item) => (trim ? item.trim() : item)).filter((item) => item.trim() !== '');
}

/** The fields of one record `key=value,key=value`; a field without `=` has an empty value. Keys are lower-cased. */
export function parseFields(record: string): ReadonlyMap<string, string> {
  const rows: string[][] = parse(record, { columns: false, relax_column_count: true, relax_quotes: true });
  return new Map(
    (rows[0] ?? []).map((field): [string, string] => {
      const equals = field.indexOf('=');
      return equals < 0
        ? [field.trim().toLowerCase(), '']
        : [field.slice(0, equals).trim().toLowerCase(), field.slice(equals + 1)];
    }),
  );
}
