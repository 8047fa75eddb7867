/** Who a process is. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
  /** Supplementary groups with the primary one; sorted. */
  readonly groups: readonly number[];
}

/**
 * A folder or file of the worker's mount namespace that is to be seen at `target`. The target exists and is a path inside the root with every
 * symlink resolved and without a leading slash. Parents come before what is mounted below them.
 */
export interface SandboxMount {
  readonly source: string;
  readonly target: string;
  readonly readonly: boolean;
}

export interface ResourceLimit {
  /** `nofile`, `nproc`, … as prlimit(1) names them. */
  readonly name: string;
  readonly soft: number;
  readonly hard: number;
}

/** Paths. */
export interface StepPipes {
  readonly stdout: string;
  readonly stderr: string;
}

/** Everything of one process in one root; no defaults below this line. */
export interface ProcessSpec {
  readonly id: string;
  /** The root folder in the worker's mount namespace. */
  readonly root: string;
  /** A private folder for the sandbox's own files, on a tmpfs where there is one. Removed by the caller. */
  readonly scratch: string;
  /** Named pipes for its output, which nobody else uses. */
  readonly pipes: StepPipes;
  /** What becomes /dev: a folder with a place for each device, see device-folder.ts. Absent where nothing can be mounted. */
  readonly dev?: string;
  readonly args: readonly string[];
  readonly env: readonly string[];
  /** Exists. */
  readonly cwd: string;
  readonly account: Account;
  readonly mounts: readonly SandboxMount[];
  readonly network: 'default' | 'none' | 'host';
  readonly hostname: string;
  readonly shmSize: number;
  /** `RUN --security=insecure`: nothing that root of this machine may do is kept from it. */
  readonly insecure: boolean;
  readonly limits: readonly ResourceLimit[];
}

export interface SandboxOptions {
  /** Aborting kills everything inside before `run` rejects. */
  readonly signal?: AbortSignal | undefined;
  /** Output is awaited, so that a slow reader slows the process. */
  readonly onOutput: (chunk: Uint8Array, stream: 'stdout' | 'stderr') => Promise<void> | void;
  /** The step's process has been started: what fails from now on is its own. Before any output; not told by sandboxes that were tried. */
  readonly onStarted?: () => void;
}

/** SEAM: runs one process in a root and everything it started is gone when it returns. */
export interface Sandbox {
  readonly name: 'runc' | 'unshare' | 'chroot';
  /** What it does not isolate, one line each. */
  readonly limits: readonly string[];
  /** Whether it can mount; where not, the caller puts files in place and takes them away again. */
  readonly mounts: boolean;
  /**
   * The exit code, 128 + n for an end by signal n.
   * @throws BuildError `ISOLATION_FAILED` when the process could not be started
   */
  run(spec: ProcessSpec, options: SandboxOptions): Promise<number>;
}
