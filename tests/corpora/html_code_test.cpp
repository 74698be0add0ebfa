// Blocks of code on pages of the evaluation data, to the character, and in the Markdown as they are in `code`.
#include "support/corpora.hpp"
#include "support/extraction_pages.hpp"

#include <forage/html.hpp>

#include <algorithm>
#include <gtest/gtest.h>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

namespace {

using namespace forage::testing;
using nlohmann::json;

std::string without_last_breaks(std::string text) {
    text.erase(text.find_last_not_of('\n') + 1);
    return text;
}

TEST(html_code, blocks_of_the_evaluation_data) {
    constexpr std::string_view set = "defuddle-fixtures/";
    const auto source              = corpora_text("extraction/defuddle-fixtures/ground-truth.json");
    if (!source) GTEST_SKIP() << "no extraction pages under FORAGE_CORPORA";
    const auto truth      = json::parse(*source);
    std::size_t all       = 0;
    std::size_t same      = 0;
    std::size_t languages = 0;
    for (const auto& page : extraction_pages()) {
        if (!page.id.starts_with(set)) continue;
        const auto wanted = truth.find(page.id.substr(set.size(), page.id.rfind(".html") - set.size()));
        if (wanted == truth.end() || !wanted->contains("code_blocks") || (*wanted)["code_blocks"].is_null()) continue;
        const auto read = forage::read_html(page.bytes, {});
        ASSERT_TRUE(read) << page.id;
        for (const auto& block : (*wanted)["code_blocks"]) {
            ++all;
            const auto text     = block["text"].get<std::string>();
            const auto is_it    = [&](const auto& ours) { return without_last_breaks(ours.text) == text; };
            const auto ours     = std::find_if(read->code.begin(), read->code.end(), is_it);
            const bool is_there = ours != read->code.end();
            // Those of our blocks that stand in no list or quote stand in the Markdown as they are.
            const bool is_fenced = read->markdown.find("\n" + text + "\n```") != std::string::npos;
            if (is_there && is_fenced) ++same;
            if (!is_there || !is_fenced) std::cout << "differs: " << page.id << ": " << text.substr(0, 60) << '\n';
            const auto language = block["lang"].is_null() ? std::string{} : block["lang"].get<std::string>();
            if (is_there && ours->language == language) ++languages;
        }
    }
    std::cout << same << " of " << all << " blocks of code, " << languages << " with the same language\n";
    EXPECT_GE(static_cast<double>(same), 0.95 * static_cast<double>(all));
}

}  // namespace
