// Which passages answer a question. Pure; CPU-bound.
#pragma once

#include <forage/research.hpp>

#include <atomic>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace forage::detail {

/// `best_passages`, ending early (with what it has looked at) once `*stop` is true.
[[nodiscard]] std::vector<passage>
rank_passages(std::string_view question, std::span<const page> pages, std::size_t count, const std::atomic<bool>* stop);

}  // namespace forage::detail
