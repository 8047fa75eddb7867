import { readFileSync } from 'node:fs';
import { BuildError, throwAll } from '../../../base/errors.ts';
import { failsRun, type LintConfig } from '../../../dockerfile/lint/config.ts';
import type { LintedFile } from '../../../dockerfile/lint/format/linted-file.ts';
import { printable, printableName } from '../../../dockerfile/printable.ts';
import {
  againstBaseline,
  type BaselineFile,
  baselineFolder,
  counted,
  readBaseline,
  writeBaseline,
} from '../../lint/baseline-file.ts';
import { findDockerfiles } from '../../lint/find-dockerfiles.ts';
import { lintConfigPath, readLintConfig } from '../../lint/lint-config.ts';
import { type DockerfileText, lintFiles, readDockerfiles } from '../../lint/lint-files.ts';
import { pairReports, type Report, writeReports } from '../../lint/reports.ts';
import { workspacePaths } from '../../lint/workspace-paths.ts';
import { badInput } from '../../options/problems.ts';
import { isRunnerLog } from '../../report/runner-command.ts';
import { VERSION } from '../../version.ts';
import { flagHelp } from '../arguments.ts';
import type { Command, Terminal } from '../command.ts';
import { LINT_FLAGS, type LintFlags, parseLintFlags } from '../lint/flags.ts';

/** `lint [FLAGS] FILE|GLOB|FOLDER…`, or `-` for standard input, with hadolint's flags. */
export const lintCommand: Command = async (argv, terminal) => {
  const flags = parseLintFlags(argv, terminal.environment);
  if (flags.help) {
    terminal.stdout(`Usage: ts-image-build lint [FLAGS] FILE|GLOB|FOLDER… | -\n\n${flagHelp(LINT_FLAGS)}\n`);
    return 0;
  }
  if (flags.wrong !== undefined && (flags.hadolint.version || flags.explain !== undefined)) throw flags.wrong;
  if (flags.hadolint.version) {
    terminal.stdout(`ts-image-build ${VERSION}\n`);
    return 0;
  }
  if (flags.explain !== undefined) {
    const { explainRule } = await import('../../lint/explain-rule.ts');
    terminal.stdout(explainRule(flags.explain));
    return 0;
  }
  const { config, reports, baseline } = await settingsOf(flags, terminal);
  tellConfig(config, flags, terminal);
  return await run(flags, { config, reports, baseline }, terminal);
};

interface Settings {
  readonly config: LintConfig;
  readonly reports: readonly Report[];
  readonly baseline: BaselineFile | undefined;
}

/**
 * What the flags say and the files that they name.
 * @throws BuildError(s) with all that is wrong with any of them
 */
async function settingsOf(flags: LintFlags, terminal: Terminal): Promise<Settings> {
  const errors = flags.wrong === undefined ? [] : [flags.wrong];
  const attempt = async <T>(read: () => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await read();
    } catch (thrown) {
      if (!(thrown instanceof BuildError)) throw thrown;
      errors.push(thrown);
      return undefined;
    }
  };
  if (flags.hadolint.files.length === 0) errors.push(noFile());
  const { dockerignore: ignoreFile, baseline: baselineFile } = flags;
  const dockerignore = ignoreFile === undefined ? undefined : await attempt(() => readIgnoreFile(ignoreFile));
  const config = await attempt(() => configOf(flags, dockerignore, terminal));
  const baseline = baselineFile === undefined ? undefined : await attempt(() => readBaseline(baselineFile));
  // Where one of the formats is wrong, it is not known which output goes with which.
  const reports =
    config === undefined || flags.wrong !== undefined
      ? undefined
      : await attempt(() => pairReports(config.format ?? [], flags.hadolint.output));
  throwAll(errors);
  return { config: config ?? {}, reports: reports ?? [], baseline };
}

function noFile(): BuildError {
  return badInput('there is no file to lint', 'Write "lint Dockerfile", a folder, or - for standard input.');
}

