import type { CredentialSource } from '../credential-source.ts';

export interface RegistryOptions {
  readonly credentials: CredentialSource;
  /** Hosts (`host[:port]`) that may speak plain HTTP or show any certificate. Loopback always may. */
  readonly insecureHosts?: readonly string[] | undefined;
  readonly userAgent?: string | undefined;
  /** HTTP_PROXY, HTTPS_PROXY and NO_PROXY (any case), as in the environment. */
  readonly proxyEnv?: Readonly<Record<string, string | undefined>> | undefined;
  /** PEM certificates trusted besides the built-in ones. */
  readonly ca?: readonly string[] | undefined;
  /** Milliseconds without a byte in either direction until a request is given up. Default 180,000. */
  readonly idleTimeout?: number | undefined;
  /** Attempts in all (default 5) and milliseconds before the second one (default 500). */
  readonly retry?: { readonly attempts?: number; readonly firstDelay?: number } | undefined;
  /** One line of reason: credentials used, a retry. */
  readonly onNotice?: ((message: string) => void) | undefined;
}
