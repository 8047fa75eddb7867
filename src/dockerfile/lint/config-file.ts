import { parse } from 'yaml';
import { BuildError, reasonOf, throwAll } from '../../base/errors.ts';
import type { Severity } from '../diagnostic.ts';
import { didYouMean } from '../suggest.ts';
import {
  FAILURE_THRESHOLDS,
  FORMATS,
  LABEL_TYPES,
  type LabelType,
  type LintConfig,
  SEVERITIES,
} from './config.ts';

type Entry = readonly [key: string, value: unknown];

/** Tells what is wanted instead of a value. */
type Refuse = (wanted: string) => undefined;

/** Reads one key into a part of the configuration. */
type Reader = (value: unknown, refuse: Refuse) => LintConfig;

const READERS: Readonly<Record<string, Reader>> = {
  ignored: (value, refuse) => wrap('ignored', strings(value) ?? refuse('a list of rules')),
  trustedRegistries: (value, refuse) =>
    wrap('trustedRegistries', strings(value) ?? refuse('a list of registries')),
  override: readOverride,
  'label-schema': readLabelSchema,
  'strict-labels': (value, refuse) => wrap('strictLabels', bool(value, refuse)),
  'disable-ignore-pragma': (value, refuse) => wrap('disableIgnorePragma', bool(value, refuse)),
  'no-fail': (value, refuse) => wrap('noFail', bool(value, refuse)),
  'no-color': (value, refuse) => wrap('noColor', bool(value, refuse)),
  verbose: (value, refuse) => wrap('verbose', bool(value, refuse)),
  'failure-threshold': (value, refuse) =>
    wrap(
      'failureThreshold',
      FAILURE_THRESHOLDS.find((known) => known === value) ?? refuse(oneOf(FAILURE_THRESHOLDS)),
    ),
  format: (value, refuse) =>
    wrap('format', (typeof value === 'string' ? formats([value]) : undefined) ?? refuse(oneOf(FORMATS))),
  formats: (value, refuse) =>
    wrap('format', formats(strings(value)) ?? refuse(`a list of ${FORMATS.join(', ')}`)),
};

/**
 * Reads the text of a `.hadolint.yaml`. Keys that nobody knows are kept in `unknownKeys`, so that they can be told.
 * @throws BuildError `BAD_LINT_CONFIG` for text that is no YAML map, or for all values of the wrong kind together
 */
export function parseConfigFile(text: string, path: string): LintConfig {
  const document = readYaml(text, path);
  let config: LintConfig = {};
  const unknownKeys: string[] = [];
  const problems: BuildError[] = [];
  for (const [key, value] of document) {
    const read = Object.hasOwn(READERS, key) ? READERS[key] : undefined;
    if (read === undefined) unknownKeys.push(withHint(key));
    if (read === undefined || value === null) continue;
    const refuse: Refuse = (wanted) => {
      problems.push(badConfig(path, `"${key}" has a value of the wrong kind: ${wanted} is wanted`));
      return undefined;
    };
    config = { ...config, ...read(value, refuse) };
  }
  throwAll(problems);
  return unknownKeys.length === 0 ? config : { ...config, unknownKeys };
}

function readYaml(text: string, path: string): readonly Entry[] {
  const hint =
    'The keys are those of hadolint: ignored, override, trustedRegistries, label-schema, failure-threshold …';
  let document: unknown;
  try {
    // A tag that nobody knows changes nothing here.
    document = parse(text, { logLevel: 'error' });
  } catch (cause) {
    const several = (cause as { code?: unknown }).code === 'MULTIPLE_DOCS';
    const message = several ? 'one document is wanted, and there are several' : reasonOf(cause).trimEnd();
    throw badConfig(path, message, hint, cause);
  }
  if (document === null || document === undefined) return [];
  if (!isMap(document)) throw badConfig(path, 'a map of settings is wanted', hint);
  return Object.entries(document);
}

function badConfig(path: string, message: string, hint?: string, cause?: unknown): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'BAD_LINT_CONFIG',
    message: `${path}: ${message}`,
    hint,
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

function wrap<K extends keyof LintConfig>(key: K, value: LintConfig[K] | undefined): LintConfig {
  return value === undefined ? {} : { [key]: value };
}

/** With the words of YAML 1.1, which hadolint's reader takes too. */
function bool(value: unknown, refuse: Refuse): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const word = typeof value === 'string' ? value : '';
  if (/^(?:y|Y|yes|Yes|YES|on|On|ON)$/.test(word)) return true;
  if (/^(?:n|N|no|No|NO|off|Off|OFF)$/.test(word)) return false;
  return refuse('true or false');
}

function strings(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
}

function formats(values: readonly string[] | undefined): readonly string[] | undefined {
  return values?.every((value) => FORMATS.includes(value)) ? values : undefined;
}

function oneOf(words: readonly string[]): string {
  return `one of ${words.join(', ')}`;
}

function readOverride(value: unknown, refuse: Refuse): LintConfig {
  const override: Partial<Record<Severity, readonly string[]>> = {};
  if (!isMap(value)) refuse(`a list of rules for each of ${SEVERITIES.join(', ')}`);
  for (const [name, ids] of isMap(value) ? Object.entries(value) : []) {
    const severity = SEVERITIES.find((known) => known === name);
    const list = ids === null ? [] : strings(ids);
    if (severity === undefined) refuse(`${oneOf(SEVERITIES)}, not ${name},`);
    else if (list === undefined) refuse(`a list of rules for ${name}`);
    else if (list.length > 0) override[severity] = list;
  }
  return { override };
}

function readLabelSchema(value: unknown, refuse: Refuse): LintConfig {
  const labelSchema: Record<string, LabelType> = {};
  if (!isMap(value)) refuse('a map of labels and their types');
  for (const [label, type] of isMap(value) ? Object.entries(value) : []) {
    const known = type === null || type === '' ? 'text' : LABEL_TYPES.find((one) => one === type);
    if (known === undefined) refuse(`${oneOf(LABEL_TYPES)}, not ${label}: ${String(type)},`);
    else labelSchema[label] = known;
  }
  return { labelSchema };
}
