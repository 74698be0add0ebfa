// Markdown from a page's elements as they open and close. Text comes from text_writer, so it is folded and clean; what
// it says can make no structure. Inline marks are written when text needs them, so there are no empty ones and none
// that spans two blocks. docs/decisions/0022-markdown.md says what is written for what.
#pragma once

#include "html/block_ranges.hpp"
#include "html/markdown_escape.hpp"
#include "html/markdown_flanking.hpp"
#include "html/table_spans.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace forage::detail {

class markdown_writer {
public:
    enum class mark : std::uint8_t { strong, em, del, link };

    /// What comes is at this place in the source, and what came ended before it.
    void at(std::size_t source);

    /// What came ends here at least, should what follows it in the document stand before it in the source.
    void reach(std::size_t source) { ranges_.reach(source); }

    /// Text as `text_writer::append` returned it: a space at its front means that one came before.
    void text(std::string_view folded);

    void space();        ///< what follows is not part of the word before
    void break_line();   ///< <br>; two of them end the paragraph
    void break_block();  ///< a block begins or ends
    void rule();
    void image(std::string_view alt, std::string_view url, bool space_before);
    void code_block(std::string_view language, std::string_view text);
    /// Lines more for the block that was written last; a line break at the front is the one between them. A block of
    /// its own if there is none, or its fence is too short.
    void continue_code_block(std::string_view text);

    /// Where CommonMark would not take it for a mark, beside a letter for example, the text stays without.
    void open_mark(mark m);
    void close_mark(mark m);
    /// The first block inside a link carries it; a link inside a link is text.
    void open_link(std::string_view url);
    void close_link();
    void open_code() noexcept { ++code_depth_; }
    void close_code();

    void open_heading(int level);
    void close_heading();
    void open_quote();
    void close_quote();
    void open_list(bool ordered, unsigned first, bool counts_down = false);
    void close_list();
    void open_item(std::optional<unsigned> number);
    void close_item();
    /// A line that says what the following is about, all of it strong: a term, a summary.
    void open_label();
    void close_label();

    /// A table of data. Its cells hold one line each.
    void open_table(std::size_t columns);
    void close_table();
    void begin_row_group();
    void open_row();
    void close_row();
    void open_cell(cell_span span);
    void close_cell(std::size_t columns);
    void omit_cell(cell_span span);  ///< its place stays

    /// Bytes that all of it takes.
    [[nodiscard]] std::size_t memory() const noexcept;
    /// What `text(…)` with `size` bytes, or as much of other things, will take more at most.
    [[nodiscard]] std::size_t memory_for(std::size_t size) const noexcept;
    /// The same for `code_block(language, text)`.
    [[nodiscard]] std::size_t memory_for_code_block(std::string_view text) const noexcept;
    [[nodiscard]] std::string take();
    /// Of what has been written. Once, before `take`.
    [[nodiscard]] std::vector<markdown_block> take_blocks(std::size_t source_size);

private:
    struct container {  // what every line inside begins with
        unsigned number = 0;
        bool is_item    = false;
        bool is_ordered = false;
        bool is_other   = false;  // of a list that must not be taken for the one before it
        bool has_marker = false;  // written already
    };
    [[nodiscard]] static std::string marker_of(const container& c);
    struct list {
        bool ordered;
        bool is_other;
        bool counts_down;
        unsigned next;
        bool has_items;     // written ones
        std::size_t depth;  // containers around it: an item elsewhere is none of its own
    };
    struct written_mark {
        mark kind;
        std::size_t at;  // in out_
    };
    struct end_of_list {
        std::size_t at    = std::string::npos;  // in out_
        std::size_t depth = 0;
        bool ordered      = false;
        bool is_other     = false;
    };

    // markdown_marks.cpp
    void begin_inline(flank next, bool is_code = false);
    void end_inline();
    void close_marks(std::size_t keep, flank next);
    void write_wanted(flank next, bool is_code);
    void write_link_end();
    void erase(written_mark m);
    [[nodiscard]] bool is_written(mark m) const noexcept;
    [[nodiscard]] bool has_star() const noexcept { return is_written(mark::strong) || is_written(mark::em); }
    [[nodiscard]] bool wants(mark m) const noexcept;

    void request_gap(unsigned lines);
    void start_line();
    void write_prefix();
    void write_code_lines(std::string_view text);
    void push(container c);
    void pop();
    void begin_row();
    void end_row();
    void flush_code();
    /// Whether what comes stands beside an item's marker.
    [[nodiscard]] bool begins_item() const noexcept {
        return !containers_.empty() && containers_.back().is_item && !containers_.back().has_marker;
    }
    [[nodiscard]] std::size_t depth() const noexcept { return containers_.size() + flattened_; }
    [[nodiscard]] std::size_t prefix_size() const noexcept;
    [[nodiscard]] std::size_t code_block_size(std::string_view text) const noexcept;
    [[nodiscard]] bool is_one_line() const noexcept { return in_cell_ || heading_depth_ != 0; }

    std::string out_;
    block_ranges ranges_;
    std::size_t source_ = 0;  // of what is being written
    std::size_t seen_   = 0;  // what of out_ had been written when it was told
    unsigned gap_       = 0;  // line breaks due before the next content: 1 next line, 2 an empty line between
    bool hard_          = false;
    bool space_         = false;
    escape_context place_;
    std::size_t line_start_ = std::string::npos;  // where a line's own characters begin, if they could make a block

    std::vector<container> containers_;
    std::size_t flattened_ = 0;  // containers open beyond the limit
    std::size_t common_    = 0;  // containers that have been open since the last content
    std::vector<list> lists_;
    end_of_list last_list_;
    bool after_item_ = false;  // nothing has been written since one ended

    std::array<std::uint32_t, 4> wanted_{};
    std::array<mark, 4> order_{};  // those wanted, in the order in which they were
    std::size_t wanted_count_ = 0;
    std::array<written_mark, 4> written_{};
    std::size_t written_count_ = 0;
    std::size_t star_end_      = std::string::npos;  // where `*` or `**` was closed last
    bool link_is_used_         = false;
    std::string link_url_;

    std::size_t code_depth_ = 0;
    std::string code_;  // written once it is known how it ends
    std::size_t code_source_ = 0;
    bool code_is_closed_     = false;  // its element is; the next may go on with it
    std::size_t code_end_    = std::string::npos;
    std::size_t block_end_   = std::string::npos;  // of the last code block
    std::size_t block_depth_ = 0;
    std::size_t fence_       = 0;  // its length

    std::size_t heading_depth_ = 0;
    int heading_level_         = 0;
    bool heading_is_begun_     = false;

    bool in_table_         = false;
    bool in_cell_          = false;
    bool row_is_open_      = false;
    bool in_row_           = false;  // something of it is written
    bool has_header_       = false;
    std::size_t columns_   = 0;
    std::size_t row_size_  = 0;
    std::size_t table_end_ = 0;  // where its last row ended
    table_spans spans_;
};

}  // namespace forage::detail
