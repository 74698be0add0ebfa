#include "research/simhash.hpp"

#include "research/terms.hpp"

#include <forage/html.hpp>

#include <algorithm>
#include <array>
#include <bit>

namespace forage::detail {
namespace {

// The finaliser of SplitMix64: every bit of the input moves every bit of the output.
std::uint64_t mixed(std::uint64_t x) noexcept {
    x = (x ^ (x >> 30)) * 0xBF58'476D'1CE4'E5B9;
    x = (x ^ (x >> 27)) * 0x94D0'49BB'1331'11EB;
    return x ^ (x >> 31);
}

}  // namespace

text_print print_of(std::string_view text) {
    std::array<std::int32_t, 64> votes{};
    std::uint64_t before = 0, between = 0;
    text_print print;
    const auto see = [&](std::string_view term) {
        const auto now    = hash_of_words(term);
        const auto triple = mixed(before + 3 * between + 7 * now);
        for (std::size_t bit = 0; bit < votes.size(); ++bit) votes[bit] += (triple >> bit & 1) != 0 ? 1 : -1;
        before  = between;
        between = now;
        ++print.size;
    };
    for_each_term(text, see);
    for (std::size_t bit = 0; bit < votes.size(); ++bit)
        if (votes[bit] > 0) print.bits |= std::uint64_t{1} << bit;
    return print;
}

bool are_alike(const text_print& one, const text_print& other) noexcept {
    constexpr std::uint32_t is_short = 60;
    constexpr int most_apart         = 3;
    const auto shorter = std::min(one.size, other.size), longer = std::max(one.size, other.size);
    if (shorter < is_short) return one.size == other.size && one.bits == other.bits && shorter > 0;
    return longer - shorter <= shorter / 10 && std::popcount(one.bits ^ other.bits) <= most_apart;
}

}  // namespace forage::detail
