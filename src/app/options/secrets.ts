import { existsSync, readFileSync } from 'node:fs';
import { parseFields } from './list.ts';
import { badInput } from './problems.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const KEYS: readonly string[] = ['type', 'id', 'src', 'source', 'env'];

/** `id=…,src=PATH` or `id=…,env=NAME`, as docker build's --secret. @throws BuildError `BAD_INPUT`, never naming a value */
export function secretFromSpec(spec: string, environment: Environment): [string, Uint8Array] {
  const fields = parseFields(spec);
  const unknown = [...fields.keys()].find((key) => !KEYS.includes(key));
  if (unknown !== undefined) throw badInput(`a secret has no key "${unknown}"`, FORM);
  const type = fields.get('type');
  const source = fields.get('src') ?? fields.get('source');
  const variable = fields.get('env');
  const id = fields.get('id') || source || variable;
  if (type !== undefined && type !== 'file' && type !== 'env')
    throw badInput(`unknown type "${type}" of a secret`);
  if (id === undefined) throw badInput('a secret needs an id', FORM);
  if (source !== undefined && type !== 'env') return [id, secretFile(id, source)];
  const named = variable ?? source;
  if (named !== undefined || type === 'env') return [id, secretVariable(id, named ?? id, environment)];
  // With an id alone, docker looks for a variable of that name, then for a file.
  if (environment[id] !== undefined) return [id, secretVariable(id, id, environment)];
  if (existsSync(id)) return [id, secretFile(id, id)];
  throw badInput(`the secret "${id}" is neither a variable nor a file`, FORM);
}

const FORM = 'Write id=NAME,src=PATH or id=NAME,env=VARIABLE.';

/** `id=value`, as the action's input `secrets`: the value is all after the first `=`. */
export function secretFromText(item: string): [string, Uint8Array] {
  const [id, value] = cut(item, 'ID=VALUE', SEVERAL_LINES);
  if (value === '') {
    throw badInput(
      `the secret "${id}" is empty`,
      'A GitHub secret that does not exist is empty, and so is every secret in a workflow of a fork.',
    );
  }
  return [id, Buffer.from(value)];
}

/** `id=VARIABLE`, as the action's input `secret-envs`. */
export function secretFromVariable(item: string, environment: Environment): [string, Uint8Array] {
  const [id, variable] = cut(item, 'ID=VARIABLE');
  return [id, secretVariable(id, variable, environment)];
}

/** `id=PATH`, as the action's input `secret-files`. */
export function secretFromFile(item: string): [string, Uint8Array] {
  const [id, path] = cut(item, 'ID=PATH');
  return [id, secretFile(id, path)];
}

/** The usual reason: the lines of a secret were each taken for one. */
const SEVERAL_LINES =
  'Each line is a secret. One with several lines stands in quotes, from the ID to its end, with quotes in it doubled: "ID=VALUE".';

function cut(item: string, form: string, hint?: string): [string, string] {
  const equals = item.indexOf('=');
  if (equals < 1) throw badInput(`an entry is not of the form ${form}`, hint);
  return [item.slice(0, equals).trim(), item.slice(equals + 1)];
}

function secretVariable(id: string, variable: string, environment: Environment): Uint8Array {
  const value = environment[variable];
  if (value === undefined)
    throw badInput(`the secret "${id}" names the variable ${variable}, which is not set`);
  return Buffer.from(value);
}

function secretFile(id: string, path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw badInput(`the file ${path} of the secret "${id}" cannot be read: ${(cause as Error).message}`);
  }
}
