// Where a page's content is: the block that authors mark as such, and the way down from it to where the text is.
#pragma once

#include "html/content_survey.hpp"

namespace forage::detail {

/// The page's `main`; nowhere if there is none, or several of about the same weight.
[[nodiscard]] std::uint32_t main_of(const content_survey& in);

/// From `at` down into the child that has nearly all of its weight, and so on, as far as that goes. `share`: how much
/// is nearly all, 0 to 1. Linear.
[[nodiscard]] std::uint32_t descend(const content_survey& in, std::uint32_t at, double share);

/// Adds the text of repeated items to the weights.
void weigh_items(content_survey& in);

}  // namespace forage::detail
