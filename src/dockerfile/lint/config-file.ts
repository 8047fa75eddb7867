import { parse } from 'yaml';
import { BuildError, reasonOf } from '../../base/errors.ts';
import type { Severity } from '../diagnostic.ts';
import { didYouMean } from '../suggest.ts';
import {
  FAILURE_THRESHOLDS,
  type FailureThreshold,
  FORMATS,
  LABEL_TYPES,
  type LabelType,
  type LintConfig,
  SEVERITIES,
} from './config.ts';

type Entry = readonly [key: string, value: unknown];

/** Reads one key into a part of the configuration; undefined: the value is of the wrong kind. */
type Reader = (value: unknown) => LintConfig | undefined;

const READERS: Readonly<Record<string, Reader>> = {
  ignored: (value) => wrap('ignored', strings(value)),
  trustedRegistries: (value) => wrap('trustedRegistries', strings(value)),
  override: readOverride,
  'label-schema': readLabelSchema,
  'strict-labels': (value) => wrap('strictLabels', bool(value)),
  'disable-ignore-pragma': (value) => wrap('disableIgnorePragma', bool(value)),
  'no-fail': (value) => wrap('noFail', bool(value)),
  'no-color': (value) => wrap('noColor', bool(value)),
  verbose: (value) => wrap('verbose', bool(value)),
  'failure-threshold': (value) => wrap('failureThreshold', threshold(value)),
  format: (value) => wrap('format', typeof value === 'string' ? formats([value]) : undefined),
  formats: (value) => wrap('format', formats(strings(value))),
};

/**
 * Reads the text of a `.hadolint.yaml`. Keys that nobody knows are kept in `unknownKeys`, so that they can be told.
 * @throws BuildError `BAD_LINT_CONFIG` for text that is no YAML map, or a value of the wrong kind
 */
export function parseConfigFile(text: string, path: string): LintConfig {
  const document = readYaml(text, path);
  let config: LintConfig = {};
  const unknownKeys: string[] = [];
  for (const [key, value] of document) {
    const read = Object.hasOwn(READERS, key) ? READERS[key] : undefined;
    if (read === undefined) unknownKeys.push(withHint(key));
    if (read === undefined || value === null) continue;
    const part = read(value);
    if (part === undefined) throw badConfig(path, `"${key}" has a value of the wrong kind`);
    config = { ...config, ...part };
  }
  return unknownKeys.length === 0 ? config : { ...config, unknownKeys };
}

function readYaml(text: string, path: string): readonly Entry[] {
  let document: unknown;
  try {
    document = parse(text);
  } catch (cause) {
    throw badConfig(path, reasonOf(cause), cause);
  }
  if (document === null || document === undefined) return [];
  if (!isMap(document)) throw badConfig(path, 'a map of settings is wanted');
  return Object.entries(document);
}

function badConfig(path: string, message: string, cause?: unknown): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'BAD_LINT_CONFIG',
    message: `${path}: ${message}`,
    hint: 'The keys are those of hadolint: ignored, override, trustedRegistries, label-schema, failure-threshold …',
    cause,
  });
}

function withHint(key: string): string {
  const hint = didYouMean(key, Object.keys(READERS));
  return hint === undefined ? key : `${key} (${hint})`;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrap<K extends keyof LintConfig>(key: K, value: LintConfig[K]): LintConfig | undefined {
  return value === undefined ? undefined : { [key]: value };
}

function bool(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function strings(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
}

function formats(values: readonly string[] | undefined): readonly string[] | undefined {
  return values?.every((value) => FORMATS.includes(value)) ? values : undefined;
}

function threshold(value: unknown): FailureThreshold | undefined {
  return FAILURE_THRESHOLDS.find((known) => known === value);
}

function readOverride(value: unknown): LintConfig | undefined {
  if (!isMap(value)) return undefined;
  const override: Partial<Record<Severity, readonly string[]>> = {};
  for (const [name, ids] of Object.entries(value)) {
    const severity = SEVERITIES.find((known) => known === name);
    const list = ids === null ? [] : strings(ids);
    if (severity === undefined || list === undefined) return undefined;
    if (list.length > 0) override[severity] = list;
  }
  return { override };
}

function readLabelSchema(value: unknown): LintConfig | undefined {
  if (!isMap(value)) return undefined;
  const labelSchema: Record<string, LabelType> = {};
  for (const [label, type] of Object.entries(value)) {
    const known = type === null || type === '' ? 'text' : LABEL_TYPES.find((one) => one === type);
    if (known === undefined) return undefined;
    labelSchema[label] = known;
  }
  return { labelSchema };
}
