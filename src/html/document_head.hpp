// What a page says about itself outside its text: in meta and link elements, and on html.
#pragma once

#include "html/element.hpp"
#include "html/meta_fields.hpp"

#include <forage/metadata.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace forage::detail {

class link_resolver;

/// Of a title or a description as much is read: far more than anybody has seen in a page that means well.
inline constexpr std::size_t longest_line = 64 * 1024;

/// Collects from elements as they are met. The views handed in must live until `description` and the like are called.
class document_head {
public:
    void see_html(const element& e);
    void see_meta(const element& e);
    void see_link(const element& e);

    /// The html element's lang, else that of http-equiv=content-language; empty if it is not a language tag.
    [[nodiscard]] std::string language() const;
    /// meta name=description, else og:description, on one line, at most `longest_line` bytes of it.
    [[nodiscard]] std::string description() const;
    /// link rel=canonical as an absolute URL.
    [[nodiscard]] std::string canonical(const link_resolver& links) const;
    /// What only `page_content::metadata` asks for.
    [[nodiscard]] const meta_fields& fields() const noexcept { return fields_; }
    /// Sets image, licence, feeds and alternates from link elements, as far as they are not there yet.
    void take_links(const link_resolver& links, page_metadata& into) const;

private:
    struct linked {
        std::string_view url, language, title, type;
    };
    static constexpr std::size_t most_links = 128;

    meta_fields fields_;
    std::vector<linked> alternates_;  // in other languages, or feeds
    std::string_view image_, licence_;
    std::string_view html_lang_, content_language_, description_, og_description_, canonical_;
};

}  // namespace forage::detail
