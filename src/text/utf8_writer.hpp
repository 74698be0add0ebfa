// Writing UTF-8 one character at a time, at the speed of memory. Not thread-safe: one writer a decoder.
#pragma once

#include "text/utf8.hpp"

#include <array>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

namespace forage::detail {

/// Writes a character at `to` and moves that on. Four bytes are written, whatever the character's length.
inline void write_utf8(utf8_character c, char*& to) noexcept {
    std::memcpy(to, c.bytes.data(), 4);
    to += c.length();
}
inline void write_utf8(char32_t c, char*& to) noexcept { write_utf8(to_utf8(c), to); }

/// Appends to a string by way of a block, as a string checks its size and ends itself with a zero at every step.
/// What was written last comes with `finish`.
class utf8_writer {
public:
    explicit utf8_writer(std::string& out) noexcept : out_{out} {}

    /// Room for `most` bytes, at most 256; how much of it was taken is told to `used`.
    [[nodiscard]] char* room(std::size_t most) {
        if (block_.size() - size_ < most) finish();
        return block_.data() + size_;
    }
    void used(std::size_t size) noexcept { size_ += size; }

    void put(char32_t c) {
        char* const begin = room(4);
        char* to          = begin;
        write_utf8(c, to);
        used(static_cast<std::size_t>(to - begin));
    }
    void put_error() { put(replacement_character); }

    /// Writes the ASCII that `bytes` begins with, and says how much that is.
    std::size_t put_ascii(std::string_view bytes) {
        const auto ascii = bytes.substr(0, ascii_prefix(bytes));
        if (ascii.size() <= 256) {
            std::memcpy(room(ascii.size()), ascii.data(), ascii.size());
            used(ascii.size());
        } else {
            finish();
            out_ += ascii;
        }
        return ascii.size();
    }

    void finish() {
        out_.append(block_.data(), size_);
        size_ = 0;
    }

private:
    std::string& out_;
    std::size_t size_ = 0;
    std::array<char, 4096> block_;
};

}  // namespace forage::detail
