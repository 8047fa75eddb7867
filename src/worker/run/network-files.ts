import { readFile } from 'node:fs/promises';

/** As Docker falls back to when the machine has no resolv.conf of its own. */
const PUBLIC_RESOLVERS = 'nameserver 8.8.8.8\nnameserver 8.8.4.4\n';

/** Steps share the machine's network, its loopback interface too, so its own resolvers work as they are. */
export async function resolvConf(): Promise<string> {
  return await readFile('/etc/resolv.conf', 'utf8').catch(() => PUBLIC_RESOLVERS);
}

export function hostsFile(
  hostname: string,
  extra: readonly { readonly name: string; readonly ip: string }[],
): string {
  const lines = [
    `127.0.0.1\tlocalhost ${hostname}`,
    '::1\tlocalhost ip6-localhost ip6-loopback',
    ...extra.map(({ name, ip }) => `${ip}\t${name}`),
  ];
  return `${lines.join('\n')}\n`;
}
