// The HTML parser against the html5lib tests: tree construction.
#include "html/parse.hpp"
#include "support/corpora.hpp"
#include "support/tree_text.hpp"

#include <gtest/gtest.h>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

namespace {

using nlohmann::json;
namespace dom = forage::detail::dom;

/// Cases that do not apply, each with the reason.
const std::map<std::string, std::string>& exceptions() {
    static const std::map<std::string, std::string> all{};
    return all;
}

std::string parsed(const std::string& text) {
    forage::detail::read_budget budget{{}};
    const auto rewritten = dom::with_line_feeds(text);
    const auto document  = dom::parse(rewritten ? *rewritten : text, budget);
    return document ? forage::testing::tree_text(*document) : "no tree";
}

TEST(html5lib_corpus, builds_the_trees) {
    const auto cases = forage::testing::corpora_text("html5lib/tree.json");
    if (!cases) GTEST_SKIP() << "no html5lib/tree.json under FORAGE_CORPORA";
    int wanted = 0, right = 0, fragments = 0, scripted = 0;
    for (const auto& item : json::parse(*cases)) {
        if (item.contains("fragment_context")) {
            ++fragments;
            continue;
        }
        if (item.value("scripting", false)) {
            ++scripted;
            continue;
        }
        const auto id = item.at("id").get<std::string>();
        if (exceptions().contains(id)) continue;
        ++wanted;
        const auto got  = parsed(item.at("data").get<std::string>());
        const auto want = item.at("document").get<std::string>();
        if (got == want) {
            ++right;
        } else {
            ADD_FAILURE() << id << ": " << item.at("data") << "\ngot\n" << got << "\nexpected\n" << want;
        }
    }
    std::cout << "tree.json: " << right << " of " << wanted << " (not parsed here: " << fragments << " fragments, "
              << scripted << " with scripting, " << exceptions().size() << " exceptions)\n";
    EXPECT_GT(wanted, 0);
}

}  // namespace
