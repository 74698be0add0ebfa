// Ordinary exchanges over real sockets: TLS, keep-alive, redirects, codings.
#include "support/encoders.hpp"
#include "support/loopback_web.hpp"

#include <forage/scrape.hpp>

#include <boost/asio/ip/udp.hpp>

#include <miniweb/dns.hpp>

namespace forage::testing {
namespace {

using fetch_test = loopback_web;

CO_TEST_F(fetch_test, reads_a_page_over_tls_and_keeps_the_connection) {
    auto& server   = https([](const miniweb::request&) { return html_page("A title", "<h1>Head</h1><p>Body"); });
    const auto web = make_client();
    for (int i = 0; i < 3; ++i) {
        const auto page = co_await scrape_page(web, url_of(server, "/a", true));
        CO_ASSERT_TRUE(page);
        EXPECT_EQ(page->title, "A title");
        EXPECT_EQ(page->status, 200);
        EXPECT_NE(page->markdown.find("# Head"), std::string::npos);
        EXPECT_EQ(page->timing.reused, i > 0);
    }
    EXPECT_EQ(server.counters().accepted, 1U);
    const auto stats = web.stats();
    EXPECT_EQ(stats.connections_opened, 1U);
    EXPECT_EQ(stats.connections_reused, 2U);
    EXPECT_EQ(stats.tls_handshakes, 1U);
    stop_servers();
}

CO_TEST_F(fetch_test, follows_redirects_and_says_where_it_ended) {
    auto& server    = http([](const miniweb::request& r) {
        if (r.target == "/end") return html_page("end");
        miniweb::response moved{302, "text/plain", ""};
        moved.fields.add("Location", r.target == "/start" ? "middle?x=1" : "/end");
        return moved;
    });
    const auto web  = make_client();
    const auto page = co_await scrape_page(web, url_of(server, "/start"));
    CO_ASSERT_TRUE(page);
    EXPECT_EQ(page->final_url, url_of(server, "/end"));
    EXPECT_EQ(page->url, url_of(server, "/start"));
    EXPECT_EQ(page->timing.redirects, 2);
    stop_servers();
}

CO_TEST_F(fetch_test, redirects_end_at_the_limit) {
    int next        = 0;
    auto& server    = http([&](const miniweb::request&) {
        miniweb::response moved{301, "text/plain", ""};
        moved.fields.add("Location", "/again" + std::to_string(++next));
        return moved;
    });
    const auto web  = make_client();
    const auto page = co_await scrape_page(web, url_of(server, "/"));
    CO_ASSERT_TRUE(!page);
    EXPECT_EQ(page.error().code, errc::bad_redirect);
    EXPECT_EQ(server.counters().requests, 11U);
    stop_servers();
}

CO_TEST_F(fetch_test, https_does_not_fall_back_to_http) {
    auto& plain     = http([](const miniweb::request&) { return html_page("plain"); });
    auto target     = url_of(plain, "/");
    auto& secure    = https([target](const miniweb::request&) {
        miniweb::response moved{302, "text/plain", ""};
        moved.fields.add("Location", target);
        return moved;
    });
    const auto web  = make_client();
    const auto page = co_await scrape_page(web, url_of(secure, "/", true));
    CO_ASSERT_TRUE(!page);
    EXPECT_EQ(page.error().code, errc::bad_redirect);
    EXPECT_EQ(plain.counters().accepted, 0U);
    stop_servers();
}

CO_TEST_F(fetch_test, undoes_content_codings) {
    auto& server   = http([](const miniweb::request& r) {
        auto page = html_page("coded", "<p>" + std::string(30'000, 'x'));
        if (r.target == "/br") {
            page.body = encode_brotli(page.body);
            page.fields.add("Content-Encoding", "br");
            return page;
        }
        if (r.target == "/zstd") {
            page.body = encode_zstd(page.body);
            page.fields.add("Content-Encoding", "zstd");
            return page;
        }
        page.body = encode_gzip(page.body);
        if (r.target == "/twice") page.body = encode_gzip(page.body);
        page.fields.add("Content-Encoding", r.target == "/twice" ? "gzip, gzip" : "gzip");
        if (r.target == "/cut") page.body.resize(page.body.size() / 2);
        if (r.target == "/thrice") page.fields.add("Content-Encoding", "gzip, gzip");
        return page;
    });
    const auto web = make_client();
    for (const char* path : {"/once", "/twice", "/br", "/zstd"}) {
        const auto page = co_await scrape_page(web, url_of(server, path));
        CO_ASSERT_TRUE(page);
        EXPECT_EQ(page->title, "coded");
        EXPECT_GT(page->timing.bytes_body, 30'000U);
        EXPECT_LT(page->timing.bytes_wire, 2'000U);
    }
    for (const char* path : {"/cut", "/thrice"}) {
        const auto page = co_await scrape_page(web, url_of(server, path));
        CO_ASSERT_TRUE(!page);
        EXPECT_EQ(page.error().code, errc::bad_coding) << path;
    }
    stop_servers();
}

CO_TEST_F(fetch_test, a_compression_bomb_stops_early) {
    auto& server    = http([](const miniweb::request&) {
        auto page = html_page("bomb", std::string(9'000'000, ' '));
        page.body = encode_gzip(page.body);
        page.fields.add("Content-Encoding", "gzip");
        return page;
    });
    const auto web  = make_client();
    const auto page = co_await scrape_page(web, url_of(server, "/"));
    CO_ASSERT_TRUE(!page);
    EXPECT_EQ(page.error().code, errc::too_large);
    EXPECT_EQ(page.error().where, phase::decode);
    stop_servers();
}

CO_TEST_F(fetch_test, error_statuses_and_other_media_types_are_typed_failures) {
    auto& server    = http([](const miniweb::request& r) {
        if (r.target == "/gone") return miniweb::response{404, "text/html", "no"};
        if (r.target == "/text") return miniweb::response{200, "text/plain; charset=utf-8", "plain words"};
        return miniweb::response{200, "image/png", "\x89PNG"};
    });
    const auto web  = make_client();
    const auto gone = co_await scrape_page(web, url_of(server, "/gone"));
    CO_ASSERT_TRUE(!gone);
    EXPECT_EQ(gone.error().code, errc::http_status);
    EXPECT_EQ(gone.error().http_status, 404);
    const auto image = co_await scrape_page(web, url_of(server, "/image"));
    CO_ASSERT_TRUE(!image);
    EXPECT_EQ(image.error().code, errc::unsupported_type);
    const auto text = co_await scrape_page(web, url_of(server, "/text"));
    CO_ASSERT_TRUE(text);
    EXPECT_EQ(text->text, "plain words");
    stop_servers();
}

CO_TEST_F(fetch_test, the_address_guard_refuses_this_machine_unless_allowed) {
    auto& server  = http([](const miniweb::request&) { return html_page("inside"); });
    auto settings = options();
    settings.allow_addresses.clear();
    const client web{io.get_executor(), settings};
    const auto port = ":" + std::to_string(server.port()) + "/";
    for (const std::string host :
         {"127.0.0.1", "0x7f.1", "2130706433", "127.1", "[::ffff:127.0.0.1]", "[::1]", "localhost", "web.test", "0"}) {
        const auto page = co_await scrape_page(web, "http://" + host + port);
        CO_ASSERT_TRUE(!page);
        EXPECT_EQ(page.error().code, errc::blocked_address) << host;
    }
    EXPECT_EQ(server.counters().accepted, 0U);
    stop_servers();
}

CO_TEST_F(fetch_test, names_are_looked_up_at_the_name_server_given) {
    auto& server = http([](const miniweb::request& r) { return html_page(r.host); });
    miniweb::dns_server names{io, {"served.test"}};
    auto settings       = options();
    settings.dns_server = "127.0.0.1:" + std::to_string(names.port());
    const client web{io.get_executor(), settings};
    const auto port  = ":" + std::to_string(server.port()) + "/";
    const auto found = co_await scrape_page(web, "http://served.test" + port);
    CO_ASSERT_TRUE(found);
    EXPECT_EQ(found->title, "served.test");
    const auto lost = co_await scrape_page(web, "http://nosuch.test" + port);
    CO_ASSERT_TRUE(!lost);
    EXPECT_EQ(lost.error().code, errc::name_not_found);
    EXPECT_EQ(lost.error().host, "nosuch.test");
    EXPECT_EQ(lost.error().what, "no such name");
    names.stop();
    stop_servers();
}

CO_TEST_F(fetch_test, a_name_server_that_never_answers_ends_by_the_deadline) {
    boost::asio::ip::udp::socket silent{io, {boost::asio::ip::address_v4::loopback(), 0}};
    auto settings            = options();
    settings.dns_server      = "127.0.0.1:" + std::to_string(silent.local_endpoint().port());
    settings.resolve_timeout = std::chrono::milliseconds{150};
    const client web{io.get_executor(), settings};
    const auto page = co_await scrape_page(web, "http://anything.test/");
    CO_ASSERT_TRUE(!page);
    EXPECT_EQ(page.error().code, errc::timed_out);
    EXPECT_EQ(page.error().where, phase::resolve);
}

CO_TEST_F(fetch_test, a_redirect_into_the_private_network_is_refused) {
    auto& server    = http([](const miniweb::request&) {
        miniweb::response moved{302, "text/plain", ""};
        moved.fields.add("Location", "http://169.254.169.254/latest/meta-data/");
        return moved;
    });
    const auto web  = make_client();
    const auto page = co_await scrape_page(web, url_of(server, "/"));
    CO_ASSERT_TRUE(!page);
    EXPECT_EQ(page.error().code, errc::blocked_address);
    stop_servers();
}

CO_TEST_F(fetch_test, a_host_that_may_have_any_address_is_connected_to_wherever_it_is) {
    auto& server        = http([](const miniweb::request&) { return html_page("inside"); });
    auto how            = options();
    how.allow_addresses = {};
    how.allow_hosts     = {"web.test"};
    const client web{io.get_executor(), how};
    const auto port = ":" + std::to_string(server.port()) + "/";
    const auto page = co_await scrape_page(web, "http://web.test" + port);
    EXPECT_TRUE(page) << page.error().message();
    const auto other = co_await scrape_page(web, "http://other.test" + port);
    CO_ASSERT_TRUE(!other);
    EXPECT_EQ(other.error().code, errc::blocked_address);
    stop_servers();
}

CO_TEST_F(fetch_test, odd_time_limits_are_as_good_as_none) {
    auto& server           = http([](const miniweb::request&) { return html_page("x"); });
    auto settings          = options();
    settings.total_timeout = std::chrono::milliseconds{0};
    const client web{io.get_executor(), settings};
    page_options how;
    for (const auto timeout : {std::chrono::milliseconds{0}, std::chrono::milliseconds::max()}) {
        how.timeout     = timeout;
        const auto page = co_await scrape_page(web, url_of(server, "/"), how);
        EXPECT_TRUE(page) << page.error().message();
    }
    scrape_options all;
    all.page = how;
    const std::vector<std::string> urls{url_of(server, "/1"), url_of(server, "/2")};
    const auto batch = co_await scrape_pages(web, urls, all);
    EXPECT_EQ(batch.values.size(), 2U);
    stop_servers();
}

CO_TEST_F(fetch_test, the_longest_times_are_long) {
    constexpr auto longest      = std::chrono::milliseconds::max();
    auto& server                = http([](const miniweb::request&) { return html_page("x"); });
    auto settings               = options();
    settings.idle_timeout       = longest;
    settings.max_connection_age = longest;
    settings.host_delay         = longest;
    const client web{io.get_executor(), settings};
    EXPECT_TRUE(co_await scrape_page(web, url_of(server, "/1")));
    page_options hasty;
    hasty.timeout   = std::chrono::milliseconds{200};
    const auto none = co_await scrape_page(web, url_of(server, "/2"), hasty);
    CO_ASSERT_TRUE(!none);
    EXPECT_EQ(none.error().where, phase::queue);

    settings.host_delay = {};
    const client quick{io.get_executor(), settings};
    EXPECT_TRUE(co_await scrape_page(quick, url_of(server, "/3")));
    EXPECT_TRUE(co_await scrape_page(quick, url_of(server, "/4")));
    EXPECT_EQ(quick.stats().connections_reused, 1U);
    stop_servers();
}

// Names are compared as a URL has them.
CO_TEST_F(fetch_test, names_with_addresses_of_their_own_may_be_written_in_any_way) {
    auto& server   = http([](const miniweb::request&) { return html_page("x"); });
    auto settings  = options();
    settings.hosts = {{"B\u00fccher.Test.", "127.0.0.1"}};
    const client web{io.get_executor(), settings};
    const auto page = co_await scrape_page(web, "http://xn--bcher-kva.test:" + std::to_string(server.port()) + "/");
    EXPECT_TRUE(page) << page.error().message();
    stop_servers();
}

CO_TEST_F(fetch_test, no_connections_at_all_are_one) {
    auto& server                        = http([](const miniweb::request&) { return html_page("x"); });
    auto settings                       = options();
    settings.max_connections            = 0;
    settings.max_connections_per_origin = 0;
    const client web{io.get_executor(), settings};
    const auto page = co_await scrape_page(web, url_of(server, "/"), {.timeout = std::chrono::seconds{2}});
    EXPECT_TRUE(page) << page.error().message();
    stop_servers();
}

}  // namespace
}  // namespace forage::testing
