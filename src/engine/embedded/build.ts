import { BuildError, throwAll, toBuildError } from '../../base/errors.ts';
import type { CacheReport } from '../../cache/build-cache.ts';
import type { Dockerfile } from '../../dockerfile/ast.ts';
import type { Diagnostic } from '../../dockerfile/diagnostic.ts';
import { checkSyntax } from '../../dockerfile/directives.ts';
import { parseDockerfile } from '../../dockerfile/parse.ts';
import type { CacheKey } from '../../image/cache-key.ts';
import type { Digest } from '../../image/digest.ts';
import type { BuildEvent, BuildRequest, BuildResult, Engine, MountReport } from '../engine.ts';
import { isoTime } from './assemble.ts';
import { BaseDocuments } from './base-documents.ts';
import { type ImagePlaces, type Planned, planWithBases } from './bases.ts';
import { CacheBlobLost } from './cache-blob-lost.ts';
import type { Caches, EngineDependencies } from './dependencies.ts';
import { KeptMounts } from './kept-mounts.ts';
import { lintBeforeBuild } from './lint-gate.ts';
import { checkRun, missingMounts } from './ops/run.ts';
import { ignoreProblems, planOptions } from './plan-options.ts';
import { Steps } from './steps.ts';
import { type Try, tryBuild } from './try.ts';

/** Each restart sets at least one bad record aside; after this many the caches are not worth asking any more. */
const MOST_RESTARTS = 8;

interface FinishedCaches {
  readonly reports: readonly CacheReport[];
  /** Of caches whose failures are the build's. */
  readonly failures: readonly string[];
}

/** The engine that this package contains: no daemon, no other builder. */
export function embeddedEngine(dependencies: EngineDependencies): Engine {
  return {
    name: 'embedded',
    async build(request, { signal = new AbortController().signal, onEvent, drained, beforeExport }) {
      const steps = new Steps(onEvent, drained);
      const { file, diagnostics } = readDockerfile(request, onEvent);
      let finished: FinishedCaches = { reports: [], failures: [] };
      let opening: Promise<Caches> | undefined;
      let mounts: KeptMounts | undefined;
      let mountReports: readonly MountReport[] = [];
      let result: Omit<BuildResult, 'caches' | 'mounts' | 'diagnostics' | 'duration'>;
      try {
        opening = dependencies.openCaches();
        opening.catch(() => undefined);
        const documents = new BaseDocuments(opening, dependencies.sharesCaches);
        const planned = await checkedPlan(file, request, { ...dependencies, documents }, signal);
        for (const notice of planned.notices) steps.notice(notice);
        const caches = await opening;
        checkSteps(planned, request, caches);
        if (request.rewriteTimes === true && planned.graph.sourceDateEpoch === undefined)
          steps.notice('rewrite-timestamp=true changes nothing: there is no SOURCE_DATE_EPOCH');
        documents.keepIn(caches, isoTime(request.epoch.seconds));
        mounts = keptMounts(dependencies, caches, request);
        result = await buildWithRestarts({
          dependencies,
          caches,
          mounts,
          request,
          planned,
          steps,
          signal,
          beforeExport,
        });
      } finally {
        // The error of an opening that failed is thrown above, unless there is another.
        const caches = await opening?.catch(() => undefined);
        if (caches !== undefined) finished = await finishCaches(caches, signal);
        mountReports = (await mounts?.reports()) ?? [];
        for (const mount of mountReports) onEvent({ type: 'cache-mount', mount });
      }
      checkStrict(finished.failures, result.digest);
      return {
        ...result,
        caches: finished.reports,
        mounts: mountReports,
        diagnostics,
        duration: steps.elapsed,
      };
    },
  };
}

