// What trees of real pages take: at most three times the page's text and 64 KiB, counted as the budget counts.
#include "html/budget.hpp"
#include "html/parse.hpp"
#include "support/extraction_pages.hpp"
#include "text/charset.hpp"

#include <gtest/gtest.h>
#include <iostream>

namespace {

namespace detail = forage::detail;

TEST(html_memory, of_a_tree_is_bounded_by_its_page) {
    const auto pages = forage::testing::extraction_pages();
    if (pages.empty()) GTEST_SKIP() << "no extraction pages under FORAGE_CORPORA";
    std::size_t within = 0;
    for (const auto& page : pages) {
        detail::decoded_text decoded;
        detail::decode_document(page.bytes, {}, detail::document_kind::html, decoded);
        const auto rewritten = detail::dom::with_line_feeds(decoded.text);
        const auto text      = rewritten ? std::string_view{*rewritten} : decoded.text;
        detail::read_budget budget{{.max_memory = 3 * text.size() + 64 * 1024, .time_limit = std::chrono::minutes{1}}};
        const auto tree = detail::dom::parse(text, budget);
        EXPECT_TRUE(tree) << page.id << ", " << text.size() << " bytes: " << budget.to_error().message();
        if (tree) ++within;
    }
    std::cout << "trees within three times their page and 64 KiB: " << within << " of " << pages.size() << '\n';
}

}  // namespace
