// Where the blocks of a page's Markdown come from: in the source, and under which heading.
#pragma once

#include "html/footprint.hpp"

#include <forage/html.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace forage::detail {

/// Is told of blocks as they begin and end in the Markdown, in its order.
class block_ranges {
public:
    /// `level` of a heading, else 0.
    void begin(std::size_t at, std::size_t source, int level);
    void end(std::size_t at);
    /// What was written until now had come by this place in the source.
    void extend(std::size_t source);
    /// The same for a block that has no extent yet.
    void reach(std::size_t source) {
        if (!blocks_.empty() && blocks_.back().source_end == blocks_.back().source_begin) extend(source);
    }

    /// Bytes that it takes, and that another block will at most.
    [[nodiscard]] std::size_t memory() const noexcept { return footprint(blocks_); }
    [[nodiscard]] std::size_t growth() const noexcept { return detail::growth(blocks_); }

    /// The last one ends where the Markdown does.
    [[nodiscard]] std::vector<markdown_block> take(std::size_t size, std::size_t source_size);

private:
    std::vector<markdown_block> blocks_;
    std::uint32_t heading_ = no_block;  // that the next block stands under
};

}  // namespace forage::detail
