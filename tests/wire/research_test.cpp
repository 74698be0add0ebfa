// Research against a small web of our own: which pages are read, in which order, and what becomes of the others.
#include "support/loopback_web.hpp"

#include <forage/research.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace forage::testing {
namespace {

using namespace std::chrono_literals;

class research_test : public loopback_web {
public:
    using answer = std::function<miniweb::response(const miniweb::request&)>;

    /// A web of pages, and a search that finds those in `hits`.
    void serve(std::map<std::string, answer> pages, std::vector<std::string> hits) {
        pages_  = std::move(pages);
        hits_   = std::move(hits);
        server_ = &http([this](const miniweb::request& asked) {
            const auto path = asked.target.substr(0, asked.target.find('?'));
            if (path == "/search") return search_answer();
            asked_.push_back(asked.target);
            const auto found = pages_.find(path);
            return found == pages_.end() ? miniweb::response{404, "text/plain", "gone"} : found->second(asked);
        });
    }
    [[nodiscard]] client searching_client() {
        auto made       = options();
        made.google_key = secret{"k"};
        made.google_cx  = "c";
        made.google_url = url_of(*server_, "/search");
        return client{io.get_executor(), made};
    }
    [[nodiscard]] std::string at(std::string_view path) const { return url_of(*server_, path); }
    [[nodiscard]] const std::vector<std::string>& asked() const noexcept { return asked_; }

    static answer page_of(std::string title, std::string body) {
        return [=](const miniweb::request&) { return html_page(title, body); };
    }
    /// A paragraph that begins with `sentence`, and has enough words of its own that no other page is like it.
    static std::string prose(const std::string& about, const std::string& sentence = {}) {
        std::string text = "<p>" + sentence + ' ';
        for (int i = 0; i < 80; ++i) text += about + std::to_string(i) + ' ';
        return text + ".</p>";
    }
    static const ledger_entry* entry_of(const answer_pack& pack, const std::string& url) {
        const auto found = std::ranges::find(pack.ledger, url, &ledger_entry::url);
        return found == pack.ledger.end() ? nullptr : &*found;
    }
    [[nodiscard]] std::string fate(const answer_pack& pack, std::string_view path) const {
        const auto* entry = entry_of(pack, at(path));
        return entry == nullptr ? "not in the ledger" : std::string{to_string(entry->fate)};
    }

private:
    [[nodiscard]] miniweb::response search_answer() const {
        nlohmann::json items = nlohmann::json::array();
        for (const auto& path : hits_) items.push_back({{"title", path}, {"link", at(path)}, {"snippet", "s"}});
        const nlohmann::json all{{"searchInformation", {{"totalResults", "9"}}}, {"items", items}};
        return {200, "application/json", all.dump()};
    }

