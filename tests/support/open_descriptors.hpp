// The process's file descriptors: how many are open, for tests that none must be left, and a while with few new ones.
#pragma once

#include <cstddef>
#include <fcntl.h>
#include <filesystem>
#include <iterator>
#include <stdexcept>
#include <sys/resource.h>

namespace forage::testing {

[[nodiscard]] inline std::size_t open_descriptors() {
    const std::filesystem::directory_iterator open{"/proc/self/fd"};
    return static_cast<std::size_t>(std::distance(begin(open), end(open)));
}

/// While it lives, what is open stays open and so many more can be opened.
class descriptor_limit {
public:
    explicit descriptor_limit(std::size_t more) {
        if (::getrlimit(RLIMIT_NOFILE, &before_) != 0) throw std::runtime_error{"getrlimit"};
        auto fewer     = before_;
        fewer.rlim_cur = 0;
        for (int number = 0;; ++number) {
            const bool is_free = ::fcntl(number, F_GETFD) < 0;
            if (is_free && more-- == 0) break;
            ++fewer.rlim_cur;
        }
        if (::setrlimit(RLIMIT_NOFILE, &fewer) != 0) throw std::runtime_error{"setrlimit"};
    }
    ~descriptor_limit() { ::setrlimit(RLIMIT_NOFILE, &before_); }
    descriptor_limit(const descriptor_limit&)            = delete;
    descriptor_limit& operator=(const descriptor_limit&) = delete;

private:
    rlimit before_{};
};

}  // namespace forage::testing
