// libFuzzer target for the parser of responses. However the bytes are cut, the outcome is the same; a message is
// complete or an error; what is held stays within the limits. The first byte chooses options, the second how to cut.
#include "fuzz/require.hpp"
#include "http/response_parser.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

using namespace forage::detail;

using forage::fuzz::require;

struct outcome {
    forage::errc code = forage::errc::ok;
    std::string what;
    int status       = 0;
    std::size_t left = 0;  // bytes behind a whole message
    bool is_done = false, is_truncated = false, keeps_alive = false;
    std::string fields, body;

    bool operator==(const outcome&) const = default;
};

// Cuts of a size that changes from one to the next; `seed` 0 gives all at once.
struct slicer {
    std::uint32_t seed;
    std::size_t operator()(std::size_t left) {
        if (seed == 0) return left;
        seed = seed * 1664525U + 1013904223U;  // Numerical Recipes' generator
        return std::min<std::size_t>(left, 1 + (seed >> 24U) % 37);
    }
};

outcome parse(std::string_view bytes, const message_limits& limits, bool answers_head, std::uint32_t seed) {
    response_parser parser{limits, answers_head};
    slicer next{seed};
    outcome got;
    std::string held;
    std::size_t at = 0;
    while (!parser.done() && at < bytes.size()) {
        const auto n = next(bytes.size() - at);
        held.append(bytes.substr(at, n));
        at += n;
        const auto taken = parser.put(held);
        if (!taken) {
            got.code = taken.error().code;
            got.what = taken.error().what;
            require(got.code == forage::errc::protocol || got.code == forage::errc::too_large, "another error");
            return got;
        }
        require(*taken <= held.size(), "took more than there was");
        held.erase(0, *taken);
        require(parser.done() || held.size() < limits.header_bytes, "more than a head is left over");
        require(held.empty() || parser.done() || !parser.header_done(), "a body does not take all");
        require(parser.body().size() <= limits.body_bytes, "the body is larger than allowed");
        require(parser.body().capacity() <= 2 * limits.body_bytes + 256, "more memory than the body may have");
    }
    if (!parser.is_truncated()) got.left = held.size() + bytes.size() - at;
    if (!parser.done()) {
        if (auto end = parser.put_end(); !end) {
            got.code = end.error().code;
            return got;
        }
    }
    got.is_done      = parser.done();
    got.is_truncated = parser.is_truncated();
    got.keeps_alive  = parser.keeps_alive();
    got.status       = parser.status();
    got.body         = parser.body();
    for (const auto& f : parser.fields()) {
        require(f.value.find_first_of(std::string_view{"\r\n\0", 3}) == std::string::npos, "a line break in a field");
        got.fields += f.name + ": " + f.value + "\n";
    }
    require(parser.fields().size() <= limits.header_fields, "more fields than allowed");
    require(got.is_done, "neither complete nor an error");
    require(!got.is_truncated || (limits.truncate && got.body.size() == limits.body_bytes), "truncated elsewhere");
    return got;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    message_limits limits;
    limits.header_bytes     = 2048;
    limits.header_fields    = 16;
    limits.body_bytes       = 512;
    limits.truncate         = (data[0] & 1U) != 0;
    const bool answers_head = (data[0] & 2U) != 0;
    const std::string_view bytes{reinterpret_cast<const char*>(data) + 2, size - 2};

    const auto whole = parse(bytes, limits, answers_head, 0);
    require(parse(bytes, limits, answers_head, data[1] + 1U) == whole, "another outcome when cut");
    return 0;
}
