#include "cli/redacted.hpp"

#include <forage/url.hpp>

#include <algorithm>

namespace forage::cli {

std::string redacted_url(std::string_view text) {
    if (const auto parsed = url::parse(text)) return parsed->redacted();
    std::string shown;
    // The last '@', as a password that is not encoded may hold any of "/?#", and be why this is no URL.
    if (const auto at = text.rfind('@'); at != std::string_view::npos) {
        const auto slashes = text.find("//");
        if (slashes < at) shown = text.substr(0, slashes + 2);
        shown += "***";
        text.remove_prefix(at);
    }
    const auto tail = text.find_first_of("?#");
    shown += text.substr(0, tail);
    if (tail != std::string_view::npos) shown.append(text.substr(tail, 1)).append("***");
    return shown;
}

std::string redacted_words(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto word       = text.substr(0, text.find_first_of(" \t\r\n"));
        const bool may_be_url = word.find("//") != std::string_view::npos || word.find('@') != std::string_view::npos;
        out += may_be_url ? redacted_url(word) : std::string{word};
        text.remove_prefix(word.size());
        const auto gap = std::min(text.find_first_not_of(" \t\r\n"), text.size());
        out += text.substr(0, gap);
        text.remove_prefix(gap);
    }
    return out;
}

}  // namespace forage::cli
