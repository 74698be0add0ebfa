#include "cli/input.hpp"

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace forage::cli {

namespace {

error failed(const std::string& path, int why) {
    const auto name = path == "-" ? std::string{"standard input"} : path;
    return error{errc::file_failed, "cannot read " + name + ": " + std::generic_category().message(why)};
}

}  // namespace

result<std::string> read_input(const std::string& path, std::size_t limit) {
    const bool is_file   = path != "-";
    const int descriptor = is_file ? ::open(path.c_str(), O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
    if (descriptor < 0) return failed(path, errno);

    result<std::string> outcome{std::string{}};
    std::string& bytes = *outcome;
    std::string piece(64 * 1024, '\0');
    for (;;) {
        const auto got = ::read(descriptor, piece.data(), piece.size());
        if (got == 0) break;
        if (got < 0) {
            if (errno == EINTR) continue;
            outcome = failed(path, errno);
            break;
        }
        if (static_cast<std::size_t>(got) > limit - bytes.size()) {
            outcome = error{errc::too_large, "more than " + std::to_string(limit) + " bytes of input"};
            break;
        }
        bytes.append(piece, 0, static_cast<std::size_t>(got));
    }
    if (is_file) ::close(descriptor);
    return outcome;
}

}  // namespace forage::cli
