// Where ICU's tables of the multi-byte encodings differ from the standard's indexes, and the ranges of gb18030.
#pragma once

#include <cstdint>
#include <span>

namespace forage::detail {

struct index_entry {
    std::uint32_t pointer;
    char32_t character;  ///< 0: the pointer stands for nothing
};

extern const std::span<const index_entry> big5_patches, gb18030_patches, jis0212_patches;

/// Index gb18030 ranges: from each pointer of four bytes on, what it stands for; sorted.
extern const std::span<const index_entry> gb18030_ranges;

}  // namespace forage::detail
