#include "cli/research_wishes.hpp"

#include <CLI/CLI.hpp>
#include <map>
#include <string>

namespace forage::cli {

void add_research_options(CLI::App& app, research_wishes& w) {
    static const std::map<std::string, const research_options*> presets{
        {"quick", &quick_research},
        {"deep", &deep_research},
        {"comprehensive", &comprehensive_research},
        {"adaptive", &adaptive_research},
    };
    app.add_option_function<std::string>(
           "--preset",
           [&w](const std::string& name) { w.preset = *presets.at(name); },
           "how far to go: quick (default: the hits alone), deep, comprehensive, or adaptive (as far as it helps)"
    )
        ->check(CLI::IsMember(presets).description(""))
        ->take_last()
        ->type_name("NAME");
    const auto add = [&app](const char* name, auto& target, auto least, auto most, const char* help) {
        app.add_option(name, target, help)->check(CLI::Range(least, most).description(""))->take_last()->type_name("N");
    };
    add("--depth", w.depth, 0, 3, "links to follow from a hit, one after the other");
    add("--passages", w.passages, 0, 1'000, "passages to print, best first");
    add("--code", w.code, 0, 1'000, "code examples to print, best first (default 5)");
    add("--max-tokens", w.max_tokens, 0, 10'000'000, "of passages, about; 0: no limit");
    add("--host-pages", w.host_pages, 0, 1'000, "pages to read of one host; 0: no limit");
    add("--max-requests", w.max_requests, 0, 1'000'000, "for pages; 0: no limit");
    add("--max-bytes", w.max_bytes, 0LL, 1LL << 50, "of pages on the wire; 0: no limit");
    app.add_option_function<std::string>(
           "--progress",
           [&w](const std::string& form) { w.progress_as_json = form == "json"; },
           "auto (default: a line on a terminal), or json: a line for each URL on standard error"
    )
        ->check(CLI::IsMember({"auto", "json"}).description(""))
        ->take_last()
        ->type_name("FORM");
}

research_options research_wishes::options() const {
    auto how         = preset;
    how.depth        = depth.value_or(how.depth);
    how.passages     = passages.value_or(how.passages);
    how.code         = code.value_or(how.code);
    how.max_tokens   = max_tokens.value_or(how.max_tokens);
    how.host_pages   = host_pages.value_or(how.host_pages);
    how.max_requests = max_requests.value_or(how.max_requests);
    how.max_bytes    = max_bytes.value_or(how.max_bytes);
    return how;
}

}  // namespace forage::cli
