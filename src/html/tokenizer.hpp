// The tokenizer of the HTML standard, §13.2.5, on a whole document. The states that differ only in which error they
// report are one here; where a state or a group of them is, its number is.
#pragma once

#include "html/tree.hpp"
#include "text/ascii.hpp"
#include "text/character_reference.hpp"

#include <cstdint>
#include <string_view>

namespace forage::detail::dom {

class rewriter;

enum class token_kind : std::uint8_t { start_tag, end_tag, text, null, comment, doctype, end_of_file };

/// What `tokenizer::next` has read. Its text is the source's or in the tree's rewritten text.
struct token {
    token_kind kind          = token_kind::end_of_file;
    bool is_self_closing     = false;
    bool is_quirky           = false;  ///< a doctype with the "force-quirks" flag
    name tag                 = name::none;
    std::uint32_t source     = 0;  ///< where it begins
    std::uint32_t attributes = 0;  ///< the first one, in the tree; 0: it has none
    span text;                     ///< of text and comments
    doctype type;
};

/// How text is read until the next tag; what the standard calls switching the tokenizer's state.
enum class text_mode : std::uint8_t { data, rcdata, rawtext, script_data, plaintext, cdata_section };

/// `into` and `budget` must outlive it; the tree's source is what is read. It has no carriage returns (§13.2.3.5
/// normalises them).
class tokenizer {
public:
    tokenizer(tree& into, read_budget& budget);

    /// The next token, valid until the call after. Text may come in several pieces. After the end of file it is not
    /// called again. Throws budget_spent.
    token& next();

    /// How what follows is read. Lasts until the end tag that is called as the last start tag was.
    void read_as(text_mode mode) noexcept { mode_ = mode; }
    void set_last_start_tag(name tag) noexcept { last_start_tag_ = tag; }
    /// Whether "<![CDATA[" begins a section, which it does in foreign content only.
    void allow_cdata(bool allow) noexcept { cdata_allowed_ = allow; }
    /// The token's attributes are in use; else the next token takes their place.
    void keep_attributes() noexcept { kept_attributes_ = tree_.attributes.size(); }

private:
    [[nodiscard]] std::uint32_t offset(const char* at) const noexcept {
        return static_cast<std::uint32_t>(at - begin_);
    }
    [[nodiscard]] std::string_view rest(const char* at) const noexcept {
        return {at, static_cast<std::size_t>(end_ - at)};
    }
    [[nodiscard]] span of(const char* from, const char* to) const noexcept {
        return {offset(from), static_cast<std::uint32_t>(to - from)};
    }

    // These move `at_` on, and say whether there is a token.
    bool read_token();
    bool read_markup();

    // tokenizer_tags.cpp
    bool read_tag(token_kind kind, const char* from);
    [[nodiscard]] const char* read_tag_name(const char* from);
    [[nodiscard]] const char* read_attribute(const char* from, std::uint32_t& count);
    [[nodiscard]] name read_attribute_name(const char*& at, bool is_wanted);
    [[nodiscard]] const char* read_value(const char* at, span& value);
    [[nodiscard]] const char* rewrite_in_value(const char* at, rewriter& text);
    template <char Quote>
    [[nodiscard]] const char* read_quoted(const char* at, span& value);
    [[nodiscard]] const char* read_unquoted(const char* at, span& value);
    [[nodiscard]] std::string_view folded(const char* from, const char* to);
    [[nodiscard]] name name_in_any_letters(const char* from, const char* to);
    [[nodiscard]] bool is_new(name attribute);

    // tokenizer_text.cpp
    bool read_text();
    void read_data_text();
    bool read_raw_text(const char* end);
    bool read_cdata_text();
    void emit(token_kind kind, span text, const char* resume) noexcept;
    /// Whether what is at `at` begins a tag, a comment or the like.
    [[nodiscard]] bool begins_markup(const char* at) const noexcept {
        if (*at != '<' || end_ - at < 2) return false;
        const char c = at[1];
        return is_letter(c) || c == '!' || c == '?' || (c == '/' && end_ - at > 2);
    }
    [[nodiscard]] bool is_end_tag(const char* at, std::string_view called) const noexcept;
    [[nodiscard]] const char* end_of_raw_text() const noexcept;
    [[nodiscard]] const char* end_of_script() const noexcept;

    // tokenizer_markup.cpp
    bool read_declaration();
    void read_comment(const char* from);
    bool read_bogus_comment(const char* from);
    void read_doctype(const char* from);
    [[nodiscard]] span without_nulls(const char* from, const char* to);

    tree& tree_;
    const char* const begin_;
    const char* const end_;
    const char* at_;
    token token_;
    text_mode mode_      = text_mode::data;
    bool cdata_allowed_  = false;
    name last_start_tag_ = name::none;
    std::uint32_t tag_   = 0;  // how many tags were read
    std::size_t kept_attributes_;
    growing_array<std::uint32_t> seen_;  // by name: the tag that last had an attribute called so
    growing_array<char> letters_;
};

}  // namespace forage::detail::dom
