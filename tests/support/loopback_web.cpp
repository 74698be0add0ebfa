#include "support/loopback_web.hpp"

#include <fstream>
#include <stdexcept>
#include <unistd.h>

namespace forage::testing {

temporary_file::temporary_file(std::string_view content) {
    std::string name     = (std::filesystem::temp_directory_path() / "forage-test-XXXXXX").string();
    const int descriptor = ::mkstemp(name.data());
    if (descriptor < 0) throw std::runtime_error{"cannot make a temporary file"};
    ::close(descriptor);
    path_ = name;
    std::ofstream{path_, std::ios::binary} << content;
}

temporary_file::~temporary_file() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
}

miniweb::server& loopback_web::http(miniweb::server::plain_handler handler) {
    return *servers_.emplace_back(std::make_unique<miniweb::server>(io, std::move(handler)));
}

miniweb::server& loopback_web::https(miniweb::server::plain_handler handler, miniweb::tls_identity identity) {
    miniweb::server_options settings{.tls = std::move(identity)};
    return *servers_.emplace_back(std::make_unique<miniweb::server>(io, std::move(handler), std::move(settings)));
}

miniweb::server& loopback_web::https(miniweb::server::plain_handler handler) {
    return https(std::move(handler), authority.issue({.names = {"web.test"}, .addresses = {"127.0.0.1"}}));
}

client_options loopback_web::options() {
    client_options made;
    made.allow_addresses   = {"127.0.0.0/8"};
    made.proxy_environment = false;  // that of whoever runs the tests
    made.ca_file           = ca_file.path();
    made.system_trust      = false;
    made.respect_robots    = false;  // tests count requests; those about robots.txt and retries turn them on
    made.retry_budget      = 0;
    made.hosts             = {{"web.test", "127.0.0.1"}, {"other.test", "127.0.0.1"}};
    return made;
}

void loopback_web::stop_servers() {
    for (const auto& s : servers_) s->stop();
}

std::string loopback_web::url_of(const miniweb::server& s, std::string_view path, bool tls) {
    return (tls ? "https://web.test:" : "http://127.0.0.1:") + std::to_string(s.port()) + std::string{path};
}

miniweb::response html_page(std::string_view title, std::string_view body) {
    std::string text = "<!doctype html><html lang=en><title>";
    text.append(title).append("</title><body>").append(body);
    return {200, "text/html; charset=utf-8", std::move(text)};
}

}  // namespace forage::testing
