import type { BuildError, SourceRange } from '../base/errors.ts';
import type { CacheReport } from '../cache/build-cache.ts';
import type { Diagnostic, Severity } from '../dockerfile/diagnostic.ts';
import type { LintConfig } from '../dockerfile/lint/config.ts';
import type { ExportOutcome, LayerContent } from '../export/exporter.ts';
import type { KeyPart } from '../image/cache-key.ts';
import type { DiffId, Digest } from '../image/digest.ts';
import type { FileTree } from '../image/file-tree.ts';
import type { PlacedAnnotation } from '../image/placed-annotation.ts';
import type { Descriptor, Image, Platform } from '../image/types.ts';

/** Files that are there: nothing has to be fetched for them. */
export type ContextSource =
  | { readonly kind: 'folder'; readonly path: string; readonly ignore?: IgnoreFile }
  /** A checkout, an archive, a download. */
  | { readonly kind: 'tree'; readonly tree: FileTree }
  | { readonly kind: 'empty' };

/** What may stand in for a stage or an image. Only what a build uses of it is fetched. */
export type NamedContextSource =
  | Exclude<ContextSource, { readonly kind: 'tree' }>
  /** `layout`: the OCI layout folder that has it, absolute; else it is in a registry. */
  | { readonly kind: 'image'; readonly reference: string; readonly layout?: string }
  /** Any form that parseGitReference reads. */
  | { readonly kind: 'git'; readonly url: string }
  /** One file, named `context`. */
  | { readonly kind: 'http'; readonly url: string };

/** An ignore file's text and the name that messages use. */
export interface IgnoreFile {
  readonly path: string;
  readonly text: string;
}

/** Times that an image tells, in seconds since 1970. */
export interface BuildEpoch {
  /** What new files and layers get. */
  readonly seconds: number;
  /** Files with later times count as made by this build and get `seconds`. */
  readonly clampAfter: number;
  /** SOURCE_DATE_EPOCH: no new layer tells a later time, not even a cached one. */
  readonly fixed: boolean;
}

/** `network.host` is granted to every step: they share the machine's network on all rungs of isolation. */
export type Entitlement = 'network.host' | 'security.insecure';

/** Complete and checked: no defaults and no environment below this line. */
export interface BuildRequest {
  readonly context: ContextSource;
  /** Text and the name that messages use. */
  readonly dockerfile: { readonly path: string; readonly text: string };
  /** Tells this Dockerfile from others that keep their results in the same caches: a miss is compared with the last record of its own step. */
  readonly place?: string;
  /** The main context's, if there is one. */
  readonly ignore?: IgnoreFile;
  readonly namedContexts: Readonly<Record<string, NamedContextSource>>;
  readonly target?: string;
  /** Empty: this machine's. */
  readonly platforms: readonly Platform[];
  readonly buildPlatform: Platform;
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** Those of an index are left out with a notice where there is only one image. */
  readonly annotations: readonly PlacedAnnotation[];
  /** Values never leave main except for a RUN that mounts them. */
  readonly secrets: Readonly<Record<string, Uint8Array>>;
  /** Ids of the SSH agents that RUN --mount=type=ssh may ask for. */
  readonly sshAgents: readonly string[];
  readonly addHosts: readonly { readonly name: string; readonly ip: string }[];
  readonly network: 'default' | 'none' | 'host';
  /** What steps may have when they ask for it. */
  readonly allow: readonly Entitlement[];
  readonly shmSize?: number;
  readonly ulimits: readonly { readonly name: string; readonly soft: number; readonly hard: number }[];
  /** true: no step; or the stages named. */
  readonly noCache: boolean | readonly string[];
  /** Normalised references with a tag. */
  readonly references: readonly string[];
  readonly compression: { readonly type: 'gzip' | 'zstd'; readonly level?: number };
  /** The manifests tell which steps made the layers, so that the images serve as caches. */
  readonly inlineCache?: boolean;
  readonly epoch: BuildEpoch;
  /** With a fixed epoch: no layer of a cache is taken that has a file newer than it, as if it had been made in this build. */
  readonly rewriteTimes?: boolean;
  /** What SOURCE_DATE_EPOCH=context means, seconds since 1970; absent: nothing, as the context is a folder of this machine. */
  readonly contextTime?: number;
  /** When the build began, in seconds since 1970; only for records, never in an image. */
  readonly now: number;
  readonly lint: {
    readonly enabled: boolean;
    readonly failOn: Severity | 'none';
    readonly config: LintConfig;
  };
  /** Steps at the same time. */
  readonly jobs: number;
}

