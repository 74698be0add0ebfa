// What begins with "<!" or "<?": §13.2.5.41 to 13.2.5.68.
#include "html/rewriter.hpp"
#include "html/scan.hpp"
#include "html/tokenizer.hpp"
#include "text/ascii.hpp"
#include "text/utf8.hpp"

namespace forage::detail::dom {

span tokenizer::without_nulls(const char* from, const char* to) {
    rewriter text{tree_, from};
    for (const char* p = find_any<'\0'>(from, to); p != to; p = find_any<'\0'>(p + 1, to)) {
        text.replace(p, p + 1, utf8_replacement);
    }
    return text.finish(to);
}

bool tokenizer::read_declaration() {
    const char* p   = at_ + 2;
    const auto here = rest(p);
    if (here.starts_with("--")) {
        read_comment(p + 2);
    } else if (starts_with_ignoring_case(here, "doctype")) {
        read_doctype(p + 7);
    } else if (cdata_allowed_ && here.starts_with("[CDATA[")) {
        mode_ = text_mode::cdata_section;
        at_   = p + 7;
        return false;
    } else {
        return read_bogus_comment(p);
    }
    return true;
}

bool tokenizer::read_bogus_comment(const char* from) {
    const char* end = find_any<'>'>(from, end_);
    emit(token_kind::comment, without_nulls(from, end), end == end_ ? end : end + 1);
    return true;
}

// "-->" ends it, "--!>" too, and ">" or "->" right at the beginning. At the end of the file, dashes that might have
// been the beginning of an end are no part of it.
void tokenizer::read_comment(const char* from) {
    const auto emit_up_to = [&](const char* end, const char* resume) {
        emit(token_kind::comment, without_nulls(from, end), resume);
    };
    if (rest(from).starts_with(">")) return emit_up_to(from, from + 1);
    if (rest(from).starts_with("->")) return emit_up_to(from, from + 2);
    const char* p = from;
    for (;; ++p) {
        p = find_any<'-'>(p, end_);
        if (p == end_) return emit_up_to(end_, end_);
        const auto here = rest(p);
        if (here.starts_with("-->")) return emit_up_to(p, p + 3);
        if (here.starts_with("--!>")) return emit_up_to(p, p + 4);
        if (here == "-" || here == "--" || here == "--!") return emit_up_to(p, end_);
    }
}

namespace {

/// The parts of a doctype, one after the other.
class doctype_reader {
public:
    doctype_reader(const char* at, const char* end) noexcept : at_{at}, end_{end} {}

    [[nodiscard]] bool is_over() const noexcept { return at_ == end_ || *at_ == '>'; }
    [[nodiscard]] const char* at() const noexcept { return at_; }
    [[nodiscard]] bool is_cut_off() const noexcept { return at_ == end_; }

    void skip_white_space() noexcept {
        while (at_ != end_ && is_space(*at_)) ++at_;
    }
    void skip_word() noexcept {
        while (!is_over() && !is_space(*at_)) ++at_;
    }
    void skip_all() noexcept { at_ = find_any<'>'>(at_, end_); }
    bool skip_keyword(std::string_view lower) noexcept {
        const std::string_view rest{at_, static_cast<std::size_t>(end_ - at_)};
        if (!starts_with_ignoring_case(rest, lower)) return false;
        at_ += lower.size();
        return true;
    }
    [[nodiscard]] bool is_quote() const noexcept { return at_ != end_ && (*at_ == '"' || *at_ == '\''); }
    /// What is between quotes; a '>' ends it as well. False: the closing quote is missing.
    bool read_quoted(std::string_view& text) noexcept {
        const char quote       = *at_++;
        const char* const from = at_;
        while (!is_over() && *at_ != quote) ++at_;
        text = {from, static_cast<std::size_t>(at_ - from)};
        if (is_over()) return false;
        ++at_;
        return true;
    }

private:
    const char* at_;
    const char* end_;
};

}  // namespace

void tokenizer::read_doctype(const char* from) {
    doctype_reader in{from, end_};
    token_.is_quirky = false;
    doctype type;
    const auto as_span = [&](std::string_view text) { return without_nulls(text.data(), text.data() + text.size()); };
    const auto read_id = [&](span& id, bool& has_id) {
        in.skip_white_space();
        if (!in.is_quote()) return false;
        std::string_view text;
        const bool is_whole = in.read_quoted(text);
        id                  = as_span(text);
        has_id              = true;
        return is_whole;
    };

    in.skip_white_space();
    const char* called = in.at();
    in.skip_word();
    const auto lower_name = folded(called, in.at());
    rewriter lower{tree_, called};
    lower.replace(called, in.at(), lower_name);
    type.name = lower.finish(in.at());

    bool is_right = !lower_name.empty();
    bool is_bogus = false;
    in.skip_white_space();
    if (is_right && !in.is_over()) {
        if (in.skip_keyword("public")) {
            is_right = read_id(type.public_id, type.has_public_id);
            in.skip_white_space();
            if (is_right && !in.is_over()) is_right = read_id(type.system_id, type.has_system_id);
        } else if (in.skip_keyword("system")) {
            is_right = read_id(type.system_id, type.has_system_id);
        } else {
            is_right = false;
        }
        in.skip_white_space();
        is_bogus = is_right && !in.is_over();  // what follows the system identifier is no reason for quirks
    }
    in.skip_all();
    token_.is_quirky = !is_right || (in.is_cut_off() && !is_bogus);
    token_.type      = type;
    emit(token_kind::doctype, {}, in.is_cut_off() ? end_ : in.at() + 1);
}

}  // namespace forage::detail::dom
