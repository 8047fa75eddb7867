import { homedir } from 'node:os';
import { join } from 'node:path';
import { makeStateFolder } from '../base/make-folder.ts';
import { takeLease } from '../cache/backends/local/lease.ts';
import { embeddedEngine } from '../engine/embedded/build.ts';
import type { EngineDependencies } from '../engine/embedded/dependencies.ts';
import type { Engine } from '../engine/engine.ts';
import { layerIndexStore } from '../image/layer/index-store.ts';
import { formatPlatform, hostPlatform } from '../image/platform.ts';
import { ociLayoutStore } from '../image/store/oci-layout.ts';
import type { CredentialSource } from '../registry/credential-source.ts';
import { credentialChain } from '../registry/credentials/chain.ts';
import { dockerConfigCredentials } from '../registry/credentials/docker-config.ts';
import { knownCredentials } from '../registry/credentials/known.ts';
import { createRegistry } from '../registry/http/client.ts';
import { withLayouts } from '../registry/layout/layout-registry.ts';
import { mirroredRegistry } from '../registry/mirrors/mirrored-registry.ts';
import type { Registry } from '../registry/registry.ts';
import { findEmulation } from '../worker/probe/emulation.ts';
import { localTree } from '../worker/source/local.ts';
import { openDownload, openRepository } from '../worker/source/remote.ts';
import type { BuildOptions } from './build-options.ts';
import { openCaches } from './caches/open-caches.ts';
import { ContextDigests } from './contexts/context-digests.ts';
import { remoteAccess } from './contexts/remote-access.ts';
import { defined, exportersFor } from './exporters.ts';
import { tidyFolders } from './held/tidy.ts';
import type { CachePlace } from './options/cache-spec.ts';
import type { Login } from './options/credentials.ts';
import { insecureMirrors, mirrorsByRegistry } from './options/mirrors.ts';
import { insecureHosts } from './options/outputs.ts';
import { workerFor } from './worker.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface Outside {
  readonly environment: Environment;
  readonly onNotice: (message: string) => void;
  /** Once it is aborted, nothing is done any more that can be left. */
  readonly signal?: AbortSignal;
  /** Scopes of the Actions cache with entries whose keys begin so; to explain misses. */
  readonly listCacheRefs?: (keyPrefix: string) => Promise<readonly string[]>;
  /** The state folder goes away with the job. */
  readonly temporaryState?: boolean;
  /** Standard output, for outputs to `-`. */
  readonly stdout: NodeJS.WritableStream;
}

export interface Composed extends AsyncDisposable {
  readonly engine: Engine;
  readonly dependencies: EngineDependencies;
}

/** The one place where implementations are picked (but for the worker's, see worker.ts: the post step needs nothing else). */
export async function compose(options: BuildOptions, outside: Outside): Promise<Composed> {
  const { stateDir } = options;
  makeStateFolder(stateDir);
  const leases = [await takeLease(stateDir)];
  const store = ociLayoutStore(join(stateDir, 'content'));
  const client = registryFor(options, outside);
  const registry = withLayouts(client, layoutsOf(options));
  // Of images alone: a cache that a mirror keeps is an old one, and what a mirror has is not in the registry that is pushed to.
  const mirrored = mirroredRegistry(registry, {
    mirrors: mirrorsByRegistry(options.mirrors),
    onNotice: outside.onNotice,
  });
  const digests = new ContextDigests(join(stateDir, 'digests'));
  const access = remoteAccess(options, outside.environment);
  const dependencies: EngineDependencies = {
    registry: mirrored,
    store,
    indexes: layerIndexStore(join(stateDir, 'indexes')),
    openCaches: () => openCaches({ ...options, ...outside, store, registry, leases }),
    sharesCaches: options.cache.enabled && options.cache.from.length > 0,
    ...(options.cacheMounts === undefined ? {} : { cacheMounts: options.cacheMounts }),
    startWorker: workerFor({ stateDir, isolation: options.isolation, onNotice: outside.onNotice }),
    openContext: async (source, name, includes, signal) => {
      if (source.kind === 'tree') return source.tree;
      if (source.kind === 'empty') return emptyTree(name);
      const known = outside.temporaryState === true ? undefined : await digests.of(source.path);
      return localTree({
        name,
        root: source.path,
        includes,
        signal,
        ...(known === undefined ? {} : { known }),
      });
    },
    openRemote: async (op, signal) =>
      op.kind === 'http'
        ? openDownload(op, { ...access, environment: {}, signal })
        : openRepository(op, { ...access, environment: await access.gitEnvironment(op.url), signal }),
    emulationFor: emulations(),
    agentSocket: (id) => access.agents.of(id),
    exporters: exportersFor(options, { ...outside, registry }),
  };
  return {
    engine: embeddedEngine(dependencies),
    dependencies,
    async [Symbol.asyncDispose]() {
      access[Symbol.dispose]();
      await digests.save();
      await client[Symbol.asyncDispose]?.();
      for (const lease of leases) await lease[Symbol.asyncDispose]();
      if (outside.signal?.aborted !== true)
        await tidyFolders(options, outside.temporaryState === true, outside.onNotice);
    },
  };
}

function registryFor(
  options: BuildOptions,
  { environment, onNotice }: Outside,
): Registry & Partial<AsyncDisposable> {
  return createRegistry({
    credentials: credentialChain(credentialSources(options.logins, environment)),
    insecureHosts: [
      ...insecureHosts(options.outputs, options.tags),
      ...insecureMirrors(options.mirrors),
      ...[...options.cache.from, ...options.cache.to].flatMap(({ place }) => insecureHostOf(place)),
    ],
    userAgent: 'ts-image-build',
    proxyEnv: environment,
    onNotice,
  });
}

/** Given logins first, then DOCKER_AUTH_CONFIG, then the configuration file, as the docker client has it. */
function credentialSources(logins: readonly Login[], environment: Environment): readonly CredentialSource[] {
  const env = defined(environment);
  const folder = environment['DOCKER_CONFIG'] || join(environment['HOME'] || homedir(), '.docker');
  const text = environment['DOCKER_AUTH_CONFIG'];
  return [
    knownCredentials(logins, 'the logins given to this build'),
    ...(text === undefined || text === ''
      ? []
      : [dockerConfigCredentials({ config: { text, origin: 'DOCKER_AUTH_CONFIG' }, env })]),
    dockerConfigCredentials({ config: { file: join(folder, 'config.json') }, env }),
  ];
}

/** Each platform is looked at once. */
function emulations(): EngineDependencies['emulationFor'] {
  const machine = hostPlatform(process.platform, process.arch);
  const found = new Map<string, ReturnType<typeof findEmulation>>();
  return (platform) => {
    const name = formatPlatform(platform);
    const emulation = found.get(name) ?? findEmulation(platform, machine);
    found.set(name, emulation);
    return emulation;
  };
}

function layoutsOf({ namedContexts }: BuildOptions): readonly string[] {
  return Object.values(namedContexts).flatMap((source) =>
    source.kind === 'image' && source.layout !== undefined ? [source.layout] : [],
  );
}

function insecureHostOf(place: CachePlace): readonly string[] {
  return place.type === 'registry' && place.insecure ? [place.reference.host] : [];
}

function emptyTree(name: string): Awaited<ReturnType<EngineDependencies['openContext']>> {
  return {
    name,
    lookup: () => Promise.resolve(undefined),
    list: () => Promise.resolve([]),
    async *read() {
      // Nothing can be looked up in it, so nothing is ever asked for.
    },
  };
}
