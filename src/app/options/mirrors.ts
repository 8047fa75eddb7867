import { canonicalHost } from '../../registry/host.ts';
import { badInput } from './problems.ts';

/** Where images of a registry are looked for first. */
export interface RegistryMirror {
  /** As in references: `docker.io`. */
  readonly registry: string;
  /** `host[:port][/prefix]`. */
  readonly mirror: string;
  /** Plain HTTP or any certificate will do. */
  readonly insecure: boolean;
}

const HOST = '(?:[\\w.-]+|\\[[0-9a-f:]+\\])(?::\\d+)?';
const REGISTRY = new RegExp(`^${HOST}$`, 'i');
const MIRROR = new RegExp(`^(https?://)?(${HOST}(?:/[a-z0-9._/-]+?)?)/*$`, 'i');
const FORM = 'Write MIRROR for Docker Hub, or REGISTRY=MIRROR: docker.io=mirror.example.com/hub.';

/**
 * `REGISTRY=MIRROR`, or a mirror of Docker Hub alone, as dockerd has it. `http://` before a mirror lets it do without TLS.
 * @throws BuildError `BAD_INPUT`
 */
export function parseMirror(text: string): RegistryMirror {
  const equals = text.indexOf('=');
  const registry = equals === -1 ? 'docker.io' : text.slice(0, equals).trim();
  const [, scheme, mirror] = MIRROR.exec(text.slice(equals + 1).trim()) ?? [];
  if (!REGISTRY.test(registry)) throw badInput(`"${registry}" is no name of a registry`, FORM);
  if (mirror === undefined) throw badInput('a mirror is no host with a path', FORM);
  return { registry: canonicalHost(registry), mirror, insecure: scheme?.toLowerCase() === 'http://' };
}

/** The mirrors of each registry, in their order. */
export function mirrorsByRegistry(
  mirrors: readonly RegistryMirror[],
): Readonly<Record<string, readonly string[]>> {
  const registries = [...new Set(mirrors.map(({ registry }) => registry))];
  return Object.fromEntries(
    registries.map((name) => [
      name,
      mirrors.filter(({ registry }) => registry === name).map(({ mirror }) => mirror),
    ]),
  );
}

/** Hosts of mirrors that may do without TLS. */
export function insecureMirrors(mirrors: readonly RegistryMirror[]): readonly string[] {
  return mirrors.flatMap(({ mirror, insecure }) => (insecure ? [mirror.split('/')[0] ?? mirror] : []));
}
