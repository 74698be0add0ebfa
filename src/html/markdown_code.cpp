// Code: spans in a line, and blocks.
#include "html/footprint.hpp"
#include "html/markdown_writer.hpp"

#include <algorithm>
#include <utility>

namespace forage::detail {
namespace {

std::size_t fence_length(std::string_view text) noexcept {
    return std::max<std::size_t>(3, longest_backtick_run(text) + 1);  // CommonMark §4.5
}

}  // namespace

void markdown_writer::close_code() {
    if (--code_depth_ == 0) code_is_closed_ = true;
}

void markdown_writer::flush_code() {
    code_is_closed_ = false;
    if (code_.empty()) return;
    // "[`]:`" begins a link reference definition (§4.7), code or not. Two runs of backticks would be one.
    const bool defines = wants(mark::link) && code_.find("]:") != std::string::npos;
    const auto source  = std::exchange(source_, code_source_);
    begin_inline(defines ? first_flank(code_) : flank::punctuation, !defines);
    source_ = source;
    if (defines || code_end_ == out_.size()) {
        append_escaped(out_, code_, place_);
        return code_.clear();
    }
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
    code_end_    = out_.size();
    place_.place = line_place::inside;
    code_.clear();
}

void markdown_writer::code_block(std::string_view language, std::string_view text) {
    while (text.ends_with('\n')) text.remove_suffix(1);
    if (text.find_first_not_of(" \t\n\f") == std::string_view::npos) return;
    if (is_one_line()) {
        flush_code();
        code_ = text;
        std::replace_if(code_.begin(), code_.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
        return space();
    }
    request_gap(2);
    out_.reserve(out_.size() + code_block_size(text));
    start_line();
    fence_ = fence_length(text);
    out_.append(fence_, '`');
    out_ += language;
    out_.push_back('\n');
    write_code_lines(text);
}

void markdown_writer::continue_code_block(std::string_view text) {
    const bool is_beside = block_end_ == out_.size() && block_depth_ == depth() && common_ == containers_.size();
    if (!is_beside || fence_length(text) > fence_ || is_one_line()) return code_block({}, text);
    out_.resize(out_.rfind('\n') + 1);
    if (text.starts_with('\n')) text.remove_prefix(1);
    write_code_lines(text);
}

void markdown_writer::write_code_lines(std::string_view text) {
    while (text.ends_with('\n')) text.remove_suffix(1);
    for (bool is_last = false; !is_last;) {
        const std::size_t end = text.find('\n');
        write_prefix();
        out_.append(text, 0, end);
        out_.push_back('\n');
        is_last = end == std::string_view::npos;
        if (!is_last) text.remove_prefix(end + 1);
    }
    write_prefix();
    out_.append(fence_, '`');
    gap_         = 2;
    block_end_   = out_.size();
    block_depth_ = depth();
}

std::size_t markdown_writer::prefix_size() const noexcept {
    constexpr std::size_t longest_marker = 11;  // nine digits, a point and a space
    return containers_.size() * longest_marker;
}

std::size_t markdown_writer::memory_for_code_block(std::string_view text) const noexcept {
    if (is_one_line()) return text.size() + memory_for(text.size()) + growth(code_, text.size());
    return growth(out_, code_block_size(text)) + ranges_.growth();
}

std::size_t markdown_writer::code_block_size(std::string_view text) const noexcept {
    constexpr std::size_t lines_around = 4, longest_language = 32;  // as code_language.cpp has it
    const auto breaks = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    const auto lines  = (breaks + lines_around) * (prefix_size() + 1);
    return text.size() + 2 * fence_length(text) + longest_language + lines;
}

}  // namespace forage::detail
