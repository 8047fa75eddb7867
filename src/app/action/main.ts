import * as core from '@actions/core';
import { type BuildError, toBuildError } from '../../base/errors.ts';
import type { Diagnostic } from '../../dockerfile/diagnostic.ts';
import type { BuildEvent, BuildRequest, BuildResult } from '../../engine/engine.ts';
import type { Outside } from '../compose.ts';
import { drainOf } from '../drain.ts';
import { baselineFolder } from '../lint/baseline-file.ts';
import { checkRequest } from '../lint/check-request.ts';
import { writeReports } from '../lint/reports.ts';
import { requestFindings } from '../lint/request-findings.ts';
import { prepare } from '../prepare.ts';
import { fixesLine, fixesMarkdown } from '../report/fixes-markdown.ts';
import { checkMarkdown, failureMarkdown, leftMarkdown, resultMarkdown } from '../report/markdown.ts';
import { errorText, findingText, passedText } from '../report/text.ts';
import { VERSION } from '../version.ts';
import { Annotations } from './annotations.ts';
import { cacheRefs } from './cache-refs.ts';
import { builtCommitTime } from './commit-time.ts';
import type { FixOffer } from './fixes/offer.ts';
import { type ActionInputs, readInputs, type SummaryStyle, secretsToMask } from './inputs.ts';
import { ActionLog } from './log.ts';
import { originMarkdown } from './origin.ts';
import { outputsOf } from './outputs.ts';
import { QUOTA_KEY, STATE_KEY } from './state.ts';
import { writeSummary } from './summary.ts';

const annotations = new Annotations(core);
const log = new ActionLog(core);

/** The action's step: one build. */
export async function runAction(): Promise<void> {
  const abort = new AbortController();
  // The runner sends SIGINT, then SIGTERM 7.5 s later, then ends the process.
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => abort.abort(new DOMException(`${name} received`, 'AbortError')));
  }
  // Node would write it to the log as it is, commands to the runner too.
  process.once('uncaughtException', (thrown) => {
    fail(toBuildError(thrown), {});
    process.exit();
  });
  let inputs: ActionInputs;
  try {
    inputs = readInputs(core.getInput, process.env);
  } catch (thrown) {
    fail(toBuildError(thrown), {});
    return;
  }
  for (const value of secretsToMask(inputs.build)) core.setSecret(value);
  if (inputs.githubToken !== '') core.setSecret(inputs.githubToken);
  if (inputs.cleansUpOnly) {
    await cleanUp(inputs, abort.signal);
    return;
  }
  if (inputs.temporaryState) core.saveState(STATE_KEY, inputs.build.stateDir);
  const { maxSize, to } = inputs.build.cache;
  if (maxSize !== undefined && to.some(({ place }) => place.type === 'gha'))
    core.saveState(QUOTA_KEY, String(maxSize));
  await build(inputs, abort.signal);
}

/** A step that builds nothing. */
async function cleanUp({ build, githubToken, summary }: ActionInputs, signal: AbortSignal): Promise<void> {
  try {
    const { cleanUpAlone } = await import('./cache-cleanup/edge.ts');
    const { tellHeld } = await import('./cache-cleanup/tell.ts');
    const held = await cleanUpAlone(build.cache.maxSize, {
      environment: process.env,
      token: githubToken,
      signal,
      onNotice: (message) => core.notice(message),
    });
    if (held !== undefined) await tellHeld(core, held, summary !== 'off');
  } catch (thrown) {
    fail(toBuildError(thrown), {});
  }
}

async function build(inputs: ActionInputs, signal: AbortSignal): Promise<void> {
  const diagnostics: Diagnostic[] = [];
  const sources: Record<string, string> = {};
  let fixes: Promise<FixOffer | undefined> = Promise.resolve(undefined);
  const onEvent = (event: BuildEvent): void => {
    if (event.type === 'diagnostic') diagnostics.push(event.diagnostic);
    log.show(event);
  };
  try {
    await using request = await prepare(inputs.build, {
      environment: process.env,
      stdin: () => process.stdin,
      signal,
      commitTime: builtCommitTime,
      now: Math.floor(Date.now() / 1000),
      onNotice: (message) => onEvent({ type: 'notice', message }),
    });
    sources[request.dockerfile.path] = request.dockerfile.text;
    tellRemarks(request.lint.config.remarks ?? []);
    // Before the build, so that the files are there whatever becomes of it.
    if (inputs.lintReports.length > 0)
      writeReports(inputs.lintReports, [requestFindings(request)], {
        version: VERSION,
        folder: baselineFolder(),
      });
    // Beside the build, which need not wait for it.
    if (inputs.suggestFixes) fixes = offerFixesOf(request, inputs, signal);
    if (inputs.checksOnly) {
      checkRequest(request, onEvent);
      core.setOutput('lint-findings', String(diagnostics.length));
      core.info(passedText(diagnostics.length));
      const parts = await lintParts(inputs, diagnostics, fixes);
      await summarise(inputs.summary, (style) => checkMarkdown(diagnostics) + parts(style));
      return;
    }
    const result = await runEngine(inputs, request, onEvent, signal);
    for (const [name, value] of Object.entries(outputsOf(result))) core.setOutput(name, value);
    const origin = await originMarkdown();
    const parts = await lintParts(inputs, diagnostics, fixes);
    await summarise(inputs.summary, (style) => resultMarkdown(result, style, origin) + parts(style));
    core.info(`built ${result.digest}`);
  } catch (thrown) {
    const error = toBuildError(thrown);
    log.flush();
    fail(error, sources);
    core.setOutput('lint-findings', String(diagnostics.length));
    const parts = await lintParts(inputs, diagnostics, fixes);
    await summarise(inputs.summary, () => failureMarkdown(error, diagnostics) + parts('full'));
  } finally {
    tellFindings(diagnostics, inputs.summary);
  }
}

