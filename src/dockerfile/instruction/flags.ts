import type { Flag, Text } from '../ast.ts';
import { rangeBetween, type Source } from '../source.ts';
import { nearest } from '../suggest.ts';
import { fault } from './reading.ts';

/** `bool`: `--x`, `--x=true|false`; `text`: `--x=…`, may be empty; `list`: as text, any number of times. */
export type FlagKind = 'bool' | 'text' | 'list';

export class FlagValues {
  private readonly values: ReadonlyMap<string, readonly Text[]>;

  constructor(values: ReadonlyMap<string, readonly Text[]>) {
    this.values = values;
  }

  text(name: string): Text | undefined {
    return this.values.get(name)?.[0];
  }

  list(name: string): readonly Text[] {
    return this.values.get(name) ?? NONE;
  }

  /** Undefined when the flag is not given. */
  bool(name: string): boolean | undefined {
    const value = this.text(name);
    return value === undefined ? undefined : value.value === 'true';
  }
}

const NO_FLAGS = new FlagValues(new Map());
const NONE: readonly Text[] = [];

/**
 * Checks the flags of an instruction against the ones it knows.
 * @throws BuildError `UNKNOWN_FLAG`, `DUPLICATE_FLAG`, `FLAG_NEEDS_VALUE`, `BAD_FLAG_VALUE`
 */
export function readFlags(
  source: Source,
  flags: readonly Flag[],
  known: Readonly<Record<string, FlagKind>>,
): FlagValues {
  if (flags.length === 0) return NO_FLAGS;
  const values = new Map<string, Text[]>();
  for (const flag of flags) {
    const kind = Object.hasOwn(known, flag.name) ? known[flag.name] : undefined;
    if (kind === undefined) throw unknownFlag(flag, Object.keys(known));
    const before = values.get(flag.name);
    if (before !== undefined && kind !== 'list') {
      throw fault('DUPLICATE_FLAG', `--${flag.name} is given twice`, flag.at, 'keep one of them');
    }
    const value = kind === 'bool' ? boolValue(flag) : textValue(flag);
    const text = { value, at: valueRange(source, flag) };
    if (before === undefined) values.set(flag.name, [text]);
    else before.push(text);
  }
  return new FlagValues(values);
}

function unknownFlag(flag: Flag, known: readonly string[]): Error {
  const near = nearest(flag.name, known);
  const list = known.map((name) => `--${name}`).join(' ');
  const hint =
    near === undefined
      ? list === ''
        ? 'this instruction takes no flags; a lone -- before the arguments ends them'
        : `known here: ${list}`
      : `did you mean --${near}?`;
  return fault('UNKNOWN_FLAG', `unknown flag: --${flag.name}`, flag.at, hint);
}

function textValue(flag: Flag): string {
  if (flag.value !== undefined) return flag.value;
  throw fault(
    'FLAG_NEEDS_VALUE',
    `missing a value on flag: --${flag.name}`,
    flag.at,
    `write --${flag.name}=VALUE, with the = and without blanks`,
  );
}

function boolValue(flag: Flag): string {
  const value = flag.value?.toLowerCase() ?? 'true';
  if (value === 'true' || value === 'false') return value;
  throw fault(
    value === '' ? 'FLAG_NEEDS_VALUE' : 'BAD_FLAG_VALUE',
    `--${flag.name} is true or false, not ${JSON.stringify(flag.value)}`,
    flag.at,
    `write --${flag.name} alone, or --${flag.name}=false`,
  );
}

/** The part behind the `=`, where the flag is written without quotes around its name. */
function valueRange(source: Source, flag: Flag): Flag['at'] {
  const prefix = `--${flag.name}=`;
  const start = flag.at.start.offset;
  if (flag.value === undefined || !source.text.startsWith(prefix, start)) return flag.at;
  return rangeBetween(source, start + prefix.length, flag.at.end.offset);
}