function keptMounts(
  { cacheMounts, store }: EngineDependencies,
  { from, to, toFinal = [] }: Caches,
  { now }: BuildRequest,
): KeptMounts | undefined {
  if (cacheMounts === undefined) return undefined;
  const { limit } = cacheMounts;
  return new KeptMounts({ from, to: [...to, ...toFinal], store, limit, now: now * 1000 });
}

/** Asks at the same time where the result may go and what it is based on; that it may not go there is told first. */
async function checkedPlan(
  file: Dockerfile,
  request: BuildRequest,
  { exporters, ...places }: Pick<EngineDependencies, 'exporters'> & ImagePlaces,
  signal: AbortSignal,
): Promise<Planned> {
  const options = planOptions(request);
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const planning = planWithBases(file, options, places, either);
  planning.catch(() => undefined);
  try {
    await Promise.all(exporters.map((exporter) => exporter.check?.(either, options.platforms)));
  } catch (error) {
    // A registry that does not answer would keep the program from ending.
    failed.abort(error);
    throw error;
  }
  return await planning;
}

function readDockerfile(
  request: BuildRequest,
  onEvent: (event: BuildEvent) => void,
): { file: Dockerfile; diagnostics: readonly Diagnostic[] } {
  const parsed = parseDockerfile(request.dockerfile.text, request.dockerfile.path, request.buildArgs);
  const diagnostics = lintBeforeBuild(parsed, request, onEvent);
  throwAll([...parsed.problems, ...ignoreProblems(request)]);
  checkSyntax(parsed.file.directives);
  return { file: parsed.file, diagnostics };
}

/** All that is wrong with the steps themselves, in one message, before the first of them runs. */
function checkSteps(planned: Planned, request: BuildRequest, { from }: Caches): void {
  throwAll(
    planned.graph.vertices.flatMap((vertex) => {
      const { op, noCache } = vertex;
      if (op.kind !== 'run') return [];
      const isRun = noCache || from.length === 0;
      return [...checkRun(op, vertex, request), ...(isRun ? missingMounts(op, vertex, request) : [])];
    }),
  );
}

async function buildWithRestarts(
  facts: Omit<Try, 'distrusted'>,
): Promise<Omit<BuildResult, 'caches' | 'mounts' | 'diagnostics' | 'duration'>> {
  const distrusted = new Set<CacheKey>();
  let { caches } = facts;
  for (;;) {
    try {
      return await tryBuild({ ...facts, caches, distrusted });
    } catch (thrown) {
      if (!(thrown instanceof CacheBlobLost) || caches.from.length === 0) throw toBuildError(thrown);
      facts.steps.notice(`${thrown.message}: the step that made it is run again`);
      if (distrusted.has(thrown.key) || distrusted.size >= MOST_RESTARTS) {
        facts.steps.notice('The caches lost too much: this build takes nothing more from them');
        caches = { ...caches, from: [] };
      }
      distrusted.add(thrown.key);
    }
  }
}

/** Cancelling stops uploads too: whoever cancelled does not wait, and the runner ends a job that goes on for long. */
async function finishCaches(
  { to, toFinal = [], from, strict }: Caches,
  signal: AbortSignal,
): Promise<FinishedCaches> {
  const all = [...new Set([...to, ...toFinal, ...from])];
  const reports = await Promise.all(all.map((cache) => cache.finish(signal)));
  const failures = reports.flatMap(({ failures: own = [] }, i) => {
    const cache = all[i];
    return cache !== undefined && strict?.has(cache) === true ? own : [];
  });
  return { reports, failures };
}

/** @throws BuildError `CACHE_FAILED` when there are failures of caches that must not have any */
function checkStrict(failures: readonly string[], digest: Digest): void {
  if (failures.length === 0) return;
  throw new BuildError({
    kind: 'remote',
    code: 'CACHE_FAILED',
    message: `${failures.join('\n')}\nThe image itself was built: ${digest}`,
    hint: 'With cache-strict (or ignore-error=false) the failure of a cache is the failure of the build. Without it, the build goes on.',
  });
}
