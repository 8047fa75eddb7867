/** A string of a JSON array and its stretch of the text, quotes included. */
export interface ArrayItem {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads text as the JSON form of an instruction.
 * Undefined: it is not a JSON array, so it is shell form or plain words. `mixed`: an array, but not of strings alone.
 */
export function readStringArray(text: string): readonly ArrayItem[] | 'mixed' | undefined {
  if (!text.startsWith('[')) return undefined;
  const values = parseArray(text);
  if (values === undefined) return undefined;
  if (!values.every((value) => typeof value === 'string')) return 'mixed';
  const items: ArrayItem[] = [];
  const token = /"[^"\\]*(?:\\.[^"\\]*)*"/g;
  for (const value of values) {
    const match = token.exec(text);
    const start = match?.index ?? 0;
    items.push({ value: value.toWellFormed(), start, end: start + (match?.[0].length ?? 0) });
  }
  return items;
}

function parseArray(text: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
