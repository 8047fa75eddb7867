import { createHash } from 'node:crypto';
import { BuildError } from '../base/errors.ts';

declare const brand: unique symbol;

/** Digest of stored bytes, `sha256:<64 hex>` or `sha512:<128 hex>`; ours are sha256 (OCI image-spec 1.1, descriptor.md "Digests"). */
export type Digest = string & { readonly [brand]: 'Digest' };
/** Digest of a layer's uncompressed tar (OCI image-spec 1.1, config.md "Layer DiffID"). */
export type DiffId = string & { readonly [brand]: 'DiffId' };
/** Names a stack of layers (OCI image-spec 1.1, config.md "Layer ChainID"). */
export type ChainId = string & { readonly [brand]: 'ChainId' };

const SHA256 = /^sha256:[0-9a-f]{64}$/;
const SHA512 = /^sha512:[0-9a-f]{128}$/;

/** Lower-case sha256 or sha512. */
export function isDigest(text: string): text is Digest {
  return SHA256.test(text) || SHA512.test(text);
}

/** @throws BuildError `BAD_DIGEST` for anything but lower-case sha256 or sha512 */
export function parseDigest(text: string): Digest {
  if (!isDigest(text)) {
    throw new BuildError({
      kind: 'user',
      code: 'BAD_DIGEST',
      message: `"${text}" is not a digest`,
      hint: 'A digest is sha256: and 64 of the characters 0-9a-f.',
    });
  }
  return text;
}

/** @throws BuildError `BAD_DIGEST` */
export function parseDiffId(text: string): DiffId {
  return parseDigest(text) as string as DiffId;
}

export function digestOf(bytes: Uint8Array | string): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}` as Digest;
}

/** The same for bytes that come in pieces. */
export async function digestOfStream(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<Digest> {
  const hash = createHash('sha256');
  for await (const chunk of chunks) hash.update(chunk);
  return `sha256:${hash.digest('hex')}` as Digest;
}

/** The hash function of a digest, as node:crypto and OCI layouts call it; of content whose digest is not known yet, ours. */
export function algorithmOf(digest: Digest | DiffId | undefined): string {
  return digest === undefined ? 'sha256' : digest.slice(0, digest.indexOf(':'));
}

/** The hex part: the name of a blob's file in an OCI layout. */
export function encoded(digest: Digest | DiffId | ChainId): string {
  return digest.slice(digest.indexOf(':') + 1);
}

/** ChainID of the stack, base first; undefined for no layers. */
export function chainIdOf(diffIds: readonly DiffId[]): ChainId | undefined {
  let chain: string | undefined;
  for (const diffId of diffIds) chain = chain === undefined ? diffId : digestOf(`${chain} ${diffId}`);
  return chain as ChainId | undefined;
}
