// libFuzzer target for JSON-LD as pages have it: values lie within each other, what is read of them is bounded and
// valid UTF-8, and the same the second time. The input is cut into scripts at zero bytes.
#include "fuzz/require.hpp"
#include "html/json_ld.hpp"
#include "html/lenient_json.hpp"
#include "text/utf8.hpp"

#include <forage/files.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace forage::detail;

using forage::fuzz::require;

void check(std::string_view text) {
    require(text.size() <= 4 * json_ld_facts::longest, "longer than it may be");
    require(is_valid_utf8(text), "not UTF-8");
}

void check_values(const lenient_json& json) {
    require(json.size() <= lenient_json::max_values, "too many values");
    std::vector<std::uint32_t> ends;
    for (std::uint32_t i = 0; i < json.size(); ++i) {
        while (!ends.empty() && ends.back() <= i) ends.pop_back();
        require(json[i].end > i && json[i].end <= json.size(), "ends before it begins");
        require(ends.empty() || json[i].end <= ends.back(), "ends behind what it is in");
        ends.push_back(json[i].end);
        require(ends.size() <= lenient_json::max_depth + 1, "too deep");
    }
}

std::string all_of(const json_ld_facts& facts) {
    std::string all;
    const auto add = [&](const std::string& text) {
        check(text);
        all.append(text) += '\n';
    };
    for (const auto& each :
         {facts.headline,
          facts.published,
          facts.modified,
          facts.image,
          facts.type,
          facts.licence,
          facts.publisher,
          facts.site_name})
        add(each);
    require(
        facts.authors.size() <= json_ld_facts::most_list && facts.keywords.size() <= json_ld_facts::most_list,
        "too many names"
    );
    for (const auto& each : facts.authors) add(each.name);
    for (const auto& each : facts.keywords) add(each);
    return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = make_valid_utf8({reinterpret_cast<const char*>(data), size}, forage::invalid_utf8::replace);
    std::vector<std::string_view> scripts;
    for (std::string_view rest = text; !rest.empty();) {
        const auto end = std::min(rest.find('\0'), rest.size());
        scripts.push_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    const forage::read_options options{.time_limit = std::chrono::seconds{60}};
    read_budget budget{options};
    {
        lenient_json json{budget};
        for (const auto script : scripts) json.read(script);
        check_values(json);
    }
    const auto first = all_of(read_json_ld(scripts, budget));
    require(first == all_of(read_json_ld(scripts, budget)), "another result the second time");
    require(budget.held() == 0, "memory is still counted");
    return 0;
}
