import type { DiffId } from '../image/digest.ts';
import type { DifferencePlan } from './protocol.ts';
import type { LayerStack, LayerTimes } from './worker.ts';

/** A merged stack of layers at a path; disposing gives it back. */
export interface Snapshot extends AsyncDisposable {
  /** Absolute; valid in the worker's mount namespace. */
  readonly path: string;
}

export interface Difference extends DifferencePlan {
  /**
   * The changed nodes and the folders that lead to them as a POSIX tar in byte order of their paths. May hold attributes and nodes of the snapshotter's own
   * (`trusted.overlay.*`); whoever reads it drops them.
   */
  readonly tar: AsyncIterable<Uint8Array>;
}

/** A writable view of a stack. */
export interface ActiveSnapshot extends Snapshot {
  /**
   * All of ours is in place and the process is about to start: what is there now is no change.
   * @param own paths in it that belong to us with all below them, whatever the process does there
   */
  begin(own?: readonly string[]): Promise<void>;
  /** The process has ended, and ours is still in place. */
  end(): Promise<void>;
  /**
   * What was changed since it was made; once, when no process uses it any more.
   * @throws BuildError `DIFF_FAILED`
   */
  difference(signal?: AbortSignal): Promise<Difference>;
  /** Keeps the result as the unpacked form of this layer where the snapshotter can, with the layer's times. Ends the snapshot. */
  commit(diffId: DiffId, times?: LayerTimes): Promise<void>;
}

/** SEAM: stacks of layers as folders. All methods may be called concurrently. */
export interface Snapshotter {
  readonly name: 'overlay' | 'copy';
  /**
   * Unpacks what is not there yet.
   * @throws BuildError `UNPACK_FAILED`, `DIGEST_MISMATCH`
   */
  prepare(stack: LayerStack, signal?: AbortSignal): Promise<void>;
  /** A view that nobody may write to. */
  view(stack: LayerStack, signal?: AbortSignal): Promise<Snapshot>;
  /** A fresh writable view. `name` is unique among those alive. */
  create(stack: LayerStack, name: string, signal?: AbortSignal): Promise<ActiveSnapshot>;
  /** Deletes what was not used since `before`. Bytes freed. */
  prune(before: Date): Promise<number>;
}
