// The address guard where it can be seen to hold: in a network in which every address answers, and every address but
// those of a small web is a trap. Each way in is tried twice: the guarded client may touch no trap, and a client that
// may go everywhere must be caught by just the trap that is meant, or the test would prove nothing.
#include "support/address_forms.hpp"
#include "support/address_traps.hpp"
#include "support/co_test.hpp"
#include "support/network_namespace.hpp"
#include "support/scripted_dns.hpp"

#include <forage/scrape.hpp>

#include <boost/asio/ip/address.hpp>

#include <charconv>
#include <map>
#include <optional>

namespace forage::testing {
namespace {

using boost::asio::ip::make_address;
using hit_list = std::vector<std::string>;

constexpr const char* web4 = "93.184.216.34";
constexpr const char* web6 = "2606:2800:220:1::1";

// Names with addresses of one kind, and where an unguarded client ends up.
struct bad_name {
    const char* name;
    std::vector<const char*> addresses;
    const char* leads_to;
};
const std::vector<bad_name> bad_names{
    {"private.test", {"10.0.0.1"}, "10.0.0.1 80"},
    {"metadata.test", {"169.254.169.254"}, "169.254.169.254 80"},
    {"loopback.test", {"127.0.0.66"}, "127.0.0.66 80"},
    {"unspecified.test", {"0.0.0.0"}, "127.0.0.1 80"},
    {"loopback6.test", {"::1"}, "::1 80"},
    {"local6.test", {"fd00:ec2::254"}, "fd00:ec2::254 80"},
    {"mapped.test", {"::ffff:127.0.0.66"}, "127.0.0.66 80"},
    {"translated.test", {"64:ff9b::7f00:42"}, "64:ff9b::7f00:42 80"},
    {"tunnel.test", {"2002:a00:1::1"}, "2002:a00:1::1 80"},
    {"web.localhost", {"127.0.0.66"}, "::1 80"},  // never asked of a name server (RFC 6761 §6.3)
    {"printer.local", {"10.0.0.1"}, "10.0.0.1 80"},
    {"metadata.google.internal", {"169.254.169.254"}, "169.254.169.254 80"},
};

std::string shown(const hit_list& hits) {
    std::string text = " hit:";
    for (const auto& hit : hits) text += " [" + hit + ']';
    return text;
}

class guard_in_a_namespace : public loop_fixture {
protected:
    void SetUp() override {
        if (const auto why = network_namespace::obstacle(); !why.empty()) GTEST_SKIP() << why;
        inside.emplace();
        const address_traps::settings where{{web4, web6}, {80, 81}, {22, 443, 6667}};
        traps.emplace(io, where, [this](const auto& asked) { return answer(asked); });
        dns.emplace(io, [this](const std::string& name, scripted_dns::type type) { return records_of(name, type); });
    }

    // Each question of a type for a name is one round; nothing may be kept.
    dns_script_answer records_of(const std::string& name, scripted_dns::type type) {
        const auto all = addresses_of(name, rounds[{name, type}]++);
        if (all.empty()) return dns_script_answer::kind::no_name;
        std::vector<std::string> of_family;
        for (const auto& address : all) {
            if (address.is_v4() == (type == scripted_dns::type::a)) of_family.push_back(address.to_string());
        }
        return {std::move(of_family), 0};
    }

    static std::vector<boost::asio::ip::address> addresses_of(const std::string& name, std::size_t round) {
        for (const auto& bad : bad_names) {
            if (name != bad.name) continue;
            std::vector<boost::asio::ip::address> found;
            for (const auto* text : bad.addresses) found.push_back(make_address(text));
            return found;
        }
        if (name == "mixed.test") return {make_address(web4), make_address("10.0.0.1")};
        if (name == "mixed-first.test") return {make_address("10.0.0.1"), make_address(web4)};
        if (name == "mixed6.test") return {make_address(web4), make_address("::1")};
        if (name == "rebinding.test") return {make_address(round % 2 == 0 ? web4 : "10.0.0.1")};
        if (name == "web6.test") return {make_address(web6)};
        if (name.ends_with(".test")) return {make_address(web4)};
        return {};
    }

