import type { DiffId, Digest } from '../image/digest.ts';
import type { EntryWithBody } from '../image/layer/entry.ts';
import type { MountArchive } from '../image/mount-archive.ts';

/** A layer as the worker reads it: a blob file of the content store. */
export interface LayerFile {
  readonly diffId: DiffId;
  readonly path: string;
  readonly compression: 'none' | 'gzip' | 'zstd';
}

/** A stack of layers, base first. */
export type LayerStack = readonly LayerFile[];

export type Rung = 'runc' | 'unshare' | 'userns' | 'chroot' | 'none';

/** What this machine offers for RUN: the rung in use and one line for each better one that is not. */
export interface IsolationReport {
  readonly rung: Rung;
  readonly snapshotter: 'overlay' | 'copy';
  /** The user that the worker runs as: `root`, `root through sudo`, `uid 1001 in a user namespace`. */
  readonly privilege: string;
  readonly reasons: readonly string[];
  /** What the rung does not isolate, one line each; empty for the first rungs. */
  readonly limits: readonly string[];
  /** User and group ids above it do not exist for steps, which see files that have them as files of root or nobody; absent: all exist. */
  readonly highestId?: number;
}

export type WorkerMount =
  /** `source` is a path inside the merged stack. Writes of a read-write bind are thrown away. */
  | {
      readonly type: 'layers';
      readonly stack: LayerStack;
      readonly source: string;
      readonly target: string;
      readonly readonly: boolean;
    }
  | {
      readonly type: 'cache';
      readonly id: string;
      /** As in `linux/arm64/v8`: each has a folder of its own. */
      readonly platform: string;
      readonly target: string;
      readonly readonly: boolean;
      readonly sharing: 'shared' | 'private' | 'locked';
      readonly seed?: LayerStack;
      readonly source: string;
      readonly mode: number;
      readonly uid: number;
      readonly gid: number;
    }
  | { readonly type: 'tmpfs'; readonly target: string; readonly readonly: boolean; readonly size?: number }
  /** A file that is never written to a disk: secrets, scripts. */
  | {
      readonly type: 'file';
      readonly content: Uint8Array;
      readonly target: string;
      readonly mode: number;
      readonly uid: number;
      readonly gid: number;
    }
  /** A Unix socket of this machine (ssh agent). */
  | {
      readonly type: 'socket';
      readonly path: string;
      readonly target: string;
      readonly mode: number;
      readonly uid: number;
      readonly gid: number;
    };

export type CacheMount = Extract<WorkerMount, { readonly type: 'cache' }>;

/** A cache mount as it is on this machine. */
export interface CacheState {
  /** Bytes of all files, and how many nodes there are. */
  readonly size: number;
  readonly members: number;
  /** The archive that it was filled from or last packed as, while nothing has changed since. */
  readonly archive?: Digest;
}

/** All paths inside the container. */
export interface RunRequest {
  /** Names the run in messages and folders; unique. */
  readonly id: string;
  readonly root: LayerStack;
  readonly args: readonly string[];
  readonly env: readonly string[];
  readonly cwd: string;
  /** `''`, `name`, `uid`, `user:group`. Looked up in the image's /etc/passwd and /etc/group. */
  readonly user: string;
  readonly mounts: readonly WorkerMount[];
  readonly network: 'default' | 'none' | 'host';
  /** `RUN --security=insecure`; only for rungs `runc` and `unshare`. */
  readonly insecure?: boolean;
  readonly hostname: string;
  readonly extraHosts: readonly { readonly name: string; readonly ip: string }[];
  /** Bytes. */
  readonly shmSize?: number;
  /** name (`nofile`) to soft and hard limit. */
  readonly ulimits?: readonly { readonly name: string; readonly soft: number; readonly hard: number }[];
}

/** How a layer tells times, in seconds since 1970: later ones than `after` become `to`, all are whole. */
export interface LayerTimes {
  readonly after: number;
  readonly to: number;
}

/** A run that ended. Hold it until its changes were read and committed, then dispose of it. */
export interface FinishedRun extends AsyncDisposable {
  readonly exitCode: number;
  /**
   * The difference to the root it started from as tar members: sorted by path in byte order, deletions as `.wh.NAME`, nothing of mounts
   * or of our own files. Times are as left by the process. Once only.
   */
  changes(): AsyncIterable<EntryWithBody>;
  /** Keeps the result as the unpacked form of this layer, so that a following step need not unpack it. `times`: how the layer tells them. */
  commit(diffId: DiffId, times?: LayerTimes): Promise<void>;
}

