import type { SourceRange } from '../base/errors.ts';
import type { HistoryEntry, ImageConfig, Platform } from '../image/types.ts';

/** Names a vertex inside one graph: a digest over op and inputs, so equal steps are one vertex. */
export type VertexId = string;

/** `FROM scratch`, or a base without layers. */
export interface ScratchOp {
  readonly kind: 'scratch';
}

/** A base image, or an image named by COPY --from or a mount. Resolved before planning. */
export interface ImageOp {
  readonly kind: 'image';
  /** Normalised reference with the digest it resolved to. */
  readonly reference: string;
  readonly platform: Platform;
}

/** Files of a named context (`context` is the main one), filtered by its ignore file. */
export interface LocalOp {
  readonly kind: 'local';
  readonly context: string;
}

export interface GitOp {
  readonly kind: 'git';
  readonly url: string;
  readonly ref?: string;
  readonly subdir?: string;
  readonly keepGitDir: boolean;
  readonly submodules: boolean;
  readonly checksum?: string;
  /** Times of the files: of the checkout (when absent), or of the commit. */
  readonly mtime?: 'checkout' | 'commit';
  /** Fetch `checksum` itself instead of looking `ref` up. */
  readonly fetchByCommit?: boolean;
}

export interface HttpOp {
  readonly kind: 'http';
  readonly url: string;
  readonly filename: string;
  readonly checksum?: string;
}

export type MountSharing = 'shared' | 'private' | 'locked';

/** `from`: index into the vertex's `inputs`. Targets are absolute. */
export type RunMount =
  | {
      readonly type: 'bind';
      readonly from: number;
      readonly source: string;
      readonly target: string;
      readonly readonly: boolean;
    }
  | {
      readonly type: 'cache';
      readonly id: string;
      readonly target: string;
      readonly readonly: boolean;
      readonly sharing: MountSharing;
      /** Seed of a new cache. */
      readonly from?: number;
      readonly source: string;
      readonly mode: number;
      readonly uid: number;
      readonly gid: number;
      /** mode, uid or gid were given, be it what they are without. Decides nothing but what BuildKit makes of it. */
      readonly shaped?: true;
    }
  | { readonly type: 'tmpfs'; readonly target: string; readonly readonly: boolean; readonly size?: number }
  | {
      readonly type: 'secret';
      readonly id: string;
      /** Absent: only the variable. */
      readonly target?: string;
      /** The target as it was written, when that is not `target`. Decides nothing but what BuildKit makes of it. */
      readonly written?: string;
      readonly env?: string;
      readonly required: boolean;
      readonly mode: number;
      readonly uid: number;
      readonly gid: number;
    }
  | {
      readonly type: 'ssh';
      readonly id: string;
      readonly target: string;
      /** As with secrets. */
      readonly written?: string;
      readonly required: boolean;
      readonly mode: number;
      readonly uid: number;
      readonly gid: number;
    };

/** inputs[0] is the root file system. */
export interface RunOp {
  readonly kind: 'run';
  readonly args: readonly string[];
  /** `NAME=value`, in order; proxy values are not in here. */
  readonly env: readonly string[];
  readonly cwd: string;
  /** As USER wrote it; empty is root. */
  readonly user: string;
  readonly mounts: readonly RunMount[];
  readonly network: 'default' | 'none' | 'host';
  readonly security: 'sandbox' | 'insecure';
  readonly hostname: string;
  /** `name -> ip`. */
  readonly extraHosts: readonly { readonly name: string; readonly ip: string }[];
  /** A heredoc with `#!`: put at `/dev/pipes/NAME`, mode 0755, read-only. */
  readonly scriptFile?: { readonly path: string; readonly content: string };
  /** What the process runs on. */
  readonly platform: Platform;
  /** What the base says its programs are for, where that is another platform. */
  readonly programs?: Platform;
  /** `NAME=value` of proxy build args, both cases; set for the process unless `env` has the name. Not in keys, not in the history. */
  readonly proxyEnv?: readonly string[];
  /** Names in `env` that ARG gave, for words about the key; they count like all of `env`. */
  readonly argNames?: readonly string[];
  /** CDI names of `--device`, as written. BuildKit's stable channel refuses to run these, and so must an engine that has none. */
  readonly devices?: readonly string[];
}

