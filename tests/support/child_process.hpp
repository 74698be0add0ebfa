// child_process: another program with its standard streams in our hands, killed at the latest when the object goes.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace forage::testing {

struct child_command {
    std::vector<std::string> words;  ///< program and arguments; looked up in PATH
    std::vector<std::pair<std::string, std::string>> environment{
    };  ///< added to ours, less HOME, *_API_KEY and the like
    std::string input{};                                           ///< standard input, then its end
    bool stderr_is_terminal = false;                               ///< standard error is a pseudo-terminal
    std::chrono::milliseconds deadline{std::chrono::seconds{60}};  ///< for `finish`; then the child is killed
};

struct child_outcome {
    int exit_code     = -1;  ///< 128 + signal when a signal ended it
    bool ran_too_long = false;
    std::string out;
    std::string err;
};

/// A running program. One thread. Its streams are read only inside the calls below.
class child_process {
public:
    /// Throws std::system_error if the program cannot be started.
    explicit child_process(child_command command);
    ~child_process();
    child_process(const child_process&)            = delete;
    child_process& operator=(const child_process&) = delete;

    /// Waits until what it wrote to standard output (standard error) so far contains `text`. False when it ended, or
    /// `limit` passed, before that.
    [[nodiscard]] bool writes(std::string_view text, std::chrono::milliseconds limit = std::chrono::seconds{30});
    [[nodiscard]] bool complains(std::string_view text, std::chrono::milliseconds limit = std::chrono::seconds{30});

    void send_signal(int number) const;
    /// Reads no more of its standard output, and closes it.
    void close_output();
    /// Leaves its standard output unread until so much waits in the pipe that it takes no more. False when the child
    /// ended, or `limit` passed, before that.
    [[nodiscard]] bool fills_output(std::chrono::milliseconds limit = std::chrono::seconds{30});

    [[nodiscard]] const std::string& out() const noexcept { return outcome_.out; }
    [[nodiscard]] const std::string& err() const noexcept { return outcome_.err; }

    /// Reads on until the child has ended, or kills it when the command's deadline has passed.
    child_outcome finish();

private:
    using clock = std::chrono::steady_clock;

    bool wait_for(const std::string& stream, std::string_view text, std::chrono::milliseconds limit);
    bool step(clock::time_point until);
    void drain(int& descriptor, std::string& into);
    void feed();
    void reap();
    static void close_one(int& descriptor);

    child_command command_;
    child_outcome outcome_;
    clock::time_point until_;
    int process_       = -1;  ///< -1: ended and reaped
    int ended_         = -1;  ///< readable once the child has ended
    int input_         = -1;
    int output_        = -1;
    int error_         = -1;
    std::size_t fed_   = 0;
    bool reads_output_ = true;
};

/// Starts, feeds and finishes a program.
[[nodiscard]] child_outcome run_child(child_command command);

}  // namespace forage::testing
