// Which stretches of a page's text are main content, noted while the text is written.
#pragma once

#include "html/footprint.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace forage::detail {

class main_stretches {
public:
    /// What was written last is none of it.
    void interrupt() noexcept { goes_on_ = false; }
    /// Whether what was written last is the end of the last stretch.
    [[nodiscard]] bool goes_on() const noexcept { return goes_on_; }
    [[nodiscard]] bool empty() const noexcept { return all_.empty(); }
    /// For while it goes on: the last stretch now ends here.
    void end_at(std::size_t end) noexcept { all_.back().end = end; }
    void begin(std::size_t begin, std::size_t end) {
        all_.push_back({begin, end});
        goes_on_ = true;
    }
    /// So much of the text is in stretches.
    void count(std::size_t bytes) noexcept { bytes_ += bytes; }

    /// Bytes that it takes and `cut_from` will take, and what another stretch will at most.
    [[nodiscard]] std::size_t memory() const noexcept { return footprint(all_) + bytes_; }
    [[nodiscard]] std::size_t growth() const noexcept { return detail::growth(all_); }

    /// Cut out of the text. Where something was left out, a line break or a space of what was there remains.
    [[nodiscard]] std::string cut_from(std::string_view text) const;

private:
    struct stretch {
        std::size_t begin, end;
    };
    std::vector<stretch> all_;
    std::size_t bytes_ = 0;
    bool goes_on_      = false;
};

}  // namespace forage::detail
