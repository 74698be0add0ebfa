// A build with io_uring on a kernel, or in a container, that forbids it: files are read all the same.
#ifdef BOOST_ASIO_HAS_IO_URING

#include "core/file_io_uring.hpp"

#include <forage/files.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <gtest/gtest.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <string>
#include <sys/prctl.h>
#include <sys/syscall.h>

namespace {

namespace net = boost::asio;

// What container runtimes do: io_uring_setup fails with `code` from here on, in this thread and those it starts.
bool forbid_io_uring(int code) {
    constexpr auto number_at = static_cast<unsigned>(offsetof(seccomp_data, nr));
    const auto refused       = SECCOMP_RET_ERRNO | static_cast<unsigned>(code);
    sock_filter filter[]     = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, number_at),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_io_uring_setup, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, refused),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const sock_fprog program{std::size(filter), filter};
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}

[[noreturn]] void read_without_io_uring(int code) {
    if (!forbid_io_uring(code)) std::exit(2);
    bool was_read = true;
    for (int i = 0; i < 2; ++i) {
        net::io_context loop;
        auto done = [&](std::exception_ptr, const forage::result<std::string>& text) {
            was_read = was_read && text && text->find("\nPid:\t") != std::string::npos;
        };
        net::co_spawn(loop, forage::read_text_file("/proc/self/status"), done);
        loop.run();
    }
    std::fprintf(stderr, "%s", was_read && forage::detail::io_uring_refused() ? "read by the pool" : "not read");
    std::exit(0);
}

TEST(files_fallback, reads_by_the_pool_where_io_uring_is_forbidden) {
    testing::FLAGS_gtest_death_test_style = "threadsafe";  // a process of its own: the filter cannot be taken off
    for (const int code : {EPERM, ENOSYS, ENOMEM}) {
        EXPECT_EXIT(read_without_io_uring(code), testing::ExitedWithCode(0), "read by the pool") << code;
    }
}

}  // namespace

#endif
