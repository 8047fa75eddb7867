import { join } from 'node:path';
import type { ContentStore } from '../../image/content-store.ts';
import { ociLayoutStore } from '../../image/store/oci-layout.ts';
import { createTransport } from '../../registry/http/transport.ts';
import type { HttpGet } from '../../worker/source/http.ts';
import type { BuildOptions } from '../build-options.ts';
import { AgentSockets } from '../ssh/agent-sockets.ts';
import { gitAuthorization, httpAuthorization } from './authorization.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What fetching from the web and from Git repositories needs. Disposing of it closes the connections. */
export interface RemoteAccess extends Disposable {
  readonly store: ContentStore;
  readonly get: HttpGet;
  /** Git repositories are checked out below. */
  readonly folder: string;
  /** What git and ssh may see besides PATH when they fetch from this remote. */
  readonly gitEnvironment: (remote: string) => Promise<Readonly<Record<string, string>>>;
  /** Agents that were given. */
  readonly agents: AgentSockets;
  readonly httpAuthorization: (host: string) => string | undefined;
  readonly gitAuthorization: (remote: string) => string | undefined;
}

export function remoteAccess(
  {
    stateDir,
    secrets,
    contextToken,
    ssh,
  }: Pick<BuildOptions, 'stateDir' | 'secrets' | 'contextToken' | 'ssh'>,
  environment: Environment,
): RemoteAccess {
  const transport = createTransport({ userAgent: 'ts-image-build', proxyEnv: environment });
  const agents = new AgentSockets(ssh);
  return {
    agents,
    store: ociLayoutStore(join(stateDir, 'content')),
    get: transport.send,
    folder: stateDir,
    gitEnvironment: async (remote) => ({
      ...gitEnvironment(environment),
      // As docker has it: the agent called default is for Git, too.
      ...(agents.has('default') && overSsh(remote) ? { SSH_AUTH_SOCK: await agents.of('default') } : {}),
    }),
    httpAuthorization: (host) => httpAuthorization(secrets, host),
    gitAuthorization: (remote) => gitAuthorization(secrets, remote, contextToken),
    [Symbol.dispose]: () => {
      transport.close();
      agents[Symbol.dispose]();
    },
  };
}

/** `ssh://…` or `user@host:path`. */
function overSsh(remote: string): boolean {
  return !/^(?:https?|git):\/\//i.test(remote);
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
