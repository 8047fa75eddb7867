import type { Severity } from '../diagnostic.ts';
import {
  FAILURE_THRESHOLDS,
  FORMATS,
  LABEL_TYPES,
  type LabelType,
  type LintConfig,
  SEVERITIES,
} from './config.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What is wrong with a variable, which is left out. */
type Tell = (variable: string, message: string) => void;

/** The settings in hadolint's environment variables. What is no valid value counts as not set, as in hadolint, and is told. */
export function environmentConfig(environment: Environment, tell: Tell = () => undefined): LintConfig {
  const flag = (key: Flag, name: string) => flagOf(key, environment[name], (message) => tell(name, message));
  return {
    ...list('ignored', environment['HADOLINT_IGNORE']),
    ...list('trustedRegistries', environment['HADOLINT_TRUSTED_REGISTRIES']),
    ...overrides(environment),
    ...labels('HADOLINT_REQUIRE_LABELS', environment, tell),
    ...flag('strictLabels', 'HADOLINT_STRICT_LABELS'),
    ...flag('disableIgnorePragma', 'HADOLINT_DISABLE_IGNORE_PRAGMA'),
    ...flag('noFail', 'HADOLINT_NOFAIL'),
    ...flag('verbose', 'HADOLINT_VERBOSE'),
    // no-color.org: any value counts.
    ...(environment['NO_COLOR'] === undefined ? {} : { noColor: true }),
    ...thresholdOf('HADOLINT_FAILURE_THRESHOLD', environment, tell),
    ...formatsOf('HADOLINT_FORMAT', environment, tell),
  };
}

/**
 * `a:email,b` as a label schema; a label without a type is a text.
 * @param tell gets what is wrong with a type
 * @returns undefined: a type is unknown
 */
export function parseLabelSchema(
  text: string,
  tell: (message: string) => void,
): Readonly<Record<string, LabelType>> | undefined {
  const schema: Record<string, LabelType> = {};
  for (const item of items(text)) {
    const colon = item.lastIndexOf(':');
    const type = colon === -1 ? 'text' : item.slice(colon + 1) || 'text';
    const known = LABEL_TYPES.find((one) => one === type);
    if (known === undefined) {
      tell(notOneOf(type, LABEL_TYPES));
      return undefined;
    }
    schema[colon === -1 ? item : item.slice(0, colon)] = known;
  }
  return schema;
}

function items(text: string): readonly string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function list(key: 'ignored' | 'trustedRegistries', value: string | undefined): LintConfig {
  return value === undefined ? {} : { [key]: items(value) };
}

type Flag = 'strictLabels' | 'disableIgnorePragma' | 'noFail' | 'verbose';

function flagOf(key: Flag, value: string | undefined, tell: (message: string) => void): LintConfig {
  if (value === undefined) return {};
  const word = value.trim();
  const isTrue = /^(?:1|y|on|true|yes)$/i.test(word);
  if (!isTrue && !/^(?:0|n|off|false|no|)$/i.test(word)) tell(`"${word}" is neither true nor false`);
  return { [key]: isTrue };
}

function overrides(environment: Environment): LintConfig {
  const override: Partial<Record<Severity, readonly string[]>> = {};
  for (const severity of SEVERITIES) {
    const value = environment[`HADOLINT_OVERRIDE_${severity.toUpperCase()}`];
    if (value !== undefined) override[severity] = items(value);
  }
  return Object.keys(override).length === 0 ? {} : { override };
}

function labels(name: string, environment: Environment, tell: Tell): LintConfig {
  const value = environment[name];
  const schema = value === undefined ? undefined : parseLabelSchema(value, (message) => tell(name, message));
  return schema === undefined ? {} : { labelSchema: schema };
}

function thresholdOf(name: string, environment: Environment, tell: Tell): LintConfig {
  const value = environment[name];
  const known = FAILURE_THRESHOLDS.find((one) => one === value);
  if (known === undefined && value !== undefined && value !== '')
    tell(name, notOneOf(value, FAILURE_THRESHOLDS));
  return known === undefined ? {} : { failureThreshold: known };
}

function formatsOf(name: string, environment: Environment, tell: Tell): LintConfig {
  const [known, unknown] = partition(items(environment[name] ?? ''), (item) => FORMATS.includes(item));
  for (const item of unknown) tell(name, notOneOf(item, FORMATS));
  return known.length === 0 ? {} : { format: known };
}

function partition<T>(all: readonly T[], holds: (item: T) => boolean): readonly [T[], T[]] {
  return [all.filter(holds), all.filter((item) => !holds(item))];
}

function notOneOf(word: string, words: readonly string[]): string {
  return `"${word}" is not one of ${words.join(', ')}`;
}
