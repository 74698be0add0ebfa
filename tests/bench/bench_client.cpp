// bench_client URLS CONCURRENCY fetch|scrape: fetches the URLs of a file, one a line, and prints one line of JSON.
// Speaks the protocol of the peer benchmark: certificates are verified against the PEM file in $BENCH_CA alone.
#include <forage/forage.hpp>

#include <boost/asio/this_coro.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct totals {
    std::size_t ok = 0, failed = 0, body = 0, text = 0, links = 0, titles = 0;
    std::string first_error;
};

std::vector<std::string> lines_of(const char* path) {
    std::vector<std::string> lines;
    std::ifstream file{path};
    for (std::string line; std::getline(file, line);) {
        if (!line.empty()) lines.push_back(line);
    }
    return lines;
}

forage::awaitable<void> fetch_all(const std::vector<std::string>& urls, int concurrency, bool scrape, totals& sum) {
    forage::client_options settings;
    settings.proxy_environment = false;
    if (const char* ca = std::getenv("BENCH_CA"); ca != nullptr) settings.ca_file = ca;
    settings.system_trust               = false;
    settings.allow_private              = true;
    settings.respect_robots             = false;
    settings.max_connections            = static_cast<std::size_t>(concurrency);
    settings.max_connections_per_origin = static_cast<std::size_t>(concurrency);
    const forage::client web{co_await boost::asio::this_coro::executor, settings};

    // Pages are counted as they come and let go, as the peers do.
    auto count = [&sum](std::size_t, const forage::result<forage::page>& outcome) {
        if (!outcome) {
            ++sum.failed;
            if (sum.first_error.empty()) sum.first_error = outcome.error().message();
            return;
        }
        ++sum.ok;
        sum.body += outcome->timing.bytes_body;
        sum.text += outcome->text.size();
        sum.links += outcome->links.size();
        sum.titles += outcome->title.empty() ? 0 : 1;
    };
    forage::scrape_options options;
    options.concurrency     = concurrency;
    options.page.timeout    = std::chrono::seconds{60};
    options.page.markdown   = false;
    options.page.mode       = forage::extraction_mode::whole;  // as for its peers: all text
    options.page.code       = false;
    options.page.metadata   = false;
    options.page.fetch_only = !scrape;
    options.on_result       = count;
    options.keep_content    = false;
    const auto batch        = co_await forage::scrape_pages(web, urls, options);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fprintf(stderr, "usage: bench_client URLS CONCURRENCY fetch|scrape\n");
        return 2;
    }
    const auto urls = lines_of(argv[1]);
    totals sum;
    const auto began = std::chrono::steady_clock::now();
    forage::run(fetch_all(urls, std::atoi(argv[2]), std::string_view{argv[3]} == "scrape", sum));
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - began;
    if (!sum.first_error.empty()) std::fprintf(stderr, "%s\n", sum.first_error.c_str());
    std::printf(
        "{\"pages_ok\":%zu,\"pages_failed\":%zu,\"bytes_body\":%zu,\"bytes_text\":%zu,\"links\":%zu,\"titles\":%zu,"
        "\"wall_s\":%.4f}\n",
        sum.ok,
        sum.failed,
        sum.body,
        sum.text,
        sum.links,
        sum.titles,
        wall.count()
    );
    return 0;
}
