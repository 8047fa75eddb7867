import { fail, type Outcome, pass } from './adapter.ts';

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first place where two JSON values differ, as one line; undefined if they are equal. Absent and undefined are the same. */
export function difference(actual: unknown, expected: unknown, path = ''): string | undefined {
  if (Object.is(actual, expected)) return undefined;
  if (Array.isArray(actual) && Array.isArray(expected)) {
    if (actual.length !== expected.length) return told(path, actual, expected);
    return first(actual.keys(), (index) => difference(actual[index], expected[index], `${path}[${index}]`));
  }
  if (isRecord(actual) && isRecord(expected)) {
    const keys = new Set([...Object.keys(actual), ...Object.keys(expected)]);
    return first(keys, (key) => difference(actual[key], expected[key], path === '' ? key : `${path}.${key}`));
  }
  return told(path, actual, expected);
}

function told(path: string, actual: unknown, expected: unknown): string {
  return `${path === '' ? '' : `${path}: `}is ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`;
}

function first<T>(items: Iterable<T>, find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Passes if two JSON values are equal. */
export function equal(actual: unknown, expected: unknown): Outcome {
  const found = difference(actual, expected);
  return found === undefined ? pass : fail(found);
}
