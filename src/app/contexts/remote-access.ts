import { join } from 'node:path';
import type { ContentStore } from '../../image/content-store.ts';
import { ociLayoutStore } from '../../image/store/oci-layout.ts';
import { createTransport } from '../../registry/http/transport.ts';
import type { HttpGet } from '../../worker/source/http.ts';
import type { BuildOptions } from '../build-options.ts';
import { gitAuthorization, httpAuthorization } from './authorization.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What fetching from the web and from Git repositories needs. Disposing of it closes the connections. */
export interface RemoteAccess extends Disposable {
  readonly store: ContentStore;
  readonly get: HttpGet;
  /** Git repositories are checked out below. */
  readonly folder: string;
  /** What git and ssh may see besides PATH. */
  readonly environment: Readonly<Record<string, string>>;
  readonly httpAuthorization: (host: string) => string | undefined;
  readonly gitAuthorization: (remote: string) => string | undefined;
}

export function remoteAccess(
  { stateDir, secrets }: Pick<BuildOptions, 'stateDir' | 'secrets'>,
  environment: Environment,
): RemoteAccess {
  const transport = createTransport({ userAgent: 'ts-image-build', proxyEnv: environment });
  return {
    store: ociLayoutStore(join(stateDir, 'content')),
    get: transport.send,
    folder: stateDir,
    environment: gitEnvironment(environment),
    httpAuthorization: (host) => httpAuthorization(secrets, host),
    gitAuthorization: (remote) => gitAuthorization(secrets, remote),
    [Symbol.dispose]: () => transport.close(),
  };
}

/** What git and ssh have to know of the user and the way out. */
function gitEnvironment(environment: Environment): Readonly<Record<string, string>> {
  const names = ['HOME', 'SSH_AUTH_SOCK', 'SSL_CERT_FILE', 'SSL_CERT_DIR'];
  const proxies = ['http_proxy', 'https_proxy', 'no_proxy', 'all_proxy'];
  const known = [...names, ...proxies, ...proxies.map((name) => name.toUpperCase())];
  return Object.fromEntries(
    known.flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
