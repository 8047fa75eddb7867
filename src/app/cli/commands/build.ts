import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BuildError, toBuildError } from '../../../base/errors.ts';
import { exec } from '../../../base/exec.ts';
import { failsRun } from '../../../dockerfile/lint/config.ts';
import { planGraph } from '../../../engine/embedded/plan-only.ts';
import type { BuildRequest, BuildResult } from '../../../engine/engine.ts';
import { describeGraph } from '../../../plan/explain.ts';
import type { BuildOptions } from '../../build-options.ts';
import { commitTimeOf } from '../../commit-time.ts';
import { compose } from '../../compose.ts';
import { writeReports } from '../../lint/reports.ts';
import { requestFindings } from '../../lint/request-findings.ts';
import { parseCall } from '../../options/docker-only.ts';
import { isOnStdout } from '../../options/outputs.ts';
import { badInput, InputProblems } from '../../options/problems.ts';
import { formatDuration, formatSize } from '../../options/sizes.ts';
import { prepare } from '../../prepare.ts';
import { metadataOf, sizeOf } from '../../report/metadata.ts';
import { isRunnerLog, jsonForRunner } from '../../report/runner-command.ts';
import { passedText } from '../../report/text.ts';
import { secondBuild } from '../../verify/second-build.ts';
import { flagHelp, type ParsedArguments, parseArguments } from '../arguments.ts';
import { ABSENT_FLAGS, BUILD_FLAGS, buildOptions } from '../build-flags.ts';
import type { Command, Terminal } from '../command.ts';
import { failAsJson } from '../failure.ts';
import { type Progress, type ProgressStyle, progress, progressStyle } from '../progress.ts';

/** `build [FLAGS] PATH | URL | -` */
export const build: Command = async (argv, terminal, sources) => {
  const problems = new InputProblems();
  const help = { type: 'boolean', short: 'h', help: 'show this' } as const;
  const args = parseArguments(argv, { ...BUILD_FLAGS, help }, problems, ABSENT_FLAGS);
  if (args.flag('help') === true) {
    terminal.stdout(`Usage: ts-image-build build [FLAGS] PATH | URL | -\n\n${flagHelp(BUILD_FLAGS)}\n`);
    return 0;
  }
  const style = styleOf(args, terminal, problems);
  const told = { args, style, problems, terminal, sources };
  if (style !== 'json') return await prepareAndBuild(told);
  terminal.jsonOnly?.();
  try {
    return await prepareAndBuild(told);
  } catch (thrown) {
    return failAsJson(toBuildError(thrown), terminal);
  }
};

interface Told {
  readonly args: ParsedArguments;
  readonly style: ProgressStyle;
  /** What was found to be wrong with the flags so far. */
  readonly problems: InputProblems;
  readonly terminal: Terminal;
  readonly sources: Record<string, string>;
}

async function prepareAndBuild({ args, style, problems, terminal, sources }: Told): Promise<number> {
  const checks = problems.attempt('--call', () => checksOnly(args)) ?? false;
  for (const name of RESULT_FILES)
    problems.attempt(`--${name}`, () => checkWritable(args.text(name) || undefined));
  const options = buildOptions(args, terminal.environment, problems);
  using shown = progress(style, terminal);
  await using request = await prepare(options, {
    environment: terminal.environment,
    stdin: terminal.stdin,
    signal: terminal.signal,
    commitTime: (folder) => commitTimeOf(folder, (args) => exec(['git', ...args])),
    now: Math.floor(Date.now() / 1000),
    onNotice: (message) => shown.show({ type: 'notice', message }),
  });
  sources[request.dockerfile.path] = request.dockerfile.text;
  for (const remark of request.lint.config.remarks ?? [])
    shown.show({ type: 'notice', message: `lint configuration: ${remark}` });
  if (checks) return check(request, style, terminal);
  // Awaited here: what was fetched for the request goes when this function is left.
  return await runBuild(args, options, request, { style, shown, terminal });
}

/** `build --check`: the findings alone; 1 when one fails the run. */
function check(request: BuildRequest, style: ProgressStyle, terminal: Terminal): number {
  const found = requestFindings(request);
  terminal.stdout(
    writeReports([{ format: 'tty', output: undefined }], [found], {
      inRunnerLog: isRunnerLog(terminal.environment),
    }),
  );
  if (found.diagnostics.some((one) => failsRun(one, request.lint.failOn))) return 1;
  if (style === 'plain' || style === 'tty') terminal.stderr(`${passedText(found.diagnostics.length)}\n`);
  return 0;
}

