// Code of a page: blocks are cut out of the visible text.
#include "html/code_furniture.hpp"
#include "html/code_language.hpp"
#include "html/footprint.hpp"
#include "html/page_builder.hpp"
#include "text/ascii.hpp"

#include <algorithm>

namespace forage::detail {

/// False: it is no part of the code.
bool page_builder::enter_code(const element& e, open_element& entry) {
    if (is_code_furniture(e)) return false;
    entry.is_block = e.name == tag::block;
    entry.start    = text_.text().size();
    if (e.name == tag::inline_ && is_code_line(e)) text_.break_line();
    return true;
}

void page_builder::end_code(const open_element& entry) {
    if (verbatim_.start == std::string::npos) return;
    const std::string_view text = text_.text();
    if (entry.is_block && text.size() == entry.start) {
        note_written(text_.append_verbatim("\n"));  // an empty block between others is an empty line
    } else if (entry.name == tag::inline_ && text.size() > entry.start) {
        const auto from = std::max(entry.start, verbatim_.start);
        if (from == verbatim_.start || text[from] == '\n' || text[from - 1] == '\n')
            verbatim_.numbers.see(text.substr(from));
    }
}

void page_builder::begin_verbatim(const element& e) {
    text_.break_line();
    if (to_markdown()) markdown_.break_block();
    if (verbatim_depth_++ != 0) return;
    verbatim_                = {};
    verbatim_.is_box         = e.name != tag::pre && e.name != tag::textarea;
    verbatim_.is_piece       = e.name == tag::code;
    verbatim_.goes_on        = (verbatim_.is_piece || last_is_piece_) && last_code_end_ == text_.text().size();
    verbatim_.language       = language_of(e);
    verbatim_.outer_language = language_around();
}

void page_builder::end_verbatim(bool is_code) {
    text_.break_line();
    if (--verbatim_depth_ != 0) return;
    auto text            = verbatim_text();
    const auto last_line = text.find_last_not_of('\n') + 1;
    const auto breaks =
        static_cast<std::size_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(last_line), text.end(), '\n'));
    if (trim(text).empty()) {
        if (verbatim_.goes_on) ++breaks_after_code_;  // an empty piece is an empty line
        return;
    }
    if (verbatim_.is_box) text = text.substr(0, text.find_last_not_of(" \t\n") + 1);
    add_code(text, is_code);
    last_is_piece_     = verbatim_.is_piece || verbatim_.goes_on;
    last_code_end_     = text_.text().size();
    breaks_after_code_ = breaks > 1 ? breaks - 1 : 0;
}

/// What was written since the block began, without the numbers of its lines.
std::string_view page_builder::verbatim_text() {
    if (verbatim_.start == std::string::npos) return {};
    const auto written = std::string_view{text_.text()}.substr(verbatim_.start);
    if (const auto code = verbatim_.numbers.without(written); code && has_room(code->size())) {
        text_.replace_from(verbatim_.start, *code);
        if (main_.goes_on()) main_.end_at(text_.text().size());
    }
    return std::string_view{text_.text()}.substr(verbatim_.start);
}

void page_builder::add_code(std::string_view text, bool is_code) {
    const std::string& language = !verbatim_.language.empty()         ? verbatim_.language
                                  : !verbatim_.child_language.empty() ? verbatim_.child_language
                                                                      : verbatim_.outer_language;
    if (verbatim_.goes_on) return go_on_with_code(text);
    if (is_code && wants_code_) {
        if (!has_room(growth(code_) + text.size())) return;
        code_.push_back({language, std::string{text}});
        other_bytes_ += footprint(code_.back().text);
    }
    if (wants_markdown_ && is_main_ && has_room(markdown_.memory_for_code_block(text))) {
        markdown_.at(verbatim_.source);
        markdown_.code_block(language, text);
    }
}

void page_builder::go_on_with_code(std::string_view text) {
    const auto size = breaks_after_code_ + 1 + text.size();
    if (!has_room(2 * size)) return;
    std::string more(breaks_after_code_ + 1, '\n');
    more += text;
    if (wants_code_ && !code_.empty()) {
        auto& last = code_.back().text;
        last.erase(last.find_last_not_of('\n') + 1);
        if (!has_room(growth(last, size))) return;
        other_bytes_ -= footprint(last);
        last += more;
        other_bytes_ += footprint(last);
    }
    if (wants_markdown_ && is_main_ && has_room(markdown_.memory_for_code_block(more)))
        markdown_.continue_code_block(more);
}

std::string page_builder::language_around() const {
    constexpr std::size_t levels = 2;
    for (std::size_t i = 0; i < levels && i < open_.size(); ++i) {
        const open_element& around = open_[open_.size() - 1 - i];
        // A body's class says what language its people speak.
        if (around.name == tag::body || around.name == tag::html) break;
        const attribute parts[] = {{"class", around.class_names}, {"data-lang", around.data_lang}};
        element e;
        e.attributes = parts;
        if (std::string language = language_of(e); !language.empty()) return language;
    }
    return {};
}

}  // namespace forage::detail
