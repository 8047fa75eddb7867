/**
 * Variables that steer the dynamic loader and the C library (glibc, sysdeps/generic/unsecvars.h): set while one of this machine's own programs
 * still runs, they would let an image load code outside of its root.
 */
const STEERING =
  /^(LD_|GLIBC_TUNABLES=|GCONV_PATH=|GETCONF_DIR=|LOCPATH=|NLSPATH=|MALLOC_|LIBMOUNT_|LOCALDOMAIN=|HOSTALIASES=|RES_OPTIONS=|RESOLV_|TMPDIR=|TZDIR=|NIS_PATH=)/;

export interface SplitEnvironment {
  /** Harmless for the last program of ours that runs before the root is entered. */
  readonly early: readonly string[];
  /** To be set inside the root only. */
  readonly late: readonly string[];
}

export function splitEnvironment(env: readonly string[]): SplitEnvironment {
  return {
    early: env.filter((pair) => !STEERING.test(pair)),
    late: env.filter((pair) => STEERING.test(pair)),
  };
}
