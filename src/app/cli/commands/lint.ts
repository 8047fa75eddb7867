import { readFileSync } from 'node:fs';
import { BuildError, toBuildError } from '../../../base/errors.ts';
import type { Diagnostic, Severity } from '../../../dockerfile/diagnostic.ts';
import { type LintConfig, reachesThreshold } from '../../../dockerfile/lint/config.ts';
import { lint } from '../../../dockerfile/lint/lint.ts';
import { parseDockerfile } from '../../../dockerfile/parse.ts';
import { sourceFrame } from '../../../dockerfile/source-frame.ts';
import type { BuildOptions } from '../../build-options.ts';
import { readLintConfig } from '../../lint-config.ts';
import { thresholdOf } from '../../options/choices.ts';
import { badInput } from '../../options/problems.ts';
import { type FlagSpecs, flagHelp, parseArguments } from '../arguments.ts';
import type { Command, Terminal } from '../command.ts';

const FLAGS: FlagSpecs = {
  format: { type: 'string', short: 'f', value: 'FORMAT', help: 'tty or json (default: tty)' },
  config: {
    type: 'string',
    short: 'c',
    value: 'PATH',
    help: 'a .hadolint.yaml (default: hadolint’s search places)',
  },
  'failure-threshold': {
    type: 'string',
    short: 't',
    value: 'LEVEL',
    help: 'error, warning, info, style or none (default: info)',
  },
  ignore: { type: 'string', multiple: true, value: 'RULE', help: 'rule that is not looked at' },
  'no-fail': { type: 'boolean', help: 'exit with 0 whatever is found' },
};

interface Linted {
  readonly path: string;
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** `lint [FLAGS] FILE…`, or `-` for standard input. */
export const lintCommand: Command = async (argv, terminal) => {
  const args = parseArguments(argv, { ...FLAGS, help: { type: 'boolean', short: 'h', help: 'show this' } });
  if (args.flag('help') === true) {
    terminal.stdout(`Usage: ts-image-build lint [FLAGS] FILE… | -\n\n${flagHelp(FLAGS)}\n`);
    return 0;
  }
  const format = formatOf(args.text('format'));
  const threshold =
    args.text('failure-threshold') === undefined ? 'info' : thresholdOf(args.text('failure-threshold'));
  if (args.positionals.length === 0)
    throw badInput('there is no file to lint', 'Write "lint Dockerfile", or - for standard input.');
  const config = await readLintConfig({
    ignore: args.list('ignore'),
    environment: terminal.environment,
    ...(args.text('config') === undefined ? {} : { config: args.text('config') ?? '' }),
  });
  const { linted, unreadable } = await lintFiles(args.positionals, config, terminal);
  terminal.stdout(format === 'json' ? asJson(linted) : linted.map(asText).join(''));
  for (const error of unreadable) terminal.stderr(`${error.message}\n`);
  if (unreadable.length > 0) return 2;
  return args.flag('no-fail') !== true && fails(linted, threshold) ? 1 : 0;
};

/** Every file that can be read; one that cannot does not silence the others. */
async function lintFiles(
  paths: readonly string[],
  config: LintConfig,
  terminal: Terminal,
): Promise<{ linted: readonly Linted[]; unreadable: readonly BuildError[] }> {
  const unreadable: BuildError[] = [];
  const linted: Linted[] = [];
  for (const path of paths) {
    try {
      const text = path === '-' ? await terminal.readStdin() : readFileSync(path, 'utf8');
      const name = path === '-' ? 'stdin' : path;
      linted.push({ path: name, text, diagnostics: lint(parseDockerfile(text, name), config) });
    } catch (thrown) {
      unreadable.push(unreadableFile(path, thrown));
    }
  }
  return { linted, unreadable };
}

/** `build --check`: the findings of one Dockerfile; 1 when one reaches the build's threshold. */
export async function lintOne(
  dockerfile: { readonly path: string; readonly text: string },
  options: BuildOptions['lint'],
  terminal: Terminal,
): Promise<number> {
  const config = await readLintConfig({ ...options, environment: terminal.environment });
  const linted = {
    ...dockerfile,
    diagnostics: lint(parseDockerfile(dockerfile.text, dockerfile.path), config),
  };
  terminal.stdout(asText(linted));
  return fails([linted], options.failOn) ? 1 : 0;
}

function fails(linted: readonly Linted[], threshold: Severity | 'none'): boolean {
  return linted.some(({ diagnostics }) =>
    diagnostics.some(({ severity }) => reachesThreshold(severity, threshold)),
  );
}

function asText({ text, diagnostics }: Linted): string {
  return diagnostics
    .map(({ rule, aliases, severity, message, at }) => {
      const ids = [rule, ...aliases].join(', ');
      return `${severity} ${ids}: ${message}\n${sourceFrame(text, at)}\n\n`;
    })
    .join('');
}

function asJson(linted: readonly Linted[]): string {
  const findings = linted.flatMap(({ diagnostics }) =>
    diagnostics.map(({ rule, severity, message, at }) => ({
      code: rule,
      column: at.start.column,
      file: at.file,
      level: severity,
      line: at.start.line,
      message,
    })),
  );
  return `${JSON.stringify(findings)}\n`;
}

function formatOf(text: string | undefined): 'tty' | 'json' {
  if (text === undefined || text === 'tty') return 'tty';
  if (text === 'json') return 'json';
  throw badInput(`--format: "${text}" is not a format`, 'It is tty or json.');
}

function unreadableFile(path: string, thrown: unknown): BuildError {
  const { code, message } = thrown as NodeJS.ErrnoException;
  if (code === undefined) throw toBuildError(thrown);
  return new BuildError({
    kind: 'user',
    code: 'DOCKERFILE_NOT_FOUND',
    message: `${path} cannot be read: ${message}`,
    cause: thrown,
  });
}
