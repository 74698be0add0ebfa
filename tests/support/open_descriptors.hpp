// The process's file descriptors: how many are open, for tests that none must be left, and a while without new ones.
#pragma once

#include <cstddef>
#include <filesystem>
#include <iterator>
#include <stdexcept>
#include <sys/resource.h>

namespace forage::testing {

[[nodiscard]] inline std::size_t open_descriptors() {
    const std::filesystem::directory_iterator open{"/proc/self/fd"};
    return static_cast<std::size_t>(std::distance(begin(open), end(open)));
}

/// While it lives, what is open stays open and nothing new can be opened.
class no_new_descriptors {
public:
    no_new_descriptors() {
        if (getrlimit(RLIMIT_NOFILE, &before_) != 0) throw std::runtime_error{"getrlimit"};
        auto none     = before_;
        none.rlim_cur = 3;
        if (setrlimit(RLIMIT_NOFILE, &none) != 0) throw std::runtime_error{"setrlimit"};
    }
    ~no_new_descriptors() { setrlimit(RLIMIT_NOFILE, &before_); }
    no_new_descriptors(const no_new_descriptors&)            = delete;
    no_new_descriptors& operator=(const no_new_descriptors&) = delete;

private:
    rlimit before_{};
};

}  // namespace forage::testing
