// console: standard output for results, standard error for everything else, and the progress line between them.
#pragma once

#include <chrono>
#include <cstddef>
#include <string_view>

namespace forage::cli {

/// One per program. One thread.
///
/// When the reader of standard output has gone (EPIPE, as in `forage … | head -1`) the process ends at once with 0; any
/// other failure to write ends it with 1; Ctrl-C while the reader holds us up ends it with 3.
class console {
public:
    console()                          = default;
    console(const console&)            = delete;
    console& operator=(const console&) = delete;
    ~console() { clear_progress(); }

    /// Writes to standard output. `text` must be printable already: see printable.hpp.
    void print(std::string_view text);

    /// One line on standard error, "forage: what"; made printable here.
    void complain(std::string_view what);

    /// One line on standard error as it is: `--stats`.
    void note(std::string_view line);

    /// Shows how far the work is, on a terminal only, at most ten times a second.
    void progress(std::size_t done, std::size_t total, std::size_t failed);
    /// The same for work of one piece. `what` is ours, not a page's.
    void progress(std::string_view what);

private:
    void show(std::string_view line);
    void clear_progress();

    bool shows_progress_ = false;
    std::chrono::steady_clock::time_point last_shown_{};
};

}  // namespace forage::cli
