// The blocks of Markdown that hold others, or are one line: headings, rules, quotes, lists, labels.
#include "html/markdown_writer.hpp"

#include <algorithm>

namespace forage::detail {
namespace {

// Deeper nesting is written as if it were not there: a prefix on each of a page's lines must not make its size
// quadratic.
constexpr std::size_t max_containers = 12;
constexpr unsigned max_number        = 999'999'999;  // CommonMark §5.2: nine digits

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

void markdown_writer::open_label() {
    request_gap(2);
    open_mark(mark::strong);
}

void markdown_writer::close_label() {
    close_mark(mark::strong);
    request_gap(1);
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

void markdown_writer::open_list(bool ordered, unsigned first, bool counts_down) {
    // A numbered list may interrupt a paragraph only with number 1 (§5.3), and a first item may turn out empty.
    const bool is_tight = !lists_.empty() && !ordered;
    request_gap(is_tight ? 1 : 2);
    // Two lists in a row would be one, were it not for other markers (§5.3).
    const bool follows_one =
        last_list_.at == out_.size() && last_list_.depth == depth() && last_list_.ordered == ordered;
    lists_.push_back({
        .ordered     = ordered,
        .is_other    = follows_one && !last_list_.is_other,
        .counts_down = counts_down,
        .next        = first,
        .has_items   = false,
        .depth       = depth(),
    });
}

void markdown_writer::close_list() {
    request_gap(2);
    const list& done = lists_.back();
    if (done.has_items) last_list_ = {out_.size(), done.depth, done.ordered, done.is_other};
    lists_.pop_back();
}

void markdown_writer::open_item(std::optional<unsigned> number) {
    container c;
    c.is_item = true;
    request_gap(1);
    if (!lists_.empty() && lists_.back().depth == depth()) {
        list& in = lists_.back();
        // What ended the item before wanted an empty line; a list does not, after text it does.
        if (gap_ != 0 && after_item_) gap_ = 1;
        if (gap_ != 0 && !after_item_ && in.ordered && !begins_item()) gap_ = 2;
        c.is_other = in.is_other;
        if (in.ordered) {
            c.is_ordered = true;
            c.number     = std::min(number.value_or(in.next), max_number);
            in.next      = in.counts_down ? c.number - (c.number != 0 ? 1 : 0) : c.number + 1;
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
    after_item_ = true;
    if (!lists_.empty()) lists_.back().has_items = true;
}

}  // namespace forage::detail
