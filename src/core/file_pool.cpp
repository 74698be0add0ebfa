#include "core/file_pool.hpp"

#include <boost/system/error_code.hpp>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace forage::detail {
namespace {

error not_regular(const std::string& path, const struct stat& status) {
    return error{errc::file_failed, path + (S_ISDIR(status.st_mode) ? ": is a directory" : ": not a regular file")};
}

// Bytes read, fewer than asked for only at the end of the file; -1 and errno on failure.
ssize_t read_at(int descriptor, char* to, std::size_t size, std::uint64_t offset) noexcept {
    std::size_t done = 0;
    while (done < size) {
        const auto count = ::pread(descriptor, to + done, size - done, static_cast<off_t>(offset + done));
        if (count == 0) break;
        if (count > 0) {
            done += static_cast<std::size_t>(count);
        } else if (errno != EINTR) {
            return -1;
        }
    }
    return static_cast<ssize_t>(done);
}

result<std::string> open_and_read(const std::string& path, file_reading& reading, const std::atomic<bool>& stop) {
    const auto file = open_regular_file(path);
    if (!file) return file.error();
    return read_open_file(*file, path, reading, stop);
}

}  // namespace

open_file::~open_file() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

error file_error(const std::string& path, int system_error) {
    // Boost's message() goes through strerror_r; std's may use strerror, which is not thread-safe everywhere.
    const boost::system::error_code reason{system_error, boost::system::system_category()};
    return error{errc::file_failed, path + ": " + reason.message()};
}

result<open_file> open_regular_file(const std::string& path) {
    if (path.find('\0') != std::string::npos) {
        return error{errc::file_failed, path.substr(0, path.find('\0')) + "…: the path has a NUL byte in it"};
    }
    // A look first, for opening a FIFO or a device does something to it; and again after, for it may be another file by
    // then.
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0) return file_error(path, errno);
    if (!S_ISREG(status.st_mode)) return not_regular(path, status);
    int descriptor = -1;
    do {
        descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    } while (descriptor < 0 && errno == EINTR);
    if (descriptor < 0) return file_error(path, errno);
    open_file file{descriptor, 0};
    if (::fstat(descriptor, &status) != 0) return file_error(path, errno);
    if (!S_ISREG(status.st_mode)) return not_regular(path, status);
    return open_file{file.release(), static_cast<std::uint64_t>(status.st_size)};
}

result<std::string>
read_open_file(const open_file& file, const std::string& path, file_reading& reading, const std::atomic<bool>& stop) {
    reading.begin(file.size());
    std::vector<char> block;
    while (const auto request = reading.next()) {
        if (stop.load(std::memory_order_relaxed)) return error{errc::cancelled};
        if (block.size() < request->size) block.resize(request->size);
        const auto count = read_at(file.descriptor(), block.data(), request->size, request->offset);
        if (count < 0) return file_error(path, errno);
        reading.take({block.data(), static_cast<std::size_t>(count)});
    }
    return reading.finish(path);
}

awaitable<result<std::string>> read_on_pool(std::string path, std::unique_ptr<file_reading> reading) {
    auto work = [path = std::move(path), reading = std::move(reading)](const std::atomic<bool>& stop) {
        return open_and_read(path, *reading, stop);
    };
    co_return co_await offload_throwing<std::string>(std::move(work));
}

}  // namespace forage::detail
