// The names of what becomes of URLs, and how errors come to them. Pure.
#pragma once

#include <forage/research.hpp>

namespace forage::detail {

[[nodiscard]] url_fate fate_of(const error& why) noexcept;

}  // namespace forage::detail