/** In the log with place and rule, which the runner shows for no annotation there; then the annotations that there is room for. */
function tellFindings(diagnostics: readonly Diagnostic[], summary: SummaryStyle): void {
  if (diagnostics.length === 0) return;
  log.showText(
    `Findings of the linter: ${diagnostics.length}`,
    diagnostics.map((finding) => findingText(finding)).join('\n'),
  );
  const { shown, left } = annotations.choose(diagnostics);
  annotations.tellFindings(shown);
  if (left.length > 0)
    core.info(
      `${left.length} more findings are in the ${hasSummary(summary) ? 'step summary' : 'list above'}: a step has room for 10 annotations of a kind.`,
    );
}

/** One annotation, since a step has room for 10 warnings. */
function tellRemarks(remarks: readonly string[]): void {
  if (remarks.length > 0) annotations.warn('lint configuration', remarks.join('\n'));
}

/** Loaded only where it is asked for. A help that fails must not fail the job. */
async function offerFixesOf(
  request: BuildRequest,
  { githubToken }: ActionInputs,
  signal: AbortSignal,
): Promise<FixOffer | undefined> {
  try {
    const { offerFixes } = await import('./fixes/offer.ts');
    const { readWorkflowEvent } = await import('./github/event.ts');
    return await offerFixes({
      request,
      event: await readWorkflowEvent(process.env),
      token: githubToken,
      apiUrl: process.env['GITHUB_API_URL'] || 'https://api.github.com',
      signal,
    });
  } catch (thrown) {
    log.say(`The fixes of the linter are not offered: ${toBuildError(thrown).message}`);
    return undefined;
  }
}

/** What the summary tells of the linter besides its findings. The log has the same in a line; the patch too, where there is no summary. */
async function lintParts(
  { summary }: ActionInputs,
  diagnostics: readonly Diagnostic[],
  fixes: Promise<FixOffer | undefined>,
): Promise<(style: 'full' | 'short') => string> {
  const { left } = annotations.choose(diagnostics);
  const offer = await fixes;
  if (offer !== undefined) {
    log.say(fixesLine(offer));
    if (offer.patch !== undefined && !hasSummary(summary)) log.showText('Patch', offer.patch);
  }
  return (style) => {
    const parts = [leftMarkdown(left, style), offer === undefined ? '' : fixesMarkdown(offer)];
    return parts
      .filter((part) => part !== '')
      .map((part) => `\n${part}`)
      .join('');
  };
}

async function runEngine(
  { build: options, temporaryState, githubToken }: ActionInputs,
  request: BuildRequest,
  onEvent: (event: BuildEvent) => void,
  signal: AbortSignal,
): Promise<BuildResult> {
  // Loaded late: an input error must not wait for the engine.
  const { compose } = await import('../compose.ts');
  const outside = {
    environment: process.env,
    onNotice: (message: string) => onEvent({ type: 'notice', message }),
    signal,
    temporaryState,
    ...optionalRefs(githubToken),
    stdout: process.stdout,
  };
  await using composed = await compose(options, outside);
  const to = { signal, onEvent, drained: drainOf(process.stdout) };
  if (!options.verifyReproducible) return await composed.engine.build(request, to);
  const { secondBuild } = await import('../verify/second-build.ts');
  const beforeExport = secondBuild({ options, request, composed, outside, signal, onEvent });
  return await composed.engine.build(request, { ...to, beforeExport });
}

function optionalRefs(token: string): Pick<Outside, 'listCacheRefs'> {
  const list = cacheRefs(process.env, token);
  return list === undefined ? {} : { listCacheRefs: list };
}

function fail(error: BuildError, sources: Readonly<Record<string, string>>): void {
  log.say(errorText(error, sources));
  annotations.tellError(error);
  process.exitCode = 1;
}

async function summarise(style: SummaryStyle, text: (style: 'full' | 'short') => string): Promise<void> {
  if (style !== 'off' && hasSummary(style))
    await writeSummary(core.summary, text(style), (message) => log.say(message));
}

/** The file is absent on servers that are not GitHub's; a missing summary is no reason to fail. */
function hasSummary(style: SummaryStyle): boolean {
  return style !== 'off' && process.env['GITHUB_STEP_SUMMARY'] !== undefined;
}
