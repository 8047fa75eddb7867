import { parseGitReference } from '../../plan/git-reference.ts';
import { gitSource } from '../../plan/lower-copy.ts';

/** A token for one Git repository and the others of its server that are its submodules. */
export interface ContextToken {
  /** Address of the repository, without what follows # and ?. */
  readonly remote: string;
  readonly token: string;
}

/**
 * The job's token for a context that is a repository of the job's own server, as docker/build-push-action hands it over for its default
 * context. It is no secret of the build, so no step can mount it.
 * @param server GITHUB_SERVER_URL
 */
export function contextToken(context: string, token: string, server: string): ContextToken | undefined {
  const remote = remoteOf(context);
  if (token === '' || remote === undefined) return undefined;
  const [url, own] = [URL.parse(remote), URL.parse(server)];
  if (url === null || own === null || !/^https?:$/.test(url.protocol) || url.origin !== own.origin)
    return undefined;
  return { remote, token };
}

/** What is wrong with an address is told when the context is opened. */
function remoteOf(context: string): string | undefined {
  try {
    const reference = parseGitReference(context);
    return reference === undefined ? undefined : gitSource(reference).url;
  } catch {
    return undefined;
  }
}