interface Front {
  readonly style: ProgressStyle;
  readonly shown: Progress;
  readonly terminal: Terminal;
}

async function runBuild(
  args: ParsedArguments,
  options: BuildOptions,
  request: BuildRequest,
  { style, shown, terminal }: Front,
): Promise<number> {
  const { signal } = terminal;
  const onEvent = shown.show;
  const outside = {
    environment: terminal.environment,
    signal,
    onNotice: (message: string) => onEvent({ type: 'notice', message }),
    stdout: terminal.byteOutput,
  };
  await using composed = await compose(options, outside);
  if (args.flag('plan') === true) {
    terminal.stdout(describeGraph(await planGraph(request, composed.dependencies, signal)));
    return 0;
  }
  const beforeExport = options.verifyReproducible
    ? secondBuild({ options, request, composed, outside, signal, onEvent })
    : undefined;
  const result = await composed.engine.build(request, {
    signal,
    onEvent,
    ...(terminal.drained === undefined ? {} : { drained: terminal.drained }),
    ...(beforeExport === undefined ? {} : { beforeExport }),
  });
  await writeResults(args, result);
  shown[Symbol.dispose]();
  tellResult(result, options, { style, shown, terminal });
  return 0;
}

function tellResult(result: BuildResult, options: BuildOptions, { style, terminal }: Front): void {
  switch (style) {
    case 'quiet':
      // An image that went there must stay whole.
      if (!options.outputs.some(isOnStdout)) terminal.stdout(`${result.imageId}\n`);
      return;
    case 'json': {
      const locations = result.exports.flatMap((each) => each.locations);
      const built = JSON.stringify({ type: 'built', metadata: metadataOf(result), locations });
      terminal.stderr(`${jsonForRunner(built)}\n`);
      return;
    }
    case 'plain':
    case 'tty':
      terminal.stderr(summaryLine(result, options));
  }
}

const RESULT_FILES = ['iidfile', 'metadata-file'] as const;

/** Before any work: what can only be written at the end should not fail there. @throws BuildError `BAD_INPUT` */
function checkWritable(path: string | undefined): void {
  if (path === undefined) return;
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true)
      throw badInput(`${path} cannot be written: it is a folder`);
    accessSync(existsSync(path) ? path : dirname(path), constants.W_OK);
  } catch (cause) {
    if (cause instanceof BuildError) throw cause;
    throw badInput(`${path} cannot be written: ${(cause as Error).message}`);
  }
}

async function writeResults(args: ParsedArguments, result: BuildResult): Promise<void> {
  const texts = {
    iidfile: result.imageId,
    'metadata-file': `${JSON.stringify(metadataOf(result), undefined, 2)}\n`,
  };
  for (const name of RESULT_FILES) {
    const path = args.text(name) || undefined;
    if (path !== undefined) await writeResult(name, path, texts[name]);
  }
}

async function writeResult(name: string, path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (cause) {
    throw new BuildError({
      kind: 'environment',
      code: 'RESULT_NOT_WRITTEN',
      message: `The image is built, and --${name} cannot be written: ${(cause as Error).message}`,
      cause,
    });
  }
}

function summaryLine(result: BuildResult, options: BuildOptions): string {
  const cached = result.steps.filter(({ outcome }) => outcome.type === 'cached').length;
  const asked = result.steps.filter(({ outcome }) => outcome.type !== 'skipped').length;
  const lines = [
    `built ${result.digest}`,
    `  ${formatSize(sizeOf(result))} in ${result.images[0]?.image.layers.length ?? 0} layers, ${cached} of ${asked} steps cached, ${formatDuration(result.duration)}`,
    ...result.exports.flatMap(({ locations }) => locations.map((location) => `  ${location}`)),
  ];
  if (result.exports.length === 0) {
    lines.push(
      `  The image is nowhere but in the cache (${options.stateDir}): --push, --load or --output takes it out.`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function styleOf(args: ParsedArguments, terminal: Terminal, problems: InputProblems): ProgressStyle {
  if (args.flag('quiet') === true) return 'quiet';
  const flag = args.text('progress') || undefined;
  const variable = terminal.environment['BUILDKIT_PROGRESS'] || 'auto';
  const name = flag === undefined ? 'BUILDKIT_PROGRESS' : '--progress';
  return problems.attempt(name, () => progressStyle(flag ?? variable, terminal)) ?? 'plain';
}

function checksOnly(args: ParsedArguments): boolean {
  const checks = args.flag('check') === true || parseCall(args.text('call') ?? '') === 'check';
  if (checks && args.flag('lint') === false) throw badInput('check only lints, and --no-lint is given');
  return checks;
}
