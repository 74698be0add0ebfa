#include "support/coding_bombs.hpp"

#include "support/encoders.hpp"
#include "support/hostile_documents.hpp"

#include <array>
#include <brotli/encode.h>
#include <memory>
#include <random>
#include <stdexcept>
#include <string_view>
#include <zlib.h>

namespace forage::testing {

namespace {

constexpr std::size_t mib   = 1024 * 1024;
constexpr std::size_t most  = 10 * mib;
constexpr std::size_t total = std::size_t{10} * 1024 * mib;

// RFC 1951 §3.2.3: a block that ends at a byte and refers to nothing before it stands as often as one likes.
std::string gzip_zeros() {
    z_stream z{};
    if (deflateInit2(&z, 9, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY) != Z_OK) throw std::runtime_error{"zlib"};
    std::string zeros(mib, '\0');
    std::string block(64 * 1024, '\0');
    z.next_in   = reinterpret_cast<Bytef*>(zeros.data());
    z.avail_in  = static_cast<uInt>(zeros.size());
    z.next_out  = reinterpret_cast<Bytef*>(block.data());
    z.avail_out = static_cast<uInt>(block.size());
    deflate(&z, Z_FULL_FLUSH);
    block.resize(z.total_out);
    deflateEnd(&z);
    const std::string head{"\x1F\x8B\x08\0\0\0\0\0\0\x03", 10};  // RFC 1952 §2.3
    return (head + filled_with(block, block.size() * (total / mib))).substr(0, most);
}

// RFC 7932 §9.2: after a flush the next meta-block begins at a byte.
std::string brotli_zeros() {
    const std::unique_ptr<BrotliEncoderState, void (*)(BrotliEncoderState*)> state{
        BrotliEncoderCreateInstance(nullptr, nullptr, nullptr), &BrotliEncoderDestroyInstance
    };
    BrotliEncoderSetParameter(state.get(), BROTLI_PARAM_QUALITY, 5);
    const std::string zeros(16 * mib, '\0');
    std::array<std::string, 3> flushed;
    for (auto& block : flushed) {
        block.resize(64 * 1024);
        auto left        = zeros.size();
        auto room        = block.size();
        const auto* from = reinterpret_cast<const std::uint8_t*>(zeros.data());
        auto* to         = reinterpret_cast<std::uint8_t*>(block.data());
        BrotliEncoderCompressStream(state.get(), BROTLI_OPERATION_FLUSH, &left, &from, &room, &to, nullptr);
        if (left != 0) throw std::runtime_error{"brotli"};
        block.resize(block.size() - room);
    }
    const auto& again = flushed[2];
    return flushed[0] + flushed[1] + filled_with(again, again.size() * (total / zeros.size()));
}

// RFC 8878 §3.1.1: a frame with a window of 8 MiB, of blocks (type RLE) of 128 KiB in four bytes each.
std::string zstd_zeros() {
    constexpr std::uint32_t block_size = 128 * 1024;
    const auto block                   = [](bool last) {
        const std::uint32_t head = block_size << 3U | 1U << 1U | (last ? 1U : 0U);
        std::string bytes;
        for (unsigned shift = 0; shift < 24; shift += 8) bytes += static_cast<char>(head >> shift & 0xFFU);
        return bytes + '\0';
    };
    const std::string head{"\x28\xB5\x2F\xFD\0\x68", 6};
    return head + filled_with(block(false), 4 * (total / block_size - 1)) + block(true);
}

std::string random_bytes(std::size_t size) {
    std::mt19937_64 random{1};
    std::string bytes(size, '\0');
    for (auto& b : bytes) b = static_cast<char>(random());
    return bytes;
}

}  // namespace

std::vector<coding_bomb> zeros_of_10_gb() {
    return {
        {"gzip", "gzip", gzip_zeros()},
        {"br", "br", brotli_zeros()},
        {"zstd", "zstd", zstd_zeros()},
        {"gzip in gzip", "gzip, gzip", encode_gzip(gzip_zeros())},
        {"gzip in br", "gzip, br", encode_brotli(gzip_zeros())},
        {"br in zstd", "br, zstd", encode_zstd(brotli_zeros())},
        {"zstd in gzip", "zstd, gzip", encode_gzip(zstd_zeros())},
    };
}

std::vector<coding_bomb> full_windows() {
    constexpr int largest_br   = 24;
    constexpr int largest_zstd = 23;
    const auto noise           = random_bytes(most - 8 * 1024);  // what coding adds must fit as well
    const auto br              = [](const std::string& bytes) { return encode_brotli(bytes, 1, largest_br); };
    const auto zstd            = [](const std::string& bytes) {
        return encode_zstd(bytes, {.level = 1, .window_log = largest_zstd});
    };
    return {
        {"noise in gzip", "gzip", encode_gzip(noise, 1)},
        {"noise in br", "br", br(noise)},
        {"noise in zstd", "zstd", zstd(noise)},
        {"noise in br in br", "br, br", br(br(noise))},
        {"noise in zstd in br", "zstd, br", br(zstd(noise))},
        {"noise in br in zstd", "br, zstd", zstd(br(noise))},
        {"noise in zstd in zstd", "zstd, zstd", zstd(zstd(noise))},
    };
}

}  // namespace forage::testing
