import { BuildError } from '../base/errors.ts';
import { JsonFields } from '../image/json-fields.ts';

/** Fields of a parsed JSON object that a cache gave. @throws BuildError `CACHE_DATA_BAD` when it is none, as all methods of what is returned */
export function fieldsOf(value: unknown, where: string): JsonFields {
  return JsonFields.of(value, where, badData);
}

/** @throws BuildError `CACHE_DATA_BAD` for text that is not JSON */
export function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw badData(`${where} is not JSON`, cause);
  }
}

/** What a cache gave cannot be used. */
export function badData(message: string, cause?: unknown): BuildError {
  return new BuildError({ kind: 'remote', code: 'CACHE_DATA_BAD', message, cause });
}
