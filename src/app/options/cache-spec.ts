import { resolve } from 'node:path';
import type { BuildRequest } from '../../engine/engine.ts';
import { parseReference, type Reference, withDefaultTag } from '../../image/reference.ts';
import { parseFields } from './list.ts';
import { badInput } from './problems.ts';

/** Where a cache is. Two that are equal are one cache. */
export type CachePlace =
  /** Absolute path. */
  | { readonly type: 'local'; readonly folder: string }
  /** With a tag or a digest. */
  | { readonly type: 'registry'; readonly reference: Reference; readonly insecure: boolean }
  | { readonly type: 'gha'; readonly scope: string };

/** A `cache-to`, as written. */
export interface WrittenExport {
  readonly place: CachePlace;
  /** Absent: as `cache-mode` says. */
  readonly mode?: 'min' | 'max';
  /** Whether the build goes on when it cannot be written; absent: as `cache-strict` says. */
  readonly ignoreError?: boolean;
}

/** What a cache's text is read against. */
export interface CacheSurroundings {
  /** Of `type=gha` where none is named. */
  readonly scope: string;
  /** Of the image's new layers. */
  readonly compression: BuildRequest['compression'];
}

type Direction = 'from' | 'to';

const LOCATIONS: Readonly<Record<CachePlace['type'], Readonly<Record<Direction, readonly string[]>>>> = {
  local: { from: ['src'], to: ['dest'] },
  registry: { from: ['ref', 'registry.insecure'], to: ['ref', 'registry.insecure'] },
  gha: { from: ['scope'], to: ['scope'] },
};
/** Attributes of cache-to besides the location. */
const WRITING: readonly string[] = ['mode', 'ignore-error'];
/** How layers and manifests are written: taken where they say what is done anyway. */
const FORMAT: readonly string[] = [
  'compression',
  'compression-level',
  'force-compression',
  'oci-mediatypes',
  'image-manifest',
];

/**
 * One `cache-from` as buildx takes it: `type=local,src=DIR`, `type=registry,ref=NAME`, `type=gha,scope=NAME`, or names alone, which mean
 * registries.
 * @throws BuildError `BAD_INPUT`, `BAD_REFERENCE`
 */
export function parseCacheFrom(text: string, surroundings: CacheSurroundings): readonly CachePlace[] {
  return attributesOf(text).map((attributes) => {
    const type = typeOf(attributes, 'from');
    checkNames(attributes, LOCATIONS[type].from);
    return placeOf(type, attributes, 'from', surroundings);
  });
}

/**
 * One `cache-to` as buildx takes it; `inline` for `type=inline`.
 * @throws BuildError `BAD_INPUT`, `BAD_REFERENCE`
 */
export function parseCacheTo(
  text: string,
  surroundings: CacheSurroundings,
): readonly (WrittenExport | 'inline')[] {
  return attributesOf(text).map((attributes) => {
    if (attributes.get('type') === 'inline') {
      checkNames(attributes, []);
      return 'inline';
    }
    const type = typeOf(attributes, 'to');
    const format = type === 'gha' ? [] : FORMAT;
    checkNames(attributes, [...LOCATIONS[type].to, ...WRITING, ...format]);
    checkFormat(attributes, surroundings.compression);
    const place = placeOf(type, attributes, 'to', surroundings);
    if (place.type === 'registry' && place.reference.digest !== undefined) {
      throw badInput(`"${text}" names a digest`, 'A cache is written under a tag.');
    }
    const mode = modeOf(attributes);
    const ignoreError = flagOf(attributes, 'ignore-error');
    return {
      place,
      ...(mode === undefined ? {} : { mode }),
      ...(ignoreError === undefined ? {} : { ignoreError }),
    };
  });
}

/** As a key of a map, and for people: `registry ghcr.io/o/app:cache`. */
export function placeName(place: CachePlace): string {
  switch (place.type) {
    case 'local':
      return `local ${place.folder}`;
    case 'registry': {
      const { host, path, tag, digest } = place.reference;
      return `registry ${host}/${path}${digest === undefined ? `:${tag}` : `@${digest}`}`;
    }
    case 'gha':
      return `gha ${place.scope}`;
  }
}

