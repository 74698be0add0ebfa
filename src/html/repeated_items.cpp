// Siblings alike: results, posts, cards of products. Told by their shape, in a table of open addressing.
#include "html/content_survey.hpp"

#include <algorithm>
#include <cstddef>

namespace forage::detail {
namespace {

using dom::name;

struct group {
    std::uint32_t parent = 0, shape = 0, count = 0, text = 0;
    std::uint32_t rich = 0;  ///< those with more than a line of text
};

class groups {
public:
    groups(std::uint32_t blocks, read_budget& budget) : table_{budget} {
        std::size_t slots = 16;
        while (slots < blocks * std::size_t{2}) slots *= 2;
        table_.reserve(slots);
        table_.set_size(slots);
        std::fill_n(table_.data(), slots, group{});
    }

    /// nullptr: no place for it. After a few looks the page is one that was made to be slow.
    [[nodiscard]] group* of(const content_block& b) noexcept {
        constexpr std::size_t looks = 32;
        const auto mask             = table_.size() - 1;
        auto at                     = (b.parent * 2'654'435'761u ^ b.shape) & mask;  // Knuth's multiplicative hash
        for (std::size_t i = 0; i < looks; ++i, at = (at + 1) & mask) {
            auto& g = table_[at];
            if (g.count == 0) {
                g.parent = b.parent;
                g.shape  = b.shape;
                return &g;
            }
            if (g.parent == b.parent && g.shape == b.shape) return &g;
        }
        return nullptr;
    }

private:
    growing_array<group> table_;
};

bool can_be_item(const content_block& b) noexcept {
    return b.links != 0 && b.text != 0 && b.name != name::p && b.name != name::td && b.name != name::tr;
}

/// Entries of a menu are links and no more: short, without picture, heading or prose.
bool is_of_items(const group& g) noexcept {
    constexpr std::uint32_t few = 4, short_text = 20;
    return g.count >= few && g.text >= g.count * std::uint64_t{short_text} && g.rich * 2 > g.count;
}

}  // namespace

void find_items(content_survey& in, read_budget& budget) {
    groups all{in.outline.size(), budget};
    for (std::uint32_t i = 1; i < in.outline.size(); ++i) {
        const auto& b = in.outline[i];
        auto* g       = all.of(b);
        if (g == nullptr) continue;
        ++g->count;
        g->text += b.text;
        if (b.images != 0 || b.headings != 0 || b.prose != 0 || b.runs >= 3) ++g->rich;
    }
    in.items.reserve(in.outline.size());
    in.items.push_back(false);
    for (std::uint32_t i = 1; i < in.outline.size(); ++i) {
        const auto& b = in.outline[i];
        const auto* g = can_be_item(b) ? all.of(b) : nullptr;
        in.items.push_back(g != nullptr && is_of_items(*g));
    }
}

}  // namespace forage::detail
