#include "http/content_encoding.hpp"

#include "http/field_text.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace forage::detail {
namespace {

// Servers behind caches that each compress make two. More is only seen in attacks on clients.
constexpr std::size_t max_layers = 2;

constexpr std::array<std::pair<std::string_view, coding>, 5> names{{
    {"gzip", coding::gzip},
    {"x-gzip", coding::gzip},  // RFC 9110 §8.4.1.3
    {"deflate", coding::deflate},
    {"br", coding::brotli},
    {"zstd", coding::zstd},
}};

error refused(std::string what) {
    return error{errc::bad_coding, std::move(what), "the server is at fault; try again later"}.at(phase::decode);
}

}  // namespace

result<std::vector<coding>> content_codings(const std::vector<field>& fields) {
    std::vector<coding> codings;
    for (const auto& f : fields) {
        if (!equal_ignoring_case(f.name, "Content-Encoding")) continue;
        std::string_view rest{f.value};
        while (!rest.empty()) {
            const auto comma = std::min(rest.find(','), rest.size());
            const auto name  = without_blanks(rest.substr(0, comma));
            rest.remove_prefix(std::min(comma + 1, rest.size()));
            if (name.empty() || equal_ignoring_case(name, "identity")) continue;
            const auto* known = std::find_if(names.begin(), names.end(), [&](const auto& n) {
                return equal_ignoring_case(n.first, name);
            });
            if (known == names.end()) return refused("a Content-Encoding that was not asked for");
            if (codings.size() == max_layers) return refused("more layers of Content-Encoding than anyone needs");
            codings.push_back(known->second);
        }
    }
    return codings;
}

}  // namespace forage::detail
