import { throwAll } from '../../base/errors.ts';
import { parseDockerfile } from '../../dockerfile/parse.ts';
import type { BuildGraph } from '../../plan/graph.ts';
import type { BuildRequest } from '../engine.ts';
import { planWithBases } from './bases.ts';
import type { EngineDependencies } from './dependencies.ts';
import { ignoreProblems, planOptions } from './plan-options.ts';

/** The graph that a build of this request would solve. Asks registries for manifests and configs, for nothing else. */
export async function planGraph(
  request: BuildRequest,
  places: Pick<EngineDependencies, 'registry' | 'openRemote'>,
  signal: AbortSignal,
): Promise<BuildGraph> {
  const parsed = parseDockerfile(request.dockerfile.text, request.dockerfile.path, request.buildArgs);
  throwAll([...parsed.problems, ...ignoreProblems(request)]);
  return (await planWithBases(parsed.file, planOptions(request), places, signal)).graph;
}
