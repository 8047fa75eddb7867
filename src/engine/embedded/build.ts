import { BuildError, throwAll, toBuildError } from '../../base/errors.ts';
import type { CacheReport } from '../../cache/build-cache.ts';
import type { Dockerfile } from '../../dockerfile/ast.ts';
import type { Diagnostic } from '../../dockerfile/diagnostic.ts';
import { checkSyntax } from '../../dockerfile/directives.ts';
import { parseDockerfile } from '../../dockerfile/parse.ts';
import type { CacheKey } from '../../image/cache-key.ts';
import type { BuildEvent, BuildRequest, BuildResult, Engine } from '../engine.ts';
import { type Planned, planWithBases } from './bases.ts';
import { CacheBlobLost } from './cache-blob-lost.ts';
import type { Caches, EngineDependencies } from './dependencies.ts';
import { lintBeforeBuild } from './lint-gate.ts';
import { checkRun } from './ops/run.ts';
import { planOptions } from './plan-options.ts';
import { Steps } from './steps.ts';
import { type Try, tryBuild } from './try.ts';

/** Each restart sets at least one bad record aside; this many mean that the cache is not worth asking. */
const MAX_RESTARTS = 8;

/** The engine that this package contains: no daemon, no other builder. */
export function embeddedEngine(dependencies: EngineDependencies): Engine {
  return {
    name: 'embedded',
    async build(request, { signal = new AbortController().signal, onEvent, beforeExport }) {
      const steps = new Steps(onEvent);
      const { file, diagnostics } = readDockerfile(request, onEvent);
      const reports: CacheReport[] = [];
      let opening: Promise<Caches> | undefined;
      let result: Omit<BuildResult, 'caches' | 'diagnostics' | 'duration'>;
      try {
        opening = dependencies.openCaches();
        opening.catch(() => undefined);
        const planned = await checkedPlan(file, request, dependencies, signal);
        for (const notice of planned.notices) steps.notice(notice);
        checkSteps(planned, request);
        const caches = await opening;
        result = await buildWithRestarts({
          dependencies,
          caches,
          request,
          planned,
          steps,
          signal,
          beforeExport,
        });
      } finally {
        // The error of an opening that failed is thrown above, unless there is another.
        const caches = await opening?.catch(() => undefined);
        if (caches !== undefined) reports.push(...(await finishCaches(caches, steps)));
      }
      return { ...result, caches: reports, diagnostics, duration: steps.elapsed };
    },
  };
}

/** Asks at the same time where the result may go and what it is based on; that it may not go there is told first. */
async function checkedPlan(
  file: Dockerfile,
  request: BuildRequest,
  { exporters, registry, store }: EngineDependencies,
  signal: AbortSignal,
): Promise<Planned> {
  const planning = planWithBases(file, planOptions(request), { registry, store }, signal);
  planning.catch(() => undefined);
  await Promise.all(exporters.map((exporter) => exporter.check?.(signal)));
  return await planning;
}

function readDockerfile(
  request: BuildRequest,
  onEvent: (event: BuildEvent) => void,
): { file: Dockerfile; diagnostics: readonly Diagnostic[] } {
  const parsed = parseDockerfile(request.dockerfile.text, request.dockerfile.path);
  const diagnostics = lintBeforeBuild(parsed, request, onEvent);
  throwAll(parsed.problems);
  checkSyntax(parsed.file.directives);
  return { file: parsed.file, diagnostics };
}

/** All that is wrong with the steps themselves, in one message, before the first of them runs. */
function checkSteps(planned: Planned, request: BuildRequest): void {
  throwAll(
    planned.graph.vertices.flatMap((vertex) =>
      vertex.op.kind === 'run' ? checkRun(vertex.op, vertex, request) : [],
    ),
  );
}

async function buildWithRestarts(
  facts: Omit<Try, 'distrusted'>,
): Promise<Omit<BuildResult, 'caches' | 'diagnostics' | 'duration'>> {
  const distrusted = new Set<CacheKey>();
  for (;;) {
    try {
      return await tryBuild({ ...facts, distrusted });
    } catch (thrown) {
      if (!(thrown instanceof CacheBlobLost)) throw toBuildError(thrown);
      if (distrusted.has(thrown.key) || distrusted.size >= MAX_RESTARTS) {
        throw new BuildError({
          kind: 'remote',
          code: 'CACHE_UNUSABLE',
          message: thrown.message,
          hint: 'Build once with no-cache, or with another cache scope.',
          cause: thrown,
        });
      }
      facts.steps.notice(`${thrown.message}: the step that made it is run again`);
      distrusted.add(thrown.key);
    }
  }
}

async function finishCaches({ to, from }: Caches, steps: Steps): Promise<CacheReport[]> {
  const all = [...new Set([...to, ...from])];
  const reports = await Promise.all(all.map((cache) => cache.finish()));
  for (const { name, notices } of reports)
    for (const notice of notices) steps.notice(`cache ${name}: ${notice}`);
  return reports;
}
