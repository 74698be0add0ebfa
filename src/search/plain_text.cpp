// One pass over the code points; invalid UTF-8 becomes U+FFFD.
#include "search/plain_text.hpp"

#include "text/code_points.hpp"
#include "url/redacted_text.hpp"

#include <cstddef>

namespace forage::detail {
namespace {

constexpr std::size_t max_bytes         = 4000;
constexpr std::size_t max_message_bytes = 200;

std::string fold(std::string_view text, std::size_t limit, auto&& is_mark) {
    std::string out;
    bool space_before = false;
    for (std::size_t at = 0; at < text.size() && out.size() < limit;) {
        const auto c = code_point_at(text, at);
        at += c.length;
        if (is_white_space(c.value)) {
            space_before = !out.empty();
        } else if (!is_unseen(c.value) && !is_mark(c.value)) {
            if (space_before) out += ' ';
            space_before = false;
            append_code_point(out, c.value);
        }
    }
    return out;
}

std::string without(std::string text, std::string_view part) {
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at)) text.erase(at, part.size());
    return text;
}

}  // namespace

std::string fold_text(std::string_view text) {
    return fold(text, max_bytes, [](char32_t) { return false; });
}

std::string fold_marked_text(std::string_view text) {
    // Cut first: erasing in place is quadratic in the number of marks.
    const auto bounded = cut_at_code_point(text, 2 * max_bytes);
    return fold(without(without(std::string{bounded}, "<b>"), "</b>"), max_bytes, [](char32_t c) {
        return c >= 0xE000 && c <= 0xE019;
    });
}

std::string quote_message(std::string_view text) {
    // Cut last: what is cut off may be what shows that the rest is a secret, as the '@' behind a password.
    return std::string{cut_at_code_point(redacted_text(fold_text(text)), max_message_bytes)};
}

}  // namespace forage::detail
