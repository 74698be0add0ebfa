#include "html/lenient_json.hpp"

#include "html/scan.hpp"
#include "text/ascii.hpp"
#include "text/character_reference.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace forage::detail {

class json_reader {
public:
    json_reader(growing_array<json_value>& into, std::string_view text) : values_{into}, text_{text} {}

    void read() {
        while (at_ < text_.size() && values_.size() < lenient_json::max_values) step();
        while (depth_ != 0) close();
    }

private:
    void step() {
        const char c = text_[at_];
        switch (c) {
        case '{': return open(json_value::kind::object);
        case '[': return open(json_value::kind::array);
        case '}': return close_nearest(json_value::kind::object);
        case ']': return close_nearest(json_value::kind::array);
        case '"': return string();
        case '/': return comment();
        case '<':
            if (text_.substr(at_).starts_with(cdata)) at_ += cdata.size() - 1;
            break;
        default: break;
        }
        if (is_letter_or_digit(c) || c == '-') return literal();
        ++at_;  // white space, commas, the marks of comments and CDATA
    }

    [[nodiscard]] std::uint32_t here() const noexcept { return static_cast<std::uint32_t>(values_.size()); }

    void add(json_value::kind type, std::string_view text) {
        if (too_deep_ != 0) return;
        values_.push_back({.key = key_, .text = text, .end = here() + 1, .type = type});
        key_ = {};
    }

    void open(json_value::kind type) {
        ++at_;
        if (too_deep_ != 0 || depth_ == open_.size()) {
            ++too_deep_;
            return;
        }
        open_[depth_++] = here();
        add(type, {});
    }
    void close() {
        values_[open_[--depth_]].end = here();
        key_                         = {};
    }
    /// What is still open in it ends as well; a bracket that nothing opened is passed over.
    void close_nearest(json_value::kind type) {
        ++at_;
        if (too_deep_ != 0) {
            --too_deep_;
            return;
        }
        auto matching = depth_;
        while (matching != 0 && values_[open_[matching - 1]].type != type) --matching;
        if (matching == 0) return;
        while (depth_ >= matching) close();
    }

    /// A name if a colon follows.
    void string() {
        const auto begin = ++at_;
        while (at_ < text_.size()) {
            const auto* const found = dom::find_any<'"', '\\'>(text_.data() + at_, text_.data() + text_.size());
            at_                     = static_cast<std::size_t>(found - text_.data());
            if (at_ == text_.size()) break;
            if (text_[at_] == '\\') {
                at_ = std::min(at_ + 2, text_.size());
                continue;
            }
            if (ends_here()) break;
            ++at_;
        }
        const auto written = text_.substr(begin, at_ - begin);
        if (at_ < text_.size()) ++at_;
        const auto next = text_.find_first_not_of(" \t\n\r", at_);
        if (next != std::string_view::npos && text_[next] == ':') {
            if (too_deep_ == 0) key_ = written;
            at_ = next + 1;
            return;
        }
        add(json_value::kind::string, written);
    }

    /// Whether what follows the quote could follow a string; else the quote is a part of it that nobody escaped.
    [[nodiscard]] bool ends_here() const noexcept {
        const auto next = text_.find_first_not_of(" \t\n\r", at_ + 1);
        return next == std::string_view::npos || std::string_view{",:}]\"</;"}.find(text_[next]) < 8;
    }

    void literal() {
        const auto begin = at_;
        while (at_ < text_.size() && (is_letter_or_digit(text_[at_]) || std::string_view{"+-._"}.find(text_[at_]) < 4))
            ++at_;
        if (depth_ == 0) return;  // a word of a comment
        add(json_value::kind::other, text_.substr(begin, at_ - begin));
    }

    void comment() {
        const auto rest = text_.substr(at_);
        if (!rest.starts_with("/*")) {
            ++at_;
            return;
        }
        const auto end = text_.find("*/", at_ + 2);
        at_            = end == std::string_view::npos ? text_.size() : end + 2;
    }

    growing_array<json_value>& values_;
    static constexpr std::string_view cdata = "<![CDATA[";

    const std::string_view text_;
    std::size_t at_ = 0;
    std::string_view key_;
    std::array<std::uint32_t, lenient_json::max_depth> open_{};
    std::size_t depth_    = 0;
    std::size_t too_deep_ = 0;
};

void lenient_json::read(std::string_view text) { json_reader{values_, text.substr(0, max_size)}.read(); }

std::uint32_t lenient_json::member(std::uint32_t object, std::string_view key) const noexcept {
    if (object == nowhere || values_[object].type != json_value::kind::object) return nowhere;
    for (auto i = object + 1; i < values_[object].end; i = values_[i].end) {
        if (values_[i].key == key) return i;
    }
    return nowhere;
}

namespace {

std::optional<char32_t> four_digits(std::string_view text) noexcept {
    if (text.size() < 4) return std::nullopt;
    char32_t value = 0;
    for (const char c : text.substr(0, 4)) {
        const int digit = hex_value(c);
        if (digit < 0) return std::nullopt;
        value = value * 16 + static_cast<char32_t>(digit);
    }
    return value;
}

/// Reads what is behind "\u", and a second half if it is the first of a pair. Returns how much.
std::size_t append_code_point(std::string& out, std::string_view rest) {
    const auto first = four_digits(rest);
    if (!first) return 0;
    if (*first >= 0xD800 && *first < 0xDC00 && rest.substr(4).starts_with("\\u")) {
        const auto second = four_digits(rest.substr(6));
        if (second && *second >= 0xDC00 && *second < 0xE000) {
            append_utf8(out, 0x10000 + ((*first - 0xD800) << 10) + (*second - 0xDC00));
            return 10;
        }
    }
    append_utf8(out, is_scalar_value(*first) ? *first : replacement_character);
    return 4;
}

}  // namespace

std::string json_text(std::string_view written, std::size_t most) {
    written = first_characters(written, most);
    std::string out;
    out.reserve(written.size());
    for (std::size_t i = 0; i < written.size();) {
        const char c = written[i++];
        if (c != '\\' || i == written.size()) {
            out += c;
            continue;
        }
        switch (const char escaped = written[i++]) {
        case 'b':
        case 'f':
        case 'n':
        case 'r':
        case 't': out += ' '; break;
        case 'u': i += append_code_point(out, written.substr(i)); break;
        default: out += escaped; break;
        }
    }
    return resolve_references(out);
}

std::string resolve_references(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const auto next = std::min(text.find('&', i), text.size());
        out += text.substr(i, next - i);
        i = next;
        if (i == text.size()) break;
        const auto reference = read_reference(text.substr(i), reference_place::text);
        out += reference.length == 0 ? text.substr(i, 1) : reference.text();
        i += std::max<std::size_t>(reference.length, 1);
    }
    return out;
}

}  // namespace forage::detail
