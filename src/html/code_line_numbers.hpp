// Numbers of lines that stand in code itself, where no class name says so: by their being elements, in order, one a
// line.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace forage::detail {

class code_line_numbers {
public:
    /// Told of what inline elements hold that begin a line.
    void see(std::string_view shown) noexcept;

    /// The code without its numbers; nothing unless each line has one, either in front or as the line before it.
    [[nodiscard]] std::optional<std::string> without(std::string_view code) const;

private:
    std::size_t first_ = 0, count_ = 0;
};

}  // namespace forage::detail
