// bench_research: a comprehensive research of 100 pages of 20 hosts, each answer of which takes 100 ms, against reading
// the same pages one after the other. Both in one run, with a client each; the server runs in a thread of its own.
#include <forage/blocking.hpp>
#include <forage/research.hpp>

#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <miniweb/server.hpp>
#include <string>
#include <thread>
#include <vector>

namespace {
using std::chrono::steady_clock;

constexpr std::chrono::milliseconds latency{100};
constexpr int hosts = 20, pages_per_host = 5, runs = 3;

std::string host_name(int host) { return "site" + std::to_string(host) + ".test"; }

class slow_sites {
public:
    slow_sites() : thread_{[this] { io_.run(); }} {}
    ~slow_sites() {
        server_.stop();
        thread_.join();
    }
    slow_sites(const slow_sites&)            = delete;
    slow_sites& operator=(const slow_sites&) = delete;

    [[nodiscard]] std::string url(const std::string& host, const std::string& path) const {
        return "http://" + host + ":" + std::to_string(server_.port()) + path;
    }

    [[nodiscard]] forage::client_options client() const {
        forage::client_options made;
        made.proxy_environment = false;
        made.allow_private     = true;
        made.google_key        = forage::secret{"key"};
        made.google_cx         = "engine";
        made.google_url        = url("search.test", "/search");
        made.hosts.emplace_back("search.test", "127.0.0.1");
        for (int host = 0; host < hosts; ++host) made.hosts.emplace_back(host_name(host), "127.0.0.1");
        return made;
    }

private:
    miniweb::response answer(const miniweb::request& asked) const {
        auto said  = asked.host == "search.test" ? found(asked.target) : page(asked.host, asked.target);
        said.delay = latency;
        return said;
    }

    // Ten hits a page, as the service has it.
    miniweb::response found(const std::string& target) const {
        const int first = target.find("start=11") == std::string::npos ? 0 : 10;
        std::string items;
        for (int host = first; host < first + 10; ++host) {
            if (!items.empty()) items += ',';
            items += R"({"title":"Checkpoints","snippet":"","link":")" + url(host_name(host), "/0") + "\"}";
        }
        const std::string next = first == 0 ? R"("queries":{"nextPage":[{"startIndex":11}]},)" : "";
        return {
            200,
            "application/json",
            "{" + next + R"("searchInformation":{"totalResults":"20"},"items":[)" + items + "]}"
        };
    }

    static miniweb::response page(const std::string& host, const std::string& path) {
        if (path == "/robots.txt") return {200, "text/plain", ""};
        std::string text = "<title>" + host + path + "</title><article><h1>Checkpoints " + host + path + "</h1>";
        for (int paragraph = 0; paragraph < 30; ++paragraph) {
            text += "<p>A checkpoint of " + host;
            for (int word = 0; word < 40; ++word)
                text += " word" + path.substr(1) + 'x' + std::to_string(paragraph * 41 + word);
            text += ".</p>";
        }
        for (int other = 1; path == "/0" && other < pages_per_host; ++other)
            text += "<p><a href=/" + std::to_string(other) + ">Checkpoint starvation, part " + std::to_string(other) +
                    "</a></p>";
        return {200, "text/html", text + "</article>"};
    }

    boost::asio::io_context io_{1};
    miniweb::server server_{io_, miniweb::server::plain_handler{[this](const miniweb::request& r) {
                                return answer(r);
                            }}};
    std::thread thread_;
};

double seconds_of(const auto& work) {
    const auto began = steady_clock::now();
    work();
    return std::chrono::duration<double>{steady_clock::now() - began}.count();
}

}  // namespace

int main() {
    const slow_sites sites;
    std::vector<double> ratios;
    for (int run = 0; run < runs; ++run) {
        std::size_t read_together = 0, read_in_turn = 0;
        const auto together = seconds_of([&] {
            const forage::blocking::client web{sites.client()};
            const auto pack = forage::blocking::research(web, "checkpoint starvation", forage::comprehensive_research);
            if (pack) read_together = pack->sources.size();
        });
        const auto in_turn  = seconds_of([&] {
            const forage::blocking::client web{sites.client()};
            const auto hits = forage::blocking::search_google(web, "checkpoint starvation", {.count = hosts});
            for (int page = 0; hits && page < pages_per_host; ++page) {
                for (int host = 0; host < hosts; ++host)
                    read_in_turn +=
                        forage::blocking::scrape_page(web, sites.url(host_name(host), '/' + std::to_string(page))) ? 1
                                                                                                                    : 0;
            }
        });
        ratios.push_back(together / in_turn);
        std::printf(
            "research: %zu pages in %.2f s; one after the other: %zu in %.2f s; ratio %.3f\n",
            read_together,
            together,
            read_in_turn,
            in_turn,
            ratios.back()
        );
    }
    std::sort(ratios.begin(), ratios.end());
    std::printf("median ratio %.3f, to be below 0.1\n", ratios[runs / 2]);
    return ratios[runs / 2] < 0.1 ? 0 : 1;
}
