#include "support/rough_web.hpp"

#include <boost/system/error_code.hpp>

#include <chrono>
#include <utility>

namespace forage::testing {
namespace net = boost::asio;
using namespace std::chrono_literals;

namespace {

std::size_t pick(std::mt19937_64& dice, std::size_t below) {
    return std::uniform_int_distribution<std::size_t>{0, below - 1}(dice);
}

raw_answer dripping() {
    raw_answer drip{
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 50000\r\n\r\n" + std::string(50'000, 'x'),
        raw_answer::ending::keep
    };
    drip.slice   = 7;
    drip.between = 1ms;
    return drip;
}

raw_answer breaking() {
    return {"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 50\r\n\r\nha", raw_answer::ending::reset};
}

}  // namespace

rough_web::rough_web(net::io_context& io, const miniweb::tls_identity& identity)
    : plain_{io, miniweb::server::plain_handler{[this](const miniweb::request& r) { return answer(r); }}},
      secure_{
          io,
          miniweb::server::plain_handler{[this](const miniweb::request& r) { return answer(r); }},
          miniweb::server_options{.tls = identity}
      },
      deaf_dns_{io, net::ip::udp::endpoint{net::ip::address_v4::loopback(), 0}} {
    const raw_answer silence{"", raw_answer::ending::hang};
    raw_server_options over_tls;
    over_tls.tls = identity;
    for (const auto& each : {dripping(), breaking(), silence}) {
        rough_.push_back(std::make_unique<raw_server>(io, each));
        rough_.push_back(std::make_unique<raw_server>(io, each, over_tls));
    }
    for (const auto& each : rough_) places_.push_back(each->url("/"));
    const auto silent = rough_[rough_.size() - 2]->url("/");
    places_.push_back("https" + silent.substr(4));  // silent before the handshake
    places_.emplace_back("http://unknown.test/");
    places_.emplace_back("https://unheard.test/");
    const auto plain_site  = "http://127.0.0.1:" + std::to_string(plain_.port());
    const auto secure_site = "https://127.0.0.1:" + std::to_string(secure_.port());
    for (const auto& site : {plain_site, secure_site}) {
        for (const auto* path : {"/page/", "/long/", "/moved/", "/private/"}) places_.push_back(site + path);
    }
}

miniweb::response rough_web::answer(const miniweb::request& asked) const {
    if (asked.target == "/robots.txt") return {200, "text/plain", "User-agent: *\nDisallow: /private/\n"};
    if (asked.target.starts_with("/moved/")) {
        miniweb::response moved{302, "text/plain", ""};
        moved.fields.add("Location", "https://127.0.0.1:" + std::to_string(secure_.port()) + "/long/");
        return moved;
    }
    std::string text = "<!doctype html><title>" + asked.target + "</title><p>Some text.";
    if (asked.target.starts_with("/long/")) {
        while (text.size() < 100'000) text += "<p>Some <b>more</b> text and <a href='/'>a link</a>.";
    }
    return {200, "text/html", std::move(text)};
}

client_options rough_web::options(const std::string& ca_file, std::mt19937_64& dice) const {
    client_options made;
    made.allow_addresses            = {"127.0.0.0/8"};
    made.proxy_environment          = false;
    made.ca_file                    = ca_file;
    made.system_trust               = false;
    made.dns_server                 = "127.0.0.1:" + std::to_string(deaf_dns_.local_endpoint().port());
    made.respect_robots             = pick(dice, 2) == 0;
    made.cookies                    = pick(dice, 2) == 0;
    made.host_failures              = pick(dice, 2) == 0 ? 5 : 0;
    made.max_connections            = pick(dice, 2) == 0 ? 256 : 24;
    made.max_connections_per_origin = pick(dice, 2) == 0 ? 64 : 3;
    return made;
}

std::string rough_web::any_url(std::mt19937_64& dice) {
    auto url = places_[pick(dice, places_.size())];
    // A name that was asked for already would share the look-up.
    if (const auto dot = url.find(".test"); dot != std::string::npos) url.insert(dot, std::to_string(asked_));
    return url + std::to_string(asked_++);
}

std::string rough_web::good_url() {
    return "https://127.0.0.1:" + std::to_string(secure_.port()) + "/page/" + std::to_string(asked_++);
}

void rough_web::stop() {
    plain_.stop();
    secure_.stop();
    for (const auto& each : rough_) each->stop();
    boost::system::error_code ignored;
    deaf_dns_.close(ignored);
}

}  // namespace forage::testing
