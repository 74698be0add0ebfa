#include "support/metadata_score.hpp"

#include "html/text_writer.hpp"
#include "support/corpora.hpp"
#include "text/ascii.hpp"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

namespace forage::testing {
namespace {

std::string plain(const std::string& text) {
    auto line = detail::folded(text);
    std::transform(line.begin(), line.end(), line.begin(), detail::to_lower);
    return line;
}

/// A list is one text, as the set's authors write it down.
std::string text_of(const nlohmann::json& value) {
    if (value.is_string()) return value;
    return value.is_null() || value.empty() ? std::string{} : value.dump();
}

}  // namespace

std::map<std::string, expected_fields> expected_metadata(const std::string& set) {
    const auto folder = std::filesystem::path{"extraction"} / set;
    auto text         = corpora_text(folder / "ground-truth.json");
    if (!text) text = corpora_text(folder / "ground-truth.json.gz");
    std::map<std::string, expected_fields> all;
    if (!text) return all;
    const auto truth = nlohmann::json::parse(*text);
    for (const auto& [id, page] : truth.items()) {
        for (const auto* field : {"title", "author", "date"}) {
            if (page.contains(field)) all[id][field] = text_of(page[field]);
        }
    }
    return all;
}

void metadata_score::add(const std::string& field, const std::string& wanted, const std::string& got) {
    constexpr std::size_t day = 10;  // YYYY-MM-DD
    const auto cut = [&](const std::string& text) { return plain(field == "date" ? text.substr(0, day) : text); };
    if (wanted.empty()) {
        ++lack_;
        spurious_ += got.empty() ? 0 : 1;
        return;
    }
    ++have_;
    exact_ += cut(wanted) == cut(got) ? 1 : 0;
}

}  // namespace forage::testing
