// The Markdown blocks of real pages lie where they say, in the Markdown and in the page: the plain words of each are in
// its stretch of the source. Pages whose bytes are not what the parser reads (not UTF-8, or with carriage returns) are
// left out: their places are in the converted text.
#include "support/extraction_pages.hpp"

#include <forage/html.hpp>

#include <algorithm>
#include <gtest/gtest.h>
#include <iostream>

namespace {

using namespace forage::testing;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// The first run of letters that is long enough to be no markup, and stands by itself.
std::string_view plain_word(std::string_view markdown) {
    constexpr std::ptrdiff_t enough = 5;
    for (auto p = markdown.begin(); p != markdown.end();) {
        const auto begin = std::find_if(p, markdown.end(), is_letter);
        const auto end   = std::find_if_not(begin, markdown.end(), is_letter);
        const bool ends  = end != markdown.end() && (*end == ' ' || *end == '.' || *end == ',');
        if (end - begin >= enough && ends && begin != markdown.begin() && begin[-1] == ' ') return {begin, end};
        p = end;
    }
    return {};
}

/// Without tags and soft hyphens, which may stand in a word.
std::string without_breaks(std::string_view source) {
    constexpr std::string_view soft_hyphen = "\u00AD";
    std::string text;
    for (std::size_t i = 0; i < source.size(); ++i) {
        if (source[i] == '<') {
            i = std::min(source.find('>', i), source.size());
        } else if (source.substr(i).starts_with(soft_hyphen)) {
            ++i;
        } else {
            text += source[i];
        }
    }
    return text;
}

TEST(html_block_ranges, of_real_pages) {
    std::size_t pages = 0, blocks = 0, checked = 0, found = 0;
    for (const auto& page : extraction_pages()) {
        if (page.bytes.find('\r') != std::string::npos || page.bytes.starts_with("\xEF\xBB\xBF")) continue;
        const auto read = forage::read_html(
            page.bytes, {.base_url = "https://example.org/a/", .time_limit = std::chrono::minutes{1}}
        );
        ASSERT_TRUE(read) << page.id;
        if (read->charset != "UTF-8") continue;
        ++pages;
        std::size_t before = 0;
        for (const auto& each : read->blocks) {
            ++blocks;
            ASSERT_LE(before, each.begin) << page.id;
            ASSERT_LT(each.begin, each.end) << page.id;
            ASSERT_LE(each.end, read->markdown.size()) << page.id;
            ASSERT_LT(each.source_begin, each.source_end) << page.id << '\n' << read->markdown.substr(each.begin, 80);
            ASSERT_LE(each.source_end, page.bytes.size()) << page.id;
            before          = each.end;
            const auto text = std::string_view{read->markdown}.substr(each.begin, each.end - each.begin);
            const auto word = plain_word(text);
            if (word.empty()) continue;
            ++checked;
            const auto source =
                std::string_view{page.bytes}.substr(each.source_begin, each.source_end - each.source_begin);
            const bool is_there = source.find(word) != std::string_view::npos ||  // also in the `alt` of an image
                                  without_breaks(source).find(word) != std::string::npos;
            found += is_there;
            EXPECT_TRUE(is_there) << page.id << ": " << word << "\n"
                                  << text.substr(0, 300) << "\n--\n"
                                  << source.substr(0, 300);
        }
    }
    if (pages == 0) GTEST_SKIP() << "no extraction pages under FORAGE_CORPORA";
    std::cout << pages << " pages, " << blocks << " blocks; a word of " << found << " of " << checked
              << " is in their source\n";
}

}  // namespace
