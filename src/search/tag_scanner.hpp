// A linear scanner over the tags and texts of a result page. No tree, no repair, no recursion: result pages are flat
// enough, and whatever the bytes are it ends after one pass over them. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace forage::detail {

/// A tag or a run of text. Views point into the scanned page.
struct page_token {
    enum class kind : std::uint8_t { end_of_page, text, start_tag, end_tag };

    kind what = kind::end_of_page;
    std::string name;             ///< of a tag, lower-case
    std::string_view attributes;  ///< of a start tag, as written
    std::string_view text;        ///< of a text, character references not decoded

    [[nodiscard]] bool is_start(std::string_view tag) const noexcept { return what == kind::start_tag && name == tag; }
    [[nodiscard]] bool is_end(std::string_view tag) const noexcept { return what == kind::end_tag && name == tag; }
    /// The value of the first attribute of that name (given in lower case), character references decoded; empty if
    /// there is none.
    [[nodiscard]] std::string attribute(std::string_view wanted) const;
    /// True if `name` is one of the words of the class attribute.
    [[nodiscard]] bool has_class(std::string_view word) const;
    /// True if a word of the class attribute begins with `prefix`.
    [[nodiscard]] bool has_class_with_prefix(std::string_view prefix) const;
};

class tag_scanner {
public:
    explicit tag_scanner(std::string_view page) noexcept : rest_{page} {}

    /// The next token. Comments, doctypes and the contents of script, style and textarea are passed over.
    [[nodiscard]] page_token next();

private:
    bool skip_markup_declaration() noexcept;
    void skip_to_end_tag(std::string_view name) noexcept;

    std::string_view rest_;
};

}  // namespace forage::detail
