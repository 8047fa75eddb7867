import type { Text } from '../ast.ts';
import { didYouMean } from '../suggest.ts';
import { readBool } from '../truth-value.ts';
import { splitRecord } from './csv-record.ts';
import { fault } from './reading.ts';

export interface Device {
  /** A CDI name. */
  readonly name: string;
  readonly required: boolean;
}

/**
 * Reads `NAME[,required[=bool]]` or `name=NAME,…`.
 * @throws BuildError `BAD_DEVICE`
 */
export function readDevice(text: Text): Device {
  const fields = splitRecord(text.value);
  if (typeof fields === 'string') throw bad(text, fields);
  let name = '';
  let required = false;
  for (const field of fields) {
    const equals = field.indexOf('=');
    const key = (equals === -1 ? field : field.slice(0, equals)).toLowerCase();
    const value = equals === -1 ? undefined : field.slice(equals + 1);
    if (key === 'required') required = requiredValue(value, text);
    else if (name === '') name = key === 'name' && value !== undefined ? value : field;
    else throw unknownField(key, field, name, text);
  }
  return { name, required };
}

function unknownField(key: string, field: string, name: string, text: Text): Error {
  if (key === 'name') return bad(text, `the name is already ${name}`);
  return bad(text, `${JSON.stringify(field)} is not known`, didYouMean(key, ['name', 'required']));
}

function requiredValue(value: string | undefined, text: Text): boolean {
  if (value === undefined) return true;
  const bool = readBool(value);
  if (bool === undefined) throw bad(text, `required must be true or false, not ${JSON.stringify(value)}`);
  return bool;
}

function bad(text: Text, why: string, hint = 'write --device=NAME or --device=NAME,required'): Error {
  return fault(
    'BAD_DEVICE',
    `The device ${JSON.stringify(text.value)} cannot be read: ${why}`,
    text.at,
    hint,
  );
}
