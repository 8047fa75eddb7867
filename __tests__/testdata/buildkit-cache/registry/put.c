/* put PATH: makes a file with six bytes; without a path it does nothing. */
static long call(long n, long a, long b, long c) { long r; __asm__ volatile("syscall" : "=a"(r) : "a"(n), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory"); return r; }
__attribute__((naked, noreturn)) void _start(void) { __asm__ volatile("mov %rsp, %rdi\n and $-16, %rsp\n call run"); }
__attribute__((used)) void run(long *stack) { char **argv = (char **)(stack + 1); if (stack[0] > 1) { long fd = call(2, (long)argv[1], 0101, 0644); if (fd < 0) call(60, 1, 0, 0); call(1, fd, (long)"made.\n", 6); } call(60, 0, 0, 0); }
