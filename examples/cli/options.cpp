// The command line in terms of CLI11; what searches and researches take is in search_wishes.cpp and
// research_wishes.cpp.
#include "cli/options.hpp"

#include "cli/printable.hpp"
#include "cli/redacted.hpp"
#include "cli/research_wishes.hpp"
#include "cli/search_wishes.hpp"

#include <forage/url.hpp>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

namespace forage::cli {

namespace {

constexpr const char* footer = R"(Exit codes:
  0    all that was asked for
  1    nothing; each failure is one line on standard error
  2    the command line is wrong
  3    some failed; each failure is one line on standard error
  130  interrupted before there was anything; interrupted later, the code is 3

API keys come from the environment only: GOOGLE_SEARCH_API_KEY with GOOGLE_SEARCH_CX, BING_SEARCH_API_KEY,
BRAVE_SEARCH_API_KEY, TAVILY_API_KEY, WEBIQ_API_KEY, EXA_API_KEY, SERPER_API_KEY, GITHUB_TOKEN, STACKEXCHANGE_KEY;
SEARXNG_URL is the address of an instance that gives JSON.)";

const std::map<std::string, output_format> formats{
    {"text", output_format::text},
    {"markdown", output_format::markdown},
    {"json", output_format::json},
    {"jsonl", output_format::jsonl},
};

// Options of one value take the last that is given, so that scripts can put theirs in front of the user's.

void add_seconds(CLI::App& app, const std::string& name, std::chrono::milliseconds& target, const std::string& help) {
    app.add_option_function<std::string>(
           name,
           [&target](const std::string& text) {
               const auto span = parse_seconds(text);
               if (!span) throw CLI::ValidationError("not a number of seconds above 0 and at most 86400: " + text);
               target = *span;
           },
           help
    )
        ->take_last()
        ->type_name("SECONDS");
}

void add_output_options(CLI::App& app, options& o) {
    app.add_option("--format", o.format, "text (default), markdown, json or jsonl (one object a line)")
        ->transform(CLI::CheckedTransformer(formats, CLI::ignore_case).description(""))
        ->take_last()
        ->type_name("FORMAT");
    app.add_flag("--stats", o.stats, "one JSON object of counters on standard error at the end");
}

void add_network_options(CLI::App& app, options& o) {
    add_seconds(app, "--timeout", o.timeout, "for one page or one search; fractions allowed (default 10)");
    add_seconds(app, "--deadline", o.deadline, "for everything; what is done by then is kept");
    app.add_option("--ca-file", o.client.ca_file, "PEM file of further certificate authorities to trust")
        ->take_last()
        ->type_name("FILE");
    app.add_flag("--allow-private", o.client.allow_private, "allow connections to every address and port");
    app.add_option("--allow-address", o.client.allow_addresses, "allow this address or block (repeatable)")
        ->allow_extra_args(false)
        ->type_name("ADDRESS|CIDR");
    app.add_option("--allow-host", o.client.allow_hosts, "allow this name whatever its address (repeatable)")
        ->allow_extra_args(false)
        ->type_name("NAME");
    app.add_option_function<std::string>(
           "--proxy",
           [&o](const std::string& text) { o.client.proxy = text; },
           "http://, socks5:// or socks5h:// proxy for everything; else http_proxy and its kin decide"
    )
        ->take_last()
        ->type_name("URL");
    app.add_flag_callback(
        "--no-proxy",
        [&o] { o.client.proxy_environment = false; },
        "reach everything directly, whatever the environment says"
    );
    app.add_option("--dns-server", o.client.dns_server, "ask this name server")->take_last()->type_name("ADDRESS:PORT");
    app.add_flag("-v,--verbose", o.verbosity, "log to standard error; twice: everything");
}

void add_manners_options(CLI::App& app, options& o) {
    app.add_flag_callback(
        "--ignore-robots", [&o] { o.client.respect_robots = false; }, "fetch what robots.txt does not allow"
    );
    app.add_flag("--cookies", o.client.cookies, "keep cookies for the length of this run");
    add_seconds(app, "--host-delay", o.client.host_delay, "least time between two requests to one host");
}

void add_concurrency(CLI::App& app, options& o) {
    app.add_option("--concurrency", o.concurrency, "pages in flight at once (default 8; of a large research 16)")
        ->check(CLI::Range(1, 10'000).description(""))
        ->take_last()
        ->type_name("N");
}

void add_reader(CLI::App& app, options& o) {
    static const std::map<std::string, html_reader> readers{
        {"forage", html_reader::forage}, {"gumbo", html_reader::gumbo}
    };
    app.add_option("--reader", o.reader, "who parses HTML: forage (default), or gumbo to compare with")
        ->transform(CLI::CheckedTransformer(readers, CLI::ignore_case).description(""))
        ->take_last()
        ->type_name("NAME");
}

/// What reads a file without network takes.
void add_file_options(CLI::App& app, options& o) {
    app.add_option("--base", o.base, "what relative links are resolved against")
        ->check([](const std::string& text) {
            const auto base = url::parse(text);
            return base || text.empty() ? std::string{} : base.error().message();
        })
        ->take_last()
        ->type_name("URL");
    add_seconds(app, "--timeout", o.timeout, "for reading; fractions allowed (default 10)");
}

void add_metadata(CLI::App& app, options& o) {
    app.add_flag("--metadata", o.metadata, "title, authors, dates and the like above the text; json has them anyway");
}

void add_mode(CLI::App& app, options& o) {
    static const std::map<std::string, extraction_mode> modes{
        {"precision", extraction_mode::precision},
        {"balanced", extraction_mode::balanced},
        {"recall", extraction_mode::recall},
        {"whole", extraction_mode::whole},
    };
    app.add_option(
           "--mode",
           o.mode,
           "main content, in doubt less or more: precision, balanced (default) or recall; whole: all visible text"
    )
        ->transform(CLI::CheckedTransformer(modes, CLI::ignore_case).description(""))
        ->take_last()
        ->type_name("MODE");
}

void add_count(CLI::App& app, options& o, const std::string& help) {
    app.add_option("--count", o.count, help)->check(CLI::Range(1, 1'000).description(""))->take_last()->type_name("N");
}

command_line usage_error(std::string_view what) {
    command_line line;
    line.exit_code = 2;
    line.text      = "forage: " + printable(redacted_words(what)) + "\nforage: try 'forage --help'\n";
    return line;
}

bool is_blank(const std::string& text) { return text.find_first_not_of(" \t\r\n") == text.npos; }

}  // namespace

std::optional<std::chrono::milliseconds> parse_seconds(std::string_view text) {
    constexpr double day = 86'400;

    double seconds         = 0;
    const auto* const end  = text.data() + text.size();
    const auto [stop, bad] = std::from_chars(text.data(), end, seconds);
    if (bad != std::errc{} || stop != end || !(seconds > 0 && seconds <= day)) return std::nullopt;
    return std::chrono::milliseconds{std::max(1LL, std::llround(seconds * 1'000))};
}

command_line parse_command_line(int count, const char* const* arguments) {
    options o;
    search_wishes asked;

    CLI::App app{"forage: search the web, fetch and read pages, answer with sources", "forage"};
    app.require_subcommand(1);  // exactly one; the words of a query may then be names of commands

    auto* search = app.add_subcommand("search", "Search, and print the hits");
    add_search_options(*search, asked, o.client);
    add_count(*search, o, "hits wanted (default 10)");
    add_output_options(*search, o);
    add_network_options(*search, o);

    auto* scrape = app.add_subcommand("scrape", "Fetch and read pages, side by side");
    scrape->add_option("URL", o.urls, "pages to fetch");
    scrape->add_option("--urls", o.url_list, "list of pages, one a line, '#' begins a comment; - is standard input")
        ->take_last()
        ->type_name("FILE|-");
    scrape->add_flag("--fetch-only", o.fetch_only, "fetch and decode, do not read");
    scrape->add_flag("--truncate", o.truncate, "read the beginning of pages that are too large, instead of nothing");
    scrape->add_option("--retries", o.retries, "how often a page that failed is tried again (default 2)")
        ->check(CLI::Range(0, 100).description(""))
        ->take_last()
        ->type_name("N");
    add_reader(*scrape, o);
    add_mode(*scrape, o);
    add_metadata(*scrape, o);
    add_manners_options(*scrape, o);
    add_concurrency(*scrape, o);
    add_output_options(*scrape, o);
    add_network_options(*scrape, o);

    auto* extract = app.add_subcommand("extract", "Read a page from a file, without network");
    auto* file    = extract->add_option("FILE", o.file, "an HTML file; - is standard input")->type_name("FILE|-");
    extract->add_option("--batch", o.batch, "all *.html of a folder, as one JSON object of what each says")
        ->take_last()
        ->excludes(file)
        ->type_name("DIR");
    add_file_options(*extract, o);
    add_reader(*extract, o);
    add_mode(*extract, o);
    add_metadata(*extract, o);
    add_output_options(*extract, o);

    auto* feed    = app.add_subcommand("feed", "Read RSS, Atom or JSON Feed from a file, without network");
    auto* sitemap = app.add_subcommand("sitemap", "Read a sitemap from a file, without network");
    for (auto* sub : {feed, sitemap}) {
        sub->add_option("FILE", o.file, "the file, gzipped or not; - is standard input")
            ->required()
            ->type_name("FILE|-");
        add_file_options(*sub, o);
        add_output_options(*sub, o);
    }

    auto* research = app.add_subcommand("research", "Search, read the best pages, print passages with sources");
    add_search_options(*research, asked, o.client);
    add_count(*research, o, "pages to read (default: the preset's, quick 5, deep 25, else 100)");
    add_research_options(*research, o.research);
    add_manners_options(*research, o);
    add_concurrency(*research, o);
    add_output_options(*research, o);
    add_network_options(*research, o);

    app.footer(footer);
    for (auto* sub : {search, scrape, extract, feed, sitemap, research}) sub->footer(footer);

    try {
        app.parse(count, arguments);
    } catch (const CLI::CallForHelp&) {
        command_line help;
        help.text = app.help();
        return help;
    } catch (const CLI::ParseError& wrong) {
        return usage_error(wrong.what());
    }

    if (search->parsed()) o.command = command::search;
    if (scrape->parsed()) o.command = command::scrape;
    if (extract->parsed()) o.command = command::extract;
    if (feed->parsed()) o.command = command::feed;
    if (sitemap->parsed()) o.command = command::sitemap;
    if (research->parsed()) o.command = command::research;

    o.query    = asked.query();
    auto chain = asked.apply(o.client);
    if (!chain) return usage_error(chain.error().what);
    o.chain    = *std::move(chain);
    o.together = asked.together;

    const bool asks = o.command == command::search || o.command == command::research;
    if (asks && is_blank(o.query)) return usage_error("QUERY is empty");
    if (o.command == command::scrape && o.urls.empty() && o.url_list.empty()) {
        return usage_error("scrape needs a URL, or --urls");
    }
    if (o.command == command::extract && o.file.empty() && o.batch.empty()) {
        return usage_error("extract needs a FILE, or --batch");
    }
    command_line line;
    line.chosen = std::move(o);
    return line;
}

}  // namespace forage::cli
