import { gzipSync } from 'node:zlib';
import { digestOf, parseDiffId } from '../../src/image/digest.ts';
import { MediaType } from '../../src/image/media-types.ts';
import type { Descriptor, Image, ImageConfig, Layer, Platform, RawBlob } from '../../src/image/types.ts';

/** An image that is whole: its parts have the digests that it says. */
export interface SampleImage {
  readonly image: Image;
  readonly config: RawBlob;
  readonly manifest: RawBlob;
  /** Stored bytes by digest. */
  readonly blobs: ReadonlyMap<string, Buffer>;
}

export interface SampleOptions {
  readonly platform?: Platform;
  /** Uncompressed tars, base first. */
  readonly tars: readonly Buffer[];
  readonly docker?: boolean;
  readonly config?: Partial<ImageConfig['config']>;
}

export function sampleImage(options: SampleOptions): SampleImage {
  const platform = options.platform ?? { os: 'linux', architecture: 'amd64' };
  const docker = options.docker === true;
  const blobs = new Map<string, Buffer>();
  const layers = options.tars.map((tar): Layer => {
    const bytes = gzipSync(tar);
    blobs.set(digestOf(bytes), bytes);
    const mediaType = docker ? MediaType.dockerLayerGzip : MediaType.ociLayerGzip;
    return {
      descriptor: { mediaType, digest: digestOf(bytes), size: bytes.length },
      diffId: parseDiffId(digestOf(tar)),
      sources: [],
    };
  });
  const imageConfig: ImageConfig = {
    ...platform,
    created: '2026-01-02T03:04:05Z',
    config: { Cmd: ['sh'], ...options.config },
    rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
    history: layers.map((_, index) => ({ created: '2026-01-02T03:04:05Z', created_by: `step ${index}` })),
  };
  const config = rawBlob(docker ? MediaType.dockerConfig : MediaType.ociConfig, imageConfig);
  const manifest = rawBlob(docker ? MediaType.dockerManifest : MediaType.ociManifest, {
    schemaVersion: 2,
    mediaType: docker ? MediaType.dockerManifest : MediaType.ociManifest,
    config: config.descriptor,
    layers: layers.map(({ descriptor }) => descriptor),
  });
  return { image: { platform, config: imageConfig, layers }, config, manifest, blobs };
}

export function sampleIndex(images: readonly SampleImage[]): RawBlob {
  const manifests: Descriptor[] = images.map(({ manifest, image }) => ({
    ...manifest.descriptor,
    platform: image.platform,
  }));
  return rawBlob(MediaType.ociIndex, { schemaVersion: 2, mediaType: MediaType.ociIndex, manifests });
}

export function rawBlob(mediaType: string, content: unknown): RawBlob {
  const bytes = Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
  return { descriptor: { mediaType, digest: digestOf(bytes), size: bytes.length }, bytes };
}
