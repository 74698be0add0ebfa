// library_web: documentation sites behind TLS, and a search that knows only their start pages: whoever wants to know
// more must follow links. It can misbehave, by lot but always alike.
#pragma once

#include "support/loopback_web.hpp"

#include <forage/client.hpp>

#include <boost/asio/io_context.hpp>

#include <map>
#include <miniweb/certificates.hpp>
#include <miniweb/server.hpp>
#include <miniweb/site.hpp>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace forage::testing {

struct library_site {
    std::string host;
    std::string folder;
    std::string start;  ///< path of the page that searches find
};

class library_web {
public:
    /// With `faults`: of the answers a twentieth are 503, a twentieth never come, a twentieth are redirects first, and
    /// all pages in a folder "distutils" are gone.
    library_web(std::vector<library_site> sites, bool faults);
    ~library_web();
    library_web(const library_web&)            = delete;
    library_web& operator=(const library_web&) = delete;

    /// Of a client that asks this web's search as Google, and finds its hosts here.
    [[nodiscard]] client_options options() const;
    /// "https://HOST:PORT"
    [[nodiscard]] std::string origin(const std::string& host) const;

    /// The URLs of the pages that were handed out since the last call, in their order.
    [[nodiscard]] std::vector<std::string> take_served();

private:
    miniweb::response answer(const miniweb::request& asked);
    miniweb::response answer_page(const miniweb::request& asked);
    [[nodiscard]] miniweb::response answer_search() const;

    std::vector<library_site> known_;
    std::vector<miniweb::site> sites_;
    const bool faults_;
    std::mutex mutex_;
    std::vector<std::string> served_;
    std::map<std::string, unsigned> asked_;
    miniweb::certificate_authority authority_;
    temporary_file ca_file_{authority_.certificate()};
    boost::asio::io_context io_{1};
    miniweb::server server_;
    std::thread thread_;
};

}  // namespace forage::testing