export type StepOutcome =
  /** `by` content: the step or one below it is defined in another way, but what it reads came out as it was before. */
  | { readonly type: 'cached'; readonly from: string; readonly by?: 'content' }
  | { readonly type: 'done'; readonly miss: string }
  | { readonly type: 'failed'; readonly error: BuildError }
  /** Not needed, since all that reads it was cached. */
  | { readonly type: 'skipped' };

export interface StepReport {
  readonly id: string;
  readonly name: string;
  readonly at?: SourceRange;
  readonly outcome: StepOutcome;
  /** Milliseconds since the build began. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** Bytes of the layer, uncompressed and as stored. */
  readonly size?: { readonly uncompressed?: number; readonly stored: number };
  /** Of the layer that it made or that a cache had for it. */
  readonly diffId?: DiffId;
  readonly keyParts: readonly KeyPart[];
}

/** What became of the folder of a RUN --mount=type=cache that a step of this build had. Sizes in bytes. */
export interface MountReport {
  readonly id: string;
  readonly platform: string;
  readonly restored: /** `size` as downloaded; `savedAt` in milliseconds since 1970. */
    | { readonly type: 'restored'; readonly from: string; readonly size: number; readonly savedAt: number }
    /** It was on this machine. */
    | { readonly type: 'present' }
    /** No cache has it. */
    | { readonly type: 'new' }
    | { readonly type: 'too-big'; readonly size: number; readonly limit: number }
    | { readonly type: 'not-restored'; readonly reason: string };
  readonly saved: /** `size` as uploaded. */
    | { readonly type: 'saved'; readonly to: readonly string[]; readonly size: number }
    | { readonly type: 'unchanged' }
    /** There is nothing in it. */
    | { readonly type: 'empty' }
    | { readonly type: 'too-big'; readonly size: number; readonly limit: number }
    | { readonly type: 'not-saved'; readonly reason: string };
}

export type BuildEvent =
  | { readonly type: 'diagnostic'; readonly diagnostic: Diagnostic }
  | { readonly type: 'step-started'; readonly id: string; readonly name: string; readonly at?: SourceRange }
  | {
      readonly type: 'step-output';
      readonly id: string;
      readonly text: string;
      readonly stream: 'stdout' | 'stderr';
    }
  | { readonly type: 'step-ended'; readonly step: StepReport }
  /** One line of reason: fallback, rung, credential used, cache skipped. */
  | { readonly type: 'notice'; readonly message: string }
  | { readonly type: 'progress'; readonly message: string }
  /** At the end. */
  | { readonly type: 'cache-mount'; readonly mount: MountReport };

export interface BuildResult {
  /** Of the manifest or index. */
  readonly digest: Digest;
  readonly descriptor: Descriptor;
  /** Digest of the config of the first platform: docker's image ID. */
  readonly imageId: Digest;
  readonly images: readonly { readonly image: Image; readonly descriptor: Descriptor }[];
  readonly exports: readonly ExportOutcome[];
  readonly references: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  readonly steps: readonly StepReport[];
  readonly caches: readonly CacheReport[];
  readonly mounts: readonly MountReport[];
  /** Milliseconds. */
  readonly duration: number;
}

/** An image that is made, before any of it has left. */
export interface BuiltImage extends Pick<BuildResult, 'digest' | 'imageId' | 'images' | 'steps'> {
  readonly content: LayerContent;
}

/** SEAM. One request in, one result out. */
export interface Engine {
  readonly name: 'embedded';
  /**
   * @throws BuildError; `LINT_FAILED` before any work when a finding reaches `lint.failOn`, `RUN_FAILED` with the Dockerfile's line, …
   */
  build(
    request: BuildRequest,
    options: {
      readonly signal?: AbortSignal;
      readonly onEvent: (event: BuildEvent) => void;
      /** Asked after each piece of a step's output: the step has to wait for it when it prints more. */
      readonly drained?: () => Promise<void> | undefined;
      /** What it throws ends the build, and nothing is exported. Called again when the build had to start again. */
      readonly beforeExport?: (built: BuiltImage) => Promise<void>;
    },
  ): Promise<BuildResult>;
}
