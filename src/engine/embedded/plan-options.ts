import type { BuildError } from '../../base/errors.ts';
import { ignoreFileProblem, readIgnoreFile } from '../../dockerfile/ignore.ts';
import type { PlanOptions } from '../../plan/options.ts';
import type { BuildRequest } from '../engine.ts';

/** The part of a request that decides the graph. */
export function planOptions(request: BuildRequest): PlanOptions {
  return {
    ...(request.target === undefined ? {} : { target: request.target }),
    ...(request.place === undefined ? {} : { place: request.place }),
    platforms: request.platforms.length === 0 ? [request.buildPlatform] : request.platforms,
    implicitPlatform: request.platforms.length === 0,
    buildPlatform: request.buildPlatform,
    buildArgs: request.buildArgs,
    labels: request.labels,
    namedContexts: request.namedContexts,
    network: request.network,
    addHosts: request.addHosts,
    noCache: request.noCache,
    ...(request.epoch.fixed ? { sourceDateEpoch: request.epoch.seconds } : {}),
    ...(request.contextTime === undefined ? {} : { contextTime: request.contextTime }),
    ...(request.ignore === undefined ? {} : { ignorePatterns: readIgnoreFile(request.ignore.text) }),
  };
}

/** What is wrong with the main context's ignore file. */
export function ignoreProblems({ ignore }: Pick<BuildRequest, 'ignore'>): readonly BuildError[] {
  const problem = ignore === undefined ? undefined : ignoreFileProblem(ignore.text, ignore.path);
  return problem === undefined ? [] : [problem];
}
