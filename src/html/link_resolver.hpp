// Links of a page as absolute http and https URLs.
#pragma once

#include <forage/url.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace forage::detail {

class link_resolver {
public:
    /// `document_url` may be empty or broken: then only absolute links are found.
    explicit link_resolver(std::string_view document_url);

    /// The href of a base element. Only the first counts, even if it is no URL: then the document's own is the base.
    /// HTML standard, §4.2.3.
    void set_base(std::string_view href);

    /// What relative links are resolved against; empty if there is nothing.
    [[nodiscard]] std::string_view base() const noexcept { return text_; }

    /// `href` as an absolute URL, replacing what is in `out`. False if it is no http or https URL, or longer than 8 kB.
    [[nodiscard]] bool resolve(std::string_view href, std::string& out) const;

private:
    void use(url base);

    std::optional<url> base_;
    std::string text_, without_fragment_;
    bool base_is_set_ = false;
};

}  // namespace forage::detail
