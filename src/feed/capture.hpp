// The content of one element, taken as text, or as the markup that it turns out to hold.
#pragma once

#include "feed/feed_fields.hpp"
#include "feed/snippet.hpp"
#include "text/code_points.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace forage::detail {

/// How the characters in an element are meant.
enum class construct : std::uint8_t {
    plain,
    html,   ///< escaped markup, as all of RSS
    xhtml,  ///< elements; Atom wraps them in a div that is no part of it
};

class capture {
public:
    capture(field_meaning meaning, construct kind, std::size_t most)
        : meaning_{meaning}, most_{most}, kind_{kind}, skips_wrapper_{kind == construct::xhtml} {}

    void text(std::string_view part) {
        if (kind_ != construct::xhtml) return append(part);
        std::string escaped;
        append_html(escaped, part);
        append(escaped);
    }

    /// An element where there should be but text: then that is markup.
    void begin(std::string_view local, std::span<const xml_attribute> attributes) {
        if (++depth_ == 1 && skips_wrapper_ && local == "div") return;
        if (kind_ == construct::plain) {
            std::string escaped;
            append_html(escaped, text_);
            text_ = std::move(escaped);
            kind_ = construct::xhtml;
        }
        std::string tag;
        append_begin_tag(tag, local, attributes);
        append(tag);
    }

    /// False: it was the end of the captured element itself.
    [[nodiscard]] bool end(std::string_view local) {
        if (depth_ == 0) return false;
        if (depth_-- == 1 && skips_wrapper_ && local == "div") return true;
        std::string tag;
        append_end_tag(tag, local);
        append(tag);
        return true;
    }

    [[nodiscard]] field_meaning meaning() const noexcept { return meaning_; }
    [[nodiscard]] std::string_view taken() const noexcept { return text_; }
    [[nodiscard]] snippet_kind kind() const noexcept {
        return kind_ == construct::plain ? snippet_kind::plain : snippet_kind::html;
    }
    [[nodiscard]] bool is_cut() const noexcept { return is_cut_; }

    bool is_permalink = false;  ///< of a guid

private:
    void append(std::string_view part) {
        if (is_cut_) return;
        is_cut_ = part.size() > most_ - std::min(most_, text_.size());
        text_ += is_cut_ ? cut_at_code_point(part, most_ - std::min(most_, text_.size())) : part;
    }

    field_meaning meaning_;
    std::string text_;
    std::size_t most_;
    std::size_t depth_ = 0;
    construct kind_;
    bool skips_wrapper_;
    bool is_cut_ = false;
};

}  // namespace forage::detail
