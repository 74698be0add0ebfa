#include "feed/xml_repair.hpp"

#include "text/ascii.hpp"
#include "text/character_reference.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <array>

namespace forage::detail {
namespace {

/// Bytes that a copy may not simply run over. 0xEF leads U+FFFE and U+FFFF, which are no characters of XML.
constexpr auto is_special = [] {
    std::array<bool, 256> table{};
    for (unsigned b = 0; b < 0x20; ++b) table[b] = b != '\t' && b != '\n' && b != '\r';
    for (const char c : {'&', '<', '>', '"', '\''}) table[static_cast<unsigned char>(c)] = true;
    table[0xEF] = true;
    return table;
}();

bool begins_name(char c) noexcept {
    return is_letter(c) || c == '_' || c == ':' || static_cast<unsigned char>(c) >= 0x80;
}

class repairer {
public:
    explicit repairer(std::string_view text) : text_{text} { out_.reserve(most_repaired(text)); }

    std::string run() && {
        drop_to(text_.find('<'));
        while (at_ < text_.size()) {
            if (text_[at_] == '<') {
                markup();
            } else {
                character_data();
            }
        }
        return std::move(out_);
    }

private:
    [[nodiscard]] bool looking_at(std::string_view what) const noexcept { return text_.substr(at_).starts_with(what); }

    [[nodiscard]] std::size_t behind(std::string_view end, std::size_t from) const noexcept {
        const auto found = text_.find(end, from);
        return found == std::string_view::npos ? text_.size() : found + end.size();
    }

    /// Only the line feeds up to `end` are kept, so that errors tell the right line.
    void drop_to(std::size_t end) {
        end = std::min(end, text_.size());
        out_.append(
            static_cast<std::size_t>(std::count(text_.begin() + offset(at_), text_.begin() + offset(end), '\n')), '\n'
        );
        at_ = end;
    }

    static std::ptrdiff_t offset(std::size_t at) noexcept { return static_cast<std::ptrdiff_t>(at); }

    void markup() {
        if (looking_at("<!--")) return drop_to(behind("-->", at_ + 4));
        if (looking_at("<?")) return drop_to(behind("?>", at_ + 2));
        if (looking_at("<![CDATA[")) return verbatim_to(behind("]]>", at_ + 9));
        if (looking_at("<!")) return drop_to(end_of_declaration());
        const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
        if (next == '/' || begins_name(next)) return tag();
        out_ += "&lt;";
        ++at_;
    }

    /// Behind <!DOCTYPE …>, whose internal subset has '>' of its own.
    [[nodiscard]] std::size_t end_of_declaration() const noexcept {
        bool in_subset = false;
        for (auto at = at_ + 2; at < text_.size(); ++at) {
            const char c = text_[at];
            if (c == '"' || c == '\'') {
                at = text_.find(c, at + 1);
                if (at == std::string_view::npos) return text_.size();
            } else if (in_subset && text_.substr(at).starts_with("<!--")) {
                at = behind("-->", at + 4) - 1;
            } else if (c == '[') {
                in_subset = true;
            } else if (c == ']') {
                in_subset = false;
            } else if (c == '>' && !in_subset) {
                return at + 1;
            }
        }
        return text_.size();
    }

    /// A '<' ends a tag as well: no value may have one, and a quote that is never closed must not swallow the rest.
    void tag() {
        char quote = '\0';
        out_ += text_[at_++];
        while (at_ < text_.size()) {
            plain_run();
            if (at_ == text_.size() || text_[at_] == '<') return;
            const char c = text_[at_];
            if (c == '&') {
                reference();
            } else if (c == '"' || c == '\'') {
                if (quote == '\0') {
                    quote = c;
                } else if (quote == c) {
                    quote = '\0';
                }
                out_ += c;
                ++at_;
            } else if (c == '>') {
                out_ += c;
                ++at_;
                if (quote == '\0') return;
            } else {
                other();
            }
        }
    }

    void character_data() {
        while (at_ < text_.size() && text_[at_] != '<') {
            plain_run();
            if (at_ == text_.size() || text_[at_] == '<') return;
            const char c = text_[at_];
            if (c == '&') {
                reference();
            } else if (c == '>' && out_.ends_with("]]")) {
                out_ += "&gt;";
                ++at_;
            } else {
                other();
            }
        }
    }

    void verbatim_to(std::size_t end) {
        while (at_ < end) {
            plain_run(end);
            if (at_ < end) other();
        }
    }

    void plain_run(std::size_t end = std::string_view::npos) {
        end             = std::min(end, text_.size());
        const auto from = at_;
        while (at_ < end && !is_special[static_cast<unsigned char>(text_[at_])]) ++at_;
        out_ += text_.substr(from, at_ - from);
    }

    /// A special byte that means nothing here.
    void other() {
        const auto rest = text_.substr(at_);
        if (rest.starts_with("\xEF\xBF\xBE") || rest.starts_with("\xEF\xBF\xBF")) {
            out_ += utf8_replacement;
            at_ += 3;
            return;
        }
        if (static_cast<unsigned char>(rest.front()) >= 0x20) out_ += rest.front();
        ++at_;
    }

    /// Without its semicolon a name is taken for text: links with parameters are more frequent in feeds than that.
    void reference() {
        const auto found = read_reference(text_.substr(at_), reference_place::text);
        if (found.length == 0 || text_[at_ + found.length - 1] != ';') {
            out_ += "&amp;";
            ++at_;
            return;
        }
        for (const char c : found.text()) append_escaped(c);
        if (found.text() == "\xEF\xBF\xBE" || found.text() == "\xEF\xBF\xBF") {
            out_.replace(out_.size() - 3, 3, utf8_replacement);
        }
        at_ += found.length;
    }

    void append_escaped(char c) {
        switch (c) {
        case '&': out_ += "&amp;"; return;
        case '<': out_ += "&lt;"; return;
        case '>': out_ += "&gt;"; return;
        case '"': out_ += "&quot;"; return;
        case '\'': out_ += "&apos;"; return;
        default:
            if (static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n' || c == '\r') out_ += c;
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::string out_;
};

}  // namespace

// What grows: '&' and '<' become "&amp;" and "&lt;", '>' behind "]]" "&gt;"; no reference becomes more than 4 bytes
// longer.
std::size_t most_repaired(std::string_view text) noexcept {
    const auto growing =
        std::count_if(text.begin(), text.end(), [](char c) { return c == '&' || c == '<' || c == '>'; });
    return text.size() + 4 * static_cast<std::size_t>(growing);
}

std::string repaired_xml(std::string_view text) { return repairer{text}.run(); }

}  // namespace forage::detail
