import type { BuildCache } from '../../cache/build-cache.ts';
import type { Exporter } from '../../export/exporter.ts';
import type { ContentStore } from '../../image/content-store.ts';
import type { FileTree } from '../../image/file-tree.ts';
import type { LayerIndexStore } from '../../image/layer/index-store.ts';
import type { Registry } from '../../registry/registry.ts';
import type { WorkerStarter } from '../../worker/worker.ts';
import type { ContextSource } from '../engine.ts';

/** What a path of a context is to a build: taken, left out, or left out with all below it. */
export type ContextFilter = (path: string, isDirectory: boolean) => boolean | 'prune';

/** Opens a context that is not an image. `name` is what messages call it. */
export type ContextOpener = (
  source: Exclude<ContextSource, { readonly kind: 'image' }>,
  name: string,
  includes: ContextFilter,
) => Promise<FileTree>;

/** All that the embedded engine needs from outside; chosen in app/compose. */
export interface EngineDependencies {
  readonly registry: Registry;
  readonly store: ContentStore;
  readonly indexes: LayerIndexStore;
  /** Asked in this order. */
  readonly cacheFrom: readonly BuildCache[];
  readonly cacheTo: readonly BuildCache[];
  /** Called once, when the first RUN has to be executed. */
  readonly startWorker: WorkerStarter;
  readonly openContext: ContextOpener;
  readonly exporters: readonly Exporter[];
}
