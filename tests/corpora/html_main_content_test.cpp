// Main content on pages of the evaluation data, beside what other tools find there. One configuration for all sets. The
// floors are what has been reached, less what is the luck of a page or two.
#include "support/corpora.hpp"
#include "support/extraction_pages.hpp"
#include "support/extraction_score.hpp"
#include "support/sanitizers.hpp"

#include <forage/html.hpp>

#include <gtest/gtest.h>
#include <iomanip>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

namespace {

using namespace forage::testing;
using nlohmann::json;

/// By set, then by type of page; "" is the whole set.
using scores = std::map<std::string, std::map<std::string, double>>;

const scores floors{
    {"article-extraction-benchmark", {{"", 0.97}}},
    {"trafilatura", {{"", 0.915}}},
    {"wcxb",
     {{"", 0.855},
      {"article", 0.955},
      {"collection", 0.615},
      {"documentation", 0.89},
      {"forum", 0.765},
      {"listing", 0.70},
      {"product", 0.635},
      {"service", 0.845}}},
};

json baselines() {
    const auto text = corpora_text("extraction/baselines.json");
    return text ? json::parse(*text).at("scores") : json::object();
}

double score_of(const json& tool, const std::string& type) {
    if (type.empty()) return tool.at("f1");
    return tool.contains("types") ? tool["types"].value(type, 0.0) : 0.0;
}

scores our_scores() {
    scores all;
    std::map<std::string, std::vector<extraction_page>> sets;
    for (auto& page : extraction_pages()) sets[page.id.substr(0, page.id.find('/'))].push_back(std::move(page));
    for (const auto& [set, pages] : sets) {
        if (!floors.contains(set)) continue;
        const auto truth = expected_contents(set);
        if (truth.empty()) continue;
        std::map<std::string, extraction_score> sums;
        for (const auto& page : pages) {
            auto id = page.id.substr(set.size() + 1);
            id.erase(id.rfind(".html"));
            const auto wanted = truth.find(id);
            if (wanted == truth.end()) continue;
            const auto read  = forage::read_html(page.bytes, {.time_limit = std::chrono::minutes{1}});
            const auto& text = read ? read->main_text : std::string{};
            EXPECT_TRUE(read) << page.id;
            sums.try_emplace("", measure_of(truth)).first->second.add(wanted->second, text);
            const auto& type = wanted->second.type;
            if (!type.empty()) sums.try_emplace(type, measure_of(truth)).first->second.add(wanted->second, text);
        }
        for (const auto& [type, sum] : sums) all[set][type] = sum.f1();
    }
    return all;
}

TEST(html_main_content, scores_on_the_evaluation_data) {
#ifdef FORAGE_THREAD_SANITIZER
    GTEST_SKIP() << "one thread, and minutes of it";
#endif
    const auto ours = our_scores();
    if (ours.empty()) GTEST_SKIP() << "no extraction pages under FORAGE_CORPORA";
    const auto others = baselines();
    for (const auto& [set, types] : ours) {
        for (const auto& [type, score] : types) {
            std::cout << '\n' << set << (type.empty() ? "" : ", " + type) << '\n' << std::fixed << std::setprecision(4);
            std::cout << "  " << score << "  forage\n";
            EXPECT_GE(score, floors.at(set).contains(type) ? floors.at(set).at(type) : 0.0) << set << ' ' << type;
            if (!others.contains(set)) continue;
            for (const auto& [tool, theirs] : others[set].items()) {
                const auto reached = score_of(theirs, type);
                if (reached == 0) continue;
                std::cout << "  " << reached << "  " << tool << '\n';
                if (tool.starts_with("Readability.js")) {
                    EXPECT_GE(score, reached) << set << ' ' << type;
                }
            }
        }
    }
}

}  // namespace
