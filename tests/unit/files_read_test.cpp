// read_text_file and read_file_tail on real files, through every backend this build and kernel have.
#include "support/busy_pool.hpp"

#include <forage/files.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <exception>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iostream>
#include <optional>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#ifdef BOOST_ASIO_HAS_IO_URING
#include "core/file_io_uring.hpp"
#endif

namespace {

namespace net = boost::asio;
using forage::errc;
using text_result = forage::result<std::string>;

// Runs one operation on a loop of its own.
class operation {
public:
    explicit operation(forage::awaitable<text_result> op) {
        auto done = [this](std::exception_ptr thrown, text_result outcome) {
            EXPECT_EQ(thrown, nullptr);
            outcome_ = std::move(outcome);
        };
        net::co_spawn(loop, std::move(op), net::bind_cancellation_slot(signal.slot(), std::move(done)));
    }
    text_result run() {
        loop.run();
        return outcome_.value();
    }
    [[nodiscard]] bool has_ended() const { return outcome_.has_value(); }

    net::io_context loop;
    net::cancellation_signal signal;

private:
    std::optional<text_result> outcome_;
};

text_result read_whole(const std::string& path, forage::file_options options = {}) {
    return operation{forage::read_text_file(path, options)}.run();
}
text_result read_tail(const std::string& path, std::size_t lines, forage::file_options options = {}) {
    return operation{forage::read_file_tail(path, lines, options)}.run();
}

enum class backend { pool, io_uring };

class files : public testing::TestWithParam<backend> {
protected:
    void SetUp() override {
        const auto name = "forage_files_" + std::to_string(::getpid()) + '_' + std::to_string(++counter_);
        folder_         = std::filesystem::temp_directory_path() / name;
        std::filesystem::create_directory(folder_);
#ifdef BOOST_ASIO_HAS_IO_URING
        forage::detail::io_uring_refused() = GetParam() == backend::pool;
#endif
    }
    void TearDown() override {
#ifdef BOOST_ASIO_HAS_IO_URING
        if (GetParam() == backend::io_uring && forage::detail::io_uring_refused()) {
            std::cout << "this kernel refuses io_uring; the pool did the work\n";
        }
#endif
        std::filesystem::remove_all(folder_);
    }

