/**
 * The system calls that Docker's default profile lets a container make (moby/profiles, seccomp/default.json), by what they are about. All
 * others fail with EPERM: those that need privilege, reach the kernel's own state, or are little tested (io_uring, bpf, keyctl, userfaultfd).
 */
const ALLOWED = {
  files: `access chdir chmod chown chown32 close close_range copy_file_range creat dup dup2 dup3 faccessat faccessat2 fadvise64 fadvise64_64
    fallocate fchdir fchmod fchmodat fchmodat2 fchown fchown32 fchownat fcntl fcntl64 fdatasync flock fstat fstat64 fstatat64 fstatfs
    fstatfs64 fsync ftruncate ftruncate64 futimesat getcwd getdents getdents64 ioctl lchown lchown32 link linkat _llseek lseek lstat lstat64
    mkdir mkdirat mknod mknodat name_to_handle_at newfstatat open openat openat2 pread64 preadv preadv2 pwrite64 pwritev pwritev2 read
    readahead readlink readlinkat readv rename renameat renameat2 rmdir sendfile sendfile64 splice stat stat64 statfs statfs64 statx symlink
    symlinkat sync sync_file_range syncfs tee truncate truncate64 umask unlink unlinkat utime utimensat utimensat_time64 utimes vmsplice write
    writev cachestat listmount statmount chroot`,
  attributes: `fgetxattr flistxattr fremovexattr fsetxattr getxattr getxattrat lgetxattr listxattr listxattrat llistxattr lremovexattr
    lsetxattr removexattr removexattrat setxattr setxattrat`,
  events: `epoll_create epoll_create1 epoll_ctl epoll_ctl_old epoll_pwait epoll_pwait2 epoll_wait epoll_wait_old eventfd eventfd2
    fanotify_mark inotify_add_watch inotify_init inotify_init1 inotify_rm_watch _newselect poll ppoll ppoll_time64 pselect6 pselect6_time64
    select signalfd signalfd4 timerfd_create timerfd_gettime timerfd_gettime64 timerfd_settime timerfd_settime64`,
  memory: `brk madvise map_shadow_stack membarrier memfd_create memfd_secret mincore mlock mlock2 mlockall mmap mmap2 mprotect mremap mseal
    msync munlock munlockall munmap pkey_alloc pkey_free pkey_mprotect process_mrelease remap_file_pages`,
  processes: `capget capset execve execveat exit exit_group fork getcpu getegid getegid32 geteuid geteuid32 getgid getgid32 getgroups
    getgroups32 getpgid getpgrp getpid getppid getpriority getresgid getresgid32 getresuid getresuid32 getrlimit getrusage getsid gettid
    getuid getuid32 get_robust_list get_thread_area ioprio_get ioprio_set kill landlock_add_rule landlock_create_ruleset
    landlock_restrict_self pause pidfd_open pidfd_send_signal prctl prlimit64 process_vm_readv process_vm_writev ptrace restart_syscall
    rseq seccomp setfsgid setfsgid32 setfsuid setfsuid32 setgid setgid32 setgroups setgroups32 setpgid setpriority setregid setregid32
    setresgid setresgid32 setresuid setresuid32 setreuid setreuid32 setrlimit setsid setuid setuid32 set_robust_list set_thread_area
    set_tid_address sysinfo tgkill times tkill ugetrlimit uname uretprobe vfork wait4 waitid waitpid riscv_hwprobe`,
  scheduling: `sched_getaffinity sched_getattr sched_getparam sched_get_priority_max sched_get_priority_min sched_getscheduler
    sched_rr_get_interval sched_rr_get_interval_time64 sched_setaffinity sched_setattr sched_setparam sched_setscheduler sched_yield`,
  signals: `rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait rt_sigtimedwait_time64
    rt_tgsigqueueinfo sigaltstack sigprocmask sigreturn`,
  sockets: `accept accept4 bind connect getpeername getsockname getsockopt listen recv recvfrom recvmmsg recvmmsg_time64 recvmsg send
    sendmmsg sendmsg sendto setsockopt shutdown socketcall socketpair`,
  time: `adjtimex alarm clock_adjtime clock_adjtime64 clock_getres clock_getres_time64 clock_gettime clock_gettime64 clock_nanosleep
    clock_nanosleep_time64 getitimer getrandom gettimeofday nanosleep setitimer time timer_create timer_delete timer_getoverrun
    timer_gettime timer_gettime64 timer_settime timer_settime64`,
  communication: `futex futex_requeue futex_time64 futex_wait futex_waitv futex_wake ipc mq_getsetattr mq_notify mq_open mq_timedreceive
    mq_timedreceive_time64 mq_timedsend mq_timedsend_time64 mq_unlink msgctl msgget msgrcv msgsnd pipe pipe2 semctl semget semop semtimedop
    semtimedop_time64 shmat shmctl shmdt shmget io_cancel io_destroy io_getevents io_pgetevents io_pgetevents_time64 io_setup io_submit`,
} as const;

