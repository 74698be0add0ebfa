// Everything that is read from a page, built while a parser's tree is walked once in document order.
// Knows no parser and no tree: it is told of elements as they begin and end, and of text.
#pragma once

#include "html/budget.hpp"
#include "html/code_line_numbers.hpp"
#include "html/document_head.hpp"
#include "html/element.hpp"
#include "html/heading_outline.hpp"
#include "html/link_resolver.hpp"
#include "html/main_stretches.hpp"
#include "html/markdown_writer.hpp"
#include "html/text_writer.hpp"

#include <forage/html.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace forage::detail {

/// Use: `enter`, `text` and `leave` in document order, then `finish` once. Strings in elements must live until then.
/// Memory: what it holds is counted in the budget before it grows. What does not fit is left out, and the budget says
/// so.
class page_builder {
public:
    enum class noscript : std::uint8_t { left_out, shown };

    /// `budget` must outlive it.
    page_builder(const read_options& options, read_budget& budget, noscript fallback);

    /// What links are resolved by.
    [[nodiscard]] link_resolver& resolver() noexcept { return resolver_; }

    /// Whether there is no visible text, but might be with the noscript elements shown.
    [[nodiscard]] bool needs_noscript() const noexcept { return saw_noscript_ && text_.text().empty(); }

    /// False: nothing inside the element is wanted; then neither its contents nor its end are to be told.
    /// `is_unveiled`: it is shown although it is hidden, or a noscript.
    [[nodiscard]] bool enter(const element& e, bool is_unveiled = false);
    void leave();
    void text(std::string_view raw);

    /// Where in the source what comes begins: to be told before each node.
    void at(std::size_t source) {
        if (wants_markdown_) markdown_.at(source);
        source_ = source;
    }

    /// Whether what comes is main content, between blocks or not. True until it is told otherwise.
    void set_main(bool is_main, bool is_block);

    /// Whether there is memory for what is here and `more` bytes. Once it says no, reading must end.
    [[nodiscard]] bool has_room(std::size_t more);
    /// The same, for what a few dozen nodes may add.
    [[nodiscard]] bool has_room();

    /// What the text was rid of.
    [[nodiscard]] std::size_t invisible_characters() const noexcept { return text_.invisible_characters(); }

    /// `source_size`: where the source ends.
    [[nodiscard]] page_content finish(std::size_t source_size);

    [[nodiscard]] const document_head& head() const noexcept { return head_; }

private:
    struct open_element {
        tag name;
        bool is_link                 = false;
        bool is_data_table           = false;
        bool is_block                = false;  // in code
        std::size_t columns          = 0;      // of a cell
        std::size_t start            = 0;      // in text_, where in code
        std::string_view class_names = {}, data_lang = {};
    };
    struct open_link {
        std::size_t index;  // in links_
        std::size_t start;  // in text_
    };

    [[nodiscard]] bool enter_head(const element& e);
    [[nodiscard]] bool enter_code(const element& e, open_element& entry);
    void end_code(const open_element& entry);
    void add_formula(std::string_view tex, bool is_display);
    [[nodiscard]] std::size_t memory() const noexcept;
    void begin(const element& e, open_element& entry);
    void begin_in_markdown(const element& e, open_element& entry);
    void end_in_markdown(const open_element& entry);
    void end_title();
    void begin_link(const element& e, open_element& entry);
    void end_link();
    void begin_verbatim(const element& e);
    void end_verbatim(bool is_code);
    [[nodiscard]] std::string_view verbatim_text();
    void add_code(std::string_view text, bool is_code);
    void go_on_with_code(std::string_view text);
    void add_area(const element& e);
    void add_image(const element& e);
    [[nodiscard]] bool add_link(std::string_view text, std::string_view rel);
    [[nodiscard]] std::string language_around() const;
    [[nodiscard]] bool is_verbatim() const noexcept { return verbatim_depth_ != 0; }
    [[nodiscard]] bool to_markdown() const noexcept { return wants_markdown_ && is_main_ && !is_verbatim(); }
    void note_written(std::string_view written);

    budget_share share_;
    const bool wants_markdown_;
    const bool wants_code_;
    const bool wants_metadata_;
    const bool shows_noscript_;
    bool saw_noscript_ = false;
    text_writer text_;
    markdown_writer markdown_;
    document_head head_;
    heading_outline headings_;
    link_resolver resolver_;
    std::string title_source_;
    bool in_title_  = false;
    bool has_title_ = false;

    std::vector<open_element> open_;
    std::vector<link> links_;
    std::vector<open_link> open_links_;
    main_stretches main_;
    bool is_main_ = true;
    std::vector<code_block> code_;
    std::string scratch_url_;
    std::size_t source_       = 0;
    std::size_t other_bytes_  = 0;  // in strings of links_ and code_
    std::size_t cells_before_ = 0;  // columns that the cell before takes; 0 at the start of a row

    struct verbatim {
        std::size_t start  = std::string::npos;  // in text_; npos until there is text
        std::size_t source = 0;
        bool is_box        = false;  // white space around it is none of it
        bool is_piece      = false;  // of a block that adjacent ones make together
        bool goes_on       = false;  // with the block before it
        std::string language, outer_language, child_language;
        code_line_numbers numbers;
    };
    std::size_t verbatim_depth_ = 0;
    verbatim verbatim_;
    std::size_t last_code_end_     = std::string::npos;  // in text_
    std::size_t breaks_after_code_ = 0;                  // empty lines at its end
    bool last_is_piece_            = false;
};

}  // namespace forage::detail
