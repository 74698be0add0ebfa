// One list of hits from those of several services. Pure.
#pragma once

#include <forage/search.hpp>

#include <cstddef>
#include <vector>

namespace forage::detail {

/// Reciprocal-rank fusion: a hit gains 1 / (60 + rank) from each service that has it, and those that gain most come
/// first. URLs that spell one page (`canonical_form`) are one hit, in the words of the service that ranks it best; of
/// two such, of the one that comes first in `lists`. At most `count`, ranked anew from 1.
/// Source: Cormack, Clarke, Büttcher: Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning
/// Methods, SIGIR 2009.
[[nodiscard]] std::vector<search_hit> fuse(std::vector<std::vector<search_hit>> lists, std::size_t count);

}  // namespace forage::detail
