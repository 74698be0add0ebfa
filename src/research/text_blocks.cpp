// One pass over the lines, one over the characters of each: whatever the text, the work is linear in it.
#include "research/text_blocks.hpp"

#include "research/inline_text.hpp"
#include "research/terms.hpp"
#include "text/code_points.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace forage::detail {
namespace {

constexpr auto npos = std::string_view::npos;

// Every block holds a copy of its heading: without bounds a page could square its size.
constexpr std::size_t longest_heading = 300;
constexpr std::size_t most_blocks     = 20'000;

constexpr std::size_t longest_label = 25;  // words: a bold line with more is a paragraph
constexpr std::size_t fewest_links  = 3;   // of navigation

std::string_view trim(std::string_view text) noexcept {
    const auto first = text.find_first_not_of(" \t\r");
    if (first == npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::size_t run_of(std::string_view text, char c) noexcept { return std::min(text.find_first_not_of(c), text.size()); }

std::string_view take_line(std::string_view& text) noexcept {
    const auto end  = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

// Takes "- ", "* ", "+ ", "12. " or "12) " off the front, if one of them is there.
bool take_list_marker(std::string_view& line) noexcept {
    std::size_t length = 0;
    if (line.size() >= 2 && (line[0] == '-' || line[0] == '*' || line[0] == '+')) {
        length = 1;
    } else {
        while (length < line.size() && length < 9 && line[length] >= '0' && line[length] <= '9') ++length;
        if (length == 0 || length >= line.size() || (line[length] != '.' && line[length] != ')')) return false;
        ++length;
    }
    if (length >= line.size() || line[length] != ' ') return false;
    line = trim(line.substr(length));
    return true;
}

bool is_rule(std::string_view line) noexcept {
    return line.size() >= 3 && (line[0] == '-' || line[0] == '*' || line[0] == '_') &&
           line.find_first_not_of(std::string{line[0], ' '}) == npos;
}

bool is_delimiter_row(std::string_view line) noexcept {
    return line.starts_with('|') && line.find('-') != npos && line.find_first_not_of("|-: ") == npos;
}

std::size_t heading_level(std::string_view line) noexcept {
    const auto level = run_of(line, '#');
    return level <= 6 && (level == line.size() || line[level] == ' ') ? level : 0;
}

// One link by itself may be the name of what follows; several in a row lead elsewhere.
void mark_navigation(std::vector<text_block>& blocks) {
    for (std::size_t first = 0; first < blocks.size();) {
        std::size_t links = 0;
        auto end          = first;
        while (end < blocks.size() && blocks[end].links > 0) links += blocks[end++].links;
        for (auto i = first; links >= fewest_links && i < end; ++i) blocks[i].is_navigation = true;
        first = std::max(end, first + 1);
    }
}

class block_reader {
public:
    /// Lines come one after the other; `at` is where this one begins.
    void line(std::string_view raw, std::size_t at) {
        if (blocks_.size() >= most_blocks) return;
        line_begin_ = at;
        line_end_   = at + raw.size();
        if (fence_ != 0 && code_line(raw)) return;
        auto text     = trim(raw);
        bool is_item  = false;
        quotes_       = 0;
        bool has_mark = true;
        while (has_mark) {
            has_mark = take_list_marker(text);
            is_item  = is_item || has_mark;
            if (text.starts_with('>')) {
                text     = trim(text.substr(1));
                has_mark = true;
                ++quotes_;
            }
        }
        if (is_item || text.empty()) flush();
        if (text.empty() || is_rule(text) || is_delimiter_row(text)) {
            if (!text.starts_with('|')) flush();
            if (is_rule(text)) end_label();
        } else if (const auto level = heading_level(text); level > 0) {
            flush();
            start_section(heading_, text.substr(level));
        } else if (text_.empty() && is_label(text)) {
            start_section(label_, inside_bold(text));
        } else {
            text_line(text);
        }
    }

    [[nodiscard]] std::vector<text_block> finish() {
        flush();
        end_label();
        mark_navigation(blocks_);
        return std::move(blocks_);
    }

private:
    static bool is_label(std::string_view text) {
        const auto inside = inside_bold(text);
        return !inside.empty() && !inside.ends_with('.') && count_words(inside) <= longest_label;
    }

    void start_section(std::string& title, std::string_view markdown) {
        end_label();
        title        = cut_at_code_point(read_inline(trim(markdown)).text, longest_heading);
        label_only_  = !label_.empty();
        label_begin_ = line_begin_;
        label_end_   = line_end_;
    }

    // A label with nothing under it was text.
    void end_label() {
        if (std::exchange(label_only_, false))
            blocks_.push_back({heading_, label_, 0, false, false, label_begin_, label_end_});
        label_.clear();
    }

    void text_line(std::string_view text) {
        if (text.starts_with("```") || text.starts_with("~~~")) {
            flush();
            fence_mark_ = text[0];
            fence_      = run_of(text, fence_mark_);
            take_place();
            return;
        }
        const bool is_row = text.starts_with('|');
        if (is_row) {
            text.remove_prefix(1);
            if (text.ends_with('|')) text.remove_suffix(1);
            text = trim(text);
        }
        take_place();
        if (!text_.empty()) text_ += is_row ? '\n' : ' ';
        const auto line = read_inline(text);
        text_ += line.text;
        links_ += line.links;
        linked_ += line.linked;
    }

    // False when the line is no longer inside the quotation the code stands in: that ends the code.
    bool code_line(std::string_view raw) {
        for (std::size_t quote = 0; quote < quotes_; ++quote) {
            const auto inside = trim(raw);
            if (!inside.starts_with('>')) {
                flush();
                return false;
            }
            raw = inside.substr(1);
            if (raw.starts_with(' ')) raw.remove_prefix(1);
        }
        const auto text  = trim(raw);
        const auto marks = run_of(text, fence_mark_);
        take_place();
        if (marks >= fence_ && marks == text.size()) {
            flush();
            return true;
        }
        if (!text_.empty()) text_ += '\n';
        while (!raw.empty() && (raw.back() == ' ' || raw.back() == '\r')) raw.remove_suffix(1);
        text_ += raw;
        return true;
    }

    // The line is part of the block.
    void take_place() {
        if (begin_ == npos) begin_ = line_begin_;
        end_ = line_end_;
    }

    void flush() {
        const bool is_code = std::exchange(fence_, 0) != 0;
        const auto begin   = std::exchange(begin_, npos);
        auto text          = std::exchange(text_, {});
        const auto links   = std::exchange(links_, 0);
        const auto linked  = std::exchange(linked_, 0);
        if (trim(text).empty()) return;
        label_only_        = false;
        const bool is_list = linked >= text.size() - text.size() / 2;
        blocks_.push_back(
            {label_.empty() ? heading_ : label_, std::move(text), is_list ? links : 0, is_code, false, begin, end_}
        );
    }

    std::vector<text_block> blocks_;
    std::string heading_;
    std::string label_;  // a bold line that stands above blocks as a heading does
    std::string text_;
    std::size_t links_      = 0;  // in text_
    std::size_t linked_     = 0;  // bytes of text_ in them
    std::size_t fence_      = 0;  // length of the open fence; 0: not in code
    std::size_t quotes_     = 0;  // quotation marks before the line, or before the fence while in code
    std::size_t line_begin_ = 0, line_end_ = 0;
    std::size_t label_begin_ = 0, label_end_ = 0;
    std::size_t begin_ = npos, end_ = 0;  // of what text_ is from
    char fence_mark_ = '`';
    bool label_only_ = false;  // no block under it yet
};

}  // namespace

std::vector<text_block> blocks_of_markdown(std::string_view markdown) {
    block_reader reader;
    const auto* const start = markdown.data();
    while (!markdown.empty()) {
        const auto line = take_line(markdown);
        reader.line(line, static_cast<std::size_t>(line.data() - start));
    }
    return reader.finish();
}

std::vector<text_block> blocks_of_text(std::string_view text) {
    std::vector<text_block> blocks;
    const auto* const start = text.data();
    while (!text.empty()) {
        const auto line = trim(take_line(text));
        if (line.empty()) continue;
        if (blocks.size() >= most_blocks) break;
        text_block block;
        block.text  = line;
        block.begin = static_cast<std::size_t>(line.data() - start);
        block.end   = block.begin + line.size();
        blocks.push_back(std::move(block));
    }
    return blocks;
}

}  // namespace forage::detail
