// The text that the innerText getter makes of its items: texts as they are rendered, line feeds, tabs, and "required
// line breaks". HTML, §3.2.7 (the innerText getter), and for white space CSS Text, §4.1.
#pragma once

#include "html/text_writer.hpp"

#include <string>
#include <string_view>

namespace forage::detail {

/// Characters that cannot be seen are left out, as by a text_writer. Input must be valid UTF-8. Linear.
class rendered_text {
public:
    /// Text of the page, each run of white space as one space, none at the ends of a line.
    void fold(std::string_view raw);
    /// Text where white space counts.
    void keep(std::string_view raw);

    /// At least so many line feeds come before what is next, unless nothing came before.
    void require_breaks(unsigned count) noexcept;
    void line_feed() { separator('\n'); }
    /// What follows is the next cell of a row.
    void tab() { separator('\t'); }

    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    /// `raw` without what cannot be seen.
    [[nodiscard]] std::string visible(std::string_view raw);
    void begin_text();
    void separator(char c);

    text_writer filter_;
    std::string out_;
    unsigned breaks_    = 0;
    bool pending_space_ = false;
    bool at_line_start_ = true;
};

}  // namespace forage::detail
