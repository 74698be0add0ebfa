// bench_fan_out: the fan-out's time beyond what its pages take. Five pages of 200 ms; the same with one that never
// answers, under a deadline of 1 s; 1,000 pages of 1 s at once, with the memory that takes. Servers in a thread of
// their own.
#include <forage/forage.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstdio>
#include <exception>
#include <miniweb/server.hpp>
#include <string>
#include <sys/resource.h>
#include <thread>
#include <vector>

namespace {
namespace net = boost::asio;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

struct measured {
    forage::scrape_batch batch;
    double wall_ms = 0;
};

measured scrape(const std::vector<std::string>& urls, milliseconds deadline) {
    measured m;
    const auto began = steady_clock::now();
    net::io_context io{1};
    forage::client_options settings;
    settings.proxy_environment          = false;
    settings.allow_private              = true;
    settings.respect_robots             = false;
    settings.max_connections            = 2000;
    settings.max_connections_per_origin = 2000;
    const forage::client web{io.get_executor(), settings};
    forage::scrape_options options;
    options.concurrency  = static_cast<int>(urls.size());
    options.deadline     = deadline;
    options.page.timeout = std::chrono::seconds{30};
    net::co_spawn(io, forage::scrape_pages(web, urls, options), [&](std::exception_ptr, forage::scrape_batch done) {
        m.batch = std::move(done);
    });
    io.run();
    m.wall_ms = std::chrono::duration<double, std::milli>(steady_clock::now() - began).count();
    return m;
}

}  // namespace

int main() {
    net::io_context server_io{1};
    const auto answer = [](const miniweb::request& r) {
        miniweb::response page{200, "text/html", "<title>slow</title><p>Worth the wait."};
        if (r.target.starts_with("/200ms")) page.delay = milliseconds{200};
        if (r.target.starts_with("/1s")) page.delay = milliseconds{1000};
        if (r.target.starts_with("/never")) page.delay = std::chrono::hours{1};
        return page;
    };
    miniweb::server server{server_io, miniweb::server::plain_handler{answer}};
    std::thread server_thread{[&] { server_io.run(); }};
    const auto base = "http://127.0.0.1:" + std::to_string(server.port());

    const auto list = [&](const std::string& path, int count) {
        std::vector<std::string> urls;
        for (int i = 0; i < count; ++i) urls.push_back(base + path + "?" + std::to_string(i));
        return urls;
    };
    const auto five = scrape(list("/200ms", 5), {});
    std::printf("5 pages of 200 ms: %.1f ms, %zu read\n", five.wall_ms, five.batch.values.size());

    auto urls = list("/200ms", 4);
    urls.push_back(base + "/never");
    const auto four = scrape(urls, milliseconds{1000});
    std::printf(
        "4 pages and one that never answers, deadline 1 s: %.1f ms, %zu read, %zu failed",
        four.wall_ms,
        four.batch.values.size(),
        four.batch.failures.size()
    );
    for (const auto& f : four.batch.failures) std::printf(" (%s)", f.error.message().c_str());

    const auto many = scrape(list("/1s", 1000), {});
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::printf(
        "\n1,000 pages of 1 s at once, one thread: %.0f ms, %zu read, %zu failed; peak memory %ld MB, server "
        "included\n",
        many.wall_ms,
        many.batch.values.size(),
        many.batch.failures.size(),
        usage.ru_maxrss / 1024
    );
    server.stop();
    server_thread.join();
    return five.batch.values.size() == 5 && four.batch.values.size() == 4 && many.batch.values.size() == 1000 ? 0 : 1;
}
