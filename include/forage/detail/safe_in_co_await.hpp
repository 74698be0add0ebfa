// GCC 12 destroys a braced aggregate twice when it stands inside a co_await expression (GCC bug 99576 and its family).
// Types that users write there in braces must therefore be trivially destructible, or not be aggregates.
#pragma once

#include <type_traits>

namespace forage::detail {

template <class T>
inline constexpr bool safe_in_co_await = !std::is_aggregate_v<T> || std::is_trivially_destructible_v<T>;

}  // namespace forage::detail
