import type { FileTree } from '../image/file-tree.ts';
import type { Descriptor, Image, Layer, Platform, RawBlob } from '../image/types.ts';

/** Gives a layer's stored bytes, fetching them only when asked. */
export interface LayerContent {
  /** Compressed bytes, digest checked. */
  open(layer: Layer): Promise<AsyncIterable<Uint8Array>>;
}

/** One platform's image, ready to be written: the raw bytes decide the digests. */
export interface ExportImage {
  readonly image: Image;
  readonly config: RawBlob;
  readonly manifest: RawBlob;
}

export interface ExportRequest {
  readonly images: readonly ExportImage[];
  /** Set when the result is an index. */
  readonly index?: RawBlob;
  readonly content: LayerContent;
  /** The files of an image, where they are known already; exporters of files read the layers otherwise. */
  readonly tree?: (image: Image) => Promise<FileTree>;
  /** Normalised references with a tag, e.g. `docker.io/library/app:1`. */
  readonly references: readonly string[];
  readonly signal?: AbortSignal;
  /** One line of progress. */
  readonly onProgress?: (message: string) => void;
}

export interface ExportOutcome {
  /** What was written: manifest or index. */
  readonly descriptor?: Descriptor;
  /** Where, as shown: references pushed, or a path. */
  readonly locations: readonly string[];
  /** References that were pushed. */
  readonly references?: readonly string[];
  /** Those of them that had this image before. */
  readonly unchanged?: readonly string[];
  /** Targets that failed where others did not, and that was allowed. */
  readonly failures?: readonly { readonly location: string; readonly error: unknown }[];
  /** Bytes sent, bytes that were there already or mounted. */
  readonly bytesSent: number;
  readonly bytesSkipped: number;
}

/**
 * SEAM. Writes a finished build somewhere. Nothing refers to an incomplete result: blobs before manifests, manifests before tags, a file
 * under a temporary name until it is whole.
 */
export interface Exporter {
  readonly type: 'registry' | 'oci' | 'docker' | 'local' | 'tar';
  /** As shown in the log, e.g. `push to ghcr.io/o/app:1`. */
  readonly description: string;
  /**
   * Finds out before the build what would fail after it (destination not writable, no credentials).
   * @param platforms of the images that there will be
   */
  check?(signal?: AbortSignal, platforms?: readonly Platform[]): Promise<void>;
  export(request: ExportRequest): Promise<ExportOutcome>;
}
