import type { Repository } from '../../image/types.ts';
import { RegistryError } from '../errors.ts';
import { canonicalHost } from '../host.ts';
import type { Registry } from '../registry.ts';

export interface MirrorOptions {
  /** Host as in references to its mirrors, `host[:port][/prefix]`, the first one asked first. */
  readonly mirrors: Readonly<Record<string, readonly string[]>>;
  /** One line of reason when a mirror is passed over. */
  readonly onNotice?: ((message: string) => void) | undefined;
}

/**
 * Reads through mirrors, as Docker's `registry-mirrors` does for Docker Hub: what a mirror does not have or does not give comes from the
 * next one, at last from the registry itself. Digests are checked as ever, but a mirror's tags may be old. Pushes go to the registry.
 */
export function mirroredRegistry(registry: Registry, options: MirrorOptions): Registry {
  const mirrors = new Mirrors(options);
  return {
    manifest: (repository, ...rest) => mirrors.read(repository, (from) => registry.manifest(from, ...rest)),
    blob: (repository, ...rest) => mirrors.read(repository, (from) => registry.blob(from, ...rest)),
    resolve: (repository, ...rest) => mirrors.read(repository, (from) => registry.resolve(from, ...rest)),
    hasBlob: async (repository, ...rest) => {
      const has = async (from: Repository) => (await registry.hasBlob(from, ...rest)) || undefined;
      return (await mirrors.read(repository, has)) ?? false;
    },
    pushBlob: (...args) => registry.pushBlob(...args),
    putManifest: (...args) => registry.putManifest(...args),
    tags: (...args) => registry.tags(...args),
    ...(registry.checkPush === undefined ? {} : { checkPush: registry.checkPush.bind(registry) }),
    ...(registry.expectPush === undefined ? {} : { expectPush: registry.expectPush.bind(registry) }),
  };
}

class Mirrors {
  readonly #options: MirrorOptions;
  readonly #byHost: ReadonlyMap<string, readonly string[]>;
  /** Not asked again: each try would wait for its timeouts. */
  readonly #down = new Set<string>();
  /** Mirrors and why they were passed over: most do so for everything that they are asked. */
  readonly #told = new Set<string>();

  constructor(options: MirrorOptions) {
    this.#options = options;
    this.#byHost = new Map(
      Object.entries(options.mirrors).map(([host, mirrors]) => [canonicalHost(host), mirrors]),
    );
  }

  /** The first success that is not undefined; what the registry itself answers when there is none. */
  async read<T>(repository: Repository, work: (from: Repository) => Promise<T>): Promise<T> {
    const found = await this.#fromMirrors(repository, work);
    return found === undefined ? work(repository) : found.value;
  }

  async #fromMirrors<T>(
    repository: Repository,
    work: (from: Repository) => Promise<T>,
  ): Promise<{ readonly value: T } | undefined> {
    for (const mirror of this.#byHost.get(canonicalHost(repository.host)) ?? []) {
      if (this.#down.has(mirror)) continue;
      try {
        const value = await work(behind(mirror, repository));
        if (value !== undefined) return { value };
      } catch (error) {
        if (!(error instanceof RegistryError)) throw error;
        this.#passOver(mirror, error);
      }
    }
    return undefined;
  }

  #passOver(mirror: string, error: RegistryError): void {
    if (error.code === 'NOT_FOUND') return;
    if (error.code === 'REGISTRY_UNREACHABLE') this.#down.add(mirror);
    const reason = `${mirror} ${error.code}`;
    if (this.#told.has(reason)) return;
    this.#told.add(reason);
    this.#options.onNotice?.(`mirror ${mirror} is passed over: ${error.message}`);
  }
}

function behind(mirror: string, repository: Repository): Repository {
  const slash = mirror.indexOf('/');
  if (slash === -1) return { host: mirror, path: repository.path };
  const prefix = mirror.slice(slash + 1).replace(/\/+$/, '');
  return {
    host: mirror.slice(0, slash),
    path: prefix === '' ? repository.path : `${prefix}/${repository.path}`,
  };
}
