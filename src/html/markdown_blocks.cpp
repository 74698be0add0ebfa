// The blocks of Markdown: headings, quotes, lists, tables, code.
#include "html/footprint.hpp"
#include "html/markdown_writer.hpp"

#include <algorithm>

namespace forage::detail {
namespace {

// Deeper nesting is written as if it were not there: a prefix on each of a page's lines must not make its size
// quadratic.
constexpr std::size_t max_containers = 12;
constexpr unsigned max_number        = 999'999'999;  // CommonMark §5.2: nine digits

std::size_t fence_length(std::string_view text) noexcept {
    return std::max<std::size_t>(3, longest_backtick_run(text) + 1);  // CommonMark §4.5
}

}  // namespace

void markdown_writer::open_heading(int level) {
    if (heading_depth_ == 0) {
        request_gap(2);
        heading_level_    = level;
        heading_is_begun_ = in_cell_;  // a cell cannot hold one
        place_.in_heading = true;
    }
    ++heading_depth_;
}

void markdown_writer::close_heading() {
    flush_code();
    if (--heading_depth_ != 0) return;
    place_.in_heading = false;
    request_gap(2);
}

void markdown_writer::rule() {
    if (is_one_line()) return;
    request_gap(2);
    start_line();
    out_ += containers_.empty() ? "---" : "***";  // "- ---" is no item with a rule in it, but a rule
    gap_ = 2;
}

void markdown_writer::push(container c) {
    if (containers_.size() == max_containers) {
        ++flattened_;
    } else {
        containers_.push_back(c);
    }
}

void markdown_writer::pop() {
    if (flattened_ != 0) {
        --flattened_;
        return;
    }
    containers_.pop_back();
    common_ = std::min(common_, containers_.size());
}

void markdown_writer::open_quote() {
    request_gap(2);
    push({});
}

void markdown_writer::close_quote() {
    request_gap(2);
    pop();
    if (!is_one_line()) gap_ = 2;
}

void markdown_writer::open_list(bool ordered, unsigned first) {
    // A numbered list may interrupt a paragraph only with number 1 (§5.3), and a first item may turn out empty.
    const bool is_tight = !lists_.empty() && !ordered;
    request_gap(is_tight ? 1 : 2);
    lists_.push_back({ordered, first, false, containers_.size() + flattened_});
}

void markdown_writer::close_list() {
    request_gap(2);
    lists_.pop_back();
}

void markdown_writer::open_item(std::optional<unsigned> number) {
    container c;
    c.is_item = true;
    request_gap(1);
    if (!lists_.empty() && lists_.back().depth == containers_.size() + flattened_) {
        list& in = lists_.back();
        if (in.has_items && gap_ != 0) gap_ = 1;  // what ended the item before wanted an empty line; a list does not
        if (in.ordered) {
            c.is_ordered = true;
            c.number     = std::min(number.value_or(in.next), max_number);
            in.next      = c.number + 1;
        }
    }
    push(c);
}

void markdown_writer::close_item() {
    request_gap(1);
    const bool was_written = flattened_ != 0 || containers_.back().has_marker;
    pop();
    if (!was_written) return;
    if (!is_one_line() && gap_ == 0) gap_ = 1;
    if (!lists_.empty()) lists_.back().has_items = true;
}

void markdown_writer::open_table(std::size_t columns) {
    request_gap(2);
    in_table_   = true;
    has_header_ = false;
    columns_    = columns;
}

void markdown_writer::close_table() {
    in_table_ = in_cell_ = false;
    place_.in_cell       = false;
    request_gap(2);
}

void markdown_writer::open_row() {
    if (!in_table_) return request_gap(2);
    request_gap(has_header_ ? 1 : 2);
    if (has_header_) gap_ = 1;  // a tbody asked for more, which would end the table
    row_is_begun_ = false;
    row_size_     = 0;
}

void markdown_writer::open_cell() {
    if (!in_table_) return request_gap(2);
    flush_code();
    end_inline();
    if (!row_is_begun_) {
        if (gap_ == 0) gap_ = 1;
        hard_ = false;
        start_line();
        out_.push_back('|');
        row_is_begun_ = true;
    }
    out_.push_back(' ');
    gap_           = 0;
    in_cell_       = true;
    place_.in_cell = true;
    place_.place   = line_place::inside;
}

void markdown_writer::close_cell(std::size_t columns) {
    if (!in_table_) return request_gap(2);
    flush_code();
    end_inline();
    in_cell_       = false;
    place_.in_cell = false;
    for (std::size_t i = 0; i < columns; ++i) {
        if (out_.back() != ' ') out_.push_back(' ');
        out_.push_back('|');
    }
    row_size_ += columns;
}

void markdown_writer::close_row() {
    if (!in_table_) return request_gap(2);
    if (!row_is_begun_) return;
    if (!has_header_) {  // GFM tables have one, so the first row is it
        for (; row_size_ < columns_; ++row_size_) out_ += " |";
        has_header_ = true;
        gap_        = 1;
        start_line();
        out_.push_back('|');
        for (std::size_t i = 0; i < row_size_; ++i) out_ += " --- |";
    }
    gap_ = 1;
}

void markdown_writer::code_block(std::string_view language, std::string_view text) {
    while (text.ends_with('\n')) text.remove_suffix(1);
    if (text.find_first_not_of(" \t\n\f") == std::string_view::npos) return;
    if (is_one_line()) {
        ++code_depth_;
        std::string line{text};
        std::replace_if(line.begin(), line.end(), [](char c) { return c == '\n' || c == '\t' || c == '\f'; }, ' ');
        code_ += line;
        close_code();
        return;
    }
    request_gap(2);
    write_fence(text, language);
    gap_ = 2;
}

std::size_t markdown_writer::prefix_size() const noexcept {
    constexpr std::size_t longest_marker = 11;  // nine digits, a point and a space
    return containers_.size() * longest_marker;
}

std::size_t markdown_writer::memory_for_code_block(std::string_view text) const noexcept {
    if (is_one_line()) return text.size() + memory_for(text.size()) + growth(code_, text.size());
    return growth(out_, code_block_size(text));
}

std::size_t markdown_writer::code_block_size(std::string_view text) const noexcept {
    constexpr std::size_t lines_around = 4, longest_language = 32;  // as code_language.cpp has it
    const auto breaks = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    const auto lines  = (breaks + lines_around) * (prefix_size() + 1);
    return text.size() + 2 * fence_length(text) + longest_language + lines;
}

void markdown_writer::write_fence(std::string_view text, std::string_view language) {
    out_.reserve(out_.size() + code_block_size(text));
    const auto ticks = fence_length(text);
    start_line();
    out_.append(ticks, '`');
    out_ += language;
    for (;;) {
        const std::size_t end = text.find('\n');
        out_.push_back('\n');
        write_prefix();
        out_.append(text, 0, end);
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    out_.push_back('\n');
    write_prefix();
    out_.append(ticks, '`');
}

}  // namespace forage::detail
