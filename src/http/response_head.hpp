// Where the head of a response ends in the bytes that came, and what a recipient may forgive in its first line.
#pragma once

#include <forage/result.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace forage::detail {

/// Where the head stands in the bytes. Nothing is known while `size` is 0.
struct head_place {
    std::size_t begin = 0;  ///< behind a leading empty line
    std::size_t size  = 0;  ///< with the empty line at its end
};

/// Looks for one head in bytes that grow at their end; each byte is looked at once.
class head_finder {
public:
    explicit head_finder(std::size_t max_bytes) : max_bytes_{max_bytes} {}

    /// `bytes` starts with all it was given before. Errors: protocol, when it is no HTTP or a line ends in LF alone;
    /// too_large.
    [[nodiscard]] result<head_place> find(std::string_view bytes);

private:
    std::size_t max_bytes_;
    std::size_t line_ = 0;  // where the current line begins
    std::size_t seen_ = 0;
};

/// A whole head, strict where a recipient may forgive: the space that belongs before a missing reason phrase is added
/// (RFC 9112 §4), a later minor version of HTTP/1 is taken for the last that we know (RFC 9110 §2.5), a folded field
/// becomes one line (RFC 9112 §5.2), and a Connection that is no list of tokens means "close". Empty when it is right
/// as it is.
[[nodiscard]] std::string mended_head(std::string_view head);

}  // namespace forage::detail
