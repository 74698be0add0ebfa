#include "support/library_web.hpp"

#include <forage/html.hpp>

#include <chrono>
#include <nlohmann/json.hpp>
#include <utility>

namespace forage::testing {
namespace {

constexpr const char* search_host = "search.test";

std::vector<miniweb::site> open_all(const std::vector<library_site>& known) {
    std::vector<miniweb::site> sites;
    for (const auto& each : known) sites.emplace_back(each.host, each.folder);
    return sites;
}

std::vector<std::string> names_of(const std::vector<library_site>& known) {
    std::vector<std::string> names{search_host};
    for (const auto& each : known) names.push_back(each.host);
    return names;
}

miniweb::server_options with_tls(miniweb::tls_identity identity) {
    miniweb::server_options settings;
    settings.tls = std::move(identity);
    return settings;
}

}  // namespace

library_web::library_web(std::vector<library_site> sites, bool faults)
    : known_{std::move(sites)}, sites_{open_all(known_)}, faults_{faults},
      server_{
          io_,
          miniweb::server::plain_handler{[this](const miniweb::request& asked) { return answer(asked); }},
          with_tls(authority_.issue({.names = names_of(known_), .addresses = {}}))
      },
      thread_{[this] { io_.run(); }} {}

library_web::~library_web() {
    server_.stop();
    thread_.join();
}

client_options library_web::options() const {
    client_options made;
    made.allow_addresses   = {"127.0.0.0/8"};
    made.proxy_environment = false;
    made.ca_file           = ca_file_.path();
    made.system_trust      = false;
    made.google_key        = secret{"a-key"};
    made.google_cx         = "an-engine";
    made.google_url        = origin(search_host) + "/customsearch/v1";
    for (const auto& name : names_of(known_)) made.hosts.emplace_back(name, "127.0.0.1");
    return made;
}

std::string library_web::origin(const std::string& host) const {
    return "https://" + host + ':' + std::to_string(server_.port());
}

std::vector<std::string> library_web::take_served() {
    const std::lock_guard lock{mutex_};
    asked_.clear();
    return std::exchange(served_, {});
}

miniweb::response library_web::answer(const miniweb::request& asked) {
    if (asked.host == search_host) return answer_search();
    if (asked.target == "/robots.txt") return {200, "text/plain", "User-agent: *\nDisallow: /_sources/\n"};
    return answer_page(asked);
}

miniweb::response library_web::answer_page(const miniweb::request& asked) {
    const auto url = origin(asked.host) + asked.target;
    unsigned tries = 0;
    {
        const std::lock_guard lock{mutex_};
        tries = asked_[url]++;
    }
    if (faults_) {
        if (asked.target.find("/distutils/") != std::string::npos) return {404, "text/plain", "gone\n"};
        const auto lot = hash_of_words(asked.host + asked.target + std::to_string(tries)) / 7 % 100;
        if (lot < 5) return {503, "text/plain", "busy\n"};
        if (lot < 10) {
            miniweb::response never{200, "text/plain", ""};
            never.delay = std::chrono::hours{1};
            return never;
        }
        if (lot < 15 && asked.target.find('?') == std::string::npos) {
            miniweb::response elsewhere{302, "text/plain", ""};
            elsewhere.fields.add("Location", asked.target + "?moved=1");
            return elsewhere;
        }
    }
    for (const auto& site : sites_) {
        if (site.host() != asked.host) continue;
        auto found = site.answer(asked);
        if (found.status == 200) {
            const std::lock_guard lock{mutex_};
            served_.push_back(url);
        }
        return found;
    }
    return {404, "text/plain", "not found\n"};
}

miniweb::response library_web::answer_search() const {
    nlohmann::json items = nlohmann::json::array();
    for (const auto& each : known_) {
        const auto url = origin(each.host) + each.start;
        items.push_back({{"title", "Documentation at " + each.host}, {"link", url}, {"snippet", ""}});
    }
    const nlohmann::json all{{"searchInformation", {{"totalResults", std::to_string(items.size())}}}, {"items", items}};
    return {200, "application/json", all.dump()};
}

}  // namespace forage::testing
