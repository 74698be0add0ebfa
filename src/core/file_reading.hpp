// What to read of a file, and the text made of it: bytes in, text out, no system calls. Both backends are driven by
// this.
#pragma once

#include <forage/files.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace forage::detail {

struct read_request {
    std::uint64_t offset = 0;
    std::size_t size     = 0;
};

/// Used by one thread at a time: `begin` once, then `next` and `take` in turn until `next` gives nothing, then
/// `finish`.
class file_reading {
public:
    file_reading()                               = default;
    file_reading(const file_reading&)            = delete;
    file_reading& operator=(const file_reading&) = delete;
    virtual ~file_reading()                      = default;

    /// `size` is what the system says; 0 may mean that it does not know (files of /proc).
    virtual void begin(std::uint64_t size) = 0;
    /// The bytes wanted next.
    [[nodiscard]] virtual std::optional<read_request> next() const = 0;
    /// The bytes at `next()`. Fewer than asked for: the file ends there.
    virtual void take(std::string_view bytes) = 0;
    /// The text. Errors: too_large, naming `path`. Takes time in proportion to the text.
    [[nodiscard]] virtual result<std::string> finish(const std::string& path) = 0;
    /// How many bytes are held: what `finish` will have to work on.
    [[nodiscard]] virtual std::size_t held() const noexcept = 0;
};

[[nodiscard]] std::unique_ptr<file_reading> whole_file(file_options options);
[[nodiscard]] std::unique_ptr<file_reading> file_tail(std::size_t lines, file_options options);

}  // namespace forage::detail
