// Which element does what. Links, images and formulas are in page_parts.cpp, code is in page_code.cpp.
#include "html/page_builder.hpp"

#include "html/code_furniture.hpp"
#include "html/code_language.hpp"
#include "html/footprint.hpp"
#include "html/formula.hpp"
#include "text/ascii.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace forage::detail {
namespace {

std::optional<unsigned> number_of(const element& e, std::string_view name) {
    const std::string_view text = trim(e.get(name));
    unsigned value              = 0;
    const auto [end, error]     = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end == text.data()) return std::nullopt;
    return value;
}

int heading_level(tag t) noexcept { return 1 + static_cast<int>(t) - static_cast<int>(tag::h1); }

std::optional<markdown_writer::mark> mark_of(tag t) noexcept {
    switch (t) {
    case tag::strong: return markdown_writer::mark::strong;
    case tag::em: return markdown_writer::mark::em;
    case tag::del: return markdown_writer::mark::del;
    default: return std::nullopt;
    }
}

}  // namespace

page_builder::page_builder(const read_options& options, read_budget& budget, noscript fallback)
    : share_{budget}, wants_markdown_{options.markdown}, wants_code_{options.code}, wants_metadata_{options.metadata},
      shows_noscript_{fallback == noscript::shown}, resolver_{options.base_url} {}

std::size_t page_builder::memory() const noexcept {
    return footprint(text_.text()) + markdown_.memory() + footprint(open_) + footprint(links_) +
           footprint(open_links_) + main_.memory() + footprint(code_) + other_bytes_;
}

bool page_builder::has_room(std::size_t more) { return share_.may_hold(memory() + more); }

bool page_builder::has_room() {
    constexpr std::size_t a_little = 16 * 1024;
    return has_room(growth(text_.text(), a_little) + (wants_markdown_ ? markdown_.memory_for(a_little) : 0));
}

bool page_builder::enter_head(const element& e) {
    switch (e.name) {
    case tag::base:
        if (const attribute* href = e.find("href")) resolver_.set_base(href->value);
        return false;
    case tag::meta: head_.see_meta(e); return false;
    case tag::link: head_.see_link(e); return false;
    case tag::title:
        if (has_title_) return false;
        in_title_ = true;
        return true;
    default: return true;
    }
}

bool page_builder::enter(const element& e, bool is_unveiled) {
    if (e.concealed != concealment::none && !is_unveiled) return false;
    if (!e.tex.empty()) {
        add_formula(e.tex, is_display_formula(e));
        return false;
    }
    if (e.name == tag::unseen) return false;
    if (const auto more = growth(open_); more != 0 && !has_room(more)) return false;
    if (e.name == tag::noscript && !shows_noscript_ && !is_unveiled) {
        saw_noscript_ = true;
        return false;
    }
    if (e.foreign) {
        if (e.name == tag::title) return false;  // a tool tip
        open_.push_back({.name = tag::inline_});
        return true;
    }
    if (e.name >= tag::title && e.name <= tag::meta) {
        if (!enter_head(e)) return false;
        open_.push_back({.name = e.name});
        return true;
    }
    open_element entry{.name = e.name, .class_names = e.get("class")};
    if (e.name == tag::block) entry.data_lang = e.get("data-lang");
    if (is_verbatim() && !enter_code(e, entry)) return false;
    if (e.name == tag::cell && is_line_number_column(e)) return false;
    if (e.name == tag::button) entry.name = tag::inline_;
    if (!is_verbatim() && is_code_box(e)) entry.name = tag::pre;
    begin(e, entry);
    open_.push_back(entry);
    return true;
}

void page_builder::begin(const element& e, open_element& entry) {
    switch (entry.name) {
    case tag::inline_:
    case tag::noscript:
    case tag::head: return;
    case tag::html: head_.see_html(e); return;
    case tag::a: begin_link(e, entry); return;
    case tag::area: add_area(e); return;
    case tag::img: add_image(e); return;
    case tag::pre:
    case tag::textarea: begin_verbatim(e); return;
    case tag::code:
        if (is_verbatim() && verbatim_.child_language.empty()) verbatim_.child_language = language_of(e);
        break;
    case tag::strong:
    case tag::em:
    case tag::del: break;
    case tag::tr:
        text_.break_row();
        cells_before_ = 0;
        break;
    case tag::cell:
        entry.columns = span_of_cell(e.get("colspan"), {}).columns;
        text_.begin_cell(cells_before_);
        cells_before_ = entry.columns;
        if (wants_markdown_ && !is_main_ && !is_verbatim())
            markdown_.omit_cell(span_of_cell(e.get("colspan"), e.get("rowspan")));
        break;
    case tag::br:
        if (is_verbatim()) {
            text_.append_verbatim("\n");
            break;
        }
        text_.break_line();
        break;
    default: text_.break_line(); break;
    }
    if (is_heading(e.name) && !is_verbatim()) headings_.open(heading_level(e.name), text_.text().size());
    if (to_markdown()) begin_in_markdown(e, entry);
}

