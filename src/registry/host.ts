/** The names by which Docker Hub is known. Its API is at the last one (docker.io itself serves a web site). */
const DOCKER_HUB: ReadonlySet<string> = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io']);

/** One name for each registry, as in references: `docker.io` for Docker Hub, lower case. */
export function canonicalHost(host: string): string {
  const lower = host.toLowerCase();
  return DOCKER_HUB.has(lower) ? 'docker.io' : lower;
}

/** Where the registry's API is, `host[:port]`. */
export function apiHost(host: string): string {
  const canonical = canonicalHost(host);
  return canonical === 'docker.io' ? 'registry-1.docker.io' : canonical;
}

export function sameHost(one: string, other: string): boolean {
  return canonicalHost(one) === canonicalHost(other);
}

/** True for `localhost` and names below it (RFC 6761, 6.3), 127.0.0.0/8 and [::1], with or without a port: traffic that does not leave the machine. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(name)
  );
}
