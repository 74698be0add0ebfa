// Who wrote a page and when, as far as elements of its body say it: microdata, time elements, and parts whose names say
// that they are bylines.
#pragma once

#include "html/content_survey.hpp"
#include "html/date_text.hpp"
#include "html/tree.hpp"

#include <forage/metadata.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace forage::detail {

/// Elements that may hold an author or a date: the first ones on the page, those near its title before others.
class credit_candidates {
public:
    struct candidate {
        dom::node_id node   = dom::none;
        std::uint32_t hints = 0;
        bool is_time        = false;
        bool is_near_title  = false;
    };

    void add(const candidate& c) noexcept {
        if (size_ < all_.size()) all_[size_++] = c;
    }
    [[nodiscard]] std::span<const candidate> all() const noexcept { return {all_.data(), size_}; }

private:
    static constexpr std::size_t most = 48;
    std::array<candidate, most> all_{};
    std::size_t size_ = 0;
};

/// Looks through the outline, not at what is boilerplate. Linear.
void find_credits(const content_survey& in, credit_candidates& into);

struct credit_line {
    std::string text;           ///< visible, with its line breaks
    bool is_name      = false;  ///< markup says that it is a name: else it has to look like one
    bool needs_by     = false;  ///< it may be anything
    bool is_microdata = false;
};

struct page_credits {
    std::vector<credit_line> authors;  ///< best first
    page_date published, modified;
};

/// Reads a bounded number of nodes of each candidate.
[[nodiscard]] page_credits read_credits(const dom::tree& document, const credit_candidates& from, day_order order);

}  // namespace forage::detail
