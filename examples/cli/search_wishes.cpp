#include "cli/search_wishes.hpp"

#include "cli/input.hpp"

#include <CLI/CLI.hpp>
#include <string_view>

namespace forage::cli {

std::string search_wishes::query() const {
    std::string text;
    for (const auto& word : words) {
        if (!text.empty()) text += ' ';
        text += word;
    }
    return text;
}

result<std::vector<provider>> search_wishes::apply(client_options& client) const {
    constexpr std::size_t longest_description = 64 * 1024;
    for (const auto& file : provider_files) {
        const auto text = read_input(file, longest_description);
        if (!text) return text.error();
        if (auto added = add_provider(*text); !added) {
            added.error().what = file + ": " + added.error().what;
            return added.error();
        }
    }
    for (const auto& each : service_urls) {
        const auto equals = each.find('=');
        const auto named  = provider_named(std::string_view{each}.substr(0, equals));
        if (!named || equals == std::string::npos)
            return error{errc::bad_argument, "--service-url: not NAME=URL with the name of a provider: " + each};
        const auto name = each.substr(0, equals);
        if (*named == provider::google || *named == provider::bing || *named == provider::duckduckgo)
            return error{errc::bad_argument, "--service-url: for " + name + " it is --" + name + "-url"};
        client.services[*named].url = each.substr(equals + 1);
    }
    if (!counts_requests) client.quota.file.clear();
    if (quota && counts_requests && client.quota.file.empty())
        return error{errc::bad_argument, "--quota: there is no home to count in; name a --quota-file"};
    client.quota.per_day = quota.value_or(client.quota.per_day);
    std::vector<provider> chain;
    for (const auto& name : providers) {
        const auto named = provider_named(name);
        if (!named) return error{errc::bad_argument, "no provider is named " + name};
        chain.push_back(*named);
    }
    return chain;
}

void add_search_options(CLI::App& app, search_wishes& wishes, client_options& client) {
    const auto add_list = [&app](const char* name, std::vector<std::string>& into, const char* type, const char* help) {
        return app.add_option(name, into, help)->allow_extra_args(false)->type_name(type);
    };
    const auto add_url = [&app](const char* name, std::string& into, const char* help) {
        app.add_option(name, into, help)->take_last()->type_name("URL");
    };
    app.add_option("QUERY", wishes.words, "the question; several words need no quotes")->required();
    add_list(
        "--provider",
        wishes.providers,
        "NAME[,NAME...]",
        "whom to ask, several in turn: google, bing, brave, tavily, webiq, exa, serper, searxng, duckduckgo; "
        "mediawiki, "
        "crossref, arxiv, stackexchange, github"
    )
        ->delimiter(',');
    app.add_flag("--together", wishes.together, "ask them all at once, and make one list of what they give");
    add_list(
        "--provider-file", wishes.provider_files, "FILE", "a further service: its description in JSON (repeatable)"
    );
    add_list(
        "--service-url",
        wishes.service_urls,
        "NAME=URL",
        "another address of such a service, brave=https://... (repeatable)"
    );
    client.quota.file = default_quota_file();
    app.add_option("--quota", wishes.quota, "requests a day to each service that has a key (default 100); 0: all")
        ->check(CLI::Range(0, 1'000'000).description(""))
        ->take_last()
        ->type_name("N");
    app.add_option("--quota-file", client.quota.file, "where they are counted (default: in ~/.local/state/forage)")
        ->take_last()
        ->type_name("FILE");
    app.add_flag_callback("--no-quota", [&wishes] { wishes.counts_requests = false; }, "count no requests");
    add_url("--google-url", client.google_url, "another Custom Search v1 service");
    add_url("--bing-url", client.bing_url, "another Bing v7 service");
    add_url("--duckduckgo-url", client.duckduckgo_url, "another DuckDuckGo HTML page");
}

}  // namespace forage::cli
