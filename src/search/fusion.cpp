#include "search/fusion.hpp"

#include "url/canonical.hpp"

#include <forage/url.hpp>

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

namespace forage::detail {

std::vector<search_hit> fuse(std::vector<std::vector<search_hit>> lists, std::size_t count) {
    constexpr double steadiness = 60;  // how little the first ranks stand out: the paper's

    struct candidate {
        search_hit hit;
        double score = 0;
    };
    std::vector<candidate> all;
    std::unordered_map<std::string, std::size_t> places;
    for (auto& list : lists) {
        for (auto& hit : list) {
            const auto parsed     = url::parse(hit.url);
            const auto [place, _] = places.emplace(parsed ? canonical_form(*parsed) : hit.url, all.size());
            if (place->second == all.size()) all.emplace_back();
            auto& known = all[place->second];
            // A service that gives one page under two URLs has one vote.
            const auto has_voted = [&](const provider_rank& each) { return each.provider == hit.provider; };
            if (std::any_of(known.hit.ranks.begin(), known.hit.ranks.end(), has_voted)) continue;
            known.score += 1 / (steadiness + hit.rank);
            auto ranks = std::move(known.hit.ranks);
            ranks.push_back({hit.provider, hit.rank});
            if (ranks.size() == 1 || hit.rank < known.hit.rank) known.hit = std::move(hit);
            known.hit.ranks = std::move(ranks);
        }
    }
    std::sort(all.begin(), all.end(), [](const candidate& a, const candidate& b) {
        if (a.score != b.score) return a.score > b.score;
        if (a.hit.rank != b.hit.rank) return a.hit.rank < b.hit.rank;
        return a.hit.url < b.hit.url;
    });
    std::vector<search_hit> best;
    for (auto& each : all) {
        if (best.size() == count) break;
        each.hit.rank = static_cast<int>(best.size()) + 1;
        best.push_back(std::move(each.hit));
    }
    return best;
}

}  // namespace forage::detail
