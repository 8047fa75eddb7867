#include <stdio.h>
#include <sys/utsname.h>

int main(int argc, char **argv)
{
    struct utsname system;
    uname(&system);
    printf("Hello, %s, from %s on %s\n", argc > 1 ? argv[1] : "nobody", system.nodename, system.machine);
    return 0;
}
