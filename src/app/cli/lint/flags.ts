import { FORMATS } from '../../../dockerfile/lint/config.ts';
import type { LintArguments } from '../../../dockerfile/lint/config-arguments.ts';
import { parseLintArguments } from '../../../dockerfile/lint/config-arguments.ts';
import { type ShellcheckMode, shellcheckMode } from '../../lint/shellcheck.ts';
import { buildArgs } from '../../options/key-values.ts';
import { badInput } from '../../options/problems.ts';
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
}

const WITH_VALUE: readonly string[] = [
  'shellcheck',
  'build-arg',
  'dockerignore',
  'baseline',
  'write-baseline',
  'explain',
];
/** What stands for a value that is not written. */
const WITHOUT_VALUE: ReadonlyMap<string, string> = new Map([
  ['fix', 'safe'],
  ['help', ''],
]);

/**
 * Takes our own flags out and leaves the rest to hadolint's grammar. No value can be mistaken for a flag: that grammar refuses values with a
 * leading dash.
 * @throws BuildError `BAD_INPUT`, `BAD_LINT_OPTION`
 */
export function parseLintFlags(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): LintFlags {
  const { own, rest } = takeOwn(argv);
  return {
    hadolint: parseLintArguments(rest),
    fix: fixLevel(own.get('fix')?.at(-1)),
    shellcheck: shellcheckMode(own.get('shellcheck')?.at(-1)),
    buildArgs: buildArgs(own.get('build-arg') ?? [], environment),
    dockerignore: own.get('dockerignore')?.at(-1),
    explain: own.get('explain')?.at(-1),
    baseline: own.get('baseline')?.at(-1),
    writeBaseline: own.get('write-baseline')?.at(-1),
    help: own.has('help'),
  };
}

function takeOwn(argv: readonly string[]): { own: Map<string, string[]>; rest: readonly string[] } {
  const own = new Map<string, string[]>();
  const rest: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    if (word === '--') return { own, rest: [...rest, ...argv.slice(at)] };
    const [, name = '', value] = /^--([a-z-]+)(?:=(.*))?$/s.exec(word === '-h' ? '--help' : word) ?? [];
    const fallback = WITHOUT_VALUE.get(name);
    if (fallback !== undefined) keep(own, name, value ?? fallback);
    else if (WITH_VALUE.includes(name)) keep(own, name, value ?? nextValue(name, argv[++at]));
    else rest.push(word);
  }
  return { own, rest };
}

function keep(own: Map<string, string[]>, name: string, value: string): void {
  own.set(name, [...(own.get(name) ?? []), value]);
}

function nextValue(name: string, next: string | undefined): string {
  if (next === undefined || /^-./.test(next)) throw badInput(`--${name} wants a value`);
  return next;
}

function fixLevel(text: string | undefined): LintFlags['fix'] {
  if (text === undefined || text === 'safe' || text === 'unsafe') return text;
  throw badInput(`--fix=${text} is not a kind of fixes`, 'It is safe or unsafe.');
}