void page_builder::begin_in_markdown(const element& e, open_element& entry) {
    if (is_heading(e.name)) return markdown_.open_heading(heading_level(e.name));
    if (const auto mark = mark_of(e.name)) return markdown_.open_mark(*mark);
    switch (e.name) {
    case tag::br: return markdown_.break_line();
    case tag::hr: return markdown_.rule();
    case tag::code: return markdown_.open_code();
    case tag::blockquote: return markdown_.open_quote();
    case tag::ul: return markdown_.open_list(false, 1);
    case tag::ol:
        return markdown_.open_list(true, number_of(e, "start").value_or(e.counts_down ? e.items : 1), e.counts_down);
    case tag::li: return markdown_.open_item(number_of(e, "value"));
    case tag::dl: return markdown_.open_list(false, 1);
    case tag::dd: return markdown_.open_item(std::nullopt);
    case tag::dt:
    case tag::summary: return markdown_.open_label();
    case tag::row_group: return markdown_.begin_row_group();
    case tag::tr: return markdown_.open_row();
    case tag::cell: return markdown_.open_cell(span_of_cell(e.get("colspan"), e.get("rowspan")));
    case tag::table:
        entry.is_data_table = e.table.is_data;
        if (entry.is_data_table) return markdown_.open_table(e.table.columns);
        return markdown_.break_block();
    default: return markdown_.break_block();
    }
}

void page_builder::leave() {
    const open_element entry = open_.back();
    open_.pop_back();
    if (is_verbatim()) end_code(entry);
    switch (entry.name) {
    case tag::inline_:
    case tag::noscript:
    case tag::html:
    case tag::head:
    case tag::area:
    case tag::img:
    case tag::br: return;
    case tag::title: return end_title();
    case tag::a:
        if (entry.is_link) end_link();
        return;
    case tag::pre: return end_verbatim(true);
    case tag::textarea: return end_verbatim(false);
    case tag::strong:
    case tag::em:
    case tag::del:
    case tag::code:
    case tag::cell: break;
    case tag::tr: text_.break_row(); break;
    default: text_.break_line(); break;
    }
    if (is_heading(entry.name) && !is_verbatim()) headings_.close(text_.text().size());
    if (to_markdown()) end_in_markdown(entry);
}

void page_builder::end_in_markdown(const open_element& entry) {
    if (is_heading(entry.name)) return markdown_.close_heading();
    if (const auto mark = mark_of(entry.name)) return markdown_.close_mark(*mark);
    switch (entry.name) {
    case tag::hr: return;
    case tag::code: return markdown_.close_code();
    case tag::blockquote: return markdown_.close_quote();
    case tag::ul:
    case tag::ol:
    case tag::dl: return markdown_.close_list();
    case tag::li:
    case tag::dd: return markdown_.close_item();
    case tag::dt: return markdown_.close_label();
    case tag::summary: markdown_.close_label(); return markdown_.break_block();
    case tag::tr: return markdown_.close_row();
    case tag::cell: return markdown_.close_cell(entry.columns);
    case tag::table:
        if (entry.is_data_table) return markdown_.close_table();
        return markdown_.break_block();
    default: return markdown_.break_block();
    }
}

void page_builder::text(std::string_view raw) {
    const auto more = growth(text_.text(), raw.size() + 1) + (to_markdown() ? markdown_.memory_for(raw.size()) : 0);
    if (in_title_) {
        title_source_ += first_characters(raw, longest_line - std::min(title_source_.size(), longest_line));
    } else if (more != 0 && !has_room(more)) {
        return;
    } else if (is_verbatim()) {
        if (verbatim_.is_box && verbatim_.start == std::string::npos) raw = trim_front(raw);
        const std::string_view written = text_.append_verbatim(raw);
        note_written(written);
        if (verbatim_.start == std::string::npos && !written.empty()) {
            verbatim_.start  = text_.text().size() - written.size();
            verbatim_.source = source_;
        }
    } else {
        const std::string_view written = text_.append(raw);
        note_written(written);
        if (to_markdown()) {
            markdown_.text(written);
            markdown_.reach(source_ + raw.size());
        }
    }
}

void page_builder::set_main(bool is_main, bool is_block) {
    if (is_verbatim()) return;  // code is whole or not there
    // What is left out may have broken the line, though it stands in it.
    const bool breaks = is_block || (is_main && text_.has_pending_line());
    if (breaks && wants_markdown_) markdown_.break_block();
    is_main_ = is_main;
}

void page_builder::note_written(std::string_view written) {
    if (written.empty()) return;
    if (!is_main_) return main_.interrupt();
    const auto end = text_.text().size();
    main_.count(written.size() + 1);
    if (main_.goes_on()) {
        main_.end_at(end);
    } else if (has_room(main_.growth())) {
        if (!main_.empty() && wants_markdown_) markdown_.space();  // as the main text will have it
        main_.begin(end - written.size(), end);
    }
}

void page_builder::end_title() {
    in_title_  = false;
    has_title_ = title_source_.find_first_not_of(" \t\n\f\r") != std::string::npos;
}

page_content page_builder::finish(std::size_t source_size) {
    page_content content;
    content.title       = folded(title_source_);
    content.language    = head_.language();
    content.description = head_.description();
    content.canonical   = head_.canonical(resolver_);
    content.main_text   = main_.cut_from(text_.text());
    if (wants_metadata_ && has_room(headings_.memory())) content.metadata.headings = headings_.cut_from(text_.text());
    content.text = text_.take();
    content.text.erase(content.text.find_last_not_of(" \t\n\f") + 1);
    content.blocks   = markdown_.take_blocks(source_size);
    content.markdown = markdown_.take();
    content.links    = std::move(links_);
    content.code     = std::move(code_);
    return content;
}

}  // namespace forage::detail
