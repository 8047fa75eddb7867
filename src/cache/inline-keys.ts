import { type CacheKey, parseCacheKey } from '../image/cache-key.ts';
import { badData, fieldsOf, parseJson } from './cache-data.ts';
import { RECORD_FORMAT } from './record.ts';

/** What makes one layer of an image a result of a step. */
export interface InlineKey {
  readonly key: CacheKey;
  /** The layer is the same whatever it lies on. */
  readonly anywhere: boolean;
}

/** Annotation of an image's manifest: the steps that made its last layers, so that the image serves as a cache. */
export const INLINE_ANNOTATION = `ts-image-build.cache.v${RECORD_FORMAT}`;

const MOST_STEPS = 1000;

/** The annotation's value. @param keys of the last layers, in their order */
export function encodeInlineKeys(keys: readonly InlineKey[]): string {
  return JSON.stringify({ steps: keys.map(({ key, anywhere }) => (anywhere ? { key, anywhere } : { key })) });
}

/** @throws BuildError `CACHE_DATA_BAD` */
export function decodeInlineKeys(text: string): readonly InlineKey[] {
  const fields = fieldsOf(parseJson(text, 'the annotation'), 'annotation');
  return fields.list('steps', MOST_STEPS).map((value) => {
    const step = fieldsOf(value, 'step');
    return { key: keyIn(step.text('key', 64)), anywhere: step.has('anywhere') };
  });
}

function keyIn(text: string): CacheKey {
  try {
    return parseCacheKey(text);
  } catch (cause) {
    throw badData(`"${text}" is no key`, cause);
  }
}
