// The ways a small response can be framed and coded, all with the same text in it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace forage::testing {

struct answer_shape {
    enum class framing { length, chunks, close };

    framing ends  = framing::length;
    bool has_gzip = false;

    /// Whether the client can tell a body that is cut from a whole one, by what is inside TLS.
    [[nodiscard]] bool shows_its_end() const noexcept { return ends != framing::close || has_gzip; }
    [[nodiscard]] std::string name() const;
    [[nodiscard]] std::string head(std::string_view text) const;
    /// Head and body. Chunks have an extension, and a trailer behind them.
    [[nodiscard]] std::string bytes(std::string_view text) const;
};

}  // namespace forage::testing