/**
 * One source of a COPY or ADD. `from` is an index into the vertex's `inputs`. A `pattern` is what the instruction says after expansion,
 * not cleaned: `../x`, `a/./b` (a pivot with `parents`), wildcards.
 */
export type CopySource =
  | {
      readonly kind: 'path';
      readonly from: number;
      readonly pattern: string;
      /** A path in which nothing is a wildcard, such as the source of a bind mount. */
      readonly literal?: true;
    }
  | { readonly kind: 'inline'; readonly name: string; readonly content: string }
  /** The file or tree that an http or git vertex gives. */
  | { readonly kind: 'remote'; readonly from: number };

/** inputs[0] is the root file system that is copied into (also with `link`, for scheduling only then). */
export interface CopyOp {
  readonly kind: 'copy';
  readonly instruction: 'COPY' | 'ADD';
  readonly sources: readonly CopySource[];
  /** Absolute; a trailing slash or `/.` is kept, it means "a folder". */
  readonly destination: string;
  readonly chown?: string;
  readonly chmod?: string;
  readonly link: boolean;
  readonly parents: boolean;
  readonly exclude: readonly string[];
  /** ADD: by content unless said; COPY: never. `auto` unpacks sources of kind `path` only. */
  readonly unpack: 'auto' | 'always' | 'never';
}

/** WORKDIR: makes the folder and its parents, 0755, owned by `user`. inputs[0] is the root file system. */
export interface MkdirOp {
  readonly kind: 'mkdir';
  readonly path: string;
  readonly user: string;
}

export type Op = ScratchOp | ImageOp | LocalOp | GitOp | HttpOp | RunOp | CopyOp | MkdirOp;

export interface Vertex {
  readonly id: VertexId;
  readonly op: Op;
  readonly inputs: readonly VertexId[];
  /** As shown, e.g. `[build 2/5] RUN make`. */
  readonly name: string;
  readonly at?: SourceRange;
  /** Do not take it from the cache (`no-cache`). */
  readonly noCache: boolean;
  /** Which step this is whatever it says, e.g. `build RUN 2`: the second RUN of stage build. Absent for sources. */
  readonly step?: string;
  /** What each of `inputs` is, in words for cache keys: `base image docker.io/library/debian:12`, `previous step`, `stage build`. */
  readonly inputNames: readonly string[];
}

/** History of a step; `vertex` is set when the step makes a layer. */
export interface PlannedHistory {
  readonly entry: HistoryEntry;
  readonly vertex?: VertexId;
}

export interface Target {
  readonly platform: Platform;
  /** The last state's vertex. */
  readonly vertex: VertexId;
  /** The chain from the base to `vertex`: the vertices whose layers make the image, base first. The first is a scratch or image vertex. */
  readonly chain: readonly VertexId[];
  /** The image at the bottom, as it was resolved; absent for scratch. Its history is `baseHistory`, also when it has no layers. */
  readonly base?: { readonly reference: string; readonly platform: Platform };
  readonly baseHistory: readonly HistoryEntry[];
  /** Without rootfs and history; those come from the chain. */
  readonly config: Omit<ImageConfig, 'rootfs' | 'history'>;
  /** Above the base's own history. */
  readonly history: readonly PlannedHistory[];
}

/** Pure outcome of planning. `vertices` are in topological order. */
export interface BuildGraph {
  readonly vertices: readonly Vertex[];
  readonly targets: readonly Target[];
  /** Seconds since 1970 that the build arg, the file or the options say. */
  readonly sourceDateEpoch?: number;
}
