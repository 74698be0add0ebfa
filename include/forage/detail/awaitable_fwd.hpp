// Names Asio's coroutine type without including Asio, so that headers that only declare operations stay free of Boost.
// Code that awaits them includes <boost/asio/awaitable.hpp>, or <forage/forage.hpp>, which does.
#pragma once

namespace boost::asio {
class any_io_executor;
template <typename T, typename Executor>
class awaitable;
}  // namespace boost::asio

namespace forage {

/// boost::asio::awaitable<T>, spelled without its default argument.
template <class T>
using awaitable = boost::asio::awaitable<T, boost::asio::any_io_executor>;

}  // namespace forage
