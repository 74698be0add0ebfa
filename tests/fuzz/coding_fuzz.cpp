// libFuzzer target for decode_body. clang++-19 -std=c++20 -fsanitize=fuzzer,address,undefined -Iinclude -Isrc
// tests/fuzz/coding_fuzz.cpp src/http/{coding,content_encoding,decoder,decoder_chain,message,*_decoder}.cpp
// src/core/error.cpp -lz -lbrotlidec -lzstd; then -max_len=65536 -timeout=5
// The input's first byte chooses one or two codings, the rest is the body. The output keeps to the limit, is the same
// the second time, and begins as it does when cut; every step moves on and takes no more than it may, so that the work
// is in proportion to the bytes taken and made.
#include "fuzz/require.hpp"
#include "http/coding.hpp"
#include "http/decoder_chain.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace {
using namespace forage::detail;

constexpr std::size_t limit = 256 * 1024;

constexpr std::array<const char*, 4> names{"gzip", "deflate", "br", "zstd"};
constexpr std::array<coding, 4> kinds{coding::gzip, coding::deflate, coding::brotli, coding::zstd};

using forage::fuzz::require;

// Bits 0 and 1 are the inner coding, 2 and 3 the outer one, 4 tells whether there is an outer one.
std::vector<std::size_t> chosen(std::uint8_t byte) {
    std::vector<std::size_t> codings{byte & 3U};
    if ((byte & 16U) != 0) codings.push_back(byte >> 2U & 3U);
    return codings;
}

void check_steps(const std::vector<coding>& codings, const std::string& body) {
    decoder_chain chain{codings, body, limit};
    std::string room(limit + 1, '\0');
    std::size_t taken = 0, made = 0, idle = 0, steps = 0;
    for (auto state = decoding::going_on; state == decoding::going_on; ++steps) {
        const auto got = chain.step(std::span{room}.subspan(made));
        require(got.taken <= 64U * 1024 && got.taken <= body.size() - taken, "a step took too much");
        require(got.made <= room.size() - made, "a step made too much");
        taken += got.taken;
        made += got.made;
        idle  = got.taken + got.made == 0 ? idle + 1 : 0;
        state = got.state;
        require(state != decoding::going_on || made <= limit, "it goes on beyond the limit");
        // Of the 64 KiB between two layers a step may take as little as a skippable frame of zstd, 8 bytes; and it
        // takes another step to see that the next one begins.
        require(idle <= 2 * 64 * 1024 / 8, "it does not move on");
    }
    // Between the layers lies little more than the limit.
    require(steps <= 16 + 2 * (body.size() + made + 2 * limit) / 8, "too many steps");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    std::string value;
    std::vector<coding> codings;
    for (const auto i : chosen(data[0])) {
        value += (value.empty() ? "" : ", ") + std::string{names[i]};
        codings.push_back(kinds[i]);
    }
    const std::vector<field> fields{{"Content-Encoding", value}};
    const std::string body{reinterpret_cast<const char*>(data + 1), size - 1};
    if (body.empty()) return 0;

    const auto whole = decode_body(fields, body, {.max_bytes = limit});
    const auto again = decode_body(fields, body, {.max_bytes = limit});
    require(whole.has_value() == again.has_value(), "another outcome the second time");
    if (whole) {
        require(whole->bytes.size() <= limit && !whole->truncated, "too much, or truncated");
        require(whole->bytes == again->bytes, "other bytes the second time");
    } else {
        require(whole.error().code == again.error().code, "another error the second time");
    }
    const decode_limits cut{.max_bytes = limit / 16, .beyond = oversize::truncate, .input_truncated = true};
    const auto beginning = decode_body(fields, body, cut);
    if (beginning) require(beginning->bytes.size() <= limit / 16 && beginning->truncated, "not truncated");
    if (whole) {
        require(beginning.has_value(), "what decodes does not when it may be cut");
        require(whole->bytes.starts_with(beginning->bytes), "the beginning is of something else");
    }
    check_steps(codings, body);
    return 0;
}
