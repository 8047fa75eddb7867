import type { Diagnostic, Severity } from '../diagnostic.ts';
import type { ExternalFinding } from './external-finding.ts';

/** What the value of a required label has to be. */
export type LabelType = 'text' | 'url' | 'spdx' | 'hash' | 'rfc3339' | 'semver' | 'email';

export type FailureThreshold = Severity | 'ignore' | 'none';

/** Every key may be left out; the names follow hadolint's configuration file. */
export interface LintConfig {
  /** Rule ids that are never reported. */
  readonly ignored?: readonly string[];
  /** Rule ids with another severity than their own; the gravest listing wins. */
  readonly override?: Readonly<Partial<Record<Severity, readonly string[]>>>;
  /** `*`, `*suffix`, `prefix*` or a whole name. Empty: every registry is trusted. */
  readonly trustedRegistries?: readonly string[];
  readonly labelSchema?: Readonly<Record<string, LabelType>>;
  /** Labels outside the schema are reported. */
  readonly strictLabels?: boolean;
  /** Comments of the kind `# hadolint ignore=` have no effect. */
  readonly disableIgnorePragma?: boolean;
  readonly failureThreshold?: FailureThreshold;
  readonly format?: readonly string[];
  readonly noFail?: boolean;
  readonly noColor?: boolean;
  readonly verbose?: boolean;
  /** Build arguments, for FROM lines that use them; `BUILDKIT_DOCKERFILE_CHECK` acts like the check directive. */
  readonly buildArgs?: Readonly<Record<string, string>>;
  /** Text of the context's ignore file. */
  readonly dockerignore?: string;
  /** What other programs found in this very file. */
  readonly external?: readonly ExternalFinding[];
  /** Fingerprints of findings that are not told. */
  readonly baseline?: ReadonlySet<string>;
  /** Absolute path of the folder from which paths count in fingerprints. */
  readonly folder?: string;
  /** Keys of a configuration file that mean nothing here, for a word to the user. */
  readonly unknownKeys?: readonly string[];
  /** What in the settings means nothing, in words for the user. */
  readonly remarks?: readonly string[];
}

export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info', 'style'];
export const LABEL_TYPES: readonly LabelType[] = [
  'text',
  'url',
  'spdx',
  'hash',
  'rfc3339',
  'semver',
  'email',
];
export const FAILURE_THRESHOLDS: readonly FailureThreshold[] = [...SEVERITIES, 'ignore', 'none'];
export const FORMATS: readonly string[] = [
  'tty',
  'json',
  'sarif',
  'checkstyle',
  'codeclimate',
  'gitlab_codeclimate',
  'gnu',
  'codacy',
  'sonarqube',
  'junit',
  'github',
];

/** Joins configurations, the later ones counting more: single values replace, lists and maps add up (as hadolint does it). */
export function mergeConfigs(...configs: readonly LintConfig[]): LintConfig {
  return configs.reduce<LintConfig>(mergeTwo, {});
}

function mergeTwo(base: LintConfig, over: LintConfig): LintConfig {
  return {
    ...base,
    ...over,
    ...joined('ignored', base.ignored, over.ignored),
    ...joined('trustedRegistries', base.trustedRegistries, over.trustedRegistries),
    ...(base.override === undefined && over.override === undefined
      ? {}
      : { override: mergeOverrides(base.override ?? {}, over.override ?? {}) }),
    ...(base.labelSchema === undefined && over.labelSchema === undefined
      ? {}
      : { labelSchema: { ...base.labelSchema, ...over.labelSchema } }),
    ...(base.buildArgs === undefined && over.buildArgs === undefined
      ? {}
      : { buildArgs: { ...base.buildArgs, ...over.buildArgs } }),
  };
}

function joined(
  key: 'ignored' | 'trustedRegistries',
  base: readonly string[] | undefined,
  over: readonly string[] | undefined,
): LintConfig {
  return base === undefined && over === undefined ? {} : { [key]: [...(base ?? []), ...(over ?? [])] };
}

function mergeOverrides(
  base: NonNullable<LintConfig['override']>,
  over: NonNullable<LintConfig['override']>,
): NonNullable<LintConfig['override']> {
  const merged: Partial<Record<Severity, readonly string[]>> = {};
  for (const severity of SEVERITIES) {
    const ids = [...(base[severity] ?? []), ...(over[severity] ?? [])];
    if (ids.length > 0) merged[severity] = ids;
  }
  return merged;
}

/** True when a finding fails the run. As in hadolint a file that cannot be read as a Dockerfile does so under every threshold. */
export function failsRun(
  { rule, severity }: Pick<Diagnostic, 'rule' | 'severity'>,
  threshold: FailureThreshold | undefined,
): boolean {
  return rule === 'DL1000' || reachesThreshold(severity, threshold);
}

/** True when a finding of this severity fails the run. hadolint's default threshold is `info`. */
export function reachesThreshold(severity: Severity, threshold: FailureThreshold = 'info'): boolean {
  if (threshold === 'none' || threshold === 'ignore') return threshold === 'ignore';
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);
}
