// Documents of up to 10 MiB, each made to cost its reader as much as it can in one respect.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace forage::testing {

struct hostile_document {
    const char* name;
    const char* content_type;
    std::function<std::string()> make;
};

/// `text` over and over, `size` bytes of it.
[[nodiscard]] std::string filled_with(std::string_view text, std::size_t size);

/// Small, and a tree of four million nodes by the HTML standard: 2,000 formatting elements that each of 2,000
/// paragraphs opens again.
[[nodiscard]] std::string formatting_bomb();

[[nodiscard]] const std::vector<hostile_document>& hostile_documents();

}  // namespace forage::testing
