import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { BuildError } from '../base/errors.ts';
import type { BuildEpoch, BuildRequest, ContextSource } from '../engine/engine.ts';
import { hostPlatform } from '../image/platform.ts';
import type { BuildOptions } from './build-options.ts';
import { findEpoch } from './epoch.ts';
import { readLintConfig } from './lint-config.ts';

/** The edge's own facts. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly readStdin: () => Promise<string>;
  /** Seconds since 1970 of the commit that a folder holds, if it holds one. */
  readonly commitTime: (folder: string) => Promise<number | undefined>;
  /** Seconds since 1970. */
  readonly now: number;
}

/**
 * Looks up what the options only name (files, times) and gives the complete request.
 * @throws BuildError `CONTEXT_NOT_FOUND`, `DOCKERFILE_NOT_FOUND`, `BAD_INPUT`
 */
export async function prepare(options: BuildOptions, surroundings: Surroundings): Promise<BuildRequest> {
  const context = contextOf(options.context);
  const dockerfile = await dockerfileOf(options, context, surroundings);
  const ignore = context.kind === 'folder' ? ignoreFileOf(context.path, dockerfile.file) : undefined;
  const platform = hostPlatform(process.platform, process.arch);
  return {
    context,
    dockerfile: { path: dockerfile.path, text: dockerfile.text },
    ...(ignore === undefined ? {} : { ignore }),
    namedContexts: options.namedContexts,
    ...(options.target === undefined ? {} : { target: options.target }),
    platforms: options.platforms,
    buildPlatform: platform,
    buildArgs: options.buildArgs,
    labels: options.labels,
    annotations: options.annotations,
    secrets: options.secrets,
    addHosts: options.addHosts,
    network: options.network,
    ...(options.shmSize === undefined ? {} : { shmSize: options.shmSize }),
    ulimits: options.ulimits,
    noCache: options.noCache,
    references: options.tags,
    compression: options.compression,
    epoch: await epochOf(options, context, dockerfile.file, surroundings),
    now: surroundings.now,
    lint: {
      enabled: options.lint.enabled,
      failOn: options.lint.failOn,
      config: await readLintConfig({
        ...options.lint,
        environment: surroundings.environment,
        buildArgs: options.buildArgs,
        dockerignore: ignore?.text,
      }),
    },
    jobs: options.jobs,
  };
}

function contextOf(context: string): ContextSource {
  if (context === '-') return { kind: 'empty' };
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(context) || context.startsWith('git@')) {
    throw new BuildError({
      kind: 'user',
      code: 'CONTEXT_NOT_SUPPORTED',
      message: `The context ${context} is a URL`,
      hint: 'This version builds from a folder: check the repository out first and give its path.',
    });
  }
  const path = resolve(context);
  if (existsSync(path) && statSync(path).isDirectory()) return { kind: 'folder', path };
  throw new BuildError({
    kind: 'user',
    code: 'CONTEXT_NOT_FOUND',
    message: `The context ${context} is ${existsSync(path) ? 'not a folder' : 'not there'}`,
    hint: 'In a workflow, actions/checkout has to run before this step.',
  });
}

async function dockerfileOf(
  options: BuildOptions,
  context: ContextSource,
  { readStdin }: Surroundings,
): Promise<{ path: string; text: string; file?: string }> {
  if (options.file === '-' || (options.file === undefined && options.context === '-')) {
    const text = await readStdin();
    if (looksLikeArchive(text)) {
      throw new BuildError({
        kind: 'user',
        code: 'CONTEXT_NOT_SUPPORTED',
        message: 'Standard input holds an archive',
        hint: 'This version reads a Dockerfile from standard input, not a context: unpack it and give the folder.',
      });
    }
    return { path: 'Dockerfile (stdin)', text };
  }
  const inContext = context.kind === 'folder' ? dockerfileIn(context.path) : 'Dockerfile';
  const path = options.file ?? inContext;
  try {
    return { path: options.file ?? shown(path), text: readFileSync(path, 'utf8'), file: resolve(path) };
  } catch (cause) {
    throw new BuildError({
      kind: 'user',
      code: 'DOCKERFILE_NOT_FOUND',
      message: `The Dockerfile ${shown(path)} cannot be read: ${(cause as Error).message}`,
      hint: 'Give its path with -f (the input `file` of the action); it is relative to the current folder, not to the context.',
      cause,
    });
  }
}

/** As docker: `dockerfile` is taken where there is no `Dockerfile`. */
function dockerfileIn(folder: string): string {
  const usual = join(folder, 'Dockerfile');
  const lower = join(folder, 'dockerfile');
  return !existsSync(usual) && existsSync(lower) ? lower : usual;
}

function shown(path: string): string {
  const from = `${process.cwd()}/`;
  return path.startsWith(from) ? path.slice(from.length) : path;
}

/** `NAME.dockerignore` beside the Dockerfile wins over `.dockerignore` of the context; they are never combined. */
function ignoreFileOf(context: string, dockerfile: string | undefined): BuildRequest['ignore'] {
  const own =
    dockerfile === undefined ? [] : [join(dirname(dockerfile), `${basename(dockerfile)}.dockerignore`)];
  for (const path of [...own, join(context, '.dockerignore')]) {
    if (existsSync(path)) return { path: shown(path), text: readFileSync(path, 'utf8') };
  }
  return undefined;
}

function looksLikeArchive(text: string): boolean {
  return (
    text.startsWith('\u001f') ||
    text.includes('\0') ||
    text.startsWith('BZh') ||
    text.startsWith('\ufffd7zXZ')
  );
}

function epochOf(
  options: BuildOptions,
  context: ContextSource,
  dockerfile: string | undefined,
  { environment, commitTime, now }: Surroundings,
): Promise<BuildEpoch> {
  return findEpoch({
    given: options.sourceDateEpoch ?? environment['SOURCE_DATE_EPOCH'],
    folder: context.kind === 'folder' ? context.path : undefined,
    dockerfile,
    commitTime,
    now,
  });
}
