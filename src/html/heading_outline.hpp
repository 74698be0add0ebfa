// The headings of a page, noted as places in its visible text while that is written.
#pragma once

#include "html/text_writer.hpp"
#include "text/utf8.hpp"

#include <forage/metadata.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

namespace forage::detail {

class heading_outline {
public:
    static constexpr std::size_t most    = 512;  ///< headings; a page with more has no outline that tells anything
    static constexpr std::size_t longest = 512;  ///< bytes of one

    void open(int level, std::size_t at) {
        if (all_.size() < most) all_.push_back({level, at, at});
    }
    /// The last one that was opened ends. Headings are not nested.
    void close(std::size_t at) noexcept {
        if (!all_.empty() && all_.back().end == all_.back().begin) all_.back().end = at;
    }

    /// Bytes that `cut_from` will take.
    [[nodiscard]] std::size_t memory() const noexcept {
        std::size_t sum = all_.size() * (sizeof(place) + sizeof(page_heading));
        for (const auto& each : all_) sum += std::min(each.end - each.begin, longest) + 16;
        return sum;
    }
    [[nodiscard]] std::vector<page_heading> cut_from(std::string_view text) const {
        std::vector<page_heading> out;
        out.reserve(all_.size());
        for (const auto& each : all_) {
            std::string line;
            const auto whole = text.substr(std::min(each.begin, text.size()), each.end - each.begin);
            append_one_line(line, first_characters(whole, longest));
            if (!line.empty()) out.push_back({each.level, std::move(line)});
        }
        return out;
    }

private:
    struct place {
        int level;
        std::size_t begin, end;
    };
    std::vector<place> all_;
};

}  // namespace forage::detail
