// Writing JSON by hand: the shapes are ours, so a growing string is all it takes (RFC 8259).
#include "core/json.hpp"
#include "text/code_points.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace forage::detail {
namespace {

template <class Number>
void append_number(std::string& out, Number number) {
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

// Control characters must be escaped (RFC 8259 §7). U+007F and U+2028/9 are legal as they are, but a terminal acts on
// the first and JavaScript once refused the others, so they are escaped too.
void append_escaped(std::string& out, char32_t c) {
    constexpr std::string_view hex = "0123456789abcdef";
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) out += hex[(c >> shift) & 0xF];
}

bool is_plain(char c) noexcept {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte < 0x7F && c != '"' && c != '\\';
}

void append_character(std::string& out, char32_t c) {
    switch (c) {
    case '"': out += "\\\""; break;
    case '\\': out += "\\\\"; break;
    case '\n': out += "\\n"; break;
    case '\r': out += "\\r"; break;
    case '\t': out += "\\t"; break;
    default:
        if (c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029) {
            append_escaped(out, c);
        } else {
            append_code_point(out, c);
        }
    }
}

constexpr std::size_t part_size = 64 * 1024;

}  // namespace

void json_writer::append_string(std::string_view text) {
    out_ += '"';
    for (std::size_t at = 0; at < text.size();) {
        const auto most = std::min(text.size(), at + part_size);
        auto end        = at;
        while (end < most && is_plain(text[end])) ++end;
        out_.append(text, at, end - at);
        at = end;
        hand_on();
        if (at == most) continue;

        const auto next = code_point_at(text, at);
        append_character(out_, next.value);
        at += next.length;
    }
    out_ += '"';
}

void json_writer::hand_on() {
    if (!parts_ || out_.size() < part_size) return;
    parts_(out_);
    out_.clear();
}

void json_writer::separate() {
    if (needs_comma_) out_ += ',';
    needs_comma_ = true;
}

json_writer& json_writer::begin_object() {
    separate();
    out_ += '{';
    needs_comma_ = false;
    return *this;
}

json_writer& json_writer::end_object() {
    out_ += '}';
    needs_comma_ = true;
    return *this;
}

json_writer& json_writer::begin_array() {
    separate();
    out_ += '[';
    needs_comma_ = false;
    return *this;
}

json_writer& json_writer::end_array() {
    out_ += ']';
    needs_comma_ = true;
    return *this;
}

json_writer& json_writer::key(std::string_view name) {
    separate();
    append_string(name);
    out_ += ':';
    needs_comma_ = false;
    return *this;
}

json_writer& json_writer::value(std::string_view text) {
    separate();
    append_string(text);
    return *this;
}

json_writer& json_writer::value(std::int64_t number) {
    separate();
    append_number(out_, number);
    return *this;
}

json_writer& json_writer::value(std::uint64_t number) {
    separate();
    append_number(out_, number);
    return *this;
}

json_writer& json_writer::value(double number) {
    if (!std::isfinite(number)) return null();
    separate();
    append_number(out_, number);
    return *this;
}

json_writer& json_writer::value(bool flag) {
    separate();
    out_ += flag ? "true" : "false";
    return *this;
}

json_writer& json_writer::json(std::string_view text) {
    separate();
    out_ += text;
    return *this;
}

json_writer& json_writer::null() {
    separate();
    out_ += "null";
    return *this;
}

}  // namespace forage::detail
