import { parse } from 'csv-parse/sync';
import { BuildError, readAll } from '../base/errors.ts';
import { HIGHEST_LEVEL, readCompressionLevel } from '../image/layer/compression-level.ts';
import {
  ANNOTATION_PLACES,
  type AnnotationPlace,
  type PlacedAnnotation,
} from '../image/placed-annotation.ts';
import { parsePlatform } from '../image/platform.ts';

/** What an output says about the image itself. */
export interface ImageAttributes {
  /** From `name=`; empty: the build's own tags. Not normalised. */
  readonly names: readonly string[];
  /** From `annotation.KEY=`, `annotation-PLACE.KEY=`, `annotation-PLACE[PLATFORM].KEY=`. */
  readonly annotations: readonly PlacedAnnotation[];
  /** Without a type the level is of the build's compression. */
  readonly compression?: { readonly type?: 'gzip' | 'zstd'; readonly level?: number };
  readonly rewriteTimestamp?: true;
}

/** One `--output`, in buildx's words. */
export type OutputSpec =
  /** `type=registry` is this with `push`. Without `push` the image is made and goes nowhere. */
  | {
      readonly type: 'image';
      readonly push: boolean;
      readonly byDigest: boolean;
      /** Plain HTTP or any certificate will do. */
      readonly insecure: boolean;
      readonly image: ImageAttributes;
    }
  /** `dest` is a path or `-`; `tar` false means a folder. */
  | { readonly type: 'oci'; readonly dest: string; readonly tar: boolean; readonly image: ImageAttributes }
  /** Without `dest` it is loaded into a Docker daemon. */
  | { readonly type: 'docker'; readonly dest?: string; readonly image: ImageAttributes }
  | { readonly type: 'local'; readonly dest: string; readonly platformSplit?: boolean }
  | { readonly type: 'tar'; readonly dest: string; readonly platformSplit?: boolean }
  | { readonly type: 'cacheonly' };

const TYPES: readonly string[] = ['image', 'registry', 'oci', 'docker', 'local', 'tar', 'cacheonly'];
const IMAGE_KEYS = [
  'name',
  'compression',
  'compression-level',
  'force-compression',
  'oci-mediatypes',
  'rewrite-timestamp',
];
const KEYS: Readonly<Record<string, readonly string[]>> = {
  image: [...IMAGE_KEYS, 'push', 'push-by-digest', 'registry.insecure', 'name-canonical', 'store', 'unpack'],
  oci: [...IMAGE_KEYS, 'dest', 'tar'],
  docker: [...IMAGE_KEYS, 'dest', 'tar', 'context'],
  local: ['dest', 'platform-split'],
  tar: ['dest', 'platform-split'],
  cacheonly: [],
};
const ANNOTATION = new RegExp(
  `^annotation(?:-(${ANNOTATION_PLACES.join('|')}))?(?:\\[([^\\]]*)\\])?\\.(.+)$`,
);

/**
 * Reads `--output` values as buildx does: CSV of `key=value` with `type`; a lone path is `type=local`, a lone `-` is `type=tar`
 * to standard output.
 * @throws BuildError(s) `BAD_OUTPUT`, `UNKNOWN_OUTPUT_TYPE`, `OUTPUT_NOT_SUPPORTED`, for all outputs together
 */
export function parseOutputs(texts: readonly string[]): readonly OutputSpec[] {
  return readAll(texts, parseOutput);
}

/** @throws BuildError as parseOutputs */
export function parseOutput(text: string): OutputSpec {
  const fields = fieldsOf(text);
  const [only = ''] = fields;
  if (fields.length === 1 && only === text && !text.startsWith('type=')) {
    return text === '-' ? { type: 'tar', dest: '-' } : { type: 'local', dest: text };
  }
  const attributes = new Attributes(text, fields);
  switch (attributes.type) {
    case 'image':
      return imageOf(attributes);
    case 'oci':
      return {
        type: 'oci',
        dest: attributes.required('dest'),
        tar: attributes.flag('tar') ?? true,
        image: attributes.image(),
      };
    case 'docker':
      return dockerOf(attributes);
    case 'local':
    case 'tar':
      return filesOf(attributes, attributes.type);
    default:
      return { type: 'cacheonly' };
  }
}