async function run(
  flags: LintFlags,
  { config, reports, baseline }: Settings,
  terminal: Terminal,
): Promise<number> {
  const { filePathInReport, files: patterns } = flags.hadolint;
  const notice = (message: string): void => terminal.stderr(`${message}\n`);
  const found = findDockerfiles(patterns);
  if (filePathInReport !== undefined && found.paths.length > 1)
    throw badInput('--file-path-in-report names one file, and there are several to lint');
  const read = await readDockerfiles(found.paths, {
    readStdin: terminal.readStdin,
    ignoreFiles: config.dockerignore === undefined,
  });
  const problems = [...found.missing, ...read.unreadable];
  const files =
    flags.fix === undefined ? read.files : await fixAll(flags.fix, read.files, config, terminal, problems);
  const all = await lintFiles(files, {
    config,
    shellcheck: {
      mode: flags.shellcheck,
      environment: terminal.environment,
      signal: terminal.signal,
      onNotice: notice,
    },
    ...(filePathInReport === undefined ? {} : { nameOf: () => filePathInReport }),
  });
  // A baseline of a part of the files would let the others fail.
  const linted =
    flags.writeBaseline !== undefined && problems.length === 0
      ? writeBaseline(flags.writeBaseline, all, notice)
      : againstBaseline(baseline, all, notice);
  if (config.verbose === true)
    for (const { path, diagnostics } of linted)
      notice(`${printableName(path)}: ${counted(diagnostics.length, 'finding')}`);
  terminal.stdout(
    writeReports(reports, linted, {
      color: isColoured(config, terminal),
      version: VERSION,
      folder: baselineFolder(),
      inRunnerLog: isRunnerLog(terminal.environment),
      ...(filePathInReport === undefined ? { pathOf: workspacePaths(terminal.environment) } : {}),
    }),
  );
  tellProblems(problems, flags.writeBaseline, notice);
  if (problems.length > 0) return 2;
  return fails(linted, config) ? 1 : 0;
}

function tellProblems(
  problems: readonly BuildError[],
  baseline: string | undefined,
  notice: (message: string) => void,
): void {
  for (const problem of problems) notice(printableName(textOf(problem)));
  if (problems.length > 0 && baseline !== undefined)
    notice(`the baseline ${baseline} is not written: a file could not be looked at`);
}

function configOf(
  { hadolint, buildArgs }: LintFlags,
  dockerignore: string | undefined,
  terminal: Terminal,
): Promise<LintConfig> {
  return readLintConfig({
    ignore: [],
    environment: terminal.environment,
    given: { ...hadolint.config, folder: baselineFolder() },
    buildArgs,
    ...(hadolint.configFile === undefined ? {} : { config: hadolint.configFile }),
    ...(dockerignore === undefined ? {} : { dockerignore }),
  });
}

function tellConfig(config: LintConfig, { hadolint }: LintFlags, terminal: Terminal): void {
  for (const remark of config.remarks ?? []) terminal.stderr(`${printable(remark)}\n`);
  if (config.verbose === true) {
    const path = hadolint.configFile ?? lintConfigPath(terminal.environment);
    terminal.stderr(`configuration: ${path ?? 'no file'}\n`);
  }
}

function readIgnoreFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw badInput(`--dockerignore: ${path} cannot be read: ${(cause as Error).message}`);
  }
}

/** Mends each file and tells what was done; a file that cannot be mended is linted as it is. */
async function fixAll(
  level: 'safe' | 'unsafe',
  files: readonly DockerfileText[],
  config: LintConfig,
  terminal: Terminal,
  problems: BuildError[],
): Promise<readonly DockerfileText[]> {
  const { fixFile } = await import('../../lint/fix-files.ts');
  return files.map((file) => {
    try {
      const result = fixFile(file, config, level);
      for (const { rule, at, fix } of result.fixed)
        terminal.stderr(`fixed ${printable(file.path)}:${at.start.line} ${rule}: ${fix?.title ?? ''}\n`);
      if (result.inPlace !== undefined)
        terminal.stderr(
          `${printable(file.path)} is written where it lies, not replaced: ${printable(result.inPlace)}\n`,
        );
      return result.file;
    } catch (thrown) {
      if (!(thrown instanceof BuildError)) throw thrown;
      problems.push(thrown);
      return file;
    }
  });
}

/** NO_COLOR is part of the configuration; FORCE_COLOR is how logs that show colours ask for them. */
function isColoured({ noColor }: LintConfig, { environment, interactive }: Terminal): boolean {
  if (noColor === true) return false;
  const forced = environment['FORCE_COLOR'];
  return forced === undefined ? interactive === true : !['', '0', 'false'].includes(forced);
}

/** Formats that are read by services, which take a failure for their own. */
const NEVER_FAILING: readonly string[] = ['codeclimate', 'codacy'];

function fails(
  linted: readonly LintedFile[],
  { format = [], noFail, failureThreshold }: LintConfig,
): boolean {
  if (noFail === true || format.some((one) => NEVER_FAILING.includes(one))) return false;
  return linted.some(({ diagnostics }) => diagnostics.some((one) => failsRun(one, failureThreshold)));
}

function textOf({ message, hint }: BuildError): string {
  return hint === undefined ? message : `${message}. ${hint}`;
}
