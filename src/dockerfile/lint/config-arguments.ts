import { parseArgs } from 'node:util';
import { BuildError, reasonOf } from '../../base/errors.ts';
import type { Severity } from '../diagnostic.ts';
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
}

const many = { type: 'string', multiple: true } as const;
const OPTIONS = {
  ignore: many,
  error: many,
  warning: many,
  info: many,
  style: many,
  'trusted-registry': many,
  'require-label': many,
  'strict-labels': { type: 'boolean' },
  'disable-ignore-pragma': { type: 'boolean' },
  'failure-threshold': { type: 'string', short: 't' },
  format: { ...many, short: 'f' },
  'no-fail': { type: 'boolean' },
  'no-color': { type: 'boolean' },
  verbose: { type: 'boolean', short: 'V' },
  version: { type: 'boolean', short: 'v' },
  config: { type: 'string', short: 'c' },
  output: { ...many, short: 'o' },
  'file-path-in-report': { type: 'string' },
} as const;

/**
 * Reads hadolint's options.
 * @throws BuildError `BAD_LINT_OPTION`
 */
export function parseLintArguments(argv: readonly string[]): LintArguments {
  const { values, positionals } = read(argv);
  return {
    config: {
      ...(values.ignore === undefined ? {} : { ignored: values.ignore }),
      ...(values['trusted-registry'] === undefined ? {} : { trustedRegistries: values['trusted-registry'] }),
      ...overrides(values),
      ...labels(values['require-label']),
      ...(values['strict-labels'] ? { strictLabels: true } : {}),
      ...(values['disable-ignore-pragma'] ? { disableIgnorePragma: true } : {}),
      ...(values['no-fail'] ? { noFail: true } : {}),
      ...(values['no-color'] ? { noColor: true } : {}),
      ...(values.verbose ? { verbose: true } : {}),
      ...threshold(values['failure-threshold']),
      ...formats(values.format),
    },
    files: positionals,
    version: values.version ?? false,
    configFile: values.config,
    output: values.output ?? [],
    filePathInReport: values['file-path-in-report'],
  };
}

function read(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (cause) {
    throw badOption(reasonOf(cause), cause);
  }
}

function badOption(message: string, cause?: unknown): BuildError {
  return new BuildError({ kind: 'user', code: 'BAD_LINT_OPTION', message, cause });
}

function overrides(values: Partial<Record<Severity, string[]>>): LintConfig {
  const override: Partial<Record<Severity, readonly string[]>> = {};
  for (const severity of SEVERITIES) {
    const ids = values[severity];
    if (ids !== undefined) override[severity] = ids;
  }
  return Object.keys(override).length === 0 ? {} : { override };
}

function labels(values: readonly string[] | undefined): LintConfig {
  if (values === undefined) return {};
  const labelSchema = parseLabelSchema(values.join(','));
  if (labelSchema === undefined) throw badOption(`--require-label ${values.join(' ')}: the type is unknown`);
  return { labelSchema };
}

function threshold(value: string | undefined): LintConfig {
  if (value === undefined) return {};
  const known = FAILURE_THRESHOLDS.find((one) => one === value);
  if (known === undefined) throw badOption(`--failure-threshold is one of ${FAILURE_THRESHOLDS.join(', ')}`);
  return { failureThreshold: known };
}

function formats(values: readonly string[] | undefined): LintConfig {
  if (values === undefined) return {};
  const unknown = values.find((value) => !FORMATS.includes(value));
  if (unknown !== undefined) throw badOption(`--format ${unknown}: known are ${FORMATS.join(', ')}`);
  return { format: values };
}