    std::map<std::string, answer> pages_;
    std::vector<std::string> hits_, asked_;
    miniweb::server* server_ = nullptr;
};

CO_TEST_F(research_test, follows_the_link_that_promises_most) {
    serve(
        {{"/start",
          page_of(
              "Start",
              prose("start") + "<a href=/one>Weather</a> <a href=/two>Checkpoint starvation</a> "
                               "<a href=/three>Music</a>"
          )},
         {"/one", page_of("One", prose("weather"))},
         {"/two", page_of("Two", prose("reader", "Checkpoint starvation happens when a reader never ends."))},
         {"/three", page_of("Three", prose("music"))}},
        {"/start"}
    );
    const auto web  = searching_client();
    const auto pack = co_await research(web, "what is checkpoint starvation", {.pages = 2, .depth = 1});
    CO_ASSERT_TRUE(pack);
    EXPECT_EQ(asked(), (std::vector<std::string>{"/start", "/two"}));
    EXPECT_EQ(pack->ending, research_ending::enough);
    EXPECT_FALSE(pack->is_partial());
    EXPECT_EQ(fate(*pack, "/one"), "waiting");
    CO_ASSERT_TRUE(!pack->passages.empty());
    const auto& first = pack->sources[static_cast<std::size_t>(pack->passages[0].source) - 1];
    EXPECT_EQ(first.url, at("/two"));
    EXPECT_EQ(first.found_on, at("/start"));
    EXPECT_EQ(first.hit_rank, 0);
    EXPECT_GT(pack->confidence, 0.9);
    stop_servers();
}

CO_TEST_F(research_test, reads_another_page_for_one_that_cannot_be_read) {
    serve(
        {{"/good", page_of("Good", prose("good"))},
         {"/binary", [](const miniweb::request&) { return miniweb::response{200, "image/png", "x"}; }},
         {"/empty", page_of("", "")},
         {"/wall",
          page_of(
              "Just a moment...",
              "<p>Checking your browser before accessing the site. Enable JavaScript "
              "and cookies to continue</p><script src=/cdn-cgi/challenge-platform/x></script>"
          )},
         {"/last", page_of("Last", prose("last"))}},
        {"/missing", "/binary", "/empty", "/wall", "/good", "/last", "/never"}
    );
    const auto web  = searching_client();
    const auto pack = co_await research(web, "subject", {.pages = 2});
    CO_ASSERT_TRUE(pack);
    EXPECT_EQ(pack->sources.size(), 2U);
    EXPECT_EQ(fate(*pack, "/missing"), "http_status");
    EXPECT_EQ(fate(*pack, "/binary"), "not_text");
    EXPECT_EQ(fate(*pack, "/empty"), "empty");
    EXPECT_EQ(fate(*pack, "/wall"), "obstacle");
    EXPECT_EQ(fate(*pack, "/good"), "read");
    EXPECT_EQ(fate(*pack, "/last"), "read");
    EXPECT_EQ(fate(*pack, "/never"), "waiting");
    EXPECT_EQ(pack->stats.pages_read, 2);
    stop_servers();
}

CO_TEST_F(research_test, counts_a_page_once_however_it_is_reached) {
    const auto text = prose("same");
    serve(
        {{"/a", page_of("A", text)},
         {"/mirror", page_of("A", text + "<p>mirror</p>")},
         {"/moved",
          [](const miniweb::request&) {
              miniweb::response moved{302, "text/plain", ""};
              moved.fields.add("Location", "/a");
              return moved;
          }},
         {"/b", page_of("B", prose("other"))}},
        {"/a", "/a?utm_source=x", "/a#part", "/mirror", "/moved", "/b"}
    );
    const auto web  = searching_client();
    const auto pack = co_await research(web, "same other", {.pages = 5, .concurrency = 1});
    CO_ASSERT_TRUE(pack);
    EXPECT_EQ(pack->sources.size(), 2U);
    EXPECT_EQ(pack->ending, research_ending::no_more);
    EXPECT_EQ(fate(*pack, "/mirror"), "duplicate");
    EXPECT_EQ(fate(*pack, "/moved"), "duplicate");
    const auto* mirror = entry_of(*pack, at("/mirror"));
    CO_ASSERT_TRUE(mirror != nullptr);
    EXPECT_EQ(mirror->duplicate_of, at("/a"));
    EXPECT_EQ(std::ranges::count(asked(), "/a"), 2) << "once for itself, once where the redirect leads";
    stop_servers();
}

CO_TEST_F(research_test, goes_no_deeper_than_it_may) {
    std::map<std::string, answer> chain;
    for (int i = 0; i < 6; ++i) {
        const auto next = "/p" + std::to_string(i + 1);
        chain["/p" + std::to_string(i)] =
            page_of("P", prose("p" + std::to_string(i) + "x") + "<a href=" + next + ">subject</a>");
    }
    serve(std::move(chain), {"/p0"});
    const auto web = searching_client();
    for (int depth = 0; depth <= 3; ++depth) {
        const auto pack = co_await research(web, "subject", {.pages = 100, .depth = depth});
        CO_ASSERT_TRUE(pack);
        EXPECT_EQ(pack->stats.pages_read, depth + 1);
        EXPECT_EQ(pack->ending, research_ending::no_more);
    }
    stop_servers();
}

CO_TEST_F(research_test, keeps_the_limits_of_pages_hosts_requests_and_bytes) {
    std::string links;
    std::map<std::string, answer> pages;
    for (int i = 0; i < 30; ++i) {
        const auto path = "/p" + std::to_string(i);
        links += "<a href=" + path + ">subject " + std::to_string(i) + "</a> ";
        pages[path] = page_of("P", prose("p" + std::to_string(i) + "x"));
    }
    pages["/start"] = page_of("Start", links);
    serve(std::move(pages), {"/start"});
    const auto web = searching_client();
    auto pack      = co_await research(web, "subject", {.pages = 10, .depth = 1});
    CO_ASSERT_TRUE(pack);
    EXPECT_EQ(pack->stats.pages_read, 10);
    EXPECT_EQ(pack->stats.urls_considered, 31U);

    pack = co_await research(web, "subject", {.pages = 30, .depth = 1, .host_pages = 4});
    CO_ASSERT_TRUE(pack);
    EXPECT_EQ(pack->stats.pages_read, 4);
    EXPECT_EQ(std::ranges::count(pack->ledger, url_fate::host_limit, &ledger_entry::fate), 27);

    pack = co_await research(web, "subject", {.pages = 30, .depth = 1, .max_requests = 6});
    CO_ASSERT_TRUE(pack);
    EXPECT_LE(pack->stats.requests, 6);
    EXPECT_EQ(pack->ending, research_ending::requests);
    EXPECT_TRUE(pack->is_partial());

    pack = co_await research(web, "subject", {.pages = 30, .depth = 1, .max_bytes = 2'000, .concurrency = 1});
    CO_ASSERT_TRUE(pack);
    EXPECT_EQ(pack->ending, research_ending::bytes);
    EXPECT_LT(pack->stats.pages_read, 5);
    stop_servers();
}

CO_TEST_F(research_test, gives_what_it_has_when_time_is_out) {
    const auto slow = [](const miniweb::request&) {
        auto late  = html_page("Late", "late");
        late.delay = 30s;
        return late;
    };
    serve({{"/good", page_of("Good", prose("good", "This is good."))}, {"/slow", slow}}, {"/good", "/slow"});
    const auto web  = searching_client();
    const auto pack = co_await research(web, "good", {.pages = 2, .deadline = 500ms});
    CO_ASSERT_TRUE(pack);
    EXPECT_EQ(pack->sources.size(), 1U);
    EXPECT_FALSE(pack->passages.empty());
    EXPECT_EQ(pack->ending, research_ending::deadline);
    EXPECT_EQ(fate(*pack, "/slow"), "timed_out");
    stop_servers();
}

CO_TEST_F(research_test, tries_once_more_what_failed_for_the_moment) {
    int times = 0;
    serve(
        {{"/start", page_of("Start", prose("start") + "<a href=/shy>subject</a>")},
         {"/shy",
          [&](const miniweb::request&) {
              if (++times == 1) {
                  miniweb::response cut{200, "text/plain", ""};
                  cut.raw = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf";
                  return cut;
              }
              return html_page("Shy", prose("shy"));
          }}},
        {"/start"}
    );
    const auto web  = searching_client();
    const auto pack = co_await research(web, "subject", {.pages = 2, .depth = 1});
    CO_ASSERT_TRUE(pack);
    EXPECT_EQ(pack->sources.size(), 2U);
    EXPECT_EQ(fate(*pack, "/shy"), "read");
    stop_servers();
}

CO_TEST_F(research_test, an_adaptive_one_ends_when_pages_add_nothing) {
    std::string links;
    std::map<std::string, answer> pages;
    for (int i = 0; i < 60; ++i) {
        const auto path = "/p" + std::to_string(i);
        links += "<a href=" + path + ">more " + std::to_string(i) + "</a> ";
        pages[path] = page_of("P", prose("p" + std::to_string(i) + "x"));
    }
    pages["/start"] = page_of("Start", prose("start", "The subject is here.") + links);
    serve(std::move(pages), {"/start"});
    const auto web  = searching_client();
    const auto pack = co_await research(web, "subject", {.pages = 61, .depth = 1, .adaptive = true, .concurrency = 2});
    CO_ASSERT_TRUE(pack);
    EXPECT_EQ(pack->ending, research_ending::enough);
    EXPECT_GE(pack->stats.pages_read, 8);
    EXPECT_LT(pack->stats.pages_read, 20);
    stop_servers();
}

CO_TEST_F(research_test, tells_of_each_url_as_its_fate_is_known) {
    serve({{"/good", page_of("Good", prose("good"))}}, {"/good", "/missing"});
    const auto web = searching_client();
    std::vector<std::string> told;
    const auto listen = [&](const ledger_entry& settled, const research_stats& so_far) {
        told.push_back(settled.url + ' ' + std::string{to_string(settled.fate)});
        EXPECT_LE(so_far.pages_read, 1);
    };
    research_options how;
    how.pages       = 2;
    how.on_progress = listen;
    const auto pack = co_await research(web, "good", how);
    CO_ASSERT_TRUE(pack);
    std::ranges::sort(told);
    EXPECT_EQ(told, (std::vector<std::string>{at("/good") + " read", at("/missing") + " http_status"}));
    stop_servers();
}

CO_TEST_F(research_test, refuses_options_that_make_no_sense) {
    serve({}, {});
    const auto web = searching_client();
    for (const auto& wrong :
         {research_options{.pages = 0},
          research_options{.pages = 1'001},
          research_options{.depth = 4},
          research_options{.depth = -1},
          research_options{.max_tokens = -1}}) {
        const auto pack = co_await research(web, "q", wrong);
        EXPECT_EQ(pack.error().code, errc::bad_argument);
    }
    stop_servers();
}

}  // namespace
}  // namespace forage::testing
