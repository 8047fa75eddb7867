import type { BuildError } from '../../../base/errors.ts';
import { FORMATS } from '../../../dockerfile/lint/config.ts';
import {
  type ArgumentOption,
  type LintArguments,
  parseLintArguments,
} from '../../../dockerfile/lint/config-arguments.ts';
import { type ShellcheckMode, shellcheckMode } from '../../lint/shellcheck.ts';
import { buildArgs } from '../../options/key-values.ts';
import { badInput, InputProblems } from '../../options/problems.ts';
import type { FlagSpecs } from '../arguments.ts';

/** For the help; read by parseLintFlags. */
export const LINT_FLAGS: FlagSpecs = {
  format: {
    type: 'string',
    short: 'f',
    value: 'FORMAT',
    help: `${FORMATS.join(', ')} (default: tty); may be given again`,
  },
  output: {
    type: 'string',
    short: 'o',
    value: 'FILE',
    help: 'file for the report; the n-th goes with the n-th format',
  },
  config: {
    type: 'string',
    short: 'c',
    value: 'FILE',
    help: 'a .hadolint.yaml (default: hadolint’s search places)',
  },
  'failure-threshold': {
    type: 'string',
    short: 't',
    value: 'LEVEL',
    help: 'error, warning, info, style, ignore or none: what makes the exit code 1 (default: info)',
  },
  ignore: { type: 'string', value: 'RULE', help: 'rule that is not told' },
  error: { type: 'string', value: 'RULE', help: 'rule that is told as an error' },
  warning: { type: 'string', value: 'RULE', help: 'rule that is told as a warning' },
  info: { type: 'string', value: 'RULE', help: 'rule that is told as an info' },
  style: { type: 'string', value: 'RULE', help: 'rule that is told as a matter of style' },
  'trusted-registry': { type: 'string', value: 'HOST', help: 'registry that images may come from' },
  'require-label': {
    type: 'string',
    value: 'LABEL:TYPE',
    help: 'label that has to be there; text, url, spdx, hash, rfc3339, semver or email',
  },
  'strict-labels': { type: 'boolean', help: 'tell labels that are not among the required ones' },
  'disable-ignore-pragma': { type: 'boolean', help: 'comments "# hadolint ignore=" have no effect' },
  'no-fail': { type: 'boolean', help: 'exit with 0 whatever is found' },
  'no-color': { type: 'boolean', help: 'no colours, not even on a terminal' },
  verbose: { type: 'boolean', short: 'V', help: 'tell on stderr what is read' },
  'file-path-in-report': { type: 'string', value: 'PATH', help: 'what reports call the file' },
  fix: { type: 'boolean', help: 'mend the files; --fix=unsafe takes fixes that want a look, too' },
  explain: { type: 'string', value: 'RULE', help: 'tell what a rule wants and why, and stop' },
  baseline: { type: 'string', value: 'FILE', help: 'findings in this file are counted, but not told' },
  'write-baseline': {
    type: 'string',
    value: 'FILE',
    help: 'write all findings to this file, for --baseline, and exit with 0',
  },
  shellcheck: { type: 'string', value: 'MODE', help: 'auto, off or required (default: auto)' },
  'build-arg': {
    type: 'string',
    value: 'KEY[=VALUE]',
    help: 'value of an ARG; without =VALUE from the environment',
  },
  dockerignore: {
    type: 'string',
    value: 'FILE',
    help: 'ignore file of the context (default: the one beside the Dockerfile)',
  },
  version: { type: 'boolean', short: 'v', help: 'show the version' },
  help: { type: 'boolean', short: 'h', help: 'show this' },
};

/** What hadolint does not have. */
export interface LintFlags {
  readonly hadolint: LintArguments;
  readonly fix: 'safe' | 'unsafe' | undefined;
  readonly shellcheck: ShellcheckMode;
  readonly buildArgs: Readonly<Record<string, string>>;
  /** Path of the context's ignore file. */
  readonly dockerignore: string | undefined;
  /** Rule to tell about. */
  readonly explain: string | undefined;
  /** Path of a file with findings that are not told. */
  readonly baseline: string | undefined;
  /** Path of the file to write all findings to. */
  readonly writeBaseline: string | undefined;
  readonly help: boolean;
  /** `USAGE` with all that is wrong with the flags. */
  readonly wrong: BuildError | undefined;
}

/** Those of LINT_FLAGS that hadolint does not have. */
const OWN = [
  'fix',
  'help',
  'shellcheck',
  'build-arg',
  'dockerignore',
  'baseline',
  'write-baseline',
  'explain',
] as const;

/** Reads hadolint's flags and ours. What is wrong with them is told by whoever reads the files that they name, together with those. */
export function parseLintFlags(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): LintFlags {
  const problems = new InputProblems();
  const hadolint = parseLintArguments(withFixLevel(argv), ownOptions(), (flag, message) =>
    problems.add(flag, message),
  );
  const last = (name: (typeof OWN)[number]) => hadolint.own.get(name)?.at(-1);
  const flags = {
    hadolint,
    fix: problems.attempt('--fix', () => fixLevel(last('fix'))),
    shellcheck: problems.attempt('--shellcheck', () => shellcheckMode(last('shellcheck'))) ?? 'auto',
    buildArgs:
      problems.attempt('--build-arg', () => buildArgs(hadolint.own.get('build-arg') ?? [], environment)) ??
      {},
    dockerignore: last('dockerignore'),
    explain: last('explain'),
    baseline: last('baseline'),
    writeBaseline: last('write-baseline'),
    help: hadolint.own.has('help'),
  };
  return { ...flags, wrong: problems.error('USAGE', 'Run "lint --help" to see its flags.') };
}

function ownOptions(): Readonly<Record<string, ArgumentOption>> {
  return Object.fromEntries(
    OWN.map((name): [string, ArgumentOption] => {
      const { type = 'string', short } = LINT_FLAGS[name] ?? {};
      return [name, { type: name === 'fix' ? 'string' : type, ...(short === undefined ? {} : { short }) }];
    }),
  );
}

/** The level may be left out, so the word behind the flag is a file. */
function withFixLevel(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--');
  return argv.map((word, at) => (word === '--fix' && (end === -1 || at < end) ? '--fix=safe' : word));
}

function fixLevel(text: string | undefined): LintFlags['fix'] {
  if (text === undefined || text === 'safe' || text === 'unsafe') return text;
  throw badInput(`"${text}" is not a kind of fixes`, 'It is safe or unsafe.');
}
