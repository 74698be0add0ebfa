// A client and servers on 127.0.0.1 in one event loop: what most wire tests need.
#pragma once

#include "support/co_test.hpp"

#include <forage/client.hpp>

#include <filesystem>
#include <memory>
#include <miniweb/certificates.hpp>
#include <miniweb/server.hpp>
#include <string>
#include <string_view>

namespace forage::testing {

/// A file that is removed with the object.
class temporary_file {
public:
    explicit temporary_file(std::string_view content);
    ~temporary_file();
    temporary_file(const temporary_file&)            = delete;
    temporary_file& operator=(const temporary_file&) = delete;
    [[nodiscard]] std::string path() const { return path_.string(); }

private:
    std::filesystem::path path_;
};

class loopback_web : public loop_fixture {
public:
    /// Serves `handler` over plain HTTP; https(...) over TLS for web.test and 127.0.0.1.
    miniweb::server& http(miniweb::server::plain_handler handler);
    miniweb::server& https(miniweb::server::plain_handler handler, miniweb::tls_identity identity);
    miniweb::server& https(miniweb::server::plain_handler handler);

    /// Options of a client that may go to 127.0.0.1, trusts `authority` alone, knows web.test and other.test, goes
    /// directly, and sends one request for one page: no robots.txt, no retries.
    [[nodiscard]] client_options options();
    [[nodiscard]] client make_client() { return client{io.get_executor(), options()}; }

    /// Stops the servers, so that the loop can run out of work. Every test's last line.
    void stop_servers();

    static std::string url_of(const miniweb::server& s, std::string_view path, bool tls = false);

    miniweb::certificate_authority authority;
    temporary_file ca_file{authority.certificate()};

private:
    std::vector<std::unique_ptr<miniweb::server>> servers_;
};

/// A small HTML page.
miniweb::response html_page(std::string_view title, std::string_view body = "<p>Hello.</p>");

}  // namespace forage::testing
