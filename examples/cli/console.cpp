#include "cli/console.hpp"

#include "cli/printable.hpp"
#include "cli/run_report.hpp"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <poll.h>
#include <string>
#include <system_error>
#include <unistd.h>

namespace forage::cli {

namespace {

/// Writes all of `text`, waiting if the reader is slow. False, with errno, when it cannot: EINTR means that a signal
/// was handled while the descriptor took nothing.
bool write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        // A write to a pipe of at most PIPE_BUF is whole or not at all, so a signal shows as EINTR and never as a short
        // count that could also come from a stop and go on (POSIX, write()).
        const auto written = ::write(descriptor, text.data(), std::min<std::size_t>(text.size(), PIPE_BUF));
        if (written >= 0) {
            text.remove_prefix(static_cast<std::size_t>(written));
            continue;
        }
        pollfd ready{descriptor, POLLOUT, 0};
        if (errno == EINTR) {
            if (::poll(&ready, 1, 0) > 0) continue;
            errno = EINTR;
            return false;
        }
        if (errno != EAGAIN) return false;
        if (::poll(&ready, 1, -1) < 0) return false;
    }
    return true;
}

}  // namespace

void console::print(std::string_view text) {
    if (text.empty()) return;
    clear_progress();
    if (write_all(STDOUT_FILENO, text)) return;

    // Nobody reads what comes next; the sockets are the kernel's to close.
    const int why = errno;
    if (why == EPIPE) std::_Exit(exit_all);
    if (why == EINTR) std::_Exit(exit_some);
    complain("cannot write to standard output: " + std::generic_category().message(why));
    std::_Exit(exit_nothing);
}

void console::complain(std::string_view what) { note("forage: " + printable(what)); }

void console::note(std::string_view line) {
    clear_progress();
    (void)write_all(STDERR_FILENO, std::string{line} + '\n');  // there is nowhere left to say that this failed
}

void console::progress(std::size_t done, std::size_t total, std::size_t failed) {
    const auto now = std::chrono::steady_clock::now();
    if (shows_progress_ && now - last_shown_ < std::chrono::milliseconds{100}) return;
    auto line = std::to_string(done) + " of " + std::to_string(total) + " pages";
    if (failed > 0) line += ", " + std::to_string(failed) + " failed";
    show(line);
    last_shown_ = now;
}

void console::progress(std::string_view what) { show(what); }

void console::show(std::string_view line) {
    if (::isatty(STDERR_FILENO) == 0) return;
    shows_progress_ = write_all(STDERR_FILENO, "\r" + std::string{line} + "\x1b[K");
}

void console::clear_progress() {
    if (!shows_progress_) return;
    shows_progress_ = false;
    (void)write_all(STDERR_FILENO, "\r\x1b[K");
}

}  // namespace forage::cli
