import { type ParseArgsConfig, parseArgs } from 'node:util';
import { BuildError } from '../../base/errors.ts';

/** One flag of a command: how it is parsed and how the help tells it. */
export interface FlagSpec {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  readonly short?: string;
  /** What stands for the value in the help, e.g. `KEY=VALUE`. */
  readonly value?: string;
  readonly help: string;
}

export type FlagSpecs = Readonly<Record<string, FlagSpec>>;

/** Flags as given: strings and booleans by name, and what was no flag. */
export interface ParsedArguments {
  readonly positionals: readonly string[];
  text(name: string): string | undefined;
  list(name: string): readonly string[];
  flag(name: string): boolean | undefined;
}

/** @throws BuildError `USAGE` for an unknown flag or a missing value */
export function parseArguments(argv: readonly string[], specs: FlagSpecs): ParsedArguments {
  try {
    const options = Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, optionOf(spec)]));
    const grammar = { options, allowPositionals: true, allowNegative: true };
    const { values, positionals } = parseArgs({ ...grammar, args: withoutTruthValues(argv, grammar) });
    return {
      positionals,
      text: (name) => {
        const value = values[name];
        return typeof value === 'string' ? value : undefined;
      },
      list: (name) => {
        const value = values[name];
        return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
      },
      flag: (name) => {
        // parseArgs tells `--no-cache` as `cache: false`, also where the flag itself is called `no-cache`.
        const value = name.startsWith('no-') ? values[name.slice(3)] === false || undefined : values[name];
        return typeof value === 'boolean' ? value : undefined;
      },
    };
  } catch (cause) {
    if (cause instanceof BuildError) throw cause;
    throw new BuildError({
      kind: 'user',
      code: 'USAGE',
      message: (cause as Error).message.split('\n')[0] ?? 'wrong usage',
      hint: 'Run the command with --help to see its flags.',
      cause,
    });
  }
}

/** `--push=true` and `--push=false`, which Go's flags take and parseArgs does not, as `--push` and `--no-push`. */
function withoutTruthValues(
  argv: readonly string[],
  grammar: Pick<ParseArgsConfig, 'options' | 'allowPositionals' | 'allowNegative'>,
): string[] {
  const { tokens } = parseArgs({ ...grammar, args: [...argv], strict: false, tokens: true });
  const given = tokens.filter((token) => token.kind === 'option');
  const args: (string | undefined)[] = [...argv];
  for (const { name, rawName, value, inlineValue, index } of given) {
    if (inlineValue !== true || grammar.options?.[name]?.type !== 'boolean') continue;
    const isTrue = truthOf(name, value);
    args[index] = isTrue ? `--${name}` : `--no-${name}`;
    if (isTrue || !name.startsWith('no-')) continue;
    // There is no word for the opposite of --no-cache: it was not said, now and before.
    for (const other of given)
      if (other.rawName === rawName && other.index <= index) args[other.index] = undefined;
  }
  return args.filter((arg) => arg !== undefined);
}

/** As Go's strconv.ParseBool reads it. */
function truthOf(name: string, value: string): boolean {
  if (/^(?:1|t|T|TRUE|true|True)$/.test(value)) return true;
  if (/^(?:0|f|F|FALSE|false|False)$/.test(value)) return false;
  throw new BuildError({
    kind: 'user',
    code: 'USAGE',
    message: `--${name}: "${value}" is neither true nor false`,
  });
}

/** The flags as a help text, one a line. */
export function flagHelp(specs: FlagSpecs): string {
  const rows = Object.entries(specs).map(([name, spec]): [string, string] => {
    const value = spec.type === 'string' ? ` ${spec.value ?? 'VALUE'}` : '';
    return [`${spec.short === undefined ? '    ' : `-${spec.short}, `}--${name}${value}`, spec.help];
  });
  const width = Math.max(...rows.map(([flag]) => flag.length)) + 2;
  return rows.map(([flag, help]) => `  ${flag.padEnd(width)}${help}`).join('\n');
}

function optionOf(spec: FlagSpec): NonNullable<ParseArgsConfig['options']>[string] {
  return {
    type: spec.type,
    multiple: spec.multiple ?? false,
    ...(spec.short === undefined ? {} : { short: spec.short }),
  };
}