interface Architecture {
  readonly names: readonly string[];
  /** Calls that only it has. */
  readonly calls: string;
  /** Position of the flags among clone's arguments. */
  readonly cloneFlags: number;
}

/** By Node's names. */
const ARCHITECTURES: Readonly<Record<string, Architecture>> = {
  x64: {
    names: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86', 'SCMP_ARCH_X32'],
    calls: 'arch_prctl modify_ldt',
    cloneFlags: 0,
  },
  arm64: {
    names: ['SCMP_ARCH_AARCH64', 'SCMP_ARCH_ARM'],
    calls: 'arm_fadvise64_64 arm_sync_file_range sync_file_range2 breakpoint cacheflush set_tls',
    cloneFlags: 0,
  },
  s390x: {
    names: ['SCMP_ARCH_S390X', 'SCMP_ARCH_S390'],
    calls: 's390_pci_mmio_read s390_pci_mmio_write s390_runtime_instr',
    cloneFlags: 1,
  },
  ppc64: { names: [], calls: 'sync_file_range2 swapcontext', cloneFlags: 0 },
  riscv64: { names: [], calls: 'riscv_flush_icache', cloneFlags: 0 },
};
const OTHER: Architecture = { names: [], calls: '', cloneFlags: 0 };

/** All CLONE_NEW* flags of clone(2). */
const NAMESPACES = 0x7e02_0000;
/** Of personality(2): Linux, Linux that tells an old kernel's number (UNAME26), both for 32 bits (PER_LINUX32), and the question which one it is. */
const PERSONALITIES = [0, 0x8, 0x2_0000, 0x2_0008, 0xffff_ffff] as const;
/** Address families of socket(2) around AF_ALG (38, the kernel's cryptography) and AF_VSOCK (40, the host of a virtual machine). */
const FAMILIES = [
  { value: 38, op: 'SCMP_CMP_LT' },
  { value: 39, op: 'SCMP_CMP_EQ' },
  { value: 40, op: 'SCMP_CMP_GT' },
] as const;
const EPERM = 1;
const ENOSYS = 38;

/** OCI runtime-spec 1.2, config-linux.md "Seccomp". What is not allowed fails. */
export function seccompProfile(architecture: string): object {
  const { names, calls, cloneFlags } = ARCHITECTURES[architecture] ?? OTHER;
  return {
    defaultAction: 'SCMP_ACT_ERRNO',
    defaultErrnoRet: EPERM,
    ...(names.length === 0 ? {} : { architectures: names }),
    syscalls: [
      allow(
        [...Object.values(ALLOWED), calls].flatMap((text) => text.split(/\s+/).filter((name) => name !== '')),
      ),
      ...FAMILIES.map(({ value, op }) => allow(['socket'], { index: 0, value, op })),
      ...PERSONALITIES.map((value) => allow(['personality'], { index: 0, value, op: 'SCMP_CMP_EQ' })),
      allow(['clone'], { index: cloneFlags, value: NAMESPACES, valueTwo: 0, op: 'SCMP_CMP_MASKED_EQ' }),
      // Its flags are behind a pointer, which a filter cannot read: the C library then falls back to clone.
      { names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: ENOSYS },
    ],
  };
}

function allow(names: readonly string[], ...args: readonly object[]): object {
  return { names, action: 'SCMP_ACT_ALLOW', args };
}
