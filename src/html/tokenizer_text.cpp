// Text up to the next tag: §13.2.5.1 to 13.2.5.5, §13.2.5.9 to 13.2.5.31 and §13.2.5.69 to 13.2.5.71.
#include "html/rewriter.hpp"
#include "html/scan.hpp"
#include "html/tokenizer.hpp"
#include "text/ascii.hpp"
#include "text/utf8.hpp"

#include <algorithm>

namespace forage::detail::dom {
namespace {

bool ends_name(char c) noexcept { return c == '>' || c == '/' || is_space(c); }

/// Whether `text` begins with `lower` in any case, and the name ends there.
bool begins_with_name(std::string_view text, std::string_view lower) noexcept {
    return text.size() > lower.size() && starts_with_ignoring_case(text, lower) && ends_name(text[lower.size()]);
}

}  // namespace

void tokenizer::emit(token_kind kind, span text, const char* resume) noexcept {
    token_.kind = kind;
    token_.text = text;
    at_         = resume;
}

// NUL is a token of its own: what becomes of it is up to the tree builder.
void tokenizer::read_data_text() {
    const char* p = at_;
    if (*p == '\0') return emit(token_kind::null, {}, p + 1);
    rewriter text{tree_, p};
    for (;;) {
        p = find_any<'<', '&', '\0'>(p, end_);
        if (p == end_ || *p == '\0') break;
        if (*p == '<') {
            if (begins_markup(p)) break;
            ++p;
        } else if (const auto found = read_reference(rest(p), reference_place::text); found.length != 0) {
            text.replace(p, p + found.length, found.text());
            p += found.length;
        } else {
            ++p;
        }
    }
    emit(token_kind::text, text.finish(p), p);
}

bool tokenizer::read_text() {
    switch (mode_) {
    case text_mode::plaintext: return read_raw_text(end_);
    case text_mode::script_data: return read_raw_text(end_of_script());
    case text_mode::cdata_section: return read_cdata_text();
    default: return read_raw_text(end_of_raw_text());
    }
}

/// The text up to `end`, or the end tag that is there. References count in RCDATA only.
bool tokenizer::read_raw_text(const char* end) {
    const bool has_references = mode_ == text_mode::rcdata;
    if (at_ == end) {
        mode_ = text_mode::data;
        return read_markup();
    }
    const char* p = at_;
    rewriter text{tree_, p};
    for (;;) {
        p = find_any<'&', '\0'>(p, end);
        if (p == end) break;
        if (*p == '\0') {
            text.replace(p, p + 1, utf8_replacement);
            ++p;
            continue;
        }
        const auto left  = std::string_view{p, static_cast<std::size_t>(end - p)};
        const auto found = has_references ? read_reference(left, reference_place::text) : character_reference{};
        if (found.length != 0) text.replace(p, p + found.length, found.text());
        p += std::max<std::size_t>(found.length, 1);
    }
    emit(token_kind::text, text.finish(end), end);
    return true;
}

bool tokenizer::read_cdata_text() {
    const char* from = at_;
    if (*from == '\0') {
        emit(token_kind::null, {}, from + 1);
        return true;
    }
    const char* p = find_any<']', '\0'>(from, end_);
    while (p != end_ && *p == ']' && !rest(p).starts_with("]]>")) p = find_any<']', '\0'>(p + 1, end_);
    const bool is_over = p != end_ && *p == ']';
    if (is_over) mode_ = text_mode::data;
    emit(token_kind::text, of(from, p), is_over ? p + 3 : p);
    return p != from;
}

bool tokenizer::is_end_tag(const char* at, std::string_view called) const noexcept {
    return !called.empty() && rest(at).starts_with("</") && begins_with_name(rest(at + 2), called);
}

const char* tokenizer::end_of_raw_text() const noexcept {
    const auto called = tree_.names.text(last_start_tag_);
    for (const char* p = at_;; ++p) {
        p = find_any<'<'>(p, end_);
        if (p == end_ || is_end_tag(p, called)) return p;
    }
}

// In a script, "<!--" and then "<script" make "</script" part of the text, until "-->" or one more "</script".
const char* tokenizer::end_of_script() const noexcept {
    enum class part : std::uint8_t { plain, escaped, double_escaped };
    part in       = part::plain;
    const char* p = at_;
    while (p != end_) {
        p = in == part::plain ? find_any<'<'>(p, end_) : find_any<'<', '-'>(p, end_);
        if (p == end_) break;
        const auto here = rest(p);
        if (*p == '-') {
            const bool ends = here.starts_with("-->");
            if (ends) in = part::plain;
            p += ends ? 3 : 1;
        } else if (in == part::double_escaped) {
            if (is_end_tag(p, "script")) in = part::escaped;
            ++p;
        } else if (is_end_tag(p, "script")) {
            return p;
        } else if (in == part::escaped) {
            if (begins_with_name(here.substr(1), "script")) in = part::double_escaped;
            ++p;
        } else if (here.starts_with("<!--")) {
            in = part::escaped;
            p += 2;  // the dashes may be those of "-->"
        } else {
            ++p;
        }
    }
    return end_;
}

}  // namespace forage::detail::dom
