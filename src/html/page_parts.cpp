// Links, images, formulas and code of a page. Link texts and code blocks are cut out of the visible text.
#include "html/code_furniture.hpp"
#include "html/code_language.hpp"
#include "html/footprint.hpp"
#include "html/formula.hpp"
#include "html/page_builder.hpp"

namespace forage::detail {

bool page_builder::add_link(std::string_view text, std::string_view rel) {
    if (!has_room(growth(links_) + scratch_url_.size() + text.size() + rel.size())) return false;
    links_.push_back({scratch_url_, folded(text), folded(rel)});
    const auto& made = links_.back();
    other_bytes_ += footprint(made.url) + footprint(made.text) + footprint(made.rel);
    return true;
}

void page_builder::begin_link(const element& e, open_element& entry) {
    const attribute* href = e.find("href");
    if (!href || !resolver_.resolve(href->value, scratch_url_)) return;
    if (!add_link({}, e.get("rel"))) return;
    open_links_.push_back({links_.size() - 1, text_.text().size()});
    entry.is_link = true;
    if (to_markdown()) markdown_.open_link(scratch_url_);
}

void page_builder::end_link() {
    const open_link done = open_links_.back();
    open_links_.pop_back();
    std::string& text  = links_[done.index].text;
    const auto written = std::string_view{text_.text()}.substr(done.start);
    if (has_room(growth(text, written.size()))) append_one_line(text, written);
    other_bytes_ += footprint(text);
    if (to_markdown()) markdown_.close_link();
}

void page_builder::add_area(const element& e) {
    const attribute* href = e.find("href");
    if (!href || !resolver_.resolve(href->value, scratch_url_)) return;
    // Where there is no room for it, the budget knows.
    static_cast<void>(add_link(e.get("alt"), e.get("rel")));
}

void page_builder::add_image(const element& e) {
    if (const auto tex = tex_of_image(e); !tex.empty()) return add_formula(tex, is_display_formula(e));
    if (!to_markdown()) return;
    // Where loading is left to a script, `src` holds a placeholder as a data: URL, or nothing.
    const attribute* source = e.find("src");
    if (!source || source->value.empty() || source->value.starts_with("data:")) source = e.find("data-src");
    if (!source || !resolver_.resolve(source->value, scratch_url_)) return;
    const auto alt = e.get("alt");
    if (!has_room(alt.size() + markdown_.memory_for(alt.size() + scratch_url_.size()))) return;
    markdown_.image(folded(alt), scratch_url_, text_.has_pending_space());
}

/// In text as well: what a formula shows as text is its letters without what makes them one.
void page_builder::add_formula(std::string_view tex, bool is_display) {
    const std::string_view sign = is_display ? "$$" : "$";
    const auto break_line       = [&] {
        if (!is_display) return;
        text_.break_line();
        if (to_markdown()) markdown_.break_block();
    };
    break_line();
    for (const auto part : {sign, tex, sign}) text(part);
    break_line();
}

/// False: it is no part of the code.
bool page_builder::enter_code(const element& e, open_element& entry) {
    if (is_code_furniture(e)) return false;
    entry.is_block = e.name == tag::block;
    entry.start    = text_.text().size();
    if (e.name == tag::inline_ && is_code_line(e)) text_.break_line();
    return true;
}

void page_builder::end_code(const open_element& entry) {
    // An empty block between others is an empty line.
    if (!entry.is_block || text_.text().size() != entry.start || verbatim_start_ == std::string::npos) return;
    note_written(text_.append_verbatim("\n"));
}

void page_builder::begin_verbatim(const element& e) {
    text_.break_line();
    if (to_markdown()) markdown_.break_block();
    if (verbatim_depth_++ != 0) return;
    verbatim_start_    = std::string::npos;
    verbatim_language_ = language_of(e);
    outer_language_    = language_around();
    child_language_.clear();
}

void page_builder::end_verbatim(bool is_code) {
    text_.break_line();
    if (--verbatim_depth_ != 0 || verbatim_start_ == std::string::npos) return;
    const std::string_view text = std::string_view{text_.text()}.substr(verbatim_start_);
    if (text.find_first_not_of(" \t\n\f") == std::string_view::npos) return;
    const std::string& language = !verbatim_language_.empty() ? verbatim_language_
                                  : !child_language_.empty()  ? child_language_
                                                              : outer_language_;
    if (is_code && wants_code_) {
        if (!has_room(growth(code_) + text.size())) return;
        code_.push_back({language, std::string{text}});
        other_bytes_ += footprint(code_.back().text);
    }
    if (wants_markdown_ && is_main_ && has_room(markdown_.memory_for_code_block(text)))
        markdown_.code_block(language, text);
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
