// The list is that of the region menu on DuckDuckGo's own HTML page.
#include "search/duckduckgo_region.hpp"

#include <algorithm>
#include <array>

namespace forage::detail {
namespace {

// Of several regions with one language, the first is what the language alone stands for.
constexpr std::array<std::string_view, 63> regions{
    "us-en", "uk-en", "au-en", "ca-en",  "in-en",  "ie-en", "nz-en", "pk-en", "ph-en", "sg-en", "za-en",
    "de-de", "at-de", "ch-de", "fr-fr",  "be-fr",  "ca-fr", "ch-fr", "es-es", "mx-es", "ar-es", "co-es",
    "cl-es", "pe-es", "us-es", "br-pt",  "pt-pt",  "it-it", "nl-nl", "be-nl", "pl-pl", "ru-ru", "ua-uk",
    "jp-jp", "kr-kr", "cn-zh", "tw-tzh", "hk-tzh", "se-sv", "no-no", "dk-da", "fi-fi", "ee-et", "lv-lv",
    "lt-lt", "cz-cs", "sk-sk", "sl-sl",  "hr-hr",  "hu-hu", "ro-ro", "bg-bg", "gr-el", "tr-tr", "il-en",
    "id-en", "my-en", "th-en", "vn-en",  "xa-ar",  "ct-ca", "is-is", "es-ca",
};

// Where DuckDuckGo's names differ from ISO 639 and ISO 3166.
std::string_view own_language(std::string_view language) noexcept {
    if (language == "ja") return "jp";
    if (language == "ko") return "kr";
    if (language == "nb" || language == "nn") return "no";
    return language;
}

}  // namespace

std::string duckduckgo_region(std::string_view language, std::string_view region) {
    const auto suffix = "-" + std::string{own_language(language)};
    if (!region.empty()) {
        std::string wanted{region == "GB" ? "UK" : region};
        for (char& c : wanted) c = static_cast<char>(c - 'A' + 'a');
        if (language == "zh" && (wanted == "tw" || wanted == "hk")) return wanted + "-tzh";
        wanted += suffix;
        if (std::find(regions.begin(), regions.end(), wanted) != regions.end()) return wanted;
    }
    const auto* const found =
        std::find_if(regions.begin(), regions.end(), [&](std::string_view each) { return each.ends_with(suffix); });
    return found == regions.end() || language.empty() ? std::string{} : std::string{*found};
}

}  // namespace forage::detail
