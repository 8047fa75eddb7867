import type { DiffId, Digest } from './digest.ts';

/** OCI image-spec 1.1, descriptor.md. `size` in bytes. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly size: number;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly platform?: Platform;
  readonly artifactType?: string;
}

/** OCI image-spec 1.1, image-index.md "platform". */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
  readonly 'os.version'?: string;
}

/** Docker's health check (not in OCI, kept by every builder). Durations in nanoseconds. */
export interface Healthcheck {
  readonly Test?: readonly string[];
  readonly Interval?: number;
  readonly Timeout?: number;
  readonly StartPeriod?: number;
  readonly StartInterval?: number;
  readonly Retries?: number;
}

/** The `config` object of an image config (OCI image-spec 1.1, config.md) with Docker's extensions. */
export interface ContainerConfig {
  readonly User?: string;
  readonly ExposedPorts?: Readonly<Record<string, object>>;
  readonly Env?: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly Volumes?: Readonly<Record<string, object>>;
  readonly WorkingDir?: string;
  readonly Labels?: Readonly<Record<string, string>>;
  readonly StopSignal?: string;
  readonly ArgsEscaped?: boolean;
  readonly Healthcheck?: Healthcheck;
  readonly OnBuild?: readonly string[];
  readonly Shell?: readonly string[];
}

export interface HistoryEntry {
  readonly created?: string;
  readonly created_by?: string;
  readonly author?: string;
  readonly comment?: string;
  readonly empty_layer?: boolean;
}

/** OCI image-spec 1.1, config.md. Fields that we do not know are kept as they came. */
export interface ImageConfig extends Platform {
  readonly created?: string;
  readonly author?: string;
  readonly config: ContainerConfig;
  readonly rootfs: { readonly type: 'layers'; readonly diff_ids: readonly DiffId[] };
  readonly history: readonly HistoryEntry[];
}

/** A repository in a registry, e.g. host `docker.io`, path `library/debian`. */
export interface Repository {
  readonly host: string;
  readonly path: string;
}

/** A layer whose bytes need not be here: `sources` names repositories that hold the blob. */
export interface Layer {
  readonly descriptor: Descriptor;
  readonly diffId: DiffId;
  readonly sources: readonly Repository[];
}

/** An image of one platform. Immutable; the same length of `layers` and `config.rootfs.diff_ids`, base first. */
export interface Image {
  readonly platform: Platform;
  readonly config: ImageConfig;
  readonly layers: readonly Layer[];
  /** Manifest annotations. */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A manifest, config or index as stored: the digest is of exactly these bytes. */
export interface RawBlob {
  readonly descriptor: Descriptor;
  readonly bytes: Uint8Array;
}
