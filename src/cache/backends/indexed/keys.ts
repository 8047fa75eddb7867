import { type Digest, encoded, parseDigest } from '../../../image/digest.ts';

/** All our entries begin so: nothing else is ever read or deleted. */
export const KEY_PREFIX = 'ts-image-build-';

/** A blob on its own, exactly as it goes into the image. `generation` is another place for one whose first entry turned out to be damaged. */
export function layerKey(digest: Digest, generation = ''): string {
  return `${KEY_PREFIX}L-${encoded(digest)}${generation === '' ? '' : `.${generation}`}`;
}

/** Several small blobs one after the other; `digest` is of all their bytes. */
export function packKey(digest: Digest): string {
  return `${KEY_PREFIX}P-${encoded(digest)}`;
}

/** The digest in a layer's key; undefined for other keys. */
export function layerDigest(key: string): Digest | undefined {
  const hex = /-L-([0-9a-f]{64}|[0-9a-f]{128})(?:\..*)?$/.exec(key)?.[1];
  return hex === undefined ? undefined : parseDigest(`${hex.length === 64 ? 'sha256' : 'sha512'}:${hex}`);
}

/** What an index's key says: whose chain it is in, and its number there. undefined for other keys. */
export function indexPlace(key: string): { readonly chain: string; readonly sequence: number } | undefined {
  const [, chain, digits] = /^(ts-image-build-I-.+-)(\d{8})$/.exec(key) ?? [];
  return chain === undefined ? undefined : { chain, sequence: Number(digits) };
}
