// The "prescan" algorithm step by step; names in comments are the standard's.
#include "text/meta_prescan.hpp"

#include "text/ascii.hpp"

#include <string>

namespace forage::detail {
namespace {

struct attribute {
    std::string name;
    std::string value;
};

class scanner {
public:
    explicit scanner(std::string_view head) : head_{head} {}

    std::optional<encoding> run() {
        while (at_ < head_.size()) {
            if (head_[at_] != '<') {
                ++at_;
            } else if (rest().starts_with("<!--")) {
                skip_comment();
            } else if (is_meta()) {
                if (const auto found = meta()) return found;
            } else if (is_tag()) {
                while (at_ < head_.size() && !is_space(head_[at_]) && head_[at_] != '>') ++at_;
                while (next_attribute()) {}
            } else if (at_ + 1 < head_.size() &&
                       (head_[at_ + 1] == '!' || head_[at_ + 1] == '/' || head_[at_ + 1] == '?')) {
                at_ = head_.find('>', at_);
                if (at_ == std::string_view::npos) break;
            } else {
                ++at_;
            }
        }
        return std::nullopt;
    }

private:
    [[nodiscard]] std::string_view rest() const { return head_.substr(at_); }

    void skip_comment() {
        // The dashes of "<!--" may be those of the closing "-->".
        const std::size_t end = head_.find("-->", at_ + 2);
        at_                   = end == std::string_view::npos ? head_.size() : end + 3;
    }

    [[nodiscard]] bool is_meta() const {
        return rest().size() > 5 && starts_with_ignoring_case(rest(), "<meta") &&
               (is_space(head_[at_ + 5]) || head_[at_ + 5] == '/');
    }

    [[nodiscard]] bool is_tag() const {
        std::size_t i = at_ + 1;
        if (i < head_.size() && head_[i] == '/') ++i;
        return i < head_.size() && is_letter(head_[i]);
    }

    std::optional<encoding> meta() {
        at_ += 5;
        bool seen_http_equiv = false, seen_content = false, seen_charset = false;
        bool got_pragma  = false;
        bool need_pragma = false;
        bool has_charset = false;  // "charset" is not null: an encoding, or failure as nullopt
        std::optional<encoding> charset;
        while (auto a = next_attribute()) {
            if (a->name == "http-equiv" && !seen_http_equiv) {
                seen_http_equiv = true;
                got_pragma      = a->value == "content-type";
            } else if (a->name == "content" && !seen_content) {
                seen_content = true;
                if (has_charset) continue;
                charset = encoding_from_meta_content(a->value);
                if (charset) has_charset = need_pragma = true;
            } else if (a->name == "charset" && !seen_charset) {
                seen_charset = has_charset = true;
                need_pragma                = false;
                charset                    = encoding_for_label(a->value);
            }
        }
        // A tag that the limit cuts off declares nothing.
        if (at_ >= head_.size() || !charset || (need_pragma && !got_pragma)) return std::nullopt;
        // The declaration was readable as ASCII, so it cannot be UTF-16; pages that say so are UTF-8.
        if (*charset == encoding::utf_16be || *charset == encoding::utf_16le) return encoding::utf_8;
        if (*charset == encoding::x_user_defined) return encoding::windows_1252;
        return charset;
    }

    /// "Get an attribute". Stands on the '>' that ends the tag, or at the end, when it returns nothing.
    std::optional<attribute> next_attribute() {
        while (at_ < head_.size() && (is_space(head_[at_]) || head_[at_] == '/')) ++at_;
        if (at_ >= head_.size() || head_[at_] == '>') return std::nullopt;
        attribute a;
        while (at_ < head_.size()) {
            const char c = head_[at_];
            if (c == '=' && !a.name.empty()) break;
            if (is_space(c)) break;
            if (c == '/' || c == '>') return a;
            a.name.push_back(to_lower(c));
            ++at_;
        }
        skip_spaces();
        if (at_ >= head_.size() || head_[at_] != '=') return a;
        ++at_;
        skip_spaces();
        if (at_ >= head_.size() || head_[at_] == '>') return a;
        read_value(a.value);
        return a;
    }

    void read_value(std::string& value) {
        const char first = head_[at_];
        if (first == '"' || first == '\'') {
            for (++at_; at_ < head_.size(); ++at_) {
                if (head_[at_] == first) {
                    ++at_;
                    return;
                }
                value.push_back(to_lower(head_[at_]));
            }
            return;
        }
        for (; at_ < head_.size() && !is_space(head_[at_]) && head_[at_] != '>'; ++at_) {
            value.push_back(to_lower(head_[at_]));
        }
    }

    void skip_spaces() {
        while (at_ < head_.size() && is_space(head_[at_])) ++at_;
    }

    std::string_view head_;
    std::size_t at_ = 0;
};

}  // namespace

std::optional<encoding> encoding_from_xml_declaration(std::string_view head) {
    if (!head.starts_with("<?xml")) return std::nullopt;
    const std::size_t close = head.find('>');
    if (close == std::string_view::npos) return std::nullopt;
    head           = head.substr(0, close);
    std::size_t at = head.find("encoding");
    if (at == std::string_view::npos) return std::nullopt;
    at += 8;
    const auto skip_controls_and_space = [&] {
        while (at < head.size() && static_cast<unsigned char>(head[at]) <= 0x20) ++at;
    };
    skip_controls_and_space();
    if (at >= head.size() || head[at] != '=') return std::nullopt;
    ++at;
    skip_controls_and_space();
    if (at >= head.size() || (head[at] != '"' && head[at] != '\'')) return std::nullopt;
    const std::size_t end = head.find(head[at], at + 1);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view label = head.substr(at + 1, end - at - 1);
    for (const char c : label) {
        if (static_cast<unsigned char>(c) <= 0x20) return std::nullopt;
    }
    const auto found = encoding_for_label(label);
    if (found == encoding::utf_16be || found == encoding::utf_16le) return encoding::utf_8;
    return found;
}

std::optional<encoding> prescan_meta(std::string_view head) {
    using namespace std::string_view_literals;
    if (head.starts_with("<\0?\0x\0"sv)) return encoding::utf_16le;
    if (head.starts_with("\0<\0?\0x"sv)) return encoding::utf_16be;
    if (const auto found = scanner{head}.run()) return found;
    return encoding_from_xml_declaration(head);
}

std::optional<encoding> encoding_from_meta_content(std::string_view content) noexcept {
    std::size_t at = 0;
    for (;;) {
        at = find_ignoring_case(content, "charset", at);
        if (at == std::string_view::npos) return std::nullopt;
        at += 7;
        while (at < content.size() && is_space(content[at])) ++at;
        if (at < content.size() && content[at] == '=') break;
    }
    ++at;
    while (at < content.size() && is_space(content[at])) ++at;
    if (at >= content.size()) return std::nullopt;
    const char quote = content[at];
    if (quote == '"' || quote == '\'') {
        const std::size_t end = content.find(quote, at + 1);
        if (end == std::string_view::npos) return std::nullopt;
        return encoding_for_label(content.substr(at + 1, end - at - 1));
    }
    std::size_t end = at;
    while (end < content.size() && !is_space(content[end]) && content[end] != ';') ++end;
    return encoding_for_label(content.substr(at, end - at));
}

}  // namespace forage::detail
