// What a client handle points to. All of it but the counters and the options lives on `strand`.
#pragma once

#include <forage/client.hpp>
#include <forage/error.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/strand.hpp>

#include <memory>
#include <string_view>

namespace forage::detail {

class client_impl : public std::enable_shared_from_this<client_impl> {
public:
    client_impl(boost::asio::any_io_executor executor, client_options options);
    ~client_impl();

    const client_options options;  ///< keys from the environment filled in
    const boost::asio::any_io_executor strand;

    void log(log_level level, std::string_view line) const;

    struct state;  ///< pool, resolver, trust store, counters: see http/client.cpp
    const std::unique_ptr<state> s;
};

/// Runs `op` on the client's strand for a public function: cancellation becomes `errc::cancelled`, an exception
/// `errc::internal`. Awaited from any executor.
template <class T>
awaitable<result<T>> on_strand(std::shared_ptr<client_impl> web, awaitable<result<T>> op);

}  // namespace forage::detail
