// Markdown from a page's elements as they open and close. Text comes from text_writer, so it is folded and clean; what
// it says can make no structure. Inline marks are written when text needs them, so there are no empty ones and none
// that spans two blocks.
#pragma once

#include "html/markdown_escape.hpp"

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

    /// Text as `text_writer::append` returned it: a space at its front means that one came before.
    void text(std::string_view folded);

    void break_line();   ///< <br>; two of them end the paragraph
    void break_block();  ///< a block begins or ends
    void rule();
    void image(std::string_view alt, std::string_view url, bool space_before);
    void code_block(std::string_view language, std::string_view text);

    void open_mark(mark m) noexcept { ++wanted_[static_cast<std::size_t>(m)]; }
    void close_mark(mark m) noexcept { --wanted_[static_cast<std::size_t>(m)]; }
    /// The first block inside a link carries it; a link inside a link is text.
    void open_link(std::string_view url);
    void close_link();
    void open_code() noexcept { ++code_depth_; }
    void close_code();

    void open_heading(int level);
    void close_heading();
    void open_quote();
    void close_quote();
    void open_list(bool ordered, unsigned first);
    void close_list();
    void open_item(std::optional<unsigned> number);
    void close_item();

    /// A table of data. Its cells hold one line each.
    void open_table(std::size_t columns);
    void close_table();
    void open_row();
    void close_row();
    void open_cell();
    void close_cell(std::size_t columns);

    /// Bytes that all of it takes.
    [[nodiscard]] std::size_t memory() const noexcept;
    /// What `text(…)` with `size` bytes, or as much of other things, will take more at most.
    [[nodiscard]] std::size_t memory_for(std::size_t size) const noexcept;
    /// The same for `code_block(language, text)`.
    [[nodiscard]] std::size_t memory_for_code_block(std::string_view text) const noexcept;
    [[nodiscard]] std::string take();

private:
    struct container {  // what every line inside begins with
        unsigned number = 0;
        bool is_item    = false;
        bool is_ordered = false;
        bool has_marker = false;  // written already
    };
    struct list {
        bool ordered;
        unsigned next;
        bool has_items;     // written ones
        std::size_t depth;  // containers around it: an item elsewhere is none of its own
    };

    void begin_inline();
    void end_inline();
    void request_gap(unsigned lines);
    void start_line();
    void write_prefix();
    void write_fence(std::string_view text, std::string_view language);
    void push(container c);
    void pop();
    void open_mark_here(mark m);
    void close_top_mark();
    [[nodiscard]] bool is_open(mark m) const noexcept;
    [[nodiscard]] bool wants(mark m) const noexcept;
    void flush_code();
    [[nodiscard]] std::size_t prefix_size() const noexcept;
    [[nodiscard]] std::size_t code_block_size(std::string_view text) const noexcept;
    [[nodiscard]] bool is_one_line() const noexcept { return in_cell_ || heading_depth_ != 0; }

    std::string out_;
    unsigned gap_ = 0;  // line breaks due before the next content: 1 next line, 2 an empty line between
    bool hard_    = false;
    bool space_   = false;
    escape_context place_;

    std::vector<container> containers_;
    std::size_t flattened_ = 0;  // containers open beyond the limit
    std::size_t common_    = 0;  // containers that have been open since the last content
    std::vector<list> lists_;

    std::array<std::uint32_t, 4> wanted_{};
    std::array<mark, 4> open_{};
    std::size_t open_count_ = 0;
    std::size_t closed_at_  = std::string::npos;  // where `last_closed_` was closed
    mark last_closed_       = mark::strong;
    std::size_t link_depth_ = 0;
    bool link_is_used_      = false;
    std::string link_url_;

    std::size_t code_depth_ = 0;
    std::string code_;
    std::size_t code_ended_at_ = std::string::npos;

    std::size_t heading_depth_ = 0;
    int heading_level_         = 0;
    bool heading_is_begun_     = false;

    bool in_table_        = false;
    bool in_cell_         = false;
    bool row_is_begun_    = false;
    bool has_header_      = false;
    std::size_t columns_  = 0;
    std::size_t row_size_ = 0;
};

}  // namespace forage::detail
