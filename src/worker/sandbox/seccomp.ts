/** Needs privilege, reaches the kernel's own state, or is old and little tested: what Docker's default profile refuses to a container, too. */
const REFUSED = [
  'acct',
  'add_key',
  'bpf',
  'clock_adjtime',
  'clock_settime',
  'create_module',
  'delete_module',
  'finit_module',
  'fsconfig',
  'fsmount',
  'fsopen',
  'fspick',
  'get_kernel_syms',
  'init_module',
  'io_uring_enter',
  'io_uring_register',
  'io_uring_setup',
  'ioperm',
  'iopl',
  'kcmp',
  'kexec_file_load',
  'kexec_load',
  'keyctl',
  'lookup_dcookie',
  'mount',
  'mount_setattr',
  'move_mount',
  'move_pages',
  'nfsservctl',
  'open_by_handle_at',
  'open_tree',
  'perf_event_open',
  'pivot_root',
  'query_module',
  'quotactl',
  'quotactl_fd',
  'reboot',
  'request_key',
  'setns',
  'settimeofday',
  'stime',
  'swapoff',
  'swapon',
  'sysfs',
  'umount',
  'umount2',
  'unshare',
  'uselib',
  'userfaultfd',
  'ustat',
  'vm86',
  'vm86old',
] as const;

/** CLONE_NEW* of clone(2): new namespaces. */
const NAMESPACE_FLAGS = [
  0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000, 0x00020000,
] as const;
const EPERM = 1;
const ENOSYS = 38;

const ARCHITECTURES: Readonly<Record<string, readonly string[]>> = {
  x64: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86', 'SCMP_ARCH_X32'],
  arm64: ['SCMP_ARCH_AARCH64', 'SCMP_ARCH_ARM'],
  s390x: ['SCMP_ARCH_S390X', 'SCMP_ARCH_S390'],
};

/** OCI runtime-spec 1.2, config-linux.md "Seccomp". Everything is allowed but what is listed. */
export function seccompProfile(architecture: string): object {
  const refuse = (names: readonly string[], errnoRet: number, args: readonly object[] = []): object => ({
    names,
    action: 'SCMP_ACT_ERRNO',
    errnoRet,
    args,
  });
  const architectures = ARCHITECTURES[architecture];
  return {
    defaultAction: 'SCMP_ACT_ALLOW',
    ...(architectures === undefined ? {} : { architectures }),
    syscalls: [
      refuse(REFUSED, EPERM),
      ...NAMESPACE_FLAGS.map((flag) =>
        refuse(['clone'], EPERM, [{ index: 0, value: flag, valueTwo: flag, op: 'SCMP_CMP_MASKED_EQ' }]),
      ),
      // Its flags are behind a pointer, which a filter cannot read: the C library then falls back to clone.
      refuse(['clone3'], ENOSYS),
    ],
  };
}
