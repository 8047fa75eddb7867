import { createHash, randomBytes } from 'node:crypto';
import type { CachedMount, CacheRecord } from '../../src/cache/build-cache.ts';
import { type CacheKey, parseCacheKey } from '../../src/image/cache-key.ts';
import { digestOf, parseDiffId } from '../../src/image/digest.ts';
import type { IndexedEntry, LayerIndex } from '../../src/image/layer/entry.ts';

/** A layer of random bytes and a record that names it. */
export interface SampleLayer {
  readonly bytes: Buffer;
  readonly record: CacheRecord;
  readonly open: () => Promise<AsyncIterable<Uint8Array>>;
}

export function keyFor(text: string): CacheKey {
  return parseCacheKey(createHash('sha256').update(text).digest('hex'));
}

export interface SampleOptions {
  readonly size?: number;
  readonly step?: string;
  readonly createdAt?: string;
  /** Entries of the layer's index; none: no index. */
  readonly entries?: number;
  readonly bytes?: Buffer;
}

export function sampleLayer(name: string, options: SampleOptions = {}): SampleLayer {
  const bytes = options.bytes ?? randomBytes(options.size ?? 1000);
  const digest = digestOf(bytes);
  const diffId = parseDiffId(digestOf(Buffer.concat([Buffer.from('diff'), bytes])));
  const record: CacheRecord = {
    key: keyFor(name),
    step: options.step ?? `step of ${name}`,
    parts: [
      { name: 'instruction', value: `COPY ${name} /` },
      { name: name, value: digest },
    ],
    parent: '',
    createdAt: options.createdAt ?? '2026-01-01T00:00:00.000Z',
    layer: {
      descriptor: { mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest, size: bytes.length },
      diffId,
      sources: [{ host: 'registry.example', path: 'library/base' }],
    },
    ...(options.entries === undefined ? {} : { index: sampleIndex(diffId, options.entries) }),
  };
  return { bytes, record, open: async () => chunked(bytes) };
}

export interface SampleMount {
  readonly bytes: Buffer;
  readonly mount: CachedMount;
  readonly open: () => Promise<AsyncIterable<Uint8Array>>;
}

/** A cache mount whose archive is random bytes. */
export function sampleMount(id: string, size: number): SampleMount {
  const bytes = randomBytes(size);
  const mount: CachedMount = {
    key: keyFor(`mount ${id}`),
    id,
    platform: 'linux/amd64',
    archive: { digest: digestOf(bytes), size, unpacked: 3 * size, members: 7 },
    savedAt: 1_700_000_000_000,
  };
  return { bytes, mount, open: async () => chunked(bytes) };
}

export function sampleIndex(diffId: LayerIndex['diffId'], count: number): LayerIndex {
  const entries = Array.from({ length: count }, (_, i): IndexedEntry => {
    const common = { path: `usr/lib/file-${i}`, mode: 0o644, uid: 0, gid: 0, mtime: 1_700_000_000 };
    if (i % 3 === 2) return { ...common, type: 'symlink', size: 0, linkName: `file-${i - 1}` };
    return { ...common, type: 'file', size: 5, offset: 512 * (2 * i + 1), content: digestOf(String(i)) };
  });
  return { diffId, size: 1024 * count, entries };
}

export async function bytesOf(source: AsyncIterable<Uint8Array> | undefined): Promise<Buffer | undefined> {
  if (source === undefined) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(Uint8Array.from(chunk));
  return Buffer.concat(chunks);
}

async function* chunked(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}
