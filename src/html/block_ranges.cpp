#include "html/block_ranges.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <utility>

namespace forage::detail {
namespace {

/// Sources and what is made of them are smaller: the budget sees to that, and read_budget's limits.
std::uint32_t place(std::size_t at) noexcept { return static_cast<std::uint32_t>(at); }

}  // namespace

void block_ranges::begin(std::size_t at, std::size_t source, int level) {
    markdown_block block;
    block.begin        = place(at);
    block.source_begin = block.source_end = place(source);
    block.level                           = static_cast<std::uint8_t>(level);
    if (level != 0) {
        while (heading_ != no_block && blocks_[heading_].level >= level) heading_ = blocks_[heading_].heading;
    }
    block.heading = heading_;
    if (level != 0) heading_ = place(blocks_.size());
    blocks_.push_back(block);
}

void block_ranges::end(std::size_t at) {
    if (!blocks_.empty()) blocks_.back().end = place(at);
}

void block_ranges::extend(std::size_t source) {
    if (blocks_.empty()) return;
    auto& last      = blocks_.back();
    last.source_end = std::max(last.source_end, place(source));
}

std::vector<markdown_block> block_ranges::take(std::size_t size, std::size_t source_size) {
    end(size);
    // Text may be longer than the character references it comes from.
    for (auto& each : blocks_) each.source_end = std::min(each.source_end, place(source_size));
    return std::exchange(blocks_, {});
}

}  // namespace forage::detail

namespace forage {

std::uint64_t hash_of_words(std::string_view text) noexcept {
    constexpr std::uint64_t basis = 14'695'981'039'346'656'037u, prime = 1'099'511'628'211u;  // FNV-1a
    std::uint64_t hash = basis;
    for (const char c : text) {
        if (detail::is_letter_or_digit(c) || static_cast<unsigned char>(c) >= 0x80)
            hash = (hash ^ static_cast<unsigned char>(c)) * prime;
    }
    return hash;
}

}  // namespace forage
