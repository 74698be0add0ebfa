// xml:base: what relative links are resolved against, element by element. https://www.w3.org/TR/xmlbase/
#pragma once

#include "html/link_resolver.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace forage::detail {

class base_stack {
public:
    explicit base_stack(std::string_view document_url) { bases_.emplace_back(0, link_resolver{document_url}); }

    /// For each element, whose depth is counted from 1; `href` may be empty.
    void begin(std::size_t depth, std::string_view href) {
        std::string absolute;
        if (!href.empty() && current().resolve(href, absolute)) bases_.emplace_back(depth, link_resolver{absolute});
    }
    void end(std::size_t depth) noexcept {
        while (bases_.back().first >= depth && bases_.size() > 1) bases_.pop_back();
    }
    /// Where nothing else says so: the feed's own site.
    void use_if_none(std::string_view url) {
        if (current().base().empty()) bases_.front().second = link_resolver{url};
    }

    [[nodiscard]] const link_resolver& current() const noexcept { return bases_.back().second; }

private:
    std::vector<std::pair<std::size_t, link_resolver>> bases_;
};

}  // namespace forage::detail
