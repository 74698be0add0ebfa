// Visible text: white space folded, one line break between blocks, a tab between cells, nothing that cannot be seen.
// Input must be valid UTF-8; then so is the output. Linear; appends to one string.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace forage::detail {

/// Left out of every text: control characters, tag characters (U+E0000..E007F), bidirectional overrides and isolates,
/// zero-width spaces, soft hyphens, byte order marks, and joiners or variation selectors beyond two in a row: they show
/// nothing and can carry text to a language model that no reader of the page has seen.
class text_writer {
public:
    /// Appends text of a page, each run of white space as one space. Returns what was appended: without the line break
    /// or tab that may have come before it, with a space if one did. The view is valid until the next call.
    std::string_view append(std::string_view raw);

    /// Appends preformatted text. Returns what was appended, as `append` does.
    std::string_view append_verbatim(std::string_view raw);

    /// A block begins or ends: what follows goes on a line of its own.
    void break_line() noexcept;

    /// A table's row begins or ends.
    void break_row() noexcept;

    /// A cell begins, `columns` to the right of the one before; 0 for the first of a row.
    void begin_cell(std::size_t columns) noexcept;

    /// Puts `text`, which a text_writer has made, in place of all from `start` on.
    void replace_from(std::size_t start, std::string_view text) { out_.replace(start, std::string::npos, text); }

    [[nodiscard]] bool has_pending_space() const noexcept { return pending_space_; }
    [[nodiscard]] bool has_pending_line() const noexcept { return pending_line_; }
    /// Of those left out, without control characters and soft hyphens, which careless pages have.
    [[nodiscard]] std::size_t invisible_characters() const noexcept { return invisible_; }
    [[nodiscard]] const std::string& text() const noexcept { return out_; }
    [[nodiscard]] std::string take() { return std::exchange(out_, {}); }

private:
    void separate(bool verbatim);
    void make_room(std::size_t size);  // at once, for what is large: piece by piece takes more memory

    std::string out_;
    std::size_t pending_tabs_ = 0;
    unsigned joiners_         = 0;  // joiners and selectors since the last visible character
    std::size_t invisible_    = 0;
    bool pending_line_        = false;
    bool pending_space_       = false;
    bool at_cell_start_       = false;
};

/// `raw` as visible text on one line, without white space at its ends.
[[nodiscard]] std::string folded(std::string_view raw);

/// The same for text that a text_writer has made, where only line breaks and tabs are left to fold.
void append_one_line(std::string& out, std::string_view written);

}  // namespace forage::detail
