// The public file functions: copy the path, choose a backend, and make values of what is thrown.
#include "core/file_pool.hpp"
#include "core/file_reading.hpp"

#include <forage/detail/run_bounded.hpp>
#include <forage/files.hpp>

#include <boost/asio/awaitable.hpp>

#include <exception>

#ifdef BOOST_ASIO_HAS_IO_URING
#include "core/file_io_uring.hpp"
#endif

namespace forage {
namespace detail {
namespace {

awaitable<result<std::string>> read_file(std::string path, std::unique_ptr<file_reading> reading) {
    try {
#ifdef BOOST_ASIO_HAS_IO_URING
        if (!io_uring_refused()) co_return co_await read_by_io_uring(std::move(path), std::move(reading));
#endif
        co_return co_await read_on_pool(std::move(path), std::move(reading));
    } catch (...) {
        co_return error_from_exception(std::current_exception());
    }
}

}  // namespace
}  // namespace detail

awaitable<result<std::string>> read_text_file(std::string_view path, file_options options) {
    return detail::read_file(std::string{path}, detail::whole_file(options));
}

awaitable<result<std::string>> read_file_tail(std::string_view path, std::size_t lines, file_options options) {
    return detail::read_file(std::string{path}, detail::file_tail(lines, options));
}

}  // namespace forage