/** Something that the worker keeps for later builds. */
export interface HeldFolder {
  /** `layer`: an unpacked layer or stack of them; `name` is the encoded diffID or chainID. */
  readonly kind: 'layer' | 'mount';
  readonly name: string;
  /** Bytes on disk. */
  readonly size: number;
  readonly lastUsed: Date;
}

/**
 * SEAM between main and the privileged process. Dies with its owner and takes its mounts, children and temporary folders with it.
 */
export interface Worker extends AsyncDisposable, LayerPreparer {
  /**
   * How steps are run. What no step has shown so far is tried now.
   * @throws BuildError `NO_ISOLATION`
   */
  isolation(): Promise<IsolationReport>;
  /**
   * Runs a process on a fresh writable view of `root`. Output is handed over as it comes. The first one also shows which way of isolation
   * works: where a way cannot start its process, the next one does.
   * @throws BuildError `USER_NOT_FOUND`, `COMMAND_NOT_FOUND` (kind user), `ISOLATION_FAILED`, `NO_ISOLATION`, `UNPACK_FAILED`
   */
  run(
    request: RunRequest,
    options: {
      readonly signal?: AbortSignal;
      readonly onOutput: (chunk: Uint8Array, stream: 'stdout' | 'stderr') => void;
      /** Asked after each piece of output: the process has to wait for it when it prints more. */
      readonly drained?: () => Promise<void> | undefined;
    },
  ): Promise<FinishedRun>;
  /**
   * Fills a cache mount that is not on this machine. `open` is called only then. False when it is here already.
   * @throws BuildError `CACHE_MOUNT_BAD` and others for an archive that is damaged or could do harm: then there is no such mount as before
   */
  restoreCache(
    cache: CacheMount,
    archive: MountArchive,
    open: () => Promise<AsyncIterable<Uint8Array>>,
    signal?: AbortSignal,
  ): Promise<boolean>;
  /**
   * Undefined when there is no such cache mount.
   * @throws BuildError `CACHE_MOUNT_BUSY`
   */
  inspectCache(cache: CacheMount, signal?: AbortSignal): Promise<CacheState | undefined>;
  /**
   * Hands the packed content to `take`, which has to read it to its end.
   * @throws BuildError `CACHE_MOUNT_BUSY`, `CACHE_MOUNT_CHANGED`
   */
  packCache(
    cache: CacheMount,
    take: (archive: AsyncIterable<Uint8Array>) => Promise<void>,
    signal?: AbortSignal,
  ): Promise<MountArchive>;
  /** Deletes unpacked layers, cache mounts and leftovers that were not used since `before`. Bytes freed. */
  prune(before: Date): Promise<number>;
  /** All that it keeps goes when it ends, with the folder that it keeps it in. No other worker may use that. */
  discard(): Promise<void>;
  /** Unpacked layers and cache mounts that outlive the build. */
  held(): Promise<readonly HeldFolder[]>;
}

/** What of a worker is there first. Parallel calls and calls for layers that are there already are cheap. */
export interface LayerPreparer {
  /** Unpacks the layers of a stack, each for itself: some of a stack may be asked for before all of it. */
  unpack(stack: LayerStack, signal?: AbortSignal): Promise<void>;
  /** Gets a whole stack ready. */
  prepare(stack: LayerStack, signal?: AbortSignal): Promise<void>;
}

/** What a worker tells of itself. */
export interface WorkerEvents {
  /** Comes before the start ends. It is no use any more when the start fails. */
  readonly onPreparer?: (preparer: LayerPreparer) => void;
  /** It is known how steps are run: before the first of them writes anything, or ends. */
  readonly onIsolation?: (report: IsolationReport) => void;
}

/** Starts a worker. @throws BuildError `NO_ISOLATION` where that is known before a step is run */
export type WorkerStarter = (signal?: AbortSignal, events?: WorkerEvents) => Promise<Worker>;

/** Whether a machine can run programs of a platform. */
export type Emulation =
  /** By itself, or through an emulator that the kernel holds open (flag F of binfmt_misc) and that so works in every root. */
  | { readonly kind: 'ready' }
  /** Through an emulator that the kernel looks for in the root of the program. */
  | { readonly kind: 'in-root'; readonly interpreter: string }
  /** `why`: a clause without a period. */
  | { readonly kind: 'missing'; readonly why: string };
