import type { ContainerConfig, HistoryEntry, Platform } from '../image/types.ts';
import type { Environment } from './environment.ts';
import type { PlannedHistory, VertexId } from './graph.ts';

export interface DeclaredArg {
  readonly name: string;
  /** Undefined: declared and not set. */
  readonly value: string | undefined;
}

/** What an image says of itself beside its container config. */
export interface ImageFacts {
  readonly platform: Platform;
  readonly author?: string;
}

/** A stage after some of its instructions. Instructions replace the fields; a stage FROM another one begins with a copy. */
export interface StageState {
  /** What its steps run on. */
  platform: Platform;
  /** Its files. */
  vertex: VertexId;
  /** Vertices from the base to `vertex`. */
  chain: readonly VertexId[];
  env: Environment;
  /** With forward slashes. */
  workdir: string;
  facts: ImageFacts;
  config: ContainerConfig;
  history: readonly PlannedHistory[];
  /** ARGs so far, those of the stages below first. */
  args: readonly DeclaredArg[];
  /** A WORKDIR of this file has been seen. */
  workdirSet: boolean;
  base: { readonly reference: string; readonly platform: Platform } | undefined;
  baseHistory: readonly HistoryEntry[];
}
