// Paragraphs and pages for tests of the main content.
#pragma once

#include <forage/html.hpp>

#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace forage::testing {

/// A paragraph of about 200 bytes that begins with `mark`, and has it nowhere else.
inline std::string paragraph(std::string_view mark) {
    return "<p>" + std::string{mark} +
           ". Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et "
           "dolore magna aliqua, ut enim ad minim veniam, quis nostrud exercitation ullamco laboris.</p>";
}

inline std::string paragraphs(std::string_view mark, int count) {
    std::string all;
    for (int i = 0; i < count; ++i) all += paragraph(mark);
    return all;
}

inline page_content read_page(std::string_view html, extraction_mode mode = extraction_mode::balanced) {
    auto page = read_html(html, {.base_url = "https://h/", .mode = mode, .time_limit = std::chrono::minutes{1}});
    EXPECT_TRUE(page) << html;
    return page ? *std::move(page) : page_content{};
}

inline bool has(std::string_view text, std::string_view wanted) { return text.find(wanted) != std::string_view::npos; }

}  // namespace forage::testing
