// Several services' hits as one list.
#include "search/fusion.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace forage::detail {
namespace {

std::vector<search_hit> list(provider p, const std::vector<std::string>& urls) {
    std::vector<search_hit> hits;
    for (const auto& url : urls) {
        search_hit hit;
        hit.url      = url;
        hit.title    = std::string{to_string(p)} + ' ' + url;
        hit.provider = p;
        hit.rank     = static_cast<int>(hits.size()) + 1;
        hit.ranks    = {{p, hit.rank}};
        hits.push_back(hit);
    }
    return hits;
}

std::vector<std::string> urls(const std::vector<search_hit>& hits) {
    std::vector<std::string> all;
    for (const auto& hit : hits) all.push_back(hit.url);
    return all;
}

using strings = std::vector<std::string>;

TEST(search_fusion, what_several_have_comes_first) {
    const auto fused = fuse(
        {list(provider::google, {"https://a.example/", "https://b.example/", "https://c.example/"}),
         list(provider::bing, {"https://d.example/", "https://b.example/"}),
         list(provider::brave, {"https://c.example/", "https://b.example/"})},
        10
    );
    EXPECT_EQ(
        urls(fused), (strings{"https://b.example/", "https://c.example/", "https://a.example/", "https://d.example/"})
    );
    ASSERT_EQ(fused[0].ranks.size(), 3u);
    EXPECT_EQ(fused[0].ranks[1].provider, provider::bing);
    EXPECT_EQ(fused[0].ranks[1].rank, 2);
    for (std::size_t i = 0; i < fused.size(); ++i) EXPECT_EQ(fused[i].rank, static_cast<int>(i) + 1);
}

TEST(search_fusion, spellings_of_a_page_are_one_hit_in_the_words_of_the_best_rank) {
    const auto fused = fuse(
        {list(provider::google, {"https://x.example/", "http://www.a.example/index.html?utm_source=g#top"}),
         list(provider::bing, {"https://a.example/"})},
        10
    );
    ASSERT_EQ(fused.size(), 2u);
    EXPECT_EQ(fused[0].url, "https://a.example/");
    EXPECT_EQ(fused[0].title, "bing https://a.example/");
    EXPECT_EQ(fused[0].provider, provider::bing);
    EXPECT_EQ(fused[0].ranks.size(), 2u);
}

TEST(search_fusion, a_service_has_one_vote_for_a_page) {
    const auto fused = fuse(
        {list(provider::google, {"https://a.example/?utm_source=1", "https://a.example/?utm_source=2"}),
         list(provider::bing, {"https://b.example/", "https://c.example/"}),
         list(provider::brave, {"https://b.example/"})},
        10
    );
    EXPECT_EQ(urls(fused), (strings{"https://b.example/", "https://a.example/?utm_source=1", "https://c.example/"}));
    EXPECT_EQ(fused[1].ranks.size(), 1u);
}

TEST(search_fusion, no_more_than_wanted_and_nothing_of_nothing) {
    EXPECT_EQ(fuse({list(provider::google, {"https://a.example/", "https://b.example/"})}, 1).size(), 1u);
    EXPECT_TRUE(fuse({}, 5).empty());
    EXPECT_TRUE(fuse({{}, {}}, 5).empty());
}

}  // namespace
}  // namespace forage::detail
