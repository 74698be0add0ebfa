// Research against a small web of our own: which pages are read, in which order, and what becomes of the others.
#include "support/search_web.hpp"

#include <forage/research.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace forage::testing {
namespace {

using namespace std::chrono_literals;

using research_test = search_web;

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

CO_TEST_F(research_test, a_redirect_to_a_page_that_could_not_be_read_is_read) {
    const auto shy = [](const miniweb::request& asked) {
        if (asked.target == "/shy") return miniweb::response{404, "text/plain", "gone"};
        return html_page("Shy", prose("shy"));
    };
    const auto moved = [](const miniweb::request&) {
        miniweb::response elsewhere{302, "text/plain", ""};
        elsewhere.fields.add("Location", "/shy?utm_source=again");
        return elsewhere;
    };
    serve({{"/shy", shy}, {"/moved", moved}}, {"/shy", "/moved"});
    const auto web  = searching_client();
    const auto pack = co_await research(web, "subject", {.pages = 2, .concurrency = 1});
    CO_ASSERT_TRUE(pack);
    EXPECT_EQ(fate(*pack, "/shy"), "http_status");
    EXPECT_EQ(fate(*pack, "/moved"), "read") << "its URL is the same, but nobody has read that";
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

CO_TEST_F(research_test, tells_of_each_url_as_its_fate_is_known) {
    serve({{"/good", page_of("Good", prose("good"))}}, {"/good", "/missing"});
    const auto web = searching_client();
    std::vector<std::string> told;
    const auto listen = [&](const ledger_entry& settled, const research_stats& so_far) {
        told.push_back(settled.url + ' ' + std::string{to_string(settled.fate)});
        EXPECT_EQ(so_far.pages_read, std::ranges::count_if(told, [](auto& each) { return each.ends_with(" read"); }));
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

}  // namespace
}  // namespace forage::testing
