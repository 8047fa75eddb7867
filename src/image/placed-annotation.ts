import { samePlatform } from './platform.ts';
import type { Platform } from './types.ts';

/** What an annotation is put on: an image's manifest, the index over several, or the descriptor of one of them. */
export const ANNOTATION_PLACES = ['manifest', 'index', 'manifest-descriptor', 'index-descriptor'] as const;
export type AnnotationPlace = (typeof ANNOTATION_PLACES)[number];

/** One annotation as docker buildx knows it. */
export interface PlacedAnnotation {
  readonly place: AnnotationPlace;
  /** For the image of this platform alone. */
  readonly platform?: Platform;
  readonly key: string;
  readonly value: string;
}

/** Those of a place, of later ones with the same name the last; undefined for none. */
export function annotationsAt(
  annotations: readonly PlacedAnnotation[],
  place: AnnotationPlace,
  platform?: Platform,
): Readonly<Record<string, string>> | undefined {
  const found = annotations.filter(
    (each) =>
      each.place === place &&
      (each.platform === undefined || (platform !== undefined && samePlatform(each.platform, platform))),
  );
  return found.length === 0 ? undefined : Object.fromEntries(found.map(({ key, value }) => [key, value]));
}
