#include "html/css_scanner.hpp"

#include "text/ascii.hpp"
#include "text/code_points.hpp"

namespace forage::detail {
namespace {

bool is_newline(char c) noexcept { return c == '\n' || c == '\r' || c == '\f'; }

bool starts_name(char c) noexcept { return is_letter(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80; }

bool continues_name(char c) noexcept { return starts_name(c) || is_digit(c) || c == '-'; }

}  // namespace

bool css_scanner::take(char c) noexcept {
    if (is_at_end() || css_[at_] != c) return false;
    ++at_;
    return true;
}

bool css_scanner::skip_space() noexcept {
    const auto from = at_;
    while (!is_at_end() && is_space(css_[at_])) ++at_;
    return at_ != from;
}

// §4.3.8
bool css_scanner::is_escape(std::size_t ahead) const noexcept {
    return peek(ahead) == '\\' && at_ + ahead + 1 < css_.size() && !is_newline(peek(ahead + 1));
}

bool css_scanner::is_at_identifier() const noexcept {
    if (peek() != '-') return starts_name(peek()) || is_escape(0);
    return starts_name(peek(1)) || peek(1) == '-' || is_escape(1);
}

std::string css_scanner::identifier() {
    std::string name;
    for (;;) {
        if (continues_name(peek())) {
            name += css_[at_++];
        } else if (is_escape(0)) {
            ++at_;
            escaped(name);
        } else {
            return name;
        }
    }
}

// §4.3.7, behind the backslash: up to six digits and one white space, or any one character.
void css_scanner::escaped(std::string& out) {
    constexpr int most_digits = 6;
    if (hex_value(peek()) < 0) {
        out += css_[at_++];  // of a longer character, what follows is taken as a part of the name or the string anyway
        return;
    }
    char32_t c = 0;
    for (int i = 0; i < most_digits && hex_value(peek()) >= 0; ++i) {
        c = c * 16 + static_cast<char32_t>(hex_value(css_[at_++]));
    }
    if (peek() == '\r' && peek(1) == '\n') ++at_;
    if (is_space(peek())) ++at_;
    append_code_point(out, c == 0 ? replacement_character : c);
}

std::optional<std::string> css_scanner::string() {
    std::string text;
    const char quote = css_[at_++];
    while (!is_at_end() && !is_newline(peek())) {
        if (take(quote)) return text;
        if (!take('\\')) {
            text += css_[at_++];
        } else if (peek() == '\r' && peek(1) == '\n') {
            at_ += 2;
        } else if (is_newline(peek())) {
            ++at_;
        } else if (!is_at_end()) {
            escaped(text);
        }
    }
    return std::nullopt;
}

}  // namespace forage::detail
