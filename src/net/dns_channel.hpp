// c-ares on an Asio executor: its sockets are watched by the reactor, its clock by one timer.
#pragma once

#include "net/addresses.hpp"
#include "net/dns_setup.hpp"

#include <forage/result.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace forage::detail {

/// What came of one question.
struct dns_reply {
    enum class kind : std::uint8_t {
        found,
        no_data,  ///< the name has no address of this family
        no_name,  ///< NXDOMAIN: the name has nothing at all
        failed    ///< no usable answer, or not a name that can be asked for
    };
    kind said = kind::failed;
    addresses found;
    std::chrono::seconds time_to_live{};
    error why{errc::ok};  ///< why nothing was found
};

/// The questions of one look-up. They go out from a port of their own, so that an answer to one look-up cannot be
/// forged by who has seen another (RFC 5452 §9.2). Lives on one strand.
class dns_channel : public std::enable_shared_from_this<dns_channel> {
public:
    enum class family : std::uint8_t { v4, v6 };
    using handler = std::function<void(dns_reply)>;
    /// Of a longer answer the rest is dropped: both families together give 8 s of attempts, one every 250 ms.
    static constexpr std::size_t most_addresses = 16;

    /// Errors: resolve_failed.
    static result<std::shared_ptr<dns_channel>>
    open(boost::asio::any_io_executor strand, std::shared_ptr<dns_setup> setup);
    ~dns_channel();
    dns_channel(const dns_channel&)            = delete;
    dns_channel& operator=(const dns_channel&) = delete;

    /// Calls `done` once, on the strand, possibly before this returns; not after `close`.
    void ask(const std::string& name, family wanted, handler done);
    /// Ends the questions that run, and closes the sockets. Not for use inside a handler.
    void close();

private:
    friend class dns_setup;
    struct state;
    struct call;  // a call to c-ares
    explicit dns_channel(std::unique_ptr<state> s);
    void process(int readable, int writable);
    void watch(int socket, bool readable, bool writable);
    void arm(int socket);
    void set_clock();

    std::unique_ptr<state> s_;
};

}  // namespace forage::detail
