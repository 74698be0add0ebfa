// Lines, containers (quotes, list items) and text. Marks are in markdown_marks.cpp, blocks that are made of several
// calls in markdown_blocks.cpp and markdown_table.cpp, code in markdown_code.cpp.
#include "html/markdown_writer.hpp"

#include "html/footprint.hpp"

namespace forage::detail {
namespace {

constexpr std::size_t large = 4096;  // grows at once: piece by piece takes more memory

}  // namespace

std::string markdown_writer::marker_of(const container& c) {
    if (!c.is_ordered) return c.is_other ? "+ " : "- ";
    return std::to_string(c.number) + (c.is_other ? ") " : ". ");
}

void markdown_writer::at(std::size_t source) {
    if (out_.size() != seen_) {
        ranges_.extend(source);
        seen_ = out_.size();
    }
    source_ = source;
}

void markdown_writer::text(std::string_view folded) {
    if (folded.empty()) return;
    const bool in_code = code_depth_ != 0;
    if (!in_code || (code_is_closed_ && folded.front() == ' ')) flush_code();
    if (folded.front() == ' ' && code_.empty()) {
        space_ = true;
        folded.remove_prefix(1);
    }
    if (in_code) {
        if (!folded.empty()) code_is_closed_ = false;
        if (code_.empty()) code_source_ = source_;
        code_ += folded;
        return;
    }
    if (const auto spaces = leading_spaces(folded); spaces != 0) {  // no mark begins with them
        begin_inline(flank::space);
        out_.append(folded, 0, spaces);
        folded.remove_prefix(spaces);
        place_.place = line_place::inside;
    }
    if (folded.empty()) return;
    begin_inline(first_flank(folded));
    if (folded.size() > large) out_.reserve(out_.size() + 2 * folded.size());
    append_escaped(out_, folded, place_);
}

void markdown_writer::space() {
    flush_code();
    space_ = true;
}

void markdown_writer::break_line() {
    if (is_one_line()) {
        flush_code();
        space_ = true;
        return;
    }
    const bool second = gap_ != 0;
    request_gap(1);
    hard_ = !second;
    if (second) gap_ = 2;
}

void markdown_writer::break_block() { request_gap(2); }

void markdown_writer::request_gap(unsigned lines) {
    flush_code();
    if (is_one_line()) {
        space_ = true;
        return;
    }
    end_inline();
    if (!begins_item() && gap_ < lines) gap_ = lines;
    hard_ = false;
}

void markdown_writer::start_line() {
    if (in_row_ && !in_cell_) {  // text that is part of no cell
        end_row();
        gap_ = 2;
    }
    // Text after an item, though none of it, would go on with the item's paragraph (§5.1).
    if (after_item_ && !begins_item()) gap_ = 2;
    after_item_           = false;
    const bool is_a_block = gap_ >= 2 || out_.empty();
    if (is_a_block) ranges_.end(out_.size());
    if (!out_.empty()) {
        if (hard_ && gap_ == 1) out_ += "  ";
        out_.push_back('\n');
        if (gap_ >= 2) {
            // The empty line keeps the quotes that go on open; without their marks it would end them.
            const std::size_t line = out_.size();
            for (std::size_t i = 0; i < common_; ++i) {
                const container& c = containers_[i];
                c.is_item ? out_.append(marker_of(c).size(), ' ') : out_.append("> ");
            }
            while (out_.size() > line && out_.back() == ' ') out_.pop_back();
            out_.push_back('\n');
        }
    }
    gap_  = 0;
    hard_ = false;
    if (is_a_block) ranges_.begin(out_.size(), source_, heading_depth_ != 0 && !heading_is_begun_ ? heading_level_ : 0);
    write_prefix();
    common_      = containers_.size();
    place_.place = line_place::start;
    line_start_  = out_.size();
    if (heading_depth_ != 0 && !heading_is_begun_) {
        heading_is_begun_ = true;
        out_.append(static_cast<std::size_t>(heading_level_), '#');
        out_.push_back(' ');
        place_.place = line_place::inside;
        line_start_  = std::string::npos;
    }
}

void markdown_writer::write_prefix() {
    for (container& c : containers_) {
        if (!c.is_item) {
            out_ += "> ";
            continue;
        }
        const std::string marker = marker_of(c);
        if (c.has_marker) {
            out_.append(marker.size(), ' ');
        } else {
            out_ += marker;
        }
        c.has_marker = true;
    }
}

void markdown_writer::image(std::string_view alt, std::string_view url, bool space_before) {
    if (code_depth_ != 0) return;
    flush_code();
    if (space_before) space_ = true;
    begin_inline(flank::punctuation);
    out_ += "![";
    place_.place = line_place::inside;
    append_escaped(out_, alt, place_);
    out_ += "](";
    append_destination(out_, url);
    out_.push_back(')');
}

std::size_t markdown_writer::memory() const noexcept {
    return footprint(out_) + footprint(code_) + footprint(link_url_) + footprint(lists_) + footprint(containers_) +
           ranges_.memory();
}

// Escaping doubles a text at most; a prefix and a URL come on top. What is inside code is held until its end.
std::size_t markdown_writer::memory_for(std::size_t size) const noexcept {
    const auto code = code_depth_ != 0 ? size : 0;
    return growth(out_, 2 * (size + code_.size()) + link_url_.size() + prefix_size()) + growth(code_, code) +
           growth(lists_) + ranges_.growth();
}

std::vector<markdown_block> markdown_writer::take_blocks(std::size_t source_size) {
    at(source_size);
    flush_code();
    end_inline();
    return ranges_.take(out_.size(), source_size);
}

std::string markdown_writer::take() {
    flush_code();
    end_inline();
    return std::move(out_);
}

}  // namespace forage::detail
