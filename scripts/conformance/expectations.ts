import { fail, type Outcome, pass } from './adapter.ts';
import { difference } from './difference.ts';
import { isObject, type Json, objects } from './json-shape.ts';

/**
 * Checks the `expect` list of a probe (`subject`, `op`, `value`) against named results. Subjects are paths such as
 * `result.Warnings[0].Short`; `.len` is the length of an array.
 */
export function checkExpectations(subjects: Json, expect: unknown): Outcome {
  for (const one of objects(expect)) {
    const path = String(one['subject']);
    const wrong = check(String(one['op']), at(subjects, path), one['value']);
    if (wrong !== undefined) return fail(`${path}: ${wrong}`);
  }
  return pass;
}

function at(subjects: Json, path: string): unknown {
  let value: unknown = subjects;
  for (const key of path.split(/[.[\]]+/).filter((part) => part !== '')) {
    if (Array.isArray(value)) value = key === 'len' ? value.length : value[Number(key)];
    else value = isObject(value) ? value[key] : undefined;
  }
  return value;
}

function check(op: string, actual: unknown, value: unknown): string | undefined {
  switch (op) {
    case 'true':
      return difference(actual, true);
    case 'false':
      return difference(actual, false);
    case 'len':
      return difference(Array.isArray(actual) ? actual.length : 0, value);
    case 'empty':
      return actual === undefined ||
        actual === null ||
        actual === '' ||
        (Array.isArray(actual) && actual.length === 0)
        ? undefined
        : `is ${JSON.stringify(actual)}, expected nothing`;
    case 'equal':
      return difference(actual ?? null, value ?? null);
    case 'notEqual':
      return difference(actual ?? null, value ?? null) === undefined
        ? `is ${JSON.stringify(actual)}`
        : undefined;
    case 'contains':
      return String(actual).includes(String(value))
        ? undefined
        : `${JSON.stringify(actual)} does not hold ${JSON.stringify(value)}`;
    default:
      return `the check ${op} is not known`;
  }
}
