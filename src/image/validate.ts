import { BuildError, throwAll } from '../base/errors.ts';
import { digestOf } from './digest.ts';
import { readLayer } from './layer/read-layer.ts';
import { WatchedBytes } from './layer/watched-bytes.ts';
import { asOciLayer } from './manifest.ts';
import { compressionOf } from './media-types.ts';
import { parseImageConfig } from './parse-config.ts';
import { parseImageManifest } from './parse-manifest.ts';
import type { Image, Layer, RawBlob } from './types.ts';

export interface SerialisedImage {
  readonly image: Image;
  readonly config: RawBlob;
  readonly manifest: RawBlob;
}

/** A layer's stored bytes; undefined for one that is not here and is left out. */
export type OpenLayer = (layer: Layer) => Promise<AsyncIterable<Uint8Array> | undefined>;

/**
 * Holds an image against all that must be true of it: digests and sizes of manifest and config, one diffID and one line of history for each layer, the same layers in
 * all three places; with `open` also digest, size and diffID of the layers' bytes.
 * @throws BuildError `IMAGE_INVALID`, all faults together
 */
export async function validateImage(serialised: SerialisedImage, open?: OpenLayer): Promise<void> {
  const faults = [
    ...blobFaults('manifest', serialised.manifest),
    ...blobFaults('config', serialised.config),
    ...referenceFaults(serialised),
    ...countFaults(serialised.image),
  ];
  if (open !== undefined) {
    for (const layer of serialised.image.layers) faults.push(...(await layerFaults(layer, open)));
  }
  throwAll(faults.map(invalid));
}

function blobFaults(name: string, { descriptor, bytes }: RawBlob): readonly string[] {
  const faults: string[] = [];
  if (descriptor.size !== bytes.length)
    faults.push(`the ${name} has ${bytes.length} bytes, not ${descriptor.size}`);
  const digest = digestOf(bytes);
  if (descriptor.digest !== digest) faults.push(`the ${name} is ${digest}, not ${descriptor.digest}`);
  return faults;
}

function referenceFaults({ image, config, manifest }: SerialisedImage): readonly string[] {
  const faults: string[] = [];
  const parsed = parseImageManifest(manifest.bytes, manifest.descriptor.mediaType);
  const { rootfs, history } = parseImageConfig(config.bytes);
  if (parsed.config.digest !== config.descriptor.digest || parsed.config.size !== config.descriptor.size) {
    faults.push('the manifest names another config');
  }
  const stored = image.layers.map(({ descriptor }) => nameOf(asOciLayer(descriptor)));
  const named = parsed.layers.map((descriptor) => nameOf(asOciLayer(descriptor)));
  if (named.join(' ') !== stored.join(' ')) faults.push('the manifest names other layers');
  const diffIds = image.layers.map(({ diffId }) => diffId);
  if (rootfs.diff_ids.join(' ') !== diffIds.join(' ')) faults.push('the config names other diffIDs');
  if (history.length !== image.config.history.length) faults.push('the config has another history');
  return faults;
}

function nameOf({ mediaType, digest, size }: Layer['descriptor']): string {
  return `${mediaType}@${digest}/${size}`;
}

function countFaults({ config, layers }: Image): readonly string[] {
  const faults: string[] = [];
  const told = config.history.filter(({ empty_layer }) => empty_layer !== true).length;
  // An image without any history is legal, and made by some builders.
  if (config.history.length > 0 && told !== layers.length) {
    faults.push(`the history tells of ${told} layers, and there are ${layers.length}`);
  }
  return faults;
}

async function layerFaults(layer: Layer, open: OpenLayer): Promise<readonly string[]> {
  const { descriptor, diffId } = layer;
  const bytes = await open(layer);
  if (bytes === undefined) return [];
  const compression = compressionOf(descriptor.mediaType);
  if (compression === undefined) return [`${descriptor.mediaType} is not the type of a layer`];
  const stored = new WatchedBytes(descriptor.digest);
  const faults: string[] = [];
  try {
    for await (const _ of readLayer(stored.watch(bytes), compression, { diffId }));
  } catch (cause) {
    if (!(cause instanceof BuildError)) throw cause;
    return [`the layer ${descriptor.digest} cannot be read: ${cause.message}`];
  }
  if (stored.size !== descriptor.size)
    faults.push(`a layer has ${stored.size} bytes, not ${descriptor.size}`);
  const digest = stored.digest();
  if (digest !== descriptor.digest) faults.push(`a layer is ${digest}, not ${descriptor.digest}`);
  return faults;
}

function invalid(fault: string): BuildError {
  return new BuildError({ kind: 'bug', code: 'IMAGE_INVALID', message: `The image is not valid: ${fault}` });
}
