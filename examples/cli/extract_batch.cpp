#include "cli/extract_batch.hpp"

#include "cli/input.hpp"

#include <forage/html.hpp>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>
#include <vector>

namespace forage::cli {
namespace {

using nlohmann::json;

std::vector<std::filesystem::path> pages_in(const std::string& folder, std::error_code& why) {
    std::vector<std::filesystem::path> pages;
    for (std::filesystem::directory_iterator at{folder, why}, end; !why && at != end; at.increment(why)) {
        if (at->path().extension() == ".html") pages.push_back(at->path());
    }
    std::sort(pages.begin(), pages.end());
    return pages;
}

/// File names need not be UTF-8.
std::string written(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

constexpr std::size_t iso_day = 10;  // YYYY-MM-DD, without the time behind it

std::string joined(const std::vector<std::string>& names) {
    std::string all;
    for (const auto& name : names) all += (all.empty() ? "" : ", ") + name;
    return all;
}

/// What its readers take for its date: of publication, else of the change that the page shows.
std::string date_of(const page_metadata& about) {
    const auto& changed = about.modified;
    const bool is_visible =
        changed.source == metadata_source::time_element || changed.source == metadata_source::byline;
    return about.published.date.empty() && is_visible ? changed.date : about.published.date;
}

}  // namespace

tally extract_batch(const options& o, const read_options& how, console& out) {
    tally run;
    std::error_code why;
    const auto pages = pages_in(o.batch, why);
    if (why) {
        ++run.failed;
        out.complain(o.batch + ": " + why.message());
        return run;
    }
    std::string before = "{";
    for (const auto& each : pages) {
        const auto bytes = read_input(each.string());
        const auto page  = bytes ? read_html(*bytes, how) : result<page_content>{bytes.error()};
        if (!page) {
            ++run.failed;
            out.complain(each.string() + ": " + page.error().message());
            continue;
        }
        ++run.ok;
        run.consumed += bytes->size();
        const auto& about = page->metadata;
        const json said{
            {"articleBody", page->main_text},
            {"title", about.title},
            {"author", joined(about.authors)},
            {"date", date_of(about).substr(0, iso_day)},
        };
        out.print(before + written(each.stem().string()) + ':' + written(said));
        before = ",\n";
    }
    out.print(run.ok == 0 ? "{}\n" : "}\n");
    return run;
}

}  // namespace forage::cli
