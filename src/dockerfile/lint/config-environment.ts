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

/** The settings in hadolint's environment variables. What is no valid value counts as not set, as in hadolint. */
export function environmentConfig(environment: Environment): LintConfig {
  return {
    ...list('ignored', environment['HADOLINT_IGNORE']),
    ...list('trustedRegistries', environment['HADOLINT_TRUSTED_REGISTRIES']),
    ...overrides(environment),
    ...labels(environment['HADOLINT_REQUIRE_LABELS']),
    ...flag('strictLabels', environment['HADOLINT_STRICT_LABELS']),
    ...flag('disableIgnorePragma', environment['HADOLINT_DISABLE_IGNORE_PRAGMA']),
    ...flag('noFail', environment['HADOLINT_NOFAIL']),
    ...flag('verbose', environment['HADOLINT_VERBOSE']),
    // no-color.org: any value counts.
    ...(environment['NO_COLOR'] === undefined ? {} : { noColor: true }),
    ...thresholdOf(environment['HADOLINT_FAILURE_THRESHOLD']),
    ...formatsOf(environment['HADOLINT_FORMAT']),
  };
}

/** `a:email,b` as a label schema; a label without a type is a text. Undefined: a type is unknown. */
export function parseLabelSchema(text: string): Readonly<Record<string, LabelType>> | undefined {
  const schema: Record<string, LabelType> = {};
  for (const item of items(text)) {
    const colon = item.lastIndexOf(':');
    const type = colon === -1 ? 'text' : item.slice(colon + 1) || 'text';
    const known = LABEL_TYPES.find((one) => one === type);
    if (known === undefined) return undefined;
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

function flag(
  key: 'strictLabels' | 'disableIgnorePragma' | 'noFail' | 'verbose',
  value: string | undefined,
): LintConfig {
  return value === undefined ? {} : { [key]: /^(?:1|y|on|true|yes)$/i.test(value.trim()) };
}

function overrides(environment: Environment): LintConfig {
  const override: Partial<Record<Severity, readonly string[]>> = {};
  for (const severity of SEVERITIES) {
    const value = environment[`HADOLINT_OVERRIDE_${severity.toUpperCase()}`];
    if (value !== undefined) override[severity] = items(value);
  }
  return Object.keys(override).length === 0 ? {} : { override };
}

function labels(value: string | undefined): LintConfig {
  const schema = value === undefined ? undefined : parseLabelSchema(value);
  return schema === undefined ? {} : { labelSchema: schema };
}

function thresholdOf(value: string | undefined): LintConfig {
  const known = FAILURE_THRESHOLDS.find((one) => one === value);
  return known === undefined ? {} : { failureThreshold: known };
}

function formatsOf(value: string | undefined): LintConfig {
  const known = items(value ?? '').filter((item) => FORMATS.includes(item));
  return known.length === 0 ? {} : { format: known };
}
