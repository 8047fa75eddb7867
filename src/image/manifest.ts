import { CONTAINER_FIELDS } from './container-fields.ts';
import { digestOf } from './digest.ts';
import { MediaType } from './media-types.ts';
import type {
  ContainerConfig,
  Descriptor,
  HistoryEntry,
  Image,
  ImageConfig,
  Platform,
  RawBlob,
} from './types.ts';

/** Fields in the order of the specification; others follow, sorted by name. The digest must not depend on how an object was put together. */
const CONFIG_FIELDS = [
  'created',
  'author',
  'architecture',
  'variant',
  'os',
  'os.version',
  'os.features',
  'config',
  'rootfs',
  'history',
];
const HEALTHCHECK_FIELDS = ['Test', 'Interval', 'Timeout', 'StartPeriod', 'StartInterval', 'Retries'];
const HISTORY_FIELDS: readonly (keyof HistoryEntry)[] = [
  'created',
  'created_by',
  'author',
  'comment',
  'empty_layer',
];
const DESCRIPTOR_FIELDS: readonly (keyof Descriptor)[] = [
  'mediaType',
  'digest',
  'size',
  'annotations',
  'platform',
  'artifactType',
];
const PLATFORM_FIELDS: readonly (keyof Platform)[] = ['architecture', 'os', 'os.version', 'variant'];

/** The layer types of an OCI image for Docker's. The bytes are the same. */
const OCI_LAYER: Readonly<Record<string, string>> = {
  [MediaType.dockerLayer]: MediaType.ociLayer,
  [MediaType.dockerLayerGzip]: MediaType.ociLayerGzip,
  [MediaType.dockerLayerZstd]: MediaType.ociLayerZstd,
  [MediaType.dockerForeignLayerGzip]: MediaType.ociLayerGzip,
};

/**
 * Config and manifest of an image as OCI JSON (image-spec 1.1, config.md and manifest.md). The same image gives the same bytes. The manifest's descriptor
 * carries the platform, as an index wants it.
 */
export function serialiseImage(image: Image): { readonly config: RawBlob; readonly manifest: RawBlob } {
  const config = blob(MediaType.ociConfig, configJson(image.config));
  const manifest = blob(MediaType.ociManifest, {
    schemaVersion: 2,
    mediaType: MediaType.ociManifest,
    config: descriptorJson(config.descriptor),
    layers: image.layers.map(({ descriptor }) => descriptorJson(asOciLayer(descriptor))),
    ...annotationsJson(image.annotations),
  });
  return {
    config,
    manifest: { ...manifest, descriptor: { ...manifest.descriptor, platform: image.platform } },
  };
}

/** An index over manifests (image-spec 1.1, image-index.md), in the given order. */
export function serialiseIndex(
  manifests: readonly Descriptor[],
  annotations?: Readonly<Record<string, string>>,
): RawBlob {
  return blob(MediaType.ociIndex, {
    schemaVersion: 2,
    mediaType: MediaType.ociIndex,
    manifests: manifests.map(descriptorJson),
    ...annotationsJson(annotations),
  });
}

/** The same blob under the layer type that OCI has for it. */
export function asOciLayer(descriptor: Descriptor): Descriptor {
  const mediaType = OCI_LAYER[descriptor.mediaType];
  return mediaType === undefined ? descriptor : { ...descriptor, mediaType };
}

function blob(mediaType: string, value: object): RawBlob {
  const bytes = Buffer.from(JSON.stringify(value), 'utf8');
  return { descriptor: { mediaType, digest: digestOf(bytes), size: bytes.length }, bytes };
}

function configJson(config: ImageConfig): object {
  return inOrder(CONFIG_FIELDS, {
    ...config,
    config: containerJson(config.config),
    rootfs: { type: config.rootfs.type, diff_ids: config.rootfs.diff_ids },
    history: config.history.map((entry) => inOrder(HISTORY_FIELDS, entry)),
  });
}

function containerJson(config: ContainerConfig): object {
  const { ExposedPorts, Volumes, Labels, Healthcheck } = config;
  return inOrder(CONTAINER_FIELDS, {
    ...config,
    ...(ExposedPorts === undefined ? {} : { ExposedPorts: inOrder([], ExposedPorts) }),
    ...(Volumes === undefined ? {} : { Volumes: inOrder([], Volumes) }),
    ...(Labels === undefined ? {} : { Labels: inOrder([], Labels) }),
    ...(Healthcheck === undefined ? {} : { Healthcheck: inOrder(HEALTHCHECK_FIELDS, Healthcheck) }),
  });
}

function descriptorJson(descriptor: Descriptor): object {
  const { annotations, platform } = descriptor;
  return inOrder(DESCRIPTOR_FIELDS, {
    ...descriptor,
    ...annotationsJson(annotations),
    ...(platform === undefined ? {} : { platform: inOrder(PLATFORM_FIELDS, platform) }),
  });
}

function annotationsJson(annotations: Readonly<Record<string, string>> | undefined): object {
  if (annotations === undefined || Object.keys(annotations).length === 0) return {};
  return { annotations: inOrder([], annotations) };
}

/** A copy with these fields first and all others sorted. JavaScript puts names that are numbers first in any case, which is an order too. */
function inOrder(first: readonly string[], value: object): object {
  const fields = new Map(Object.entries(value));
  const others = [...fields.keys()].filter((name) => !first.includes(name)).sort();
  return Object.fromEntries(
    [...first.filter((name) => fields.has(name)), ...others].map((name) => [name, fields.get(name)]),
  );
}
