// Lines, containers (quotes, list items) and inline marks. Blocks that are made of several calls (lists, tables, code)
// are in markdown_blocks.cpp.
#include "html/markdown_writer.hpp"

#include "html/footprint.hpp"

#include <algorithm>

namespace forage::detail {
namespace {

constexpr std::size_t large = 4096;  // grows at once: piece by piece takes more memory

constexpr std::string_view mark_text(markdown_writer::mark m) noexcept {
    switch (m) {
    case markdown_writer::mark::strong: return "**";
    case markdown_writer::mark::em: return "*";
    case markdown_writer::mark::del: return "~~";
    case markdown_writer::mark::link: break;
    }
    return {};
}

}  // namespace

void markdown_writer::text(std::string_view folded) {
    if (folded.empty()) return;
    const bool in_code = code_depth_ != 0;
    if (folded.front() == ' ' && !(in_code && !code_.empty())) {
        space_ = true;
        folded.remove_prefix(1);
    }
    if (in_code) {
        code_ += folded;
        return;
    }
    if (folded.empty()) return;
    begin_inline();
    if (folded.size() > large) out_.reserve(out_.size() + 2 * folded.size());
    append_escaped(out_, folded, place_);
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
    // The first block of a list item stands beside the marker.
    const bool beside_marker = !containers_.empty() && containers_.back().is_item && !containers_.back().has_marker;
    if (!beside_marker && gap_ < lines) gap_ = lines;
    hard_ = false;
}

void markdown_writer::begin_inline() {
    if (gap_ != 0 || out_.empty()) {
        end_inline();
        start_line();
    } else {
        // A mark that is no longer wanted is closed with all that were opened after it.
        std::size_t keep = 0;
        while (keep < open_count_ && wants(open_[keep])) ++keep;
        while (open_count_ > keep) close_top_mark();
        if (space_ && out_.back() != ' ') out_.push_back(' ');
    }
    space_ = false;
    for (const mark m : {mark::strong, mark::em, mark::del, mark::link}) {
        if (wants(m)) open_mark_here(m);
    }
}

bool markdown_writer::is_open(mark m) const noexcept {
    return std::find(open_.begin(), open_.begin() + open_count_, m) != open_.begin() + open_count_;
}

bool markdown_writer::wants(mark m) const noexcept {
    if (m == mark::link) return link_depth_ != 0 && (!link_is_used_ || is_open(m));
    if (m == mark::strong && heading_depth_ != 0) return false;  // headings are strong already
    return wanted_[static_cast<std::size_t>(m)] != 0;
}

void markdown_writer::open_mark_here(mark m) {
    if (is_open(m)) return;
    open_[open_count_++] = m;
    if (m == mark::link) {
        if (!out_.empty() && out_.back() == '!') out_.insert(out_.size() - 1, 1, '\\');  // not an image
        out_.push_back('[');
        link_is_used_ = true;
        place_.place  = line_place::inside;
        return;
    }
    if (closed_at_ == out_.size() && last_closed_ == m) {  // "<b>a</b><b>b</b>" is one
        out_.resize(out_.size() - mark_text(m).size());
        closed_at_ = std::string::npos;
        return;
    }
    out_ += mark_text(m);
    place_.place = line_place::inside;
}

void markdown_writer::close_top_mark() {
    const mark m = open_[--open_count_];
    if (m == mark::link) {
        out_ += "](";
        append_destination(out_, link_url_);
        out_.push_back(')');
        return;
    }
    out_ += mark_text(m);
    closed_at_   = out_.size();
    last_closed_ = m;
}

void markdown_writer::end_inline() {
    while (open_count_ != 0) close_top_mark();
    closed_at_ = std::string::npos;
    space_     = false;
}

void markdown_writer::start_line() {
    if (!out_.empty()) {
        if (hard_ && gap_ == 1) out_ += "  ";
        out_.push_back('\n');
        if (gap_ >= 2) {
            // The empty line keeps the quotes that go on open; without their marks it would end them.
            const std::size_t line = out_.size();
            for (std::size_t i = 0; i < common_; ++i) out_ += containers_[i].is_item ? "  " : "> ";
            while (out_.size() > line && out_.back() == ' ') out_.pop_back();
            out_.push_back('\n');
        }
    }
    gap_  = 0;
    hard_ = false;
    write_prefix();
    common_      = containers_.size();
    place_.place = line_place::start;
    if (heading_depth_ != 0 && !heading_is_begun_) {
        heading_is_begun_ = true;
        out_.append(static_cast<std::size_t>(heading_level_), '#');
        out_.push_back(' ');
    }
}

void markdown_writer::write_prefix() {
    for (container& c : containers_) {
        if (!c.is_item) {
            out_ += "> ";
            continue;
        }
        const std::string marker = c.is_ordered ? std::to_string(c.number) + ". " : std::string{"- "};
        if (c.has_marker) {
            out_.append(marker.size(), ' ');
        } else {
            out_ += marker;
        }
        c.has_marker = true;
    }
}

void markdown_writer::open_link(std::string_view url) {
    flush_code();
    if (link_depth_++ != 0) return;
    while (is_open(mark::link)) close_top_mark();  // the link before this one, if nothing came since
    link_url_     = url;
    link_is_used_ = false;
}

void markdown_writer::close_link() {
    flush_code();
    --link_depth_;
}

void markdown_writer::close_code() {
    if (--code_depth_ == 0) flush_code();
}

void markdown_writer::flush_code() {
    if (code_.empty()) return;
    begin_inline();
    if (is_open(mark::link) && code_.find("]:") != std::string::npos) {
        // "[`]:`" begins a link reference definition (§4.7), code or not.
        append_escaped(out_, code_, place_);
        return code_.clear();
    }
    if (code_ended_at_ == out_.size()) out_.push_back(' ');  // two runs of backticks would be one
    const std::string ticks(longest_backtick_run(code_) + 1, '`');
    const bool pad = code_.front() == '`' || code_.back() == '`';
    out_ += ticks;
    if (pad) out_.push_back(' ');
    for (const char c : code_) {
        if (c == '|' && in_cell_) out_.push_back('\\');  // GFM takes this one back inside code
        out_.push_back(c);
    }
    if (pad) out_.push_back(' ');
    out_ += ticks;
    code_ended_at_ = out_.size();
    place_.place   = line_place::inside;
    code_.clear();
}

void markdown_writer::image(std::string_view alt, std::string_view url, bool space_before) {
    if (code_depth_ != 0) return;
    if (space_before) space_ = true;
    begin_inline();
    out_ += "![";
    place_.place = line_place::inside;
    append_escaped(out_, alt, place_);
    out_ += "](";
    append_destination(out_, url);
    out_.push_back(')');
}

std::size_t markdown_writer::memory() const noexcept {
    return footprint(out_) + footprint(code_) + footprint(link_url_) + footprint(lists_);
}

// Escaping doubles a text at most; a prefix and a URL come on top. What is inside code is held until its end.
std::size_t markdown_writer::memory_for(std::size_t size) const noexcept {
    const auto code = code_depth_ != 0 ? size : 0;
    return growth(out_, 2 * size + code_.size() + link_url_.size() + prefix_size()) + growth(code_, code) +
           growth(lists_);
}

std::string markdown_writer::take() {
    flush_code();
    end_inline();
    return std::move(out_);
}

}  // namespace forage::detail
