#include "support/child_process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

extern char** environ;  // NOLINT: POSIX

namespace forage::testing {

namespace {

[[noreturn]] void fail(int why, const char* what) { throw std::system_error{why, std::generic_category(), what}; }

struct pipe_ends {
    int read  = -1;
    int write = -1;
};

pipe_ends make_pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) fail(errno, "pipe2");
    return {ends[0], ends[1]};
}

pipe_ends make_terminal() {
    const int ours = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (ours < 0 || ::grantpt(ours) != 0 || ::unlockpt(ours) != 0) fail(errno, "posix_openpt");
    std::array<char, 128> name{};
    if (::ptsname_r(ours, name.data(), name.size()) != 0) fail(errno, "ptsname_r");
    const int theirs = ::open(name.data(), O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (theirs < 0) fail(errno, name.data());
    return {ours, theirs};
}

/// Ours, without keys and proxies that the machine of the tests may have, without a home to write to, and with what the
/// command adds.
std::vector<std::string> environment_for(const child_command& command) {
    std::vector<std::string> all;
    const auto is_added = [&](std::string_view name) {
        return std::ranges::any_of(command.environment, [&](const auto& added) { return added.first == name; });
    };
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text{*entry};
        const auto name       = text.substr(0, text.find('='));
        const bool is_private = name.ends_with("_API_KEY") || name == "SEARXNG_URL" || name.ends_with("_proxy") ||
                                name.ends_with("_PROXY") || name == "HOME" || name == "XDG_STATE_HOME";
        if (!is_private && !is_added(name)) all.emplace_back(text);
    }
    for (const auto& [name, value] : command.environment) all.push_back(name + '=' + value);
    return all;
}

std::vector<char*> pointers(std::vector<std::string>& strings) {
    std::vector<char*> all;
    for (auto& text : strings) all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

int spawn(child_command& command, int in, int out, int err) {
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files, err, STDERR_FILENO);

    // Its own process group, so that its children go with it, and the signals a shell would give it.
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t usual;
    sigemptyset(&usual);
    posix_spawnattr_setsigmask(&attributes, &usual);
    sigaddset(&usual, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);

    auto environment = environment_for(command);
    pid_t process    = -1;
    const int failed = ::posix_spawnp(
        &process,
        command.words.at(0).c_str(),
        &files,
        &attributes,
        pointers(command.words).data(),
        pointers(environment).data()
    );
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    if (failed != 0) fail(failed, command.words[0].c_str());
    return process;
}

}  // namespace

child_process::child_process(child_command command) : command_{std::move(command)} {
    static const auto once [[maybe_unused]] = std::signal(SIGPIPE, SIG_IGN);  // a child may close its standard input

    auto in  = make_pipe();
    auto out = make_pipe();
    auto err = command_.stderr_is_terminal ? make_terminal() : make_pipe();
    input_   = in.write;
    output_  = out.read;
    error_   = err.read;
    process_ = spawn(command_, in.read, out.write, err.write);
    for (int* theirs : {&in.read, &out.write, &err.write}) close_one(*theirs);
    for (const int ours : {input_, output_, error_}) ::fcntl(ours, F_SETFL, ::fcntl(ours, F_GETFL) | O_NONBLOCK);

    ended_ = static_cast<int>(::syscall(SYS_pidfd_open, process_, 0));
    if (ended_ < 0) fail(errno, "pidfd_open");
    until_ = clock::now() + command_.deadline;
}

child_process::~child_process() {
    if (process_ > 0) {
        ::kill(-process_, SIGKILL);
        reap();
    }
    for (int* descriptor : {&input_, &output_, &error_, &ended_}) close_one(*descriptor);
}

bool child_process::writes(std::string_view text, std::chrono::milliseconds limit) {
    return wait_for(outcome_.out, text, limit);
}

bool child_process::complains(std::string_view text, std::chrono::milliseconds limit) {
    return wait_for(outcome_.err, text, limit);
}

bool child_process::wait_for(const std::string& stream, std::string_view text, std::chrono::milliseconds limit) {
    const auto until = clock::now() + limit;
    while (stream.find(text) == stream.npos) {
        if (!step(until)) return stream.find(text) != stream.npos;
    }
    return true;
}

void child_process::send_signal(int number) const {
    if (process_ > 0) ::kill(process_, number);
}

void child_process::close_output() { close_one(output_); }

bool child_process::fills_output(std::chrono::milliseconds limit) {
    const auto until    = clock::now() + limit;
    const auto capacity = ::fcntl(output_, F_GETPIPE_SZ);
    reads_output_       = false;
    for (int waiting = 0; clock::now() < until;) {
        // The kernel tells nobody that a pipe is full, so look again whenever something happened or a moment passed.
        if (::ioctl(output_, FIONREAD, &waiting) == 0 && waiting + PIPE_BUF > capacity) return true;
        step(std::min(until, clock::now() + std::chrono::milliseconds{5}));
        if (process_ < 0) return false;
    }
    return false;
}

child_outcome child_process::finish() {
    while (step(until_)) {}
    if (process_ > 0) {
        outcome_.ran_too_long = true;
        ::kill(-process_, SIGKILL);
        reap();
    }
    return outcome_;
}

// Waits for something to happen, and deals with it. False when the child has ended or `until` has passed.
bool child_process::step(clock::time_point until) {
    if (process_ < 0) return false;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - clock::now()).count();
    if (left <= 0) return false;

    std::array<pollfd, 4> watched{
        pollfd{ended_, POLLIN, 0},
        pollfd{input_, POLLOUT, 0},
        pollfd{reads_output_ ? output_ : -1, POLLIN, 0},
        pollfd{error_, POLLIN, 0},
    };
    const int ready = ::poll(watched.data(), watched.size(), static_cast<int>(std::min<long long>(left, 60'000)));
    if (ready < 0 && errno != EINTR) fail(errno, "poll");
    if (ready <= 0) return true;

    if (watched[1].revents != 0) feed();
    if (watched[2].revents != 0) drain(output_, outcome_.out);
    if (watched[3].revents != 0) drain(error_, outcome_.err);
    if (watched[0].revents == 0) return true;

    // What it wrote last is still in the pipes.
    if (reads_output_) drain(output_, outcome_.out);
    drain(error_, outcome_.err);
    reap();
    return false;
}

void child_process::drain(int& descriptor, std::string& into) {
    std::array<char, 64 * 1024> piece;
    while (descriptor >= 0) {
        const auto got = ::read(descriptor, piece.data(), piece.size());
        if (got > 0) {
            into.append(piece.data(), static_cast<std::size_t>(got));
        } else if (got < 0 && errno == EINTR) {
            continue;
        } else if (got < 0 && errno == EAGAIN) {
            return;
        } else {
            close_one(descriptor);  // its end; for a pseudo-terminal EIO
        }
    }
}

void child_process::feed() {
    const auto rest    = std::string_view{command_.input}.substr(fed_);
    const auto written = rest.empty() ? 0 : ::write(input_, rest.data(), rest.size());
    if (written > 0) fed_ += static_cast<std::size_t>(written);
    const bool is_lost = written < 0 && errno != EAGAIN && errno != EINTR;
    if (is_lost || fed_ == command_.input.size()) close_one(input_);
}

void child_process::reap() {
    int status = 0;
    while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {}
    process_           = -1;
    outcome_.exit_code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

void child_process::close_one(int& descriptor) {
    if (descriptor >= 0) ::close(descriptor);
    descriptor = -1;
}

child_outcome run_child(child_command command) { return child_process{std::move(command)}.finish(); }

}  // namespace forage::testing
