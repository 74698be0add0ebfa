#include "url/canonical.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace forage::detail {
namespace {

using std::string_view_literals::operator""sv;

bool follows_readers(std::string_view parameter) noexcept {
    constexpr std::array prefixes{"utm_"sv, "mc_"sv, "pk_"sv, "mtm_"sv, "hsa_"sv};
    constexpr std::array names{"fbclid"sv,  "gclid"sv,  "dclid"sv, "gbraid"sv,   "wbraid"sv,  "msclkid"sv,
                               "yclid"sv,   "igshid"sv, "igsh"sv,  "twclid"sv,   "ttclid"sv,  "srsltid"sv,
                               "_hsenc"sv,  "_hsmi"sv,  "_ga"sv,   "_gl"sv,      "vero_id"sv, "oly_anon_id"sv,
                               "ref_src"sv, "spm"sv,    "cmpid"sv, "_openstat"sv};
    const auto name = parameter.substr(0, parameter.find('='));
    const auto is   = [name](std::string_view each) { return equals_ignoring_case(name, each); };
    const auto like = [name](std::string_view each) { return starts_with_ignoring_case(name, each); };
    return std::any_of(names.begin(), names.end(), is) || std::any_of(prefixes.begin(), prefixes.end(), like);
}

// "www.", and what sites for small screens put in its place: "m.example.org", "en.m.wikipedia.org".
std::string plain_host(std::string_view host) {
    for (const auto prefix : {"www."sv, "m."sv, "mobile."sv, "amp."sv}) {
        // A name of two labels is the whole site's.
        if (host.starts_with(prefix) && host.find('.', prefix.size()) != std::string_view::npos) {
            host.remove_prefix(prefix.size());
            break;
        }
    }
    std::string plain{host};
    if (const auto at = plain.find(".m."); at != std::string::npos) plain.erase(at, 2);
    return plain;
}

std::string_view without_folder_page(std::string_view path) noexcept {
    const auto last = path.substr(path.rfind('/') + 1);
    for (const auto page : {"index.html"sv, "index.htm"sv, "index.php"sv, "default.aspx"sv, "default.htm"sv}) {
        if (equals_ignoring_case(last, page)) path.remove_suffix(last.size());
    }
    while (path.ends_with('/')) path.remove_suffix(1);
    return path;
}

}  // namespace

std::string canonical_form(const url& of) {
    auto form = plain_host(of.host());
    if (const auto authority = of.authority(); authority.size() > of.host().size())
        form += std::string_view{authority}.substr(of.host().size());
    form += without_folder_page(of.path());
    char before = '?';
    for (std::string_view rest = of.query(); !rest.empty();) {
        if (rest.front() == '?' || rest.front() == '&') rest.remove_prefix(1);
        const auto parameter = rest.substr(0, rest.find('&'));
        rest.remove_prefix(parameter.size());
        if (parameter.empty() || follows_readers(parameter)) continue;
        form += before;
        form += parameter;
        before = '&';
    }
    return form;
}

}  // namespace forage::detail
