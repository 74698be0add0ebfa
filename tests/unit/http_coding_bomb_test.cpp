// Bodies made to cost their reader much: what they may take in memory and time.
#include "http/coding.hpp"
#include "support/encoders.hpp"
#include "support/sanitizers.hpp"
#include "support/stopwatch.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <gtest/gtest.h>
#include <malloc.h>
#include <random>
#include <string>
#include <tuple>
#include <vector>

namespace forage::detail {
namespace {

using namespace forage::testing;
using namespace std::chrono_literals;

// Sanitizers have an allocator of their own, which keeps what is freed.
#if defined(FORAGE_ADDRESS_SANITIZER) || defined(FORAGE_THREAD_SANITIZER)
constexpr bool counts_memory = false;
#else
constexpr bool counts_memory = true;
#endif

constexpr std::size_t mib = 1024 * 1024;
constexpr std::size_t cap = 10 * mib;

std::vector<field> under(std::string value) { return {{"Content-Encoding", std::move(value)}}; }

errc outcome_of(const char* name, const std::string& body, std::size_t max_bytes = cap) {
    const auto got = decode_body(under(name), body, {.max_bytes = max_bytes});
    return got ? errc::ok : got.error().code;
}

std::size_t status_bytes(std::string_view name) {
    std::ifstream status{"/proc/self/status"};
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(name)) return std::stoul(line.substr(name.size())) * 1024;
    }
    return 0;
}

// What `work` took at its height, beyond what was held before. 0 where the system does not tell.
template <class Work>
std::size_t peak_of(Work work) {
    malloc_trim(0);
    std::ofstream{"/proc/self/clear_refs"} << 5;  // proc(5): sets the peak to what is held now
    const auto before = status_bytes("VmRSS:");
    const bool reset  = status_bytes("VmHWM:") < before + mib;
    work();
    if (!reset) return 0;
    return std::max(status_bytes("VmHWM:"), before) - before;
}

bool is_at_most(std::size_t peak, std::size_t limit) { return !counts_memory || peak <= limit; }

std::string random_bytes(std::size_t size) {
    std::mt19937 random{1};
    std::string bytes(size, '\0');
    for (auto& b : bytes) b = static_cast<char>(random());
    return bytes;
}

std::string repeated(const std::string& piece, std::size_t size) {
    std::string out;
    while (out.size() < size) out += piece;
    out.resize(size);
    return out;
}

struct bomb {
    const char* name;
    const char* under;
    std::string body;
    errc expected;
    std::size_t beyond = 12 * mib;  ///< what may be held over the body's copy and the cap
};

std::vector<bomb> bombs() {
    const std::string zeros(64 * mib, '\0');
    // Repeats far enough apart that the window is needed, but not so often that the ratio ends it early.
    const auto far     = repeated(random_bytes(64 * 1024), cap);
    const auto farther = repeated(random_bytes(100 * 1024), 4 * cap);
    // Quality 0 sees no repeat so far back, zstd does: as much as allowed between the layers and behind them.
    const auto stored = encode_brotli(repeated(random_bytes(256 * 1024), cap), 0, 24);
    return {
        {"gzip", "gzip", encode_gzip(zeros, 9), errc::too_large},
        {"gzip in gzip", "gzip, gzip", encode_gzip(encode_gzip(zeros, 9), 9), errc::too_large},
        {"br", "br", encode_brotli(zeros, 5, 24), errc::too_large},
        {"zstd", "zstd", encode_zstd(zeros, {.window_log = 23}), errc::too_large},
        {"br in zstd", "br, zstd", encode_zstd(encode_brotli(zeros, 5, 24)), errc::too_large},
        {"zstd in br", "zstd, br", encode_brotli(encode_zstd(zeros)), errc::too_large},
        {"zstd in zstd", "zstd, zstd", encode_zstd(encode_zstd(zeros, {.window_log = 23})), errc::too_large},
        {"whole br", "br", encode_brotli(far, 5, 24), errc::ok},
        {"whole zstd", "zstd", encode_zstd(far, {.window_log = 23, .content_size = false}), errc::ok},
        {"whole br in zstd", "br, zstd", encode_zstd(encode_brotli(far, 5, 24)), errc::ok},
        {"whole zstd in br", "zstd, br", encode_brotli(encode_zstd(far, {.window_log = 23})), errc::ok},
        {"larger zstd", "zstd", encode_zstd(farther, {.window_log = 23, .content_size = false}), errc::too_large},
        // brotli's decoder fills its whole window of 16 MiB before it gives anything out.
        {"larger br", "br", encode_brotli(farther, 5, 24), errc::too_large, 18 * mib},
        {"br and zstd at their worst", "br, zstd", encode_zstd(stored, {.window_log = 23}), errc::ok, 26 * mib},
    };
}

TEST(coding_bombs, cost_no_more_than_the_cap) {
    for (const auto& b : bombs()) {
        const stopwatch since;
        auto outcome    = errc::not_run;
        const auto peak = peak_of([&] { outcome = outcome_of(b.under, b.body); });
        const auto took = since.elapsed();
        EXPECT_EQ(outcome, b.expected) << b.name;
        EXPECT_LT(took, 5s) << b.name;  // 10 MiB take about 20 ms
        EXPECT_TRUE(is_at_most(peak, b.body.size() + cap + b.beyond)) << b.name << ": " << peak;
    }
}

