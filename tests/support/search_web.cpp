#include "support/search_web.hpp"

#include <nlohmann/json.hpp>

namespace forage::testing {

miniweb::response search_web::search_answer() const {
    nlohmann::json items = nlohmann::json::array();
    for (const auto& path : hits_) items.push_back({{"title", path}, {"link", at(path)}, {"snippet", "s"}});
    const nlohmann::json all{{"searchInformation", {{"totalResults", "9"}}}, {"items", items}};
    return {200, "application/json", all.dump()};
}

}  // namespace forage::testing
