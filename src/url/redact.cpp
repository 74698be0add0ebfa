// url::redacted: what of a URL may stand in a log or an error.
#include "text/ascii.hpp"
#include "url/percent_encode.hpp"

#include <forage/url.hpp>

#include <algorithm>
#include <array>

namespace forage {
namespace {

// "key" and "pass" only as the whole name or its last word: "monkey" and "bypass" stay readable.
constexpr std::array<std::string_view, 11> secret_names{
    "key", "apikey", "sig", "auth", "authorization", "pass", "passwd", "pwd", "jwt", "credential", "session"
};
constexpr std::array<std::string_view, 8> secret_endings{
    "-key", "_key", ".key", "apikey", "accesskey", "secretkey", "-credential", "_sig"
};
constexpr std::array<std::string_view, 4> secret_parts{"token", "secret", "signature", "password"};

// `name` is what the server will see: decoded, as "%6bey" is "key" to it.
bool looks_secret(std::string_view written) {
    auto name = detail::percent_decode(written);
    for (char& c : name) c = detail::to_lower(c);
    const auto is_name   = [&](std::string_view known) { return name == known; };
    const auto is_ending = [&](std::string_view known) { return name.ends_with(known); };
    const auto is_part   = [&](std::string_view known) { return name.find(known) != std::string::npos; };
    return std::any_of(secret_names.begin(), secret_names.end(), is_name) ||
           std::any_of(secret_endings.begin(), secret_endings.end(), is_ending) ||
           std::any_of(secret_parts.begin(), secret_parts.end(), is_part);
}

}  // namespace

std::string url::redacted() const {
    auto out = origin() + path_;
    // Separators are '?', '&' and ';' (which some servers take for '&'); each is copied with the parameter it begins.
    std::string_view rest = query_;
    while (!rest.empty()) {
        const auto end       = std::min(rest.find_first_of("&;", 1), rest.size());
        const auto parameter = rest.substr(0, end);
        const auto equals    = parameter.find('=');
        if (equals != std::string_view::npos && looks_secret(parameter.substr(1, equals - 1))) {
            out.append(parameter, 0, equals + 1).append("***");
        } else {
            out.append(parameter);
        }
        rest.remove_prefix(end);
    }
    return out;
}

}  // namespace forage
