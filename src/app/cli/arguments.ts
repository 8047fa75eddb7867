import { type ParseArgsConfig, parseArgs } from 'node:util';
import { nearest } from '../../dockerfile/suggest.ts';
import { readBool } from '../../dockerfile/truth-value.ts';
import { InputProblems } from '../options/problems.ts';

/** One flag of a command: how it is parsed and how the help tells it. */
export interface FlagSpec {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  readonly short?: string;
  /** What stands for the value in the help, e.g. `KEY=VALUE`. */
  readonly value?: string;
  readonly help: string;
}

/** Flags that others have, and why we do not. */
export type AbsentFlags = Readonly<Record<string, string>>;

export type FlagSpecs = Readonly<Record<string, FlagSpec>>;

/** Flags as given: strings and booleans by name, and what was no flag. */
export interface ParsedArguments {
  readonly positionals: readonly string[];
  /** A flag is not known, so that what follows it may be its value, and no positional. */
  readonly hasUnknown: boolean;
  text(name: string): string | undefined;
  list(name: string): readonly string[];
  flag(name: string): boolean | undefined;
}

/**
 * Reads flags as Go's pflag does for docker; what is not true or false is told as `--no-…` is.
 * @param problems gets all that is wrong; without it that is thrown
 * @throws BuildError `USAGE` for unknown flags, missing values and the like
 */
export function parseArguments(
  argv: readonly string[],
  specs: FlagSpecs,
  problems?: InputProblems,
  absent: AbsentFlags = {},
): ParsedArguments {
  const found = problems ?? new InputProblems();
  const reader = new FlagReader(specs, found, absent);
  const { tokens } = parseArgs({
    options: Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, optionOf(spec)])),
    args: [...argv],
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'positional') reader.positionals.push(token.value);
    if (token.kind === 'option') reader.take(token);
  }
  if (problems === undefined) found.throwIfAny('USAGE', 'Run the command with --help to see its flags.');
  return reader;
}

/** A flag as node:util's parseArgs finds it. */
interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

class FlagReader implements ParsedArguments {
  readonly positionals: string[] = [];
  hasUnknown = false;
  readonly #specs: FlagSpecs;
  readonly #problems: InputProblems;
  readonly #absent: AbsentFlags;
  readonly #values = new Map<string, string[]>();
  readonly #flags = new Map<string, boolean>();

  constructor(specs: FlagSpecs, problems: InputProblems, absent: AbsentFlags) {
    this.#absent = absent;
    this.#specs = specs;
    this.#problems = problems;
  }

  text(name: string): string | undefined {
    return this.#values.get(name)?.at(-1);
  }

  list(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  flag(name: string): boolean | undefined {
    const value = this.#flags.get(name);
    // There is no word for the opposite of --no-cache: it is as if it were not said.
    return name.startsWith('no-') && value === false ? undefined : value;
  }

  take(token: OptionToken): void {
    const { name, rawName } = token;
    const spec = Object.hasOwn(this.#specs, name) ? this.#specs[name] : undefined;
    if (spec?.type === 'string') this.#takeText(token);
    else if (spec?.type === 'boolean') this.#takeFlag(token);
    else if (this.#isNegative(name)) this.#takeNegative(token);
    else {
      this.hasUnknown = true;
      const reason = Object.hasOwn(this.#absent, name) ? this.#absent[name] : undefined;
      this.#problems.add(rawName, reason ?? `there is no such flag${this.#meant(rawName)}`);
    }
  }

  #takeText({ name, rawName, value, inlineValue }: OptionToken): void {
    if (value === undefined) {
      this.#problems.add(rawName, 'its value is missing');
      return;
    }
    if (inlineValue === false && /^-./.test(value)) {
      const written = rawName.startsWith('--') ? `${rawName}=${value}` : `${rawName}${value}`;
      this.#problems.add(
        rawName,
        `its value is missing. A value that begins with a dash is written ${written}`,
      );
      return;
    }
    // `-t=NAME`, as pflag reads it.
    const text = inlineValue === true && !rawName.startsWith('--') ? value.replace(/^=/, '') : value;
    this.#values.set(name, [...this.list(name), text]);
  }

  #takeFlag({ name, rawName, value }: OptionToken): void {
    const isTrue = value === undefined ? true : readBool(value);
    if (isTrue === undefined) this.#problems.add(rawName, `"${value}" is neither true nor false`);
    else this.#flags.set(name, isTrue);
  }

  #takeNegative({ name, rawName, value }: OptionToken): void {
    const positive = name.slice('no-'.length);
    if (value === undefined) this.#flags.set(positive, false);
    else this.#problems.add(rawName, `it takes no value; write --${positive}=false`);
  }

  #isNegative(name: string): boolean {
    const positive = name.slice('no-'.length);
    return (
      name.startsWith('no-') &&
      Object.hasOwn(this.#specs, positive) &&
      this.#specs[positive]?.type === 'boolean'
    );
  }

  #meant(rawName: string): string {
    if (!rawName.startsWith('--')) return '';
    const near = nearest(rawName.slice(2), Object.keys(this.#specs));
    return near === undefined ? '' : `; did you mean --${near}?`;
  }
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
