import type { BuildCache } from '../../cache/build-cache.ts';
import type { Exporter } from '../../export/exporter.ts';
import type { ContentStore } from '../../image/content-store.ts';
import type { FileTree } from '../../image/file-tree.ts';
import type { LayerIndexStore } from '../../image/layer/index-store.ts';
import type { Platform } from '../../image/types.ts';
import type { GitOp, HttpOp } from '../../plan/graph.ts';
import type { Registry } from '../../registry/registry.ts';
import type { Emulation, WorkerStarter } from '../../worker/worker.ts';
import type { ContextSource } from '../engine.ts';

/** What a path of a context is to a build: taken, left out, or left out with all below it. */
export type ContextFilter = (path: string, isDirectory: boolean) => boolean | 'prune';

/** Opens a context. `name` is what messages call it; the signal ends all that is read of it. */
export type ContextOpener = (
  source: ContextSource,
  name: string,
  includes: ContextFilter,
  signal: AbortSignal,
) => Promise<FileTree>;

/** A download or a Git repository, as far as keys and steps need it. */
export interface RemoteSource extends AsyncDisposable {
  /** Tells its content from any other, for cache keys. */
  readonly identity: string;
  /** The files, fetched when this is called first. */
  files(): Promise<FileTree>;
  /** Its time in seconds since 1970, where it tells one. Fetches it. */
  changedAt(): Promise<number | undefined>;
}

export type RemoteOpener = (op: HttpOp | GitOp, signal: AbortSignal) => Promise<RemoteSource>;

/** The caches of a build. Read in this order. */
export interface Caches {
  readonly from: readonly BuildCache[];
  /** They take the result of every step. */
  readonly to: readonly BuildCache[];
  /** They take only what is in the final images (`mode=min`). */
  readonly toFinal?: readonly BuildCache[];
  /** A build with a failure of one of these fails, when all else is done. */
  readonly strict?: ReadonlySet<BuildCache>;
}

/** All that the embedded engine needs from outside; chosen in app/compose. */
export interface EngineDependencies {
  readonly registry: Registry;
  readonly store: ContentStore;
  readonly indexes: LayerIndexStore;
  /** Called once, when the Dockerfile has passed the linter: opening a cache may ask a service. */
  readonly openCaches: () => Promise<Caches>;
  /** Is one of them filled by other machines too? Then it may know base images that this one has never seen. */
  readonly sharesCaches: boolean;
  /** Absent: caches keep no folders of RUN --mount=type=cache. `limit`: most bytes of one; all of a build may have twice as much. */
  readonly cacheMounts?: { readonly limit: number };
  /** Called once, when the first RUN has to be executed. */
  readonly startWorker: WorkerStarter;
  readonly openContext: ContextOpener;
  readonly openRemote: RemoteOpener;
  /** Whether the programs of a platform run here. */
  readonly emulationFor: (platform: Platform) => Promise<Emulation>;
  /** Path of the socket of an SSH agent, one of `BuildRequest.sshAgents`; it listens when this returns. */
  readonly agentSocket: (id: string) => Promise<string>;
  readonly exporters: readonly Exporter[];
}
