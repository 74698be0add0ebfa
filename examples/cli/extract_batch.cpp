#include "cli/extract_batch.hpp"

#include "cli/input.hpp"
#include "cli/run_report.hpp"

#include <forage/html.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <vector>

namespace forage::cli {
namespace {

/// RFC 8259, section 7. `text` is UTF-8.
std::string in_quotes(std::string_view text) {
    std::string out{'"'};
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            std::array<char, 8> escape{};
            std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(c));
            out += escape.data();
        } else {
            out += c;
        }
    }
    return out + '"';
}

std::vector<std::filesystem::path> pages_in(const std::string& folder, std::error_code& why) {
    std::vector<std::filesystem::path> pages;
    for (std::filesystem::directory_iterator at{folder, why}, end; !why && at != end; at.increment(why)) {
        if (at->path().extension() == ".html") pages.push_back(at->path());
    }
    std::sort(pages.begin(), pages.end());
    return pages;
}

}  // namespace

int extract_batch(const options& o, console& out) {
    std::error_code why;
    const auto pages = pages_in(o.batch, why);
    if (why) {
        out.complain(o.batch + ": " + why.message());
        return exit_nothing;
    }
    tally run;
    std::string before = "{";
    for (const auto& each : pages) {
        const auto bytes = read_input(each.string());
        const auto page  = bytes ? read_html(*bytes, {.base_url = o.base, .mode = o.mode, .time_limit = o.timeout})
                                 : result<page_content>{bytes.error()};
        if (!page) {
            ++run.failed;
            out.complain(each.string() + ": " + page.error().message());
            continue;
        }
        ++run.ok;
        out.print(
            before + in_quotes(each.stem().string()) + ":{\"articleBody\":" + in_quotes(page->main_text) +
            ",\"title\":" + in_quotes(page->title) + "}"
        );
        before = ",\n";
    }
    out.print(run.ok == 0 ? "{}\n" : "}\n");
    return exit_code(run);
}

}  // namespace forage::cli
