import { type BuildError, noted, throwAll } from '../base/errors.ts';
import type { BuildEpoch, BuildRequest } from '../engine/engine.ts';
import { hostPlatform } from '../image/platform.ts';
import type { BuildOptions } from './build-options.ts';
import { buildPlace } from './build-place.ts';
import { contextAddress } from './contexts/context-address.ts';
import { ignoreFileOf } from './contexts/folder-context.ts';
import { openContext } from './contexts/open-context.ts';
import type { OpenedContext } from './contexts/opened-context.ts';
import { findEpoch } from './epoch.ts';
import { type LintSettings, lintRequest, lintSettings } from './lint/lint-request.ts';

/** A request; disposing of it deletes what was fetched for its context alone. */
export type PreparedRequest = BuildRequest & AsyncDisposable;

/** The edge's own facts. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdin: () => AsyncIterable<Uint8Array>;
  /** Seconds since 1970 of the commit that a folder holds, if it holds one. */
  readonly commitTime: (folder: string) => Promise<number | undefined>;
  /** Seconds since 1970. */
  readonly now: number;
  readonly signal?: AbortSignal;
  readonly onNotice?: (message: string) => void;
}

/**
 * Looks up what the options only name (files, times), fetches a context that is not here, and gives the complete request. Nothing is fetched
 * when a file of this machine is wrong.
 * @throws BuildErrors what is wrong with all files together: `BAD_INPUT`, `BAD_LINT_CONFIG`, `BAD_LINT_BASELINE`; those of openContext
 */
export async function prepare(options: BuildOptions, surroundings: Surroundings): Promise<PreparedRequest> {
  const errors: BuildError[] = [];
  const settings = await noted(errors, () => lintSettings(options, surroundings.environment));
  const opened = await noted(errors, () => {
    const isHere = contextAddress(options.context).kind === 'folder';
    return isHere || errors.length === 0 ? openContext(options, surroundings) : undefined;
  });
  try {
    throwAll(errors);
    // Without an error it is there.
    const request = await requestFor(options, opened as OpenedContext, settings, surroundings);
    return { ...request, [Symbol.asyncDispose]: async () => opened?.[Symbol.asyncDispose]() };
  } catch (error) {
    await opened?.[Symbol.asyncDispose]();
    throw error;
  }
}

async function requestFor(
  options: BuildOptions,
  opened: OpenedContext,
  settings: LintSettings | undefined,
  surroundings: Surroundings,
): Promise<BuildRequest> {
  const { source, dockerfile, ignore } = opened;
  const platform = hostPlatform(process.platform, process.arch);
  const [epoch, lint] = await Promise.all([
    epochOf(options, opened, surroundings),
    lintRequest(settings, options, dockerfile, ignore?.text, surroundings),
  ]);
  return {
    context: source,
    dockerfile: { path: dockerfile.path, text: dockerfile.text },
    place: buildPlace(surroundings.environment, options.context, dockerfile),
    ...(ignore === undefined ? {} : { ignore }),
    namedContexts: withIgnoreFiles(options.namedContexts),
    ...(options.target === undefined ? {} : { target: options.target }),
    platforms: options.platforms,
    buildPlatform: platform,
    buildArgs: options.buildArgs,
    labels: options.labels,
    annotations: options.annotations,
    secrets: options.secrets,
    sshAgents: Object.keys(options.ssh),
    addHosts: options.addHosts,
    network: options.network,
    allow: options.allow,
    ...(options.shmSize === undefined ? {} : { shmSize: options.shmSize }),
    ulimits: options.ulimits,
    noCache: options.noCache,
    references: options.tags,
    compression: options.compression,
    inlineCache: options.cache.inline,
    epoch,
    rewriteTimes: options.outputs.some(
      (output) => 'image' in output && output.image.rewriteTimestamp === true,
    ),
    ...(opened.time === undefined ? {} : { contextTime: opened.time }),
    now: surroundings.now,
    lint,
    jobs: options.jobs,
  };
}

/** A folder's own ignore file holds for it, never the main context's. */
function withIgnoreFiles(contexts: BuildOptions['namedContexts']): BuildRequest['namedContexts'] {
  return Object.fromEntries(
    Object.entries(contexts).map(([name, source]) => {
      const ignore = source.kind === 'folder' ? ignoreFileOf(source.path, undefined) : undefined;
      return [name, ignore === undefined ? source : { ...source, ignore }];
    }),
  );
}

function epochOf(
  options: BuildOptions,
  { source, dockerfile, committedAt }: OpenedContext,
  { commitTime, now }: Surroundings,
): Promise<BuildEpoch> {
  return findEpoch({
    given: options.sourceDateEpoch,
    committedAt: async () =>
      committedAt ?? (source.kind === 'folder' ? await commitTime(source.path) : undefined),
    dockerfile: dockerfile.changedAt,
    now,
  });
}
