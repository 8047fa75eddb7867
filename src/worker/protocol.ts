import type { ErrorKind } from '../base/errors.ts';
import type { DiffId } from '../image/digest.ts';
import type { MountArchive } from '../image/mount-archive.ts';
import type {
  CacheMount,
  CacheState,
  HeldFolder,
  IsolationReport,
  LayerStack,
  LayerTimes,
  Rung,
  RunRequest,
  WorkerMount,
} from './worker.ts';

/**
 * What main and the worker say to each other. The worker is started with nothing but the entry's name in its arguments and an empty
 * environment; the first line of its stdin is a `Hello`. It then connects to main's Unix socket: one control connection (a JSON object a
 * line) and one more connection for each byte stream, so that the kernel keeps a slow reader from being flooded. Every connection begins
 * with one line, an `Introduction`, that shows the token.
 */

/** Raised with every change that an older worker would misread; both come from one bundle, so this only catches a stale file. */
export const PROTOCOL_VERSION = 4;

/** How the worker came by its privilege. */
export type Privilege = 'root' | 'sudo' | 'userns' | 'userns-single' | 'plain';

export interface Hello {
  readonly version: number;
  /** Path of main's Unix socket. */
  readonly socket: string;
  readonly token: string;
  /** Names the main process in the folders that belong to it: pid, start time and PID namespace. */
  readonly owner: string;
  /** The worker's own folder; only the worker reads and writes below it. */
  readonly folder: string;
  readonly privilege: Privilege;
  /** Whether it lives in mount and PID namespaces of its own, so that all of its mounts and children die with it. */
  readonly contained: boolean;
  readonly isolation: 'auto' | Rung;
}

export type Introduction =
  | { readonly token: string; readonly role: 'control' }
  | { readonly token: string; readonly role: 'stream'; readonly stream: number };

/** A mount as it travels: bytes as base64. */
export type WireMount =
  | Exclude<WorkerMount, { readonly type: 'file' }>
  | (Omit<Extract<WorkerMount, { readonly type: 'file' }>, 'content'> & { readonly content: string });

export type WireRun = Omit<RunRequest, 'mounts'> & { readonly mounts: readonly WireMount[] };

/** Names of the methods, what main sends and what it gets. `stream` names the connection on which bytes will come. */
export interface Methods {
  /** See LayerPreparer. */
  unpack: { params: { readonly stack: LayerStack }; result: null };
  prepare: { params: { readonly stack: LayerStack }; result: null };
  /** See Worker.isolation. */
  isolation: { params: null; result: IsolationReport };
  run: {
    params: { readonly request: WireRun; readonly stream: number };
    result: { readonly exitCode: number };
  };
  changes: { params: { readonly run: string; readonly stream: number }; result: DifferencePlan };
  commit: {
    params: { readonly run: string; readonly diffId: DiffId; readonly times?: LayerTimes };
    result: null;
  };
  release: { params: { readonly run: string }; result: null };
  /** The archive is read from the stream, which is asked for only when the cache is not here. */
  restoreCache: {
    params: { readonly cache: CacheMount; readonly archive: MountArchive; readonly stream: number };
    result: { readonly restored: boolean };
  };
  inspectCache: { params: { readonly cache: CacheMount }; result: CacheState | null };
  packCache: { params: { readonly cache: CacheMount; readonly stream: number }; result: MountArchive };
  /** See Worker.discard. */
  discard: { params: Record<string, never>; result: null };
  /** `before`: milliseconds since 1970. */
  prune: { params: { readonly before: number }; result: { readonly freed: number } };
  /** `lastUsed`: milliseconds since 1970. */
  held: {
    params: null;
    result: { readonly folders: readonly (Omit<HeldFolder, 'lastUsed'> & { readonly lastUsed: number })[] };
  };
  /** Folders of owners that are gone. */
  sweep: { params: { readonly owners: readonly string[] }; result: null };
}

export type Method = keyof Methods;

/**
 * What main needs besides the tar stream to tell the difference. All paths sorted in byte order.
 */
export interface DifferencePlan {
  /** Paths (without `.wh.`) that are gone. */
  readonly deleted: readonly string[];
}

export interface WireError {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
}

export type ToWorker =
  | {
      readonly [M in Method]: {
        readonly id: number;
        readonly method: M;
        readonly params: Methods[M]['params'];
      };
    }[Method]
  | { readonly cancel: number };

export type FromWorker =
  /** The worker is ready. Layers can be unpacked before (methods `unpack` and `prepare`, no others). `owners`: whose folders it found. */
  | { readonly owners: readonly string[] }
  /** Or else: it cannot work here. */
  | { readonly refused: WireError }
  /** Once, when it is known how steps are run: before any output of the first one, and before its answer. */
  | { readonly isolation: IsolationReport }
  | { readonly id: number; readonly result: Methods[Method]['result'] }
  | { readonly id: number; readonly error: WireError }
  /** After the last byte of a stream. */
  | { readonly streamEnd: number; readonly error?: WireError };

/** Kinds of frames on a run's output stream: one byte of kind, four bytes of length (big endian), the bytes. */
export const OUTPUT_FRAME = { stdout: 1, stderr: 2 } as const;
export const OUTPUT_FRAME_HEADER = 5;
