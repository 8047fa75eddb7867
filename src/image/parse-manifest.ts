import { BuildError } from '../base/errors.ts';
import { type Digest, parseDigest } from './digest.ts';
import { badManifest, JsonFields } from './json-fields.ts';
import { MediaType } from './media-types.ts';
import type { Descriptor, Platform } from './types.ts';

/** A manifest of one image, OCI or Docker schema 2. */
export interface ImageManifest {
  readonly kind: 'image';
  readonly mediaType: string;
  readonly config: Descriptor;
  /** Base first. */
  readonly layers: readonly Descriptor[];
  readonly annotations?: Readonly<Record<string, string>>;
}

/** An OCI index or a Docker manifest list. */
export interface ImageIndex {
  readonly kind: 'index';
  readonly mediaType: string;
  readonly manifests: readonly Descriptor[];
  readonly annotations?: Readonly<Record<string, string>>;
}

/** As containerd: larger ones are refused unread. Bytes. */
const MAX_MANIFEST = 8 * 1024 * 1024;
const MANIFEST_TYPES: readonly string[] = [MediaType.ociManifest, MediaType.dockerManifest];
const INDEX_TYPES: readonly string[] = [MediaType.ociIndex, MediaType.dockerList];

/**
 * Reads a manifest or an index. `mediaType` is what the registry or a descriptor called it; what the document says of itself must agree.
 * @throws BuildError `BAD_MANIFEST`; `OLD_MANIFEST` for Docker schema 1; `UNKNOWN_MANIFEST_TYPE`
 */
export function parseManifest(bytes: Uint8Array, mediaType?: string): ImageManifest | ImageIndex {
  if (bytes.length > MAX_MANIFEST) throw badManifest(`The manifest has more than ${MAX_MANIFEST} bytes`);
  const fields = JsonFields.parse(bytes, 'manifest');
  const type = typeOf(fields, mediaType);
  const annotations = fields.optionalTextMap('annotations');
  const common = { mediaType: type, ...(annotations === undefined ? {} : { annotations }) };
  if (MANIFEST_TYPES.includes(type)) {
    return {
      kind: 'image',
      ...common,
      config: descriptorOf(fields.object('config')),
      layers: fields.objects('layers').map(descriptorOf),
    };
  }
  return { kind: 'index', ...common, manifests: fields.objects('manifests').map(descriptorOf) };
}

/** @throws BuildError as parseManifest; `BAD_MANIFEST` for an index */
export function parseImageManifest(bytes: Uint8Array, mediaType?: string): ImageManifest {
  const parsed = parseManifest(bytes, mediaType);
  if (parsed.kind === 'image') return parsed;
  throw badManifest('The manifest of an image was expected, and this is an index');
}

/** @throws BuildError as parseManifest; `BAD_MANIFEST` for the manifest of a single image */
export function parseImageIndex(bytes: Uint8Array, mediaType?: string): ImageIndex {
  const parsed = parseManifest(bytes, mediaType);
  if (parsed.kind === 'index') return parsed;
  throw badManifest('An index was expected, and this is the manifest of an image');
}

/** The document must not be readable as both kinds: the same digest would then mean two things (CVE-2021-41190). */
function typeOf(fields: JsonFields, given: string | undefined): string {
  if (fields.has('schemaVersion') && fields.count('schemaVersion') === 1) throw oldManifest();
  if (fields.count('schemaVersion') !== 2) throw badManifest('The schemaVersion of the manifest is not 2');
  const isIndex = fields.has('manifests');
  if (isIndex && (fields.has('layers') || fields.has('config'))) {
    throw badManifest('The manifest is that of an image and an index at once');
  }
  const stated = fields.optionalText('mediaType');
  const outside = given?.split(';', 1)[0]?.trim();
  const known =
    outside !== undefined && [...MANIFEST_TYPES, ...INDEX_TYPES].includes(outside) ? outside : undefined;
  if (stated !== undefined && known !== undefined && stated !== known) {
    throw badManifest(`The manifest was sent as ${known} but calls itself ${stated}`);
  }
  const type = stated ?? known ?? (isIndex ? MediaType.ociIndex : MediaType.ociManifest);
  if (!(isIndex ? INDEX_TYPES : MANIFEST_TYPES).includes(type)) throw unknownType(type);
  return type;
}

/** Fields that we do not use (urls, data) are left out: the raw bytes keep them. */
function descriptorOf(fields: JsonFields): Descriptor {
  const annotations = fields.optionalTextMap('annotations');
  const platform = fields.optionalObject('platform');
  const artifactType = fields.optionalText('artifactType');
  return {
    mediaType: fields.text('mediaType'),
    digest: digestIn(fields.text('digest')),
    size: fields.count('size'),
    ...(annotations === undefined ? {} : { annotations }),
    ...(platform === undefined ? {} : { platform: platformOf(platform) }),
    ...(artifactType === undefined ? {} : { artifactType }),
  };
}

/** As written, not normalised. */
export function platformOf(fields: JsonFields): Platform {
  const variant = fields.optionalText('variant');
  const version = fields.optionalText('os.version');
  return {
    os: fields.text('os'),
    architecture: fields.text('architecture'),
    ...(variant === undefined || variant === '' ? {} : { variant }),
    ...(version === undefined || version === '' ? {} : { 'os.version': version }),
  };
}

function digestIn(text: string): Digest {
  try {
    return parseDigest(text);
  } catch (cause) {
    throw badManifest(`The manifest has "${text}" where a digest should be`, cause);
  }
}

function oldManifest(): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'OLD_MANIFEST',
    message: 'The image has a manifest of Docker schema 1, which nothing makes since 2017',
    hint: 'Pull and push it with a Docker of that time, or use a newer image.',
  });
}

function unknownType(type: string): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'UNKNOWN_MANIFEST_TYPE',
    message: `${type} is not the type of an image`,
    hint: 'The reference names something else than a container image, such as a chart or a signature.',
  });
}
