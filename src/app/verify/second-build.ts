import { mkdtemp } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { BuildCache } from '../../cache/build-cache.ts';
import { embeddedEngine } from '../../engine/embedded/build.ts';
import type { BuildEvent, BuildRequest, BuiltImage } from '../../engine/engine.ts';
import type { ContentStore } from '../../image/content-store.ts';
import type { DiffId, Digest } from '../../image/digest.ts';
import type { LayerIndex } from '../../image/layer/entry.ts';
import type { LayerIndexStore } from '../../image/layer/index-store.ts';
import { indexLayer } from '../../image/layer/read-layer.ts';
import { compressionOf } from '../../image/media-types.ts';
import type { BuildOptions } from '../build-options.ts';
import { type Composed, compose, type Outside } from '../compose.ts';
import { NO_CACHES } from '../options/cache-options.ts';
import { removeStateFolder } from '../state-folder.ts';
import { type ComparedBuild, notReproducible, sameButForTimes } from './image-difference.ts';

export interface SecondBuildOptions {
  readonly options: BuildOptions;
  readonly request: BuildRequest;
  /** The first build's. */
  readonly composed: Composed;
  readonly outside: Outside;
  readonly signal: AbortSignal;
  readonly onEvent: (event: BuildEvent) => void;
}

/** File times and `date` count seconds: that many milliseconds later every clock shows something else. */
const LATER = 1000;

/**
 * For `verify-reproducible`: a hook that builds again before anything is exported and compares. The second build runs every step, in a state
 * folder of its own with another name, at a later time; it only takes base images' layers from the first one. When the first image had steps
 * from a cache and is not the same, a third build tells whether the steps are at fault or what the cache has. An image that was compared
 * once is not built again when the build has to start anew.
 * @returns for Engine.build; throws BuildError `NOT_REPRODUCIBLE`
 */
export function secondBuild(parts: SecondBuildOptions): (built: BuiltImage) => Promise<void> {
  const verified = new Set<Digest>();
  const { onEvent, composed } = parts;
  const notice = (message: string): void => onEvent({ type: 'notice', message });
  return async (built) => {
    if (verified.has(built.digest)) return;
    onEvent({ type: 'progress', message: 'building again without caches, to compare' });
    const first = compared(built, composed.dependencies.indexes);
    await buildAgain(parts, async (second) => {
      if (second.digest === first.digest) {
        notice(`reproducible: a second build gave ${first.digest} as well`);
        return;
      }
      if (!built.steps.some(({ outcome }) => outcome.type === 'cached'))
        throw await notReproducible(first, second);
      onEvent({ type: 'progress', message: 'building once more: the first image had steps from a cache' });
      await buildAgain(parts, async (third) => {
        if (third.digest !== second.digest) throw await notReproducible(second, third);
        if (!(await sameButForTimes(first, second))) throw await notReproducible(first, second);
        notice(
          `reproducible: two builds without a cache gave ${second.digest}; of this image, ${first.digest}, only times differ, which its cached steps have kept`,
        );
      });
    });
    verified.add(built.digest);
  };
}

async function buildAgain(
  { options, request, composed, outside, signal }: SecondBuildOptions,
  compare: (again: ComparedBuild) => Promise<void>,
): Promise<void> {
  await setTimeout(LATER, undefined, { signal });
  const stateDir = await mkdtemp(`${resolve(options.stateDir)}-again-`);
  try {
    await using fresh = await compose(
      { ...options, stateDir, cache: NO_CACHES, outputs: [] },
      { ...outside, onNotice: () => undefined },
    );
    const { dependencies } = fresh;
    const engine = embeddedEngine({
      ...dependencies,
      openCaches: async () => ({ from: [blobsOf(composed.dependencies.store)], to: [] }),
    });
    await engine.build(
      { ...request, noCache: true, lint: { ...request.lint, enabled: false } },
      {
        signal,
        onEvent: () => undefined,
        beforeExport: (again) => compare(compared(again, dependencies.indexes)),
      },
    );
  } finally {
    await removeStateFolder(stateDir, () => undefined).catch((error: unknown) =>
      outside.onNotice(`The temporary folder ${stateDir} is left behind: ${String(error)}`),
    );
  }
}

function compared({ digest, images, steps, content }: BuiltImage, indexes: LayerIndexStore): ComparedBuild {
  const layers = new Map(
    images.flatMap(({ image }) => image.layers.map((layer) => [layer.diffId, layer] as const)),
  );
  const indexOf = async (diffId: DiffId): Promise<LayerIndex | undefined> => {
    const known = await indexes.get(diffId);
    const layer = layers.get(diffId);
    const compression = layer === undefined ? undefined : compressionOf(layer.descriptor.mediaType);
    if (known !== undefined || layer === undefined || compression === undefined) return known;
    return indexLayer(await content.open(layer), compression, diffId);
  };
  return { digest, images, steps, indexOf };
}

/** No results, only bytes that are known by their digest: base images need not come through the network twice. */
function blobsOf(store: ContentStore): BuildCache {
  return {
    name: 'the first build',
    writable: false,
    lookup: () => Promise.resolve({}),
    hasBlob: async (digest) => (await store.stat(digest)) !== undefined,
    openBlob: async ({ digest }) =>
      (await store.stat(digest)) === undefined ? undefined : store.open(digest),
    save: () => undefined,
    finish: () =>
      Promise.resolve({
        name: 'the first build',
        recordsSaved: 0,
        bytesUploaded: 0,
        bytesDownloaded: 0,
        notices: [],
      }),
  };
}
