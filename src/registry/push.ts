import pLimit from 'p-limit';
import { BuildError } from '../base/errors.ts';
import type { Digest } from '../image/digest.ts';
import { oneChunk } from '../image/one-chunk.ts';
import { familiarReference, parseReference, type Reference, repositoryOf } from '../image/reference.ts';
import type { Descriptor, Image, Layer, RawBlob, Repository } from '../image/types.ts';
import { canonicalHost, sameHost } from './host.ts';
import type { Registry, UploadOutcome } from './registry.ts';

/** One platform's image with the bytes that decide its digests. */
export interface PushImage {
  readonly image: Image;
  readonly config: RawBlob;
  readonly manifest: RawBlob;
}

export interface PushRequest {
  readonly images: readonly PushImage[];
  /** Over the images' manifests; without it there must be exactly one image. */
  readonly index?: RawBlob | undefined;
  /** Where to: with a tag, or without one to push by digest alone. */
  readonly references: readonly string[];
  /** Opened only when an upload is needed. */
  readonly content: { open(layer: Layer): Promise<AsyncIterable<Uint8Array>> };
  /** Blobs at the same time. Default 5. */
  readonly concurrency?: number | undefined;
  /** A tag that has this digest already is left alone, its repository's blobs are not even asked for. */
  readonly skipUnchanged?: boolean | undefined;
  /** `any` (default): a target that fails ends the push before any tag is set. `all`: the others go on; an error only if all fail. */
  readonly failOn?: 'any' | 'all' | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((message: string) => void) | undefined;
}

export interface PushResult {
  readonly descriptor: Descriptor;
  /** References that now have the image, unchanged ones included. */
  readonly pushed: readonly string[];
  /** References that had it before; only looked at with `skipUnchanged`. */
  readonly unchanged: readonly string[];
  readonly failed: readonly { readonly references: readonly string[]; readonly error: unknown }[];
  /** Bytes. */
  readonly bytesSent: number;
  /** Bytes that were there already or mounted. */
  readonly bytesSkipped: number;
}

const CONCURRENCY = 5;

/**
 * Pushes to all references: blobs to every target first, then manifests, then index and tags, so that no tag ever names something
 * incomplete and several registries agree.
 * @throws BuildError `NO_REFERENCE`, `BAD_REFERENCE`; whatever the registry throws
 */
export async function pushImages(registry: Registry, request: PushRequest): Promise<PushResult> {
  return new Push(registry, request).run();
}

interface Target {
  readonly repository: Repository;
  readonly references: readonly Reference[];
}

interface Blob {
  readonly descriptor: Descriptor;
  readonly sources: readonly Repository[];
  readonly open: () => Promise<AsyncIterable<Uint8Array>>;
}

class Push {
  readonly #registry: Registry;
  readonly #request: PushRequest;
  readonly #top: RawBlob;
  readonly #failed = new Map<Target, unknown>();
  readonly #unchanged = new Set<Reference>();
  readonly #stop = new AbortController();
  #sent = 0;
  #skipped = 0;

  constructor(registry: Registry, request: PushRequest) {
    this.#registry = registry;
    this.#request = request;
    this.#top = topOf(request);
  }

