import { existsSync } from 'node:fs';
import { isAbsolute, posix } from 'node:path';
import { BuildError } from '../../base/errors.ts';
import type { BuildOptions } from '../build-options.ts';
import { type ContextAddress, contextAddress, isWebAddress } from './context-address.ts';
import type { FetchedContext } from './fetched-context.ts';
import { dockerfileOnDisk, ignoreFileOf } from './folder-context.ts';
import type { DockerfileText, OpenedContext } from './opened-context.ts';

export interface OpenOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdin: () => AsyncIterable<Uint8Array>;
  readonly signal?: AbortSignal | undefined;
}

type Wanted = Pick<
  BuildOptions,
  'context' | 'file' | 'stateDir' | 'secrets' | 'contextToken' | 'ssh' | 'buildArgs'
>;

/**
 * The main context and its Dockerfile, fetched if they are not here. Nothing is fetched for a context that cannot be right.
 * @throws BuildError `CONTEXT_NOT_FOUND`, `CONTEXT_NOT_SUPPORTED`, `STDIN_TWICE`, `TWO_DOCKERFILES`, `DOCKERFILE_NOT_FOUND`,
 * `NOT_A_DOCKERFILE`; those of the Git, HTTP and archive sources
 */
export async function openContext(wanted: Wanted, options: OpenOptions): Promise<OpenedContext> {
  const address = contextAddress(wanted.context);
  if (address.kind === 'stdin' && wanted.file === '-') throw stdinTwice();
  if (address.kind !== 'folder') return openFetched(address, wanted, options);
  const dockerfile = await givenDockerfile(wanted, options, (file) => dockerfileOnDisk(file));
  const found = dockerfile ?? dockerfileOnDisk(posix.join(address.path, 'Dockerfile'));
  const ignore = ignoreFileOf(address.path, found.file);
  return {
    source: address,
    dockerfile: found,
    ...(ignore === undefined ? {} : { ignore }),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

async function openFetched(
  address: Exclude<ContextAddress, { readonly kind: 'folder' }>,
  wanted: Wanted,
  options: OpenOptions,
): Promise<OpenedContext> {
  // Loaded late: a build of a folder does without.
  const fetching = await import('./fetched-context.ts');
  using access = await accessFor(wanted, options);
  const fetch = { access, signal: options.signal };
  const fetched =
    address.kind === 'stdin'
      ? await fetching.readStdinContext(options.stdin(), fetch)
      : address.kind === 'git'
        ? await fetching.fetchRepository(address.reference, wanted.buildArgs, fetch)
        : await fetching.fetchDownload(address.url, fetch);
  try {
    return await withDockerfile(fetched, wanted, options);
  } catch (error) {
    await fetched.dispose?.();
    throw error;
  }
}

async function withDockerfile(
  fetched: Omit<FetchedContext, 'tree'> & { readonly tree?: FetchedContext['tree'] },
  wanted: Wanted,
  options: OpenOptions,
): Promise<OpenedContext> {
  const { tree, place, dispose, committedAt, time } = fetched;
  const { dockerfileInTree } = await import('./tree-dockerfile.ts');
  if (tree === undefined && wanted.file !== undefined) throw twoDockerfiles();
  const inside = (file: string): DockerfileText | Promise<DockerfileText> =>
    tree === undefined || isOnDisk(file) ? dockerfileOnDisk(file) : dockerfileInTree(tree, file, place);
  const dockerfile =
    (await givenDockerfile(wanted, options, inside)) ?? fetched.dockerfile ?? (await inside('Dockerfile'));
  return {
    source: tree === undefined ? { kind: 'empty' } : { kind: 'tree', tree },
    dockerfile,
    ...(committedAt === undefined ? {} : { committedAt }),
    ...(time === undefined ? {} : { time }),
    [Symbol.asyncDispose]: async () => dispose?.(),
  };
}

/** With a context from elsewhere only a whole path can mean a file of this machine. */
function isOnDisk(file: string): boolean {
  return isAbsolute(file) && existsSync(file);
}

/** The Dockerfile that -f names; undefined: none is named. */
async function givenDockerfile(
  wanted: Wanted,
  options: OpenOptions,
  named: (file: string) => DockerfileText | Promise<DockerfileText>,
): Promise<DockerfileText | undefined> {
  const { file } = wanted;
  if (file === undefined) return undefined;
  if (file !== '-' && !isWebAddress(file)) return named(file);
  const fetching = await import('./fetched-context.ts');
  if (file === '-') return fetching.stdinDockerfile(options.stdin());
  using access = await accessFor(wanted, options);
  return await fetching.fetchDockerfile(file, { access, signal: options.signal });
}

async function accessFor(wanted: Wanted, { environment }: OpenOptions) {
  const { remoteAccess } = await import('./remote-access.ts');
  return remoteAccess(wanted, environment);
}

function stdinTwice(): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'STDIN_TWICE',
    message: 'Standard input cannot be the context and the Dockerfile',
    hint: 'Give one of them by its path. A lone - takes either: an archive is a context, all else a Dockerfile.',
  });
}

function twoDockerfiles(): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'TWO_DOCKERFILES',
    message: 'There is a Dockerfile on standard input and one that -f names',
    hint: 'With - as the context, -f names a path in the archive on standard input, and there is no archive.',
  });
}
