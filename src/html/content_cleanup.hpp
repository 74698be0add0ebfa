// What is taken of the block that holds the content, and what is left out of it.
#pragma once

#include "html/content_survey.hpp"
#include "html/main_content.hpp"

#include <forage/html.hpp>

namespace forage::detail {

class content_cleanup {
public:
    /// All must outlive it.
    content_cleanup(const content_survey& in, extraction_mode mode, main_content& into) noexcept
        : in_{in}, mode_{mode}, into_{into} {}

    /// Includes a block, but for what in it is none of the content. Linear.
    void take(std::uint32_t root);
    /// Includes paragraphs that are beside the way down from `top` to `root`, like a lead that stands before the body.
    void take_leads(std::uint32_t top, std::uint32_t root);

    /// Bytes of what was included, as the outline counts them.
    [[nodiscard]] std::uint64_t taken() const noexcept { return taken_; }

private:
    [[nodiscard]] bool is_left_out(std::uint32_t i) const;
    [[nodiscard]] bool is_about_it(const content_block& b) const;
    [[nodiscard]] bool leads_elsewhere(const content_block& b) const;

    const content_survey& in_;
    extraction_mode mode_;
    main_content& into_;
    std::uint64_t taken_ = 0;
};

}  // namespace forage::detail