type Attributes = ReadonlyMap<string, string>;

/** A text without any `=` is a list of names (buildx, util/buildflags/cache.go). */
function attributesOf(text: string): readonly Attributes[] {
  const fields = parseFields(text);
  if (text.includes('=')) return [fields];
  return text
    .split(',')
    .map((ref) => ref.trim())
    .filter((ref) => ref !== '')
    .map(
      (ref) =>
        new Map([
          ['type', 'registry'],
          ['ref', ref],
        ]),
    );
}

function typeOf(attributes: Attributes, direction: Direction): CachePlace['type'] {
  const type = attributes.get('type') ?? '';
  if (type === 'local' || type === 'registry' || type === 'gha') return type;
  const known = `It is local, registry${direction === 'to' ? ', inline' : ''} or gha.`;
  if (type === '')
    throw badInput('a cache needs a type', `Write type=TYPE,…, or the name of an image. ${known}`);
  throw badInput(`"${type}" is not a type of cache that there is`, known);
}

function checkNames(attributes: Attributes, known: readonly string[]): void {
  const type = attributes.get('type') ?? '';
  for (const name of attributes.keys()) {
    if (name === 'type' || known.includes(name)) continue;
    throw badInput(
      `type=${type} has no attribute "${name}" here`,
      known.length === 0 ? 'It takes none.' : `It takes ${known.join(', ')}.`,
    );
  }
}

function placeOf(
  type: CachePlace['type'],
  attributes: Attributes,
  direction: Direction,
  { scope }: CacheSurroundings,
): CachePlace {
  switch (type) {
    case 'local':
      return { type, folder: resolve(required(attributes, direction === 'from' ? 'src' : 'dest')) };
    case 'registry': {
      const reference = withDefaultTag(parseReference(required(attributes, 'ref')));
      return { type, reference, insecure: flagOf(attributes, 'registry.insecure') ?? false };
    }
    case 'gha':
      return { type, scope: attributes.get('scope') || scope };
  }
}

function required(attributes: Attributes, name: string): string {
  const value = attributes.get(name) ?? '';
  if (value === '') throw badInput(`type=${attributes.get('type')} needs ${name}=`);
  return value;
}

function modeOf(attributes: Attributes): 'min' | 'max' | undefined {
  const mode = attributes.get('mode');
  if (mode === undefined || mode === 'min' || mode === 'max') return mode;
  throw badInput(`"${mode}" is not a mode of a cache`, 'It is min or max.');
}

/** As Go reads truth values. */
function flagOf(attributes: Attributes, name: string): boolean | undefined {
  const value = attributes.get(name);
  if (value === undefined) return undefined;
  if (/^(?:1|t|true)$/i.test(value)) return true;
  if (/^(?:0|f|false)$/i.test(value)) return false;
  throw badInput(`${name} is "${value}"`, 'It is true or false.');
}

/** A cache holds the very layers of the image, in a plain OCI manifest. */
function checkFormat(attributes: Attributes, compression: BuildRequest['compression']): void {
  for (const name of ['oci-mediatypes', 'image-manifest']) {
    if (flagOf(attributes, name) === false) {
      throw badInput(`${name}=false is not offered`, 'A cache is a plain OCI image manifest.');
    }
  }
  if (flagOf(attributes, 'force-compression') === true) {
    throw badInput('force-compression=true is not offered', AS_IN_IMAGE);
  }
  const type = attributes.get('compression');
  if (type !== undefined && type !== compression.type) {
    throw badInput(`compression=${type} is not the image's, which is ${compression.type}`, AS_IN_IMAGE);
  }
  const level = attributes.get('compression-level');
  if (level !== undefined && level !== String(compression.level)) {
    const own = compression.level === undefined ? 'the default' : compression.level;
    throw badInput(`compression-level=${level} is not the image's, which is ${own}`, AS_IN_IMAGE);
  }
}

const AS_IN_IMAGE =
  'A cache holds the layers as they are in the image; how those are compressed is said by compression and compression-level of the build.';
