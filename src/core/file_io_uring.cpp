// Compiled only with FORAGE_IO_URING, which defines BOOST_ASIO_HAS_IO_URING for all of the program.
#include "core/file_io_uring.hpp"

#include "core/file_pool.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/random_access_file.hpp>
#include <boost/asio/read_at.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <cerrno>
#include <optional>
#include <vector>

namespace forage::detail {
namespace net = boost::asio;

namespace {

// Texts up to here are finished where the coroutine runs: decoding takes less than the hop to the pool and back.
constexpr std::size_t small_text = 64 * 1024;

// The ring of an io_context is made with its first file, and that may fail. `file` keeps its descriptor then.
std::optional<net::random_access_file> on_the_ring(const net::any_io_executor& executor, open_file& file) {
    try {
        net::random_access_file ring_file{executor};
        ring_file.assign(file.descriptor());
        (void)file.release();
        return ring_file;
    } catch (const boost::system::system_error&) {
        return std::nullopt;
    }
}

awaitable<result<std::string>>
read_open_on_pool(open_file file, std::string path, std::unique_ptr<file_reading> reading) {
    auto work = [file = std::move(file), path = std::move(path), reading = std::move(reading)](
                    const std::atomic<bool>& stop
                ) { return read_open_file(file, path, *reading, stop); };
    co_return co_await offload_throwing<std::string>(std::move(work));
}

awaitable<result<std::string>> finish(std::string path, std::unique_ptr<file_reading> reading) {
    if (reading->held() <= small_text) co_return reading->finish(path);
    auto work = [path = std::move(path), reading = std::move(reading)](const std::atomic<bool>&) {
        return reading->finish(path);
    };
    co_return co_await offload_throwing<std::string>(std::move(work));
}

}  // namespace

std::atomic<bool>& io_uring_refused() noexcept {
    static std::atomic<bool> refused{false};
    return refused;
}

awaitable<result<std::string>> read_by_io_uring(std::string path, std::unique_ptr<file_reading> reading) {
    auto open   = [path](const std::atomic<bool>&) { return open_regular_file(path); };
    auto opened = co_await offload_throwing<open_file>(std::move(open));
    if (!opened) co_return opened.error();
    const auto size = opened->size();

    const auto here = co_await net::this_coro::executor;
    auto file       = on_the_ring(here, *opened);
    if (!file) {
        io_uring_refused() = true;
        co_return co_await read_open_on_pool(std::move(*opened), std::move(path), std::move(reading));
    }

    reading->begin(size);
    std::vector<char> block;
    bool is_first = true;
    while (const auto request = reading->next()) {
        if (block.size() < request->size) block.resize(request->size);
        const auto [failure, count] = co_await net::async_read_at(
            *file, request->offset, net::buffer(block.data(), request->size), net::as_tuple(net::use_awaitable)
        );
        if (failure == net::error::operation_aborted) throw boost::system::system_error{failure};
        if (failure && failure != net::error::eof) {
            if (!is_first) co_return file_error(path, failure.value());
            // A filter or a file system may refuse the operation only now. The pool finds out what is true of the file.
            if (failure.value() == ENOSYS || failure.value() == EPERM) io_uring_refused() = true;
            open_file again{file->release(), size};
            co_return co_await read_open_on_pool(std::move(again), std::move(path), std::move(reading));
        }
        is_first = false;
        reading->take({block.data(), count});
    }
    co_return co_await finish(std::move(path), std::move(reading));
}

}  // namespace forage::detail
