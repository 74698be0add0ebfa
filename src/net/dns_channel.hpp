// c-ares on an Asio executor: its sockets are watched by the reactor, its clock by one timer.
#pragma once

#include <forage/detail/awaitable_fwd.hpp>
#include <forage/result.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/address.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace forage::detail {

struct dns_answer {
    std::vector<boost::asio::ip::address> addresses;
    std::chrono::seconds time_to_live{};
};

/// Lives on one strand. Queries A and AAAA side by side.
class dns_channel : public std::enable_shared_from_this<dns_channel> {
public:
    using handler = std::function<void(result<dns_answer>)>;

    /// Reads the system's resolver configuration: blocking, for the worker pool.
    static result<std::shared_ptr<dns_channel>> open(boost::asio::any_io_executor strand, const std::string& server);
    ~dns_channel();
    dns_channel(const dns_channel&)            = delete;
    dns_channel& operator=(const dns_channel&) = delete;

    /// Calls `done` once, on the strand, possibly before this returns.
    void query(const std::string& name, handler done);
    /// Ends all queries that run with resolve_failed.
    void cancel_all();

private:
    struct state;
    explicit dns_channel(std::unique_ptr<state> s);
    void process(int readable, int writable);
    void watch(int socket, bool readable, bool writable);
    void arm(int socket);
    void set_clock();

    std::unique_ptr<state> s_;
};

}  // namespace forage::detail
