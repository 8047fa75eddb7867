import type { Severity } from '../dockerfile/diagnostic.ts';
import type { BuildRequest, NamedContextSource } from '../engine/engine.ts';
import type { OutputSpec } from '../export/spec.ts';
import type { Platform } from '../image/types.ts';
import type { Rung } from '../worker/worker.ts';
import type { ShellcheckMode } from './lint/shellcheck.ts';
import type { CacheOptions } from './options/cache-options.ts';
import type { ContextToken } from './options/context-token.ts';
import type { Login } from './options/credentials.ts';
import type { RegistryMirror } from './options/mirrors.ts';
import type { SshAgentSource } from './options/ssh.ts';

/** What a build was asked for, from either frontend: every value read and checked for itself, nothing looked up yet. */
export interface BuildOptions {
  /** A folder, a Git repository, the address of an archive or a Dockerfile, or `-`: one of these on standard input. */
  readonly context: string;
  /** Path of the Dockerfile, `-` for standard input; default `Dockerfile` in the context. */
  readonly file?: string;
  readonly target?: string;
  /** Empty: this machine's. */
  readonly platforms: readonly Platform[];
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: BuildRequest['annotations'];
  readonly namedContexts: Readonly<Record<string, NamedContextSource>>;
  readonly secrets: Readonly<Record<string, Uint8Array>>;
  /** Goes behind the secrets that are for Git. */
  readonly contextToken?: ContextToken;
  /** SSH agents for RUN --mount=type=ssh, by id; `default` also serves Git over SSH. */
  readonly ssh: Readonly<Record<string, SshAgentSource>>;
  readonly addHosts: BuildRequest['addHosts'];
  readonly network: BuildRequest['network'];
  readonly allow: BuildRequest['allow'];
  readonly shmSize?: number;
  readonly ulimits: BuildRequest['ulimits'];
  readonly noCache: BuildRequest['noCache'];
  /** Normalised. */
  readonly tags: readonly string[];
  /** `push` and `load` among them. */
  readonly outputs: readonly OutputSpec[];
  readonly logins: readonly Login[];
  readonly mirrors: readonly RegistryMirror[];
  readonly compression: BuildRequest['compression'];
  /** Seconds since 1970. */
  readonly sourceDateEpoch?: number;
  readonly lint: {
    readonly enabled: boolean;
    /** undefined: as the configuration file says, else `warning`. */
    readonly failOn?: Severity | 'none';
    readonly shellcheck: ShellcheckMode;
    readonly ignore: readonly string[];
    /** Path of a configuration file; default: hadolint's search places. */
    readonly config?: string;
    /** Path of a file with findings that are not told. */
    readonly baseline?: string;
  };
  readonly cache: CacheOptions;
  /** Build twice and compare before anything is exported. */
  readonly verifyReproducible: boolean;
  /** Caches keep the folders of RUN --mount=type=cache; `limit`: bytes of one. undefined: they do not. */
  readonly cacheMounts?: { readonly limit: number };
  readonly isolation: 'auto' | Rung;
  readonly stateDir: string;
  readonly jobs: number;
}
