// A server on every address there is, inside a network_namespace: a few addresses are a web, all the others are traps.
#pragma once

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace forage::testing {

class address_traps {
public:
    struct question {
        std::string host;    ///< the Host field
        std::string target;  ///< of the request line
    };
    struct answer {
        std::string bytes;  ///< all of it; then the connection is closed
        std::chrono::milliseconds delay{};
    };
    using script = std::function<answer(const question&)>;

    struct settings {
        std::set<std::string> web_addresses;     ///< answered by the script
        std::vector<std::uint16_t> web_ports;    ///< on these ports
        std::vector<std::uint16_t> other_ports;  ///< traps on every address
    };

    /// Throws boost::system::system_error if a port is taken.
    address_traps(boost::asio::io_context& io, settings where, script answers);
    ~address_traps();
    address_traps(const address_traps&)            = delete;
    address_traps& operator=(const address_traps&) = delete;

    /// Where traps were connected to since the last call, "ADDRESS PORT" each. 127.0.0.1 is also what 0.0.0.0 reaches,
    /// ::1 what :: does.
    [[nodiscard]] std::vector<std::string> take_hits();
    void stop();

    static answer page(std::string_view text);
    static answer redirect(int status, std::string_view location);

private:
    struct impl;
    std::shared_ptr<impl> impl_;
};

}  // namespace forage::testing