function imageOf(attributes: Attributes): OutputSpec {
  for (const key of ['store', 'unpack']) {
    if (attributes.flag(key) === true) {
      throw attributes.unsupported(`${key}=true`, 'There is no image store here that it could be kept in.');
    }
  }
  // How an image store names the image besides its own name; without one it says nothing, as with BuildKit in a container.
  attributes.flag('name-canonical');
  const byDigest = attributes.flag('push-by-digest') ?? false;
  return {
    type: 'image',
    push: attributes.flag('push') ?? attributes.alias === 'registry',
    byDigest,
    insecure: attributes.flag('registry.insecure') ?? false,
    image: attributes.image(),
  };
}

function dockerOf(attributes: Attributes): OutputSpec {
  if (attributes.flag('tar') === false) {
    throw attributes.unsupported('tar=false', 'Use type=oci,tar=false for a folder.');
  }
  if (attributes.get('context') !== undefined) {
    throw attributes.unsupported('context', 'Set DOCKER_CONTEXT or DOCKER_HOST for the docker command.');
  }
  const dest = attributes.get('dest');
  return { type: 'docker', ...(dest === undefined ? {} : { dest }), image: attributes.image() };
}

function filesOf(attributes: Attributes, type: 'local' | 'tar'): OutputSpec {
  const dest = attributes.required('dest');
  if (type === 'local' && dest === '-') {
    throw attributes.bad('a folder cannot go to standard output', 'Use type=tar,dest=-.');
  }
  const platformSplit = attributes.flag('platform-split');
  return { type, dest, ...(platformSplit === undefined ? {} : { platformSplit }) };
}

function fieldsOf(text: string): readonly string[] {
  try {
    const records: string[][] = parse(text, { columns: false, relax_column_count: true, trim: false });
    const [record = [], ...more] = records;
    if (more.length === 0 && record.length > 0) return record;
  } catch (cause) {
    throw badOutput(text, 'its quotes are not CSV', 'Quote a whole field: type=image,"name=a,b".', cause);
  }
  throw badOutput(text, 'it is not one line of fields');
}

/** The keys of one output, checked against what its type takes. */
class Attributes {
  /** `registry` counts as `image`. */
  readonly type: string;
  readonly alias: string;
  readonly #text: string;
  readonly #values = new Map<string, string>();

