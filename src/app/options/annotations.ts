import {
  ANNOTATION_PLACES,
  type AnnotationPlace,
  type PlacedAnnotation,
} from '../../image/placed-annotation.ts';
import { parsePlatform } from '../../image/platform.ts';
import { badInput } from './problems.ts';

/** `manifest[linux/amd64],index:` in front of a key; keys of annotations have colons of their own only behind a dot or a slash. */
const PLACES = /^((?:[a-z-]+(?:\[[^\]]*\])?)(?:,[a-z-]+(?:\[[^\]]*\])?)*):(.*)$/s;

/**
 * `[PLACE[PLATFORM][,PLACE…]:]KEY=VALUE` as docker buildx and docker/metadata-action write it; without a place the manifest is meant.
 * @throws BuildError `BAD_INPUT`, `BAD_PLATFORM`
 */
export function parseAnnotation(text: string): readonly PlacedAnnotation[] {
  const equals = text.indexOf('=');
  if (equals < 1) throw badInput(`"${text}" is not of the form KEY=VALUE`);
  const value = text.slice(equals + 1);
  const [, places, rest] = PLACES.exec(text.slice(0, equals)) ?? [];
  const key = (rest ?? text.slice(0, equals)).trim();
  if (key === '') throw badInput(`"${text}" has no key`);
  if (places === undefined) return [{ place: 'manifest', key, value }];
  return places.split(',').map((name) => ({ ...placeOf(name), key, value }));
}

function placeOf(text: string): Pick<PlacedAnnotation, 'place' | 'platform'> {
  const [, name = '', platform] = /^([a-z-]+)(?:\[([^\]]*)\])?$/.exec(text) ?? [];
  const place: AnnotationPlace | undefined = ANNOTATION_PLACES.find((each) => each === name);
  if (place === undefined)
    throw badInput(
      `"${name}" is nothing that annotations are put on`,
      `It is ${ANNOTATION_PLACES.join(', ')}.`,
    );
  return platform === undefined ? { place } : { place, platform: parsePlatform(platform) };
}
