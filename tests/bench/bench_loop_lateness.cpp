// bench_loop_lateness [PAGES [MIB]]: how late a 1 ms timer fires on the event loop that scrapes PAGES pages of MIB MiB
// at once (default 64 of 2). The server runs in a thread of its own.
#include <forage/forage.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <miniweb/server.hpp>
#include <string>
#include <thread>
#include <vector>

namespace {
namespace net = boost::asio;
using std::chrono::steady_clock;
using milliseconds = std::chrono::duration<double, std::milli>;

std::string big_page(std::size_t bytes) {
    std::string html = "<!doctype html><title>Large</title><body>";
    for (int i = 0; html.size() < bytes; ++i) {
        html += "<h2>Section " + std::to_string(i) + "</h2><p>Some <b>words</b> and <a href='/p" + std::to_string(i) +
                "'>a link</a> in a paragraph that is about as long as paragraphs are in real pages.</p>";
    }
    return html;
}

class metronome {
public:
    explicit metronome(net::io_context& io) : timer_{io} {}
    void start() {
        timer_.expires_after(std::chrono::milliseconds{1});
        timer_.async_wait([this](const boost::system::error_code& ec) {
            if (ec) return;
            late_.push_back(milliseconds{steady_clock::now() - timer_.expiry()}.count());
            start();
        });
    }
    void stop() { timer_.cancel(); }
    std::vector<double> take() {
        std::sort(late_.begin(), late_.end());
        return std::move(late_);
    }

private:
    net::steady_timer timer_;
    std::vector<double> late_;
};

}  // namespace

int main(int argc, char** argv) {
    const int pages = argc > 1 ? std::atoi(argv[1]) : 64;
    const int mib   = argc > 2 ? std::atoi(argv[2]) : 2;

    net::io_context server_io{1};
    const auto html = big_page(static_cast<std::size_t>(mib) * 1024 * 1024);
    miniweb::server server{server_io, miniweb::server::plain_handler{[&](const miniweb::request&) {
                               return miniweb::response{200, "text/html; charset=utf-8", html};
                           }}};
    std::thread server_thread{[&] { server_io.run(); }};

    net::io_context io{1};
    forage::client_options settings;
    settings.proxy_environment = false;
    settings.allow_private     = true;
    settings.respect_robots    = false;
    const forage::client web{io.get_executor(), settings};
    std::vector<std::string> urls;
    for (int i = 0; i < pages; ++i) {
        urls.push_back("http://127.0.0.1:" + std::to_string(server.port()) + "/" + std::to_string(i));
    }
    metronome ticks{io};
    ticks.start();
    forage::scrape_options options;
    options.concurrency  = pages;
    options.page.timeout = std::chrono::seconds{120};
    forage::scrape_batch batch;
    const auto began = steady_clock::now();
    net::co_spawn(io, forage::scrape_pages(web, urls, options), [&](std::exception_ptr, forage::scrape_batch done) {
        batch = std::move(done);
        ticks.stop();
    });
    io.run();
    const milliseconds wall = steady_clock::now() - began;
    server.stop();
    server_thread.join();

    const auto late = ticks.take();
    const auto at   = [&](double share) {
        return late[static_cast<std::size_t>(share * static_cast<double>(late.size() - 1))];
    };
    std::printf(
        "%zu pages of %d MiB read, %zu failed, in %.0f ms; a 1 ms timer was late by: median %.2f ms, p99 %.2f ms, most "
        "%.2f ms "
        "(%zu ticks)\n",
        batch.values.size(),
        mib,
        batch.failures.size(),
        wall.count(),
        at(0.5),
        at(0.99),
        at(1.0),
        late.size()
    );
    return batch.failures.empty() ? 0 : 1;
}