  constructor(text: string, fields: readonly string[]) {
    this.#text = text;
    for (const field of fields) this.#add(field);
    this.alias = this.#values.get('type') ?? '';
    this.#values.delete('type');
    if (this.alias === '')
      throw this.bad('it has no type', `Begin it with type=, one of ${TYPES.join(', ')}.`);
    if (!TYPES.includes(this.alias)) {
      throw new BuildError({
        kind: 'user',
        code: 'UNKNOWN_OUTPUT_TYPE',
        message: `The output "${text}" has the unknown type "${this.alias}"`,
        hint: `Types are ${TYPES.join(', ')}.`,
      });
    }
    this.type = this.alias === 'registry' ? 'image' : this.alias;
    for (const key of this.#values.keys()) this.#check(key);
  }

  get(key: string): string | undefined {
    return this.#values.get(key);
  }

  required(key: string): string {
    const value = this.get(key);
    if (value === undefined || value === '') throw this.bad(`type=${this.alias} needs ${key}=`);
    return value;
  }

  /** As Go reads truth values. */
  flag(key: string): boolean | undefined {
    const value = this.get(key);
    if (value === undefined) return undefined;
    if (/^(1|t|true)$/i.test(value)) return true;
    if (/^(0|f|false)$/i.test(value)) return false;
    throw this.bad(`${key} is "${value}"`, `${key} is true or false.`);
  }

  image(): ImageAttributes {
    if (this.flag('oci-mediatypes') === false) {
      throw this.unsupported(
        'oci-mediatypes=false',
        'Images are made with OCI media types, which every registry in use takes.',
      );
    }
    if (this.flag('force-compression') === true) {
      throw this.unsupported(
        'force-compression=true',
        'Layers of a base image keep the compression that they have.',
      );
    }
    const compression = this.#compression();
    const rewriteTimestamp = this.flag('rewrite-timestamp');
    if (rewriteTimestamp === false) {
      throw this.unsupported(
        'rewrite-timestamp=false',
        'No file that a build makes has a later time than SOURCE_DATE_EPOCH; without one, the times of copied files stay.',
      );
    }
    const annotations = [...this.#values].flatMap(([text, value]): PlacedAnnotation[] => {
      const [, place = 'manifest', platform, key] = ANNOTATION.exec(text) ?? [];
      if (key === undefined) return [];
      const found = { place: place as AnnotationPlace, key, value };
      return [platform === undefined ? found : { ...found, platform: parsePlatform(platform) }];
    });
    return {
      names: (this.get('name') ?? '')
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== ''),
      annotations,
      ...(compression === undefined ? {} : { compression }),
      ...(rewriteTimestamp === undefined ? {} : { rewriteTimestamp }),
    };
  }

  bad(what: string, hint?: string): BuildError {
    return badOutput(this.#text, what, hint);
  }

  unsupported(what: string, hint: string): BuildError {
    return new BuildError({
      kind: 'user',
      code: 'OUTPUT_NOT_SUPPORTED',
      message: `The output "${this.#text}" asks for ${what}, which is not supported`,
      hint,
    });
  }

  #add(field: string): void {
    const equals = field.indexOf('=');
    if (equals === -1) throw this.bad(`"${field}" is not key=value`);
    const key = field.slice(0, equals).trim();
    // Annotation names keep their case.
    this.#values.set(key.startsWith('annotation') ? key : key.toLowerCase(), field.slice(equals + 1));
  }

  #check(key: string): void {
    const known = KEYS[this.type] ?? [];
    const takesAnnotations = known.includes('name');
    if (known.includes(key) || (takesAnnotations && ANNOTATION.test(key))) return;
    const keys = known.length === 0 ? 'no keys' : known.join(', ');
    throw this.bad(`type=${this.alias} has no key "${key}"`, `It takes ${keys}.`);
  }

  #compression(): ImageAttributes['compression'] {
    const type = this.get('compression');
    if (type === undefined) {
      // The wider range: which one it is the build says.
      const level = this.#level('zstd');
      return level === undefined ? undefined : { level };
    }
    if (type === 'gzip' || type === 'zstd') {
      const level = this.#level(type);
      return { type, ...(level === undefined ? {} : { level }) };
    }
    if (type === 'uncompressed' || type === 'estargz') {
      throw this.unsupported(`compression=${type}`, 'compression is gzip or zstd.');
    }
    throw this.bad(`compression is "${type}"`, 'compression is gzip or zstd.');
  }

  #level(type: 'gzip' | 'zstd'): number | undefined {
    const level = this.get('compression-level');
    if (level === undefined) return undefined;
    const number = readCompressionLevel(type, level);
    if (number !== undefined) return number;
    const { gzip, zstd } = HIGHEST_LEVEL;
    throw this.bad(
      `compression-level is "${level}"`,
      `It is a number: 0 to ${gzip} for gzip, 0 to ${zstd} for zstd.`,
    );
  }
}

function badOutput(text: string, what: string, hint?: string, cause?: unknown): BuildError {
  return new BuildError({
    kind: 'user',
    code: 'BAD_OUTPUT',
    message: `The output "${text}" cannot be read: ${what}`,
    hint: hint ?? 'Write it as type=TYPE,key=value,…, or as the path of a folder.',
    cause,
  });
}
