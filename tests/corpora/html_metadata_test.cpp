// Title, author and date on pages of the evaluation data. The floors are what has been reached, less what is the luck
// of a page or two.
#include "support/extraction_pages.hpp"
#include "support/metadata_score.hpp"
#include "support/sanitizers.hpp"

#include <forage/html.hpp>

#include <gtest/gtest.h>
#include <iomanip>
#include <iostream>
#include <map>
#include <string>
#include <vector>

namespace {

using namespace forage::testing;

struct bounds {
    double least_exact, most_spurious;
};

const std::map<std::string, std::map<std::string, bounds>> wanted{
    {"wcxb", {{"title", {0.75, 1}}, {"author", {0.68, 0.10}}, {"date", {0.785, 0.15}}}},
    {"trafilatura", {{"title", {0.76, 1}}, {"author", {0.64, 0.265}}, {"date", {0.83, 0.295}}}},
};

std::string joined(const std::vector<std::string>& names) {
    std::string all;
    for (const auto& name : names) all += (all.empty() ? "" : ", ") + name;
    return all;
}

std::map<std::string, std::string> fields_of(const forage::page_metadata& about) {
    return {{"title", about.title}, {"author", joined(about.authors)}, {"date", about.published.date}};
}

TEST(html_metadata, scores_on_the_evaluation_data) {
#ifdef FORAGE_THREAD_SANITIZER
    GTEST_SKIP() << "one thread, and minutes of it";
#endif
    std::map<std::string, std::map<std::string, expected_fields>> truth;
    for (const auto& [set, fields] : wanted) truth[set] = expected_metadata(set);
    std::map<std::string, std::map<std::string, metadata_score>> scores;
    for (const auto& page : extraction_pages()) {
        const auto slash = page.id.find('/');
        const auto set   = page.id.substr(0, slash);
        const auto known = truth.find(set);
        if (known == truth.end()) continue;
        const auto expected = known->second.find(page.id.substr(slash + 1, page.id.rfind(".html") - slash - 1));
        if (expected == known->second.end()) continue;
        const auto read = forage::read_html(page.bytes, {.markdown = false, .time_limit = std::chrono::minutes{1}});
        ASSERT_TRUE(read) << page.id;
        const auto ours = fields_of(read->metadata);
        for (const auto& [field, value] : expected->second) {
            if (value) scores[set][field].add(field, *value, ours.at(field));
        }
    }
    if (scores.empty()) GTEST_SKIP() << "no extraction pages under FORAGE_CORPORA";
    for (const auto& [set, fields] : scores) {
        std::cout << set << '\n' << std::fixed << std::setprecision(4);
        for (const auto& [field, score] : fields) {
            std::cout << "  " << score.exact() << " exact  " << score.spurious() << " spurious  " << field << '\n';
            EXPECT_GE(score.exact(), wanted.at(set).at(field).least_exact) << set << ' ' << field;
            EXPECT_LE(score.spurious(), wanted.at(set).at(field).most_spurious) << set << ' ' << field;
        }
    }
}

}  // namespace
