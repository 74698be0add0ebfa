// The chunked transfer coding undone (RFC 9112 §7.1): bytes in, data out, without I/O and without a buffer.
#pragma once

#include <forage/result.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace forage::detail {

struct chunked_limits {
    std::size_t line_bytes      = 64 * 1024;         ///< of one chunk's size line, and of all trailers together
    std::uint64_t framing_bytes = 10 * 1024 * 1024;  ///< of all that is not data
    std::uint64_t data_bytes    = 10 * 1024 * 1024;  ///< announced by the sizes of the chunks
};

/// One chunked body. Extensions are skipped, as RFC 9112 §7.1.1 asks, and so are trailers: nothing that matters may
/// change after the header. The outcome does not depend on how the bytes are cut.
class chunked_decoder {
public:
    explicit chunked_decoder(const chunked_limits& limits) : limits_{limits} {}

    /// Takes framing off the front of `bytes`, and the data behind it, which it returns. Empty when no data is left.
    /// Errors: protocol, too_large.
    [[nodiscard]] result<std::string_view> next(std::string_view& bytes);
    [[nodiscard]] bool done() const noexcept { return at_ == state::done; }

private:
    enum class state : std::uint8_t {
        size_start,
        size,
        blank,  // behind the size; servers that pad it write no extension (RFC 9112 §7.1.1 has BWS before ";")
        extension,
        size_lf,
        data,
        data_cr,
        data_lf,
        trailer_start,
        trailer_name,
        trailer_value,
        trailer_lf,
        end_lf,
        done,
        broken
    };

    result<void> frame(char c);
    result<void> add_digit(int digit);
    result<void> end_of_size_line();
    void begin_line(state first) noexcept;
    bool go(bool is_right, state next) noexcept;

    chunked_limits limits_;
    std::uint64_t left_      = 0;  // of the chunk
    std::uint64_t announced_ = 0;  // by all chunks so far
    std::uint64_t framing_   = 0;
    std::size_t line_        = 0;
    state at_                = state::size_start;
};

}  // namespace forage::detail
