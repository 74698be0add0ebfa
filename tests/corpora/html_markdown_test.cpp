// The Markdown of real pages, rendered by cmark-gfm, has the same words as their text, in the same order and with white
// space between them where the text has it. What only one of the two has: destinations, numbers and alternative texts
// of images are attributes or marks in Markdown, so neither text has them.
#include "support/extraction_pages.hpp"
#include "support/rendered_markdown.hpp"

#include <forage/html.hpp>

#include <gtest/gtest.h>
#include <iostream>
#include <map>

namespace {

using namespace forage::testing;

/// A character that shows nothing: control characters, soft hyphens, zero-width and bidirectional ones. What may stand
/// between visible ones for good reason, as joiners do, is not among them.
std::string invisible_character(std::string_view markdown) {
    for (const char c : markdown) {
        if ((static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F) return "a control character";
    }
    for (const std::string_view c :
         {"\u00AD",
          "\u061C",
          "\u200B",
          "\u202A",
          "\u202B",
          "\u202C",
          "\u202D",
          "\u202E",
          "\u2060",
          "\u2066",
          "\u2067",
          "\u2068",
          "\u2069",
          "\uFEFF",
          "\U000E0041"}) {
        if (markdown.find(c) != std::string_view::npos) return std::string{c};
    }
    return {};
}

/// Why the page's Markdown is not its text, or nothing.
std::string fault_of(const std::string& text, const std::string& markdown) {
    if (const auto c = invisible_character(markdown); !c.empty()) return "invisible: " + c;
    if (rendered_markdown(markdown).find("<!-- raw HTML omitted -->") != std::string::npos) return "raw HTML";
    return difference_of_words(text, text_of_markdown(markdown));
}

void expect_same_text(forage::extraction_mode mode) {
    std::map<std::string, std::pair<std::size_t, std::size_t>> counts;  // same, all
    for (const auto& page : extraction_pages()) {
        const auto read = forage::read_html(
            page.bytes, {.base_url = "https://example.org/a/", .mode = mode, .time_limit = std::chrono::minutes{1}}
        );
        ASSERT_TRUE(read) << page.id;
        const auto fault =
            fault_of(mode == forage::extraction_mode::whole ? read->text : read->main_text, read->markdown);
        EXPECT_EQ(fault, "") << page.id;
        auto& [same, all] = counts[page.id.substr(0, page.id.find('/'))];
        ++all;
        if (fault.empty()) ++same;
    }
    if (counts.empty()) GTEST_SKIP() << "no extraction pages under FORAGE_CORPORA";
    for (const auto& [set, count] : counts)
        std::cout << set << ": " << count.first << " of " << count.second << " pages\n";
}

TEST(html_markdown_round_trip, main_content_of_real_pages) { expect_same_text(forage::extraction_mode::balanced); }

TEST(html_markdown_round_trip, all_text_of_real_pages) { expect_same_text(forage::extraction_mode::whole); }

}  // namespace