  async run(): Promise<PushResult> {
    const targets = targetsOf(this.#request.references);
    if (this.#request.skipUnchanged === true) await this.#each(targets, (target) => this.#compare(target));
    const due = targets.filter((target) =>
      target.references.some((reference) => !this.#unchanged.has(reference)),
    );
    await this.#pushBlobs(due);
    if (this.#request.index !== undefined) await this.#each(due, (target) => this.#putByDigest(target));
    await this.#each(due, (target) => this.#tag(target));
    return this.#result(targets);
  }

  get #signal(): AbortSignal {
    const { signal } = this.#request;
    return signal === undefined ? this.#stop.signal : AbortSignal.any([signal, this.#stop.signal]);
  }

  /** Runs one phase for all targets that have not failed yet, and ends the push where a failure has to. */
  async #each(targets: readonly Target[], phase: (target: Target) => Promise<void>): Promise<void> {
    await Promise.all(targets.map((target) => this.#guarded(target, () => phase(target))));
    this.#check(targets);
  }

  async #guarded(target: Target, work: () => Promise<void>): Promise<void> {
    if (this.#failed.has(target)) return;
    try {
      await work();
    } catch (error) {
      // What stops because another one failed is not a failure of its own.
      if (this.#stop.signal.aborted || this.#failed.has(target)) return;
      this.#failed.set(target, error);
      if (this.#request.failOn !== 'all') this.#stop.abort();
    }
  }

  #check(targets: readonly Target[]): void {
    this.#request.signal?.throwIfAborted();
    const [first] = this.#failed.values();
    if (first === undefined) return;
    if (this.#request.failOn !== 'all' || this.#failed.size === targets.length) throw first;
  }

  async #compare(target: Target): Promise<void> {
    for (const reference of target.references) {
      if (reference.tag === undefined) continue;
      const there = await this.#registry.resolve(target.repository, reference.tag, { signal: this.#signal });
      if (there?.digest === this.#top.descriptor.digest) this.#unchanged.add(reference);
    }
  }

  /** Each blob goes to one repository of a host first; the host's other ones can mount it from there. */
  async #pushBlobs(targets: readonly Target[]): Promise<void> {
    const limit = pLimit(this.#request.concurrency ?? CONCURRENCY);
    const hosts = Map.groupBy(targets, ({ repository }) => canonicalHost(repository.host));
    const blobs = blobsOf(this.#request);
    const jobs = [...hosts.values()].flatMap((group) =>
      blobs.map((blob) => limit(() => this.#pushBlob(group, blob))),
    );
    await Promise.all(jobs);
    this.#check(targets);
  }

  async #pushBlob(targets: readonly Target[], blob: Blob): Promise<void> {
    const holders: Repository[] = [];
    for (const target of targets) {
      await this.#guarded(target, async () => {
        const { repository } = target;
        const mountFrom = [...holders, ...blob.sources].filter(({ host }) => sameHost(host, repository.host));
        const signal = this.#signal;
        signal.throwIfAborted();
        const outcome = await this.#registry.pushBlob(repository, blob.descriptor, blob.open, {
          mountFrom,
          signal,
        });
        holders.push(repository);
        this.#count(repository, blob.descriptor, outcome);
      });
    }
  }

  #count(repository: Repository, descriptor: Descriptor, outcome: UploadOutcome): void {
    if (outcome === 'uploaded') this.#sent += descriptor.size;
    else this.#skipped += descriptor.size;
    this.#request.onProgress?.(
      `${repository.host}/${repository.path}: ${shortName(descriptor.digest)} ${OUTCOMES[outcome]} (${descriptor.size} bytes)`,
    );
  }

  async #putByDigest(target: Target): Promise<void> {
    for (const { manifest } of this.#request.images) {
      await this.#put(target, manifest.descriptor.digest, manifest);
    }
  }

  async #tag(target: Target): Promise<void> {
    for (const reference of target.references) {
      if (this.#unchanged.has(reference)) continue;
      await this.#put(target, reference.tag ?? this.#top.descriptor.digest, this.#top);
    }
  }

  async #put(target: Target, reference: string, manifest: RawBlob): Promise<void> {
    await this.#registry.putManifest(target.repository, reference, manifest, { signal: this.#signal });
    this.#sent += manifest.bytes.length;
  }

  #result(targets: readonly Target[]): PushResult {
    const names = ({ references }: Target): readonly string[] => references.map(familiarReference);
    return {
      descriptor: this.#top.descriptor,
      pushed: targets.filter((target) => !this.#failed.has(target)).flatMap(names),
      unchanged: [...this.#unchanged].map(familiarReference),
      failed: [...this.#failed].map(([target, error]) => ({ references: names(target), error })),
      bytesSent: this.#sent,
      bytesSkipped: this.#skipped,
    };
  }
}

const OUTCOMES: Readonly<Record<UploadOutcome, string>> = {
  present: 'is there already',
  mounted: 'mounted from another repository',
  uploaded: 'uploaded',
};

function topOf({ index, images }: PushRequest): RawBlob {
  const [first, second] = images;
  if (index !== undefined) return index;
  if (first !== undefined && second === undefined) return first.manifest;
  throw new BuildError({
    kind: 'bug',
    code: 'NO_INDEX',
    message: `${images.length} images were to be pushed without an index over them`,
  });
}

function targetsOf(references: readonly string[]): readonly Target[] {
  if (references.length === 0) {
    throw new BuildError({
      kind: 'user',
      code: 'NO_REFERENCE',
      message: 'There is no name to push to',
      hint: 'Give at least one tag, e.g. ghcr.io/owner/app:1.0.',
    });
  }
  const groups = Map.groupBy(references.map(parseReference), ({ host, path }) => `${host}/${path}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ repository: repositoryOf(first), references: group }];
  });
}

/** Layers and configs, each once, the largest first: the last one to finish decides when it is all done. */
function blobsOf({ images, content }: PushRequest): readonly Blob[] {
  const blobs = new Map<Digest, Blob>();
  for (const { image, config } of images) {
    for (const layer of image.layers) {
      const { descriptor, sources } = layer;
      const known = blobs.get(descriptor.digest);
      blobs.set(descriptor.digest, {
        descriptor,
        sources: [...(known?.sources ?? []), ...sources],
        open: () => content.open(layer),
      });
    }
    const { descriptor, bytes } = config;
    blobs.set(descriptor.digest, { descriptor, sources: [], open: async () => oneChunk(bytes) });
  }
  return [...blobs.values()].sort((one, other) => other.descriptor.size - one.descriptor.size);
}

function shortName(digest: Digest): string {
  return digest.replace(/^(sha\d+:[0-9a-f]{12}).*$/, '$1');
}