    // "/to/STATUS/N" redirects to the N-th form, and so does the robots.txt of robotsN.test. "/later" redirects to
    // another port of the same name once its address has to be looked up again.
    address_traps::answer answer(const address_traps::question& asked) {
        const auto number_at = [](std::string_view text) {
            std::size_t number = 0;
            std::from_chars(text.data(), text.data() + text.size(), number);
            return number;
        };
        if (asked.target.starts_with("/to/")) {
            const auto status = static_cast<int>(number_at(asked.target.substr(4)));
            return address_traps::redirect(status, redirect_forms().at(number_at(asked.target.substr(8))).text);
        }
        if (asked.target == "/later") {
            auto later  = address_traps::redirect(302, "http://" + asked.host + ":81/");
            later.delay = std::chrono::milliseconds{1'100};  // times to live are at least a second to the client
            return later;
        }
        if (asked.target != "/robots.txt") return address_traps::page("the web");
        if (!asked.host.starts_with("robots")) {
            return {"HTTP/1.1 404 None\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", {}};
        }
        ++robots_asked;
        return address_traps::redirect(302, redirect_forms().at(number_at(asked.host.substr(6))).text);
    }

    client guarded() { return client{io.get_executor(), options()}; }
    client unguarded() {
        auto all           = options();
        all.allow_private  = true;
        all.respect_robots = false;  // one request a page
        return client{io.get_executor(), all};
    }
    client_options options() {
        client_options made;
        made.dns_server        = dns->address();
        made.proxy_environment = false;
        made.retry_budget      = 0;
        made.host_failures     = 0;  // traps hang up, and are to be tried again and again
        return made;
    }

    void stop() {
        traps->stop();
        dns->stop();
    }

    std::optional<network_namespace> inside;
    std::optional<address_traps> traps;
    std::optional<scripted_dns> dns;
    std::map<std::pair<std::string, scripted_dns::type>, std::size_t> rounds;
    std::size_t robots_asked = 0;
};

CO_TEST_F(guard_in_a_namespace, the_web_can_be_read) {
    const auto web = guarded();
    for (const std::string url : {
             "http://93.184.216.34/",
             "http://[2606:2800:220:1::1]:81/",
             "http://[::ffff:93.184.216.34]/",
             "http://web.test/",
             "http://web6.test/",
             "http://93.184.216.34\\@127.0.0.66/",
             "http://93.184.216.34#@127.0.0.66/",
             "http://93.184.216.34?@127.0.0.66/",
             "http://93.184.216.34/http://127.0.0.66/",
             "http://web.test/to/302/0/../../../",
         }) {
        const auto page = co_await scrape_page(web, url);
        EXPECT_TRUE(page) << url << ": " << page.error().message();
    }
    EXPECT_EQ(traps->take_hits(), hit_list{});
    stop();
}

CO_TEST_F(guard_in_a_namespace, no_form_of_an_address_leads_into_a_trap) {
    const auto web = guarded();
    const auto all = unguarded();
    for (const auto& form : address_forms()) {
        const auto page = co_await scrape_page(web, form.text);
        EXPECT_FALSE(page) << form.text;
        EXPECT_EQ(traps->take_hits(), hit_list{}) << form.text;
        const auto caught = co_await scrape_page(all, form.text);
        EXPECT_FALSE(caught) << form.text;
        const auto hits = traps->take_hits();
        EXPECT_TRUE(form.leads_to.empty() || hits == hit_list{form.leads_to}) << form.text << shown(hits);
    }
    stop();
}

CO_TEST_F(guard_in_a_namespace, no_redirect_leads_into_a_trap) {
    const auto web = guarded();
    const auto all = unguarded();
    for (const std::string status : {"301", "302", "303", "307", "308"}) {
        for (std::size_t i = 0; i < redirect_forms().size(); ++i) {
            const auto url  = "http://93.184.216.34/to/" + status + "/" + std::to_string(i);
            const auto said = status + " to " + redirect_forms()[i].text;
            const auto page = co_await scrape_page(web, url);
            EXPECT_FALSE(page) << said;
            EXPECT_EQ(traps->take_hits(), hit_list{}) << said;
            const auto caught = co_await scrape_page(all, url);
            EXPECT_FALSE(caught) << said;
            const auto hits = traps->take_hits();
            const auto& to  = redirect_forms()[i].leads_to;
            EXPECT_TRUE(to.empty() || hits == hit_list{to}) << said << shown(hits);
        }
    }
    stop();
}

CO_TEST_F(guard_in_a_namespace, no_name_leads_into_a_trap) {
    const auto web = guarded();
    const auto all = unguarded();
    for (const auto& bad : bad_names) {
        const auto url  = std::string{"http://"} + bad.name + "/";
        const auto page = co_await scrape_page(web, url);
        CO_ASSERT_TRUE(!page);
        EXPECT_EQ(page.error().code, errc::blocked_address) << url << ": " << page.error().message();
        EXPECT_EQ(traps->take_hits(), hit_list{}) << url;
        const auto caught = co_await scrape_page(all, url);
        EXPECT_FALSE(caught) << url;
        EXPECT_EQ(traps->take_hits(), hit_list{bad.leads_to}) << url;
    }
    // With some addresses good, the page may come or not.
    for (const std::string url : {"http://mixed.test/", "http://mixed-first.test/", "http://mixed6.test/"}) {
        const auto page = co_await scrape_page(web, url);
        EXPECT_TRUE(page || page.error().code == errc::blocked_address) << url;
        EXPECT_EQ(traps->take_hits(), hit_list{}) << url;
    }
    stop();
}

CO_TEST_F(guard_in_a_namespace, a_pinned_name_leads_into_no_trap) {
    auto settings  = options();
    settings.hosts = {{"pinned.test", "10.0.0.1"}};
    const client web{io.get_executor(), settings};
    const auto page = co_await scrape_page(web, "http://pinned.test/");
    CO_ASSERT_TRUE(!page);
    EXPECT_EQ(page.error().code, errc::blocked_address) << page.error().message();
    EXPECT_EQ(traps->take_hits(), hit_list{});
    settings.allow_addresses = {"10.0.0.0/8"};
    const client inside_ten{io.get_executor(), settings};
    const auto caught = co_await scrape_page(inside_ten, "http://pinned.test/");
    EXPECT_FALSE(caught);
    EXPECT_EQ(traps->take_hits(), hit_list{"10.0.0.1 80"});
    stop();
}

// Every second answer of the name server is a private address.
CO_TEST_F(guard_in_a_namespace, a_name_that_changes_its_address_leads_into_no_trap) {
    int read = 0, refused = 0;
    for (int i = 0; i < 20; ++i) {
        const auto web  = guarded();  // a new one, which remembers no address
        const auto page = co_await scrape_page(web, "http://rebinding.test/");
        if (page) {
            ++read;
        } else {
            EXPECT_EQ(page.error().code, errc::blocked_address) << page.error().message();
            ++refused;
        }
    }
    EXPECT_EQ(read, 10);
    EXPECT_EQ(refused, 10);
    EXPECT_EQ(traps->take_hits(), hit_list{});

    const auto web   = guarded();
    const auto later = co_await scrape_page(web, "http://rebinding.test/later");
    CO_ASSERT_TRUE(!later);
    EXPECT_EQ(later.error().code, errc::blocked_address) << later.error().message();
    EXPECT_EQ(traps->take_hits(), hit_list{});
    const auto all    = unguarded();
    const auto caught = co_await scrape_page(all, "http://rebinding.test/later");
    EXPECT_FALSE(caught);
    EXPECT_EQ(traps->take_hits(), hit_list{"10.0.0.1 81"});
    stop();
}

CO_TEST_F(guard_in_a_namespace, no_robots_txt_leads_into_a_trap) {
    const auto web         = guarded();
    auto settings          = options();
    settings.allow_private = true;
    const client all{io.get_executor(), settings};
    for (std::size_t i = 0; i < redirect_forms().size(); ++i) {
        const auto& form = redirect_forms()[i];
        const auto url   = "http://robots" + std::to_string(i) + ".test/";
        static_cast<void>(co_await scrape_page(web, url));
        EXPECT_EQ(traps->take_hits(), hit_list{}) << "robots.txt to " << form.text;
        const auto asked = robots_asked;
        static_cast<void>(co_await scrape_page(all, url));
        const auto hits     = traps->take_hits();
        const auto expected = robots_asked > asked ? hit_list{form.leads_to} : hit_list{};
        EXPECT_TRUE(form.leads_to.empty() || hits == expected) << "robots.txt to " << form.text << shown(hits);
    }
    stop();
}

// What the options allow is for that name alone, and for any port.
CO_TEST_F(guard_in_a_namespace, an_allowed_name_may_have_any_address_and_no_other_name_may) {
    auto settings           = options();
    settings.hosts          = {{"pinned.test", "10.0.0.1"}, {"other.test", "10.0.0.1"}};
    settings.allow_hosts    = {"pinned.test"};
    settings.respect_robots = false;
    const client web{io.get_executor(), settings};
    static_cast<void>(co_await scrape_page(web, "http://pinned.test:22/"));
    EXPECT_EQ(traps->take_hits(), hit_list{"10.0.0.1 22"});
    const auto other = co_await scrape_page(web, "http://other.test/");
    CO_ASSERT_TRUE(!other);
    EXPECT_EQ(other.error().code, errc::blocked_address);
    EXPECT_EQ(traps->take_hits(), hit_list{});
    stop();
}

}  // namespace
}  // namespace forage::testing
