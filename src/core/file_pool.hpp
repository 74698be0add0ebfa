// Files through ordinary system calls, for the worker pool.
#pragma once

#include "core/file_reading.hpp"
#include "core/worker_pool.hpp"

#include <forage/detail/awaitable_fwd.hpp>
#include <forage/result.hpp>

#include <atomic>
#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <utility>

namespace forage::detail {

/// An open file that is closed with this object.
class open_file {
public:
    open_file() = default;
    open_file(int descriptor, std::uint64_t size) noexcept : descriptor_{descriptor}, size_{size} {}
    open_file(open_file&& other) noexcept : descriptor_{other.release()}, size_{other.size_} {}
    open_file& operator=(open_file&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        std::swap(size_, other.size_);
        return *this;
    }
    open_file(const open_file&)            = delete;
    open_file& operator=(const open_file&) = delete;
    ~open_file();

    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }
    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
    /// Gives the descriptor away.
    [[nodiscard]] int release() noexcept { return std::exchange(descriptor_, -1); }

private:
    int descriptor_     = -1;
    std::uint64_t size_ = 0;
};

/// `path` and the system's reason.
[[nodiscard]] error file_error(const std::string& path, int system_error);

/// Opens a regular file for reading. Blocks. Errors: file_failed, also for directories, FIFOs and devices.
[[nodiscard]] result<open_file> open_regular_file(const std::string& path);

/// Reads what `reading` asks for. Blocks. Ends early, with nothing of use, once `stop` is set.
[[nodiscard]] result<std::string>
read_open_file(const open_file& file, const std::string& path, file_reading& reading, const std::atomic<bool>& stop);

/// `work(stop) -> result<T>` on the worker pool. What it throws (exhausted memory) becomes `errc::internal`, as jobs
/// must not throw. Cancellation unwinds at once as operation_aborted.
template <class T, class Work>
awaitable<result<T>> offload_throwing(Work work) {
    auto job = [work = std::move(work)](const std::atomic<bool>& stop) mutable -> result<T> {
        try {
            return work(stop);
        } catch (const std::exception& e) {
            return error{errc::internal, e.what()};
        }
    };
    co_return co_await offload<result<T>>(std::move(job));
}

/// All of it on the worker pool, in one hop. Cancellation unwinds at once as operation_aborted.
awaitable<result<std::string>> read_on_pool(std::string path, std::unique_ptr<file_reading> reading);

}  // namespace forage::detail
