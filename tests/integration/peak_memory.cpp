// peak_memory PROGRAM ARGUMENT…: runs a program and says on standard error what memory it held at its height, as a last
// line "peak_memory: N KiB". Ends as the program does.
//
// A program of its own, because the peak of a process is at least that of the process it was forked from (the kernel
// takes it over in exec), and a test that makes large answers is larger than what it measures.
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

extern char** environ;  // NOLINT: POSIX

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fputs("usage: peak_memory PROGRAM ARGUMENT...\n", stderr);
        return 2;
    }
    pid_t process    = -1;
    const int failed = ::posix_spawn(&process, argv[1], nullptr, nullptr, argv + 1, environ);
    if (failed != 0) {
        std::fprintf(stderr, "peak_memory: %s: %s\n", argv[1], std::strerror(failed));
        return 2;
    }
    int status = 0;
    rusage used{};
    while (::wait4(process, &status, 0, &used) < 0 && errno == EINTR) {}
    std::fprintf(stderr, "peak_memory: %ld KiB\n", used.ru_maxrss);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
