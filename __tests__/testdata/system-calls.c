// Makes system calls that a container has no business with, with arguments that do no harm, and prints what became of each: `name errno`.
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static void report(const char *name, long result) { printf("%s %d\n", name, result < 0 ? errno : 0); }

int main(void) {
  report("getpid", syscall(SYS_getpid));
  report("bpf", syscall(SYS_bpf, -1, 0, 0));
  report("io_uring_setup", syscall(SYS_io_uring_setup, 0, 0));
  report("keyctl", syscall(SYS_keyctl, 0, -3, 0));
  report("add_key", syscall(SYS_add_key, 0, 0, 0, 0, 0));
  report("userfaultfd", syscall(SYS_userfaultfd, -1));
  report("open_by_handle_at", syscall(SYS_open_by_handle_at, -1, 0, 0));
  report("perf_event_open", syscall(SYS_perf_event_open, 0, 0, 0, 0, 0));
  report("setns", syscall(SYS_setns, -1, 0));
  report("mount", syscall(SYS_mount, 0, "/", 0, 0, 0));
  report("move_mount", syscall(SYS_move_mount, -1, 0, -1, 0, 0));
  report("fsopen", syscall(SYS_fsopen, 0, -1));
  report("kexec_load", syscall(SYS_kexec_load, 0, -1, 0, -1));
  report("init_module", syscall(SYS_init_module, 0, 0, 0));
  report("reboot", syscall(SYS_reboot, 0, 0, 0, 0));
  report("swapoff", syscall(SYS_swapoff, 0));
  report("syslog", syscall(SYS_syslog, 10, 0, 0));
  report("personality", syscall(SYS_personality, 0x0040000));
  report("clone3", syscall(SYS_clone3, 0, 0));
  report("socket-vsock", socket(40, SOCK_STREAM, 0));
  report("socket-alg", socket(38, SOCK_SEQPACKET, 0));
  report("socket-unix", socket(AF_UNIX, SOCK_STREAM, 0));
  long child = syscall(SYS_clone, CLONE_NEWUSER, 0, 0, 0, 0);
  if (child == 0) _exit(0);
  report("clone-user-namespace", child);
  report("unshare-user-namespace", unshare(CLONE_NEWUSER));
  return 0;
}
