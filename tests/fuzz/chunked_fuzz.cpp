// libFuzzer target for chunked bodies behind a fixed head: cut or whole they give the same, an encoder of our own
// agrees with what was read, and framing that brings no data ends at its bound.
#include "fuzz/require.hpp"
#include "http/chunked_decoder.hpp"

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

namespace {

using namespace forage::detail;

using forage::fuzz::require;

constexpr chunked_limits limits{.line_bytes = 300, .framing_bytes = 1500, .data_bytes = 1000};

struct outcome {
    forage::errc code = forage::errc::ok;
    bool is_done      = false;
    std::size_t taken = 0;
    std::string data;

    bool operator==(const outcome&) const = default;
};

outcome decode(std::string_view bytes, std::size_t step) {
    chunked_decoder chunks{limits};
    outcome got;
    for (std::size_t at = 0; at < bytes.size() && !chunks.done(); at += step) {
        auto piece = bytes.substr(at, step);
        while (!piece.empty() && !chunks.done()) {
            const auto before = piece.size();
            const auto data   = chunks.next(piece);
            if (!data) {
                got.code  = data.error().code;
                got.taken = 0;  // what a failing call took is nobody's concern
                require(got.code == forage::errc::protocol || got.code == forage::errc::too_large, "another error");
                return got;
            }
            got.taken += before - piece.size();
            got.data += *data;
        }
    }
    got.is_done = chunks.done();
    require(got.data.size() <= limits.data_bytes, "more data than allowed");
    require(got.taken - got.data.size() <= limits.framing_bytes, "more framing than allowed");
    return got;
}

// The bytes as data in chunks of a size, some with extensions, and a trailer.
std::string encode(std::string_view data, std::size_t step) {
    std::string out;
    for (std::size_t at = 0; at < data.size(); at += step) {
        const auto piece = data.substr(at, step);
        char size[32];
        std::snprintf(size, sizeof size, at % 2 == 0 ? "%zX" : "0%zx ; a=\"b\"", piece.size());
        out.append(size).append("\r\n").append(piece).append("\r\n");
    }
    return out + "0\r\nTrailer: late\r\n\r\n";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view bytes{reinterpret_cast<const char*>(data) + 1, size - 1};
    const auto whole = decode(bytes, bytes.size() + 1);
    const auto cut   = decode(bytes, 1 + data[0] % 16);
    require(whole == cut, "another outcome when cut");

    const auto few      = bytes.substr(0, limits.data_bytes);
    const auto sent     = encode(few, 64 + data[0]);
    const auto received = decode(sent, 1 + data[0] % 16);
    require(received.is_done && received.data == few && received.taken == sent.size(), "did not read what was written");
    return 0;
}