// A frame of several segments without content size: magic number, descriptor, window (RFC 8878 §3.1.1).
std::string frame_with_window(int log) {
    auto frame = encode_zstd(std::string(3'000, 'x'), {.window_log = 10, .content_size = false, .checksum = false});
    EXPECT_EQ(frame[4], '\0') << "not the kind of frame that is meant here";
    frame[5] = static_cast<char>((log - 10) << 3);
    return frame;
}

TEST(coding_bombs, the_window_of_a_zstd_frame_is_at_most_8_mib) {
    for (const int log : {10, 20, 23, 24, 31, 41}) {
        const auto frame = frame_with_window(log);
        auto outcome     = errc::not_run;
        const auto peak  = peak_of([&] { outcome = outcome_of("zstd", frame); });
        EXPECT_EQ(outcome, log <= 23 ? errc::ok : errc::bad_coding) << log;
        EXPECT_TRUE(is_at_most(peak, 2 * mib)) << log << ": " << peak;
    }
}

TEST(coding_bombs, claims_of_size_are_not_believed) {
    auto packed = encode_gzip("hello");
    std::fill(packed.end() - 4, packed.end(), '\xFF');
    auto frame = frame_with_window(10);
    frame[4]   = '\xC0';  // eight bytes of content size behind the window
    frame.insert(6, std::string(8, '\x7F'));
    for (const auto& [name, body] : {std::pair{"gzip", packed}, std::pair{"zstd", frame}}) {
        auto outcome    = errc::not_run;
        const auto peak = peak_of([&, coding = name, &coded = body] { outcome = outcome_of(coding, coded); });
        EXPECT_EQ(outcome, errc::bad_coding) << name;
        EXPECT_TRUE(is_at_most(peak, 2 * mib)) << name << ": " << peak;
    }
    // Too small a claim is not believed either: gzip's last member knows nothing of the others.
    const std::string text(500'000, 'x');
    EXPECT_EQ(decode_body(under("gzip"), encode_gzip(text) + encode_gzip("y"), {.max_bytes = cap})->bytes, text + 'y');
}

TEST(coding_bombs, the_ratio_counts_past_one_mib) {
    const auto ratio_of = [](std::size_t size) { return encode_gzip(std::string(size, ' '), 9); };
    EXPECT_EQ(outcome_of("gzip", ratio_of(mib)), errc::ok);
    EXPECT_EQ(outcome_of("gzip", ratio_of(3 * mib)), errc::too_large);
    EXPECT_EQ(outcome_of("gzip, gzip", encode_gzip(ratio_of(mib))), errc::ok);
    EXPECT_EQ(outcome_of("gzip, gzip", encode_gzip(ratio_of(3 * mib))), errc::too_large);
    // What lies between the layers counts as well, though nothing of it reaches the result.
    const auto empty_members = repeated(encode_gzip(""), 5 * mib);
    EXPECT_EQ(outcome_of("gzip, gzip", encode_gzip(empty_members, 9)), errc::too_large);
    const auto between =
        decode_body(under("gzip, gzip"), encode_gzip(repeated(encode_gzip(""), 1'000'000), 1), {.max_bytes = 100'000});
    ASSERT_FALSE(between);
    EXPECT_EQ(between.error().code, errc::too_large);
}

// Some MB each; in any other than linear time this would be hours.
TEST(coding_bombs, floods_of_what_decodes_to_nothing_take_linear_time) {
    const std::string skippable{"\x50\x2A\x4D\x18\0\0\0\0", 8};
    const std::string empty_frame{"\x28\xB5\x2F\xFD\0\0\x01\0\0", 9};         // a window of 1 KiB, one empty block
    const std::string empty_wide_frame{"\x28\xB5\x2F\xFD\0\x68\x01\0\0", 9};  // a window of 8 MiB
    const std::vector<std::tuple<const char*, std::string, errc>> floods{
        {"gzip", repeated(encode_gzip(""), 500'000 * 20), errc::ok},
        {"zstd", repeated(skippable, 1'250'000 * 8), errc::ok},
        {"zstd", repeated(empty_frame, 1'000'000 * 9), errc::ok},
        // zstd's decoder gives a window back that was too large for 128 frames in a row.
        {"zstd", repeated(repeated(empty_frame, 130 * 9) + empty_wide_frame, 2'000 * 131 * 9), errc::ok},
        {"deflate", repeated(std::string{"\0\0\0\xFF\xFF", 5}, 10'000'000), errc::bad_coding},
        {"br", std::string{"\x0C", 1} + std::string(10'000'000, '\x06'), errc::bad_coding},
    };
    for (const auto& [name, body, expected] : floods) {
        const stopwatch since;
        EXPECT_EQ(outcome_of(name, body), expected) << name;
        EXPECT_LT(since.elapsed(), 20s) << name;
    }
}

}  // namespace
}  // namespace forage::detail
