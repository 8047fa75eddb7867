import { parseArgs } from 'node:util';
import { BuildError, throwAll } from '../../base/errors.ts';
import type { Severity } from '../diagnostic.ts';
import { nearest } from '../suggest.ts';
import { readBool } from '../truth-value.ts';
import { FAILURE_THRESHOLDS, FORMATS, type LintConfig, SEVERITIES } from './config.ts';
import { parseLabelSchema } from './config-environment.ts';

/** hadolint's command line. */
export interface LintArguments {
  readonly config: LintConfig;
  readonly files: readonly string[];
  readonly version: boolean;
  readonly configFile: string | undefined;
  /** The n-th output file goes with the n-th format. */
  readonly output: readonly string[];
  readonly filePathInReport: string | undefined;
  /** Values of the caller's own options, by name; of one without a value: ''. */
  readonly own: ReadonlyMap<string, readonly string[]>;
}

/** An option as node:util's parseArgs wants it. */
export interface ArgumentOption {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
}

/** Gets what is wrong with an option, which is named as it was written. */
export type TellArgument = (option: string, message: string) => void;

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const OPTIONS: Readonly<Record<string, ArgumentOption>> = {
  ignore: text,
  error: text,
  warning: text,
  info: text,
  style: text,
  'trusted-registry': text,
  'require-label': text,
  'strict-labels': flag,
  'disable-ignore-pragma': flag,
  'failure-threshold': { ...text, short: 't' },
  format: { ...text, short: 'f' },
  'no-fail': flag,
  'no-color': flag,
  verbose: { ...flag, short: 'V' },
  version: { ...flag, short: 'v' },
  config: { ...text, short: 'c' },
  output: { ...text, short: 'o' },
  'file-path-in-report': text,
};

/**
 * Reads hadolint's options, and further ones of the caller.
 * @param tell gets all that is wrong; without it that is thrown
 * @throws BuildError `BAD_LINT_OPTION`
 */
export function parseLintArguments(
  argv: readonly string[],
  own: Readonly<Record<string, ArgumentOption>> = {},
  tell?: TellArgument,
): LintArguments {
  const problems: BuildError[] = [];
  const given = readGiven(
    argv,
    { ...OPTIONS, ...own },
    tell ?? ((option, message) => void problems.push(badOption(`${option}: ${message}`))),
  );
  const read: LintArguments = {
    config: {
      ...listOf('ignored', given.texts('ignore')),
      ...listOf('trustedRegistries', given.texts('trusted-registry')),
      ...overrides(given),
      ...labels(given),
      ...(given.isSet('strict-labels') ? { strictLabels: true } : {}),
      ...(given.isSet('disable-ignore-pragma') ? { disableIgnorePragma: true } : {}),
      ...(given.isSet('no-fail') ? { noFail: true } : {}),
      ...(given.isSet('no-color') ? { noColor: true } : {}),
      ...(given.isSet('verbose') ? { verbose: true } : {}),
      ...threshold(given),
      ...formats(given),
    },
    files: given.files,
    version: given.isSet('version'),
    configFile: given.texts('config').at(-1),
    output: given.texts('output'),
    filePathInReport: given.texts('file-path-in-report').at(-1),
    own: new Map(
      Object.keys(own)
        .filter((name) => given.isSet(name) || given.texts(name).length > 0)
        .map((name) => [name, given.isSet(name) ? [''] : given.texts(name)]),
    ),
  };
  throwAll(problems);
  return read;
}

/** One option with a value. */
interface Value {
  readonly option: string;
  readonly text: string;
}

interface Given {
  readonly files: readonly string[];
  readonly tell: TellArgument;
  values(name: string): readonly Value[];
  texts(name: string): readonly string[];
  isSet(name: string): boolean;
}

/** What stands on the command line, as far as it can be read. */
function readGiven(
  argv: readonly string[],
  options: Readonly<Record<string, ArgumentOption>>,
  tell: TellArgument,
): Given {
  const { tokens, positionals } = parseArgs({
    args: [...argv],
    options: { ...options },
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const values = new Map<string, Value[]>();
  const flags = new Map<string, boolean>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName: option } = token;
    const known = Object.hasOwn(options, name) ? options[name] : undefined;
    if (known === undefined) tell(option, `there is no such flag${meant(option, options)}`);
    else if (known.type === 'boolean') flags.set(name, truthOf(token, tell));
    else values.set(name, [...(values.get(name) ?? []), ...textOf(token, tell)]);
  }
  return {
    files: positionals,
    tell,
    values: (name) => values.get(name) ?? [],
    texts: (name) => (values.get(name) ?? []).map((one) => one.text),
    isSet: (name) => flags.get(name) === true,
  };
}

function meant(option: string, options: Readonly<Record<string, ArgumentOption>>): string {
  const near = option.startsWith('--') ? nearest(option.slice(2), Object.keys(options)) : undefined;
  return near === undefined ? '' : `; did you mean --${near}?`;
}

/** As parseArgs finds it. */
interface OptionToken {
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

/** As the flags of the other commands are read. */
function truthOf({ rawName, value = 'true' }: OptionToken, tell: TellArgument): boolean {
  const isTrue = readBool(value);
  if (isTrue === undefined) tell(rawName, `"${value}" is neither true nor false`);
  return isTrue === true;
}

function textOf({ rawName, value, inlineValue }: OptionToken, tell: TellArgument): readonly Value[] {
  if (value !== undefined && (inlineValue === true || !/^-./.test(value)))
    return [{ option: rawName, text: value }];
  tell(rawName, 'its value is missing');
  return [];
}

function badOption(message: string): BuildError {
  return new BuildError({ kind: 'user', code: 'BAD_LINT_OPTION', message });
}

function listOf(key: 'ignored' | 'trustedRegistries', values: readonly string[]): LintConfig {
  return values.length === 0 ? {} : { [key]: values };
}

function overrides(given: Given): LintConfig {
  const override: Partial<Record<Severity, readonly string[]>> = {};
  for (const severity of SEVERITIES) {
    const ids = given.texts(severity);
    if (ids.length > 0) override[severity] = ids;
  }
  return Object.keys(override).length === 0 ? {} : { override };
}

function labels(given: Given): LintConfig {
  const values = given.values('require-label');
  if (values.length === 0) return {};
  const schemas = values.map(({ option, text }) =>
    parseLabelSchema(text, (message) => given.tell(option, message)),
  );
  return { labelSchema: Object.assign({}, ...schemas) };
}

function threshold(given: Given): LintConfig {
  const value = given.values('failure-threshold').at(-1);
  if (value === undefined) return {};
  const known = FAILURE_THRESHOLDS.find((one) => one === value.text);
  if (known !== undefined) return { failureThreshold: known };
  given.tell(value.option, `"${value.text}" is not one of ${FAILURE_THRESHOLDS.join(', ')}`);
  return {};
}

function formats(given: Given): LintConfig {
  const values = given.values('format');
  for (const { option, text } of values)
    if (!FORMATS.includes(text)) given.tell(option, `"${text}" is not one of ${FORMATS.join(', ')}`);
  return values.length === 0 ? {} : { format: values.map(({ text }) => text) };
}
