#include "support/network_namespace.hpp"

#include "support/child_process.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sched.h>
#include <stdexcept>
#include <unistd.h>

namespace forage::testing {
namespace {

std::string output_of(std::vector<std::string> words, std::string input = {}) {
    child_command command;
    command.words = std::move(words);
    command.input = std::move(input);
    auto ended    = run_child(std::move(command));
    if (ended.exit_code == 0) return {};
    return ended.err.empty() ? "exit code " + std::to_string(ended.exit_code) : ended.err;
}

}  // namespace

std::string network_namespace::obstacle() {
    try {
        return output_of({"unshare", "--net", "ip", "link"});
    } catch (const std::exception& thrown) {
        return thrown.what();
    }
}

network_namespace::network_namespace() : outside_{::open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC)} {
    if (outside_ < 0 || ::unshare(CLONE_NEWNET) != 0) {
        const int why = errno;
        if (outside_ >= 0) ::close(outside_);
        throw std::runtime_error{std::string{"no network namespace: "} + std::strerror(why)};
    }
    const auto complaint = output_of(
        {"ip", "-batch", "-"},
        "link set lo up\n"
        "route add local 0.0.0.0/0 dev lo\n"
        "route add local ::/0 dev lo\n"
    );
    if (complaint.empty()) return;
    ::setns(outside_, CLONE_NEWNET);
    ::close(outside_);
    throw std::runtime_error{"cannot set up a network namespace: " + complaint};
}

network_namespace::~network_namespace() {
    // Staying inside would make a riddle of every test that follows.
    if (::setns(outside_, CLONE_NEWNET) != 0) std::terminate();
    ::close(outside_);
}

}  // namespace forage::testing
