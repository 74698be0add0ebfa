// Links, images and formulas of a page. Link texts are cut out of the visible text.
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

}  // namespace forage::detail