    [[nodiscard]] std::string path(const std::string& name) const { return folder_ / name; }
    [[nodiscard]] std::string written(const std::string& name, const std::string& content) const {
        std::ofstream{path(name), std::ios::binary} << content;
        return path(name);
    }

private:
    static inline int counter_ = 0;
    std::filesystem::path folder_;
};

TEST_P(files, are_read_whole) {
    EXPECT_EQ(read_whole(written("small", "one\ntwo\n")).value(), "one\ntwo\n");
    EXPECT_EQ(read_whole(written("empty", "")).value(), "");
    std::string large;
    for (int i = 0; i < 200'000; ++i) large += "line " + std::to_string(i) + '\n';
    EXPECT_EQ(read_whole(written("large", large)).value() == large, true);
    EXPECT_EQ(read_whole(written("text", "\xEF\xBB\xBF\xFF")).value(), "\uFFFD");
}

TEST_P(files, are_read_from_their_end) {
    std::string large;
    for (int i = 0; i < 200'000; ++i) large += "line " + std::to_string(i) + '\n';
    const auto file = written("log", large);
    EXPECT_EQ(read_tail(file, 2).value(), "line 199998\nline 199999\n");
    EXPECT_EQ(read_tail(file, 1'000'000).value() == large, true);
    const auto many = read_tail(file, 50'000).value();
    EXPECT_EQ(many == large.substr(large.size() - many.size()), true);
    EXPECT_EQ(std::count(many.begin(), many.end(), '\n'), 50'000);
}

TEST_P(files, may_be_of_proc_and_have_no_size) {
    const auto status = read_whole("/proc/self/status");
    ASSERT_TRUE(status) << status.error().message();
    EXPECT_NE(status->find("\nPid:\t" + std::to_string(::getpid()) + '\n'), std::string::npos);
    const auto last = read_tail("/proc/self/status", 1);
    ASSERT_TRUE(last);
    EXPECT_TRUE(last->starts_with("nonvoluntary_ctxt_switches")) << *last;
}

TEST_P(files, larger_than_the_limit_are_an_error) {
    const auto file = written("f", "123456");
    EXPECT_EQ(read_whole(file, {.max_bytes = 6}).value(), "123456");
    const auto refused = read_whole(file, {.max_bytes = 5});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, errc::too_large);
    EXPECT_EQ(read_tail(file, 1, {.max_bytes = 5}).value(), "23456");
}

TEST_P(files, that_cannot_be_read_are_named_with_the_reason) {
    const auto expect_failure = [](const std::string& file, const std::string& reason) {
        for (const auto& outcome : {read_whole(file), read_tail(file, 3)}) {
            ASSERT_FALSE(outcome) << file;
            EXPECT_EQ(outcome.error().code, errc::file_failed);
            EXPECT_EQ(outcome.error().what, file + ": " + reason);
        }
    };
    expect_failure(path("none"), "No such file or directory");
    expect_failure(written("f", "x") + "/x", "Not a directory");
    expect_failure("/", "is a directory");
    expect_failure("/dev/zero", "not a regular file");
    expect_failure("", "No such file or directory");
    expect_failure(path(std::string(300, 'n')), "File name too long");
    if (::geteuid() != 0) {
        const auto secret = written("secret", "x");
        ::chmod(secret.c_str(), 0);
        expect_failure(secret, "Permission denied");
    }
    const auto with_nul = read_whole(std::string{"a\0b", 3});
    ASSERT_FALSE(with_nul);
    EXPECT_EQ(with_nul.error().code, errc::file_failed);
}

TEST_P(files, that_are_fifos_are_refused_at_once) {
    const auto fifo = path("fifo");
    ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
    const auto outcome = read_whole(fifo);  // opening it would wait for a writer that never comes
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().what, fifo + ": not a regular file");
}

TEST_P(files, leave_no_descriptor_behind) {
    const auto lowest_free = [] {
        const int descriptor = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
        ::close(descriptor);
        return descriptor;
    };
    const auto file = written("f", std::string(100'000, 'x'));
    EXPECT_TRUE(read_whole(file));
    const int before = lowest_free();
    for (int i = 0; i < 20; ++i) {
        EXPECT_TRUE(read_whole(file));
        EXPECT_FALSE(read_whole(file, {.max_bytes = 5}));
        EXPECT_TRUE(read_tail(file, 1));
    }
    EXPECT_EQ(lowest_free(), before);
}

// The arguments may be gone when the awaitable is awaited.
TEST_P(files, are_named_by_a_copy_of_the_path) {
    auto name = written("f", "x");
    auto op   = forage::read_text_file(name, {});
    std::fill(name.begin(), name.end(), '?');
    EXPECT_EQ(operation{std::move(op)}.run().value(), "x");
}

TEST_P(files, leave_the_loop_free_while_they_wait) {
    const auto file = written("f", "x");
    operation reading{forage::read_text_file(file)};
    forage::testing::busy_pool pool;  // so that the read cannot end
    int turns     = 0;
    auto one_more = [&](auto self) -> void {
        if (++turns < 1000) net::post(reading.loop, [self] { self(self); });
    };
    net::post(reading.loop, [&] { one_more(one_more); });
    while (turns < 1000) reading.loop.run_one();
    EXPECT_FALSE(reading.has_ended());
    pool.release();
    EXPECT_EQ(reading.run().value(), "x");
}

TEST_P(files, end_at_once_when_cancelled) {
    const auto file = written("f", "x");
    operation reading{forage::read_text_file(file)};
    const forage::testing::busy_pool pool;  // nothing but the cancellation can end the read
    net::post(reading.loop, [&] { reading.signal.emit(net::cancellation_type::terminal); });
    const auto outcome = reading.run();
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, errc::cancelled);
}

// Cancelled after n turns of the loop for every n, until the read is faster.
TEST_P(files, may_be_cancelled_at_every_step) {
    const auto file = written("f", std::string(3 * 1024 * 1024, 'x'));
    bool was_faster = false;
    for (int turns = 0; turns < 1000 && !was_faster; ++turns) {
        operation reading{forage::read_text_file(file)};
        for (int i = 0; i < turns && !reading.has_ended(); ++i) reading.loop.run_one();
        was_faster = reading.has_ended();
        reading.signal.emit(net::cancellation_type::terminal);
        const auto outcome = reading.run();
        if (!outcome) {
            EXPECT_EQ(outcome.error().code, errc::cancelled);
        } else {
            EXPECT_EQ(outcome->size(), 3U * 1024 * 1024);
        }
    }
    EXPECT_TRUE(was_faster);
}

TEST_P(files, may_be_abandoned_with_their_loop) {
    const auto file = written("f", std::string(1024 * 1024, 'x'));
    for (int turns = 0; turns < 8; ++turns) {
        operation reading{forage::read_text_file(file)};
        for (int i = 0; i < turns; ++i) reading.loop.run_one();
    }
}

#ifdef BOOST_ASIO_HAS_IO_URING
INSTANTIATE_TEST_SUITE_P(pool, files, testing::Values(backend::pool));
INSTANTIATE_TEST_SUITE_P(io_uring, files, testing::Values(backend::io_uring));
#else
INSTANTIATE_TEST_SUITE_P(pool, files, testing::Values(backend::pool));
#endif

}  // namespace
