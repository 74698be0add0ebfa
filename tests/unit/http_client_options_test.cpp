// Options of a client that make no sense are refused when it is made, and none is dropped in silence.
#include "http/client_impl.hpp"

#include <forage/client.hpp>

#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>
#include <string>
#include <utility>

namespace forage::testing {
namespace {

errc refusal_of(client_options options) {
    boost::asio::io_context io;
    options.proxy_environment = false;
    try {
        const client web{io.get_executor(), std::move(options)};
    } catch (const exception& e) {
        return e.why().code;
    }
    return errc::ok;
}

errc refusal_of_host(std::string name, std::string address) {
    client_options options;
    options.hosts.emplace_back(std::move(name), std::move(address));
    return refusal_of(std::move(options));
}

TEST(client_options, hosts_that_are_none_are_refused) {
    for (const auto* address : {"", "10.0.0.5:8443", "10.0.0", "10.0.0.5 ", "10.0.0.0/8", "other.test", "[::1]:80"})
        EXPECT_EQ(refusal_of_host("api.test", address), errc::bad_argument) << address;
    for (const auto* name :
         {"", ".", "api test", "api.test:443", "https://api.test", "u@api.test", "a..test", "*.test", "10.0.0.1"})
        EXPECT_EQ(refusal_of_host(name, "10.0.0.5"), errc::bad_argument) << name;
}

TEST(client_options, hosts_that_make_sense_are_taken) {
    for (const auto* address : {"10.0.0.5", "::1", "[::1]"}) EXPECT_EQ(refusal_of_host("api.test", address), errc::ok);
    for (const auto* name : {"api.test", "API.test.", "b\u00fccher.test", "xn--bcher-kva.test", "a_b.test"})
        EXPECT_EQ(refusal_of_host(name, "10.0.0.5"), errc::ok) << name;
}

}  // namespace
}  // namespace forage::testing
