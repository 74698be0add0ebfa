#include "http/coding.hpp"

#include "http/content_encoding.hpp"
#include "http/decoder_chain.hpp"

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>

namespace forage::detail {
namespace {

error why_not(decoding state) {
    const auto broken = [](const char* what) {
        return error{errc::bad_coding, what, "the server is at fault; try again later"}.at(phase::decode);
    };
    switch (state) {
    case decoding::corrupt: return broken("the coded body is corrupt");
    case decoding::window_too_large: return broken("the coded body needs a larger window than its coding may");
    case decoding::cut_short: return broken("the coded body ends too early");
    case decoding::too_large:
        return error{errc::too_large, "the decoded body is larger than allowed", "raise max_body_bytes"}.at(
            phase::decode
        );
    case decoding::out_of_ratio:
        return error{errc::too_large, "a compression bomb: over 200 times its size"}.at(phase::decode);
    case decoding::no_memory: return error{errc::internal, "no memory for a decoder"}.at(phase::decode);
    case decoding::going_on:
    case decoding::ended: break;
    }
    return error{errc::internal, "a decoder that is done or not"}.at(phase::decode);
}

// What the data claims is a guess only: it sizes the first allocation, within what the input makes likely.
std::size_t likely_size(const std::vector<coding>& codings, std::string_view body) {
    std::size_t guess = 0;
    if (codings.size() == 1 && codings[0] == coding::gzip) guess = gzip_claimed_size(body);
    if (codings.size() == 1 && codings[0] == coding::zstd) guess = zstd_claimed_size(body);
    if (guess == 0) guess = body.size() * 8;  // enough for most HTML (bench_coding)
    return std::clamp<std::size_t>(guess, 256, body.size() * 20 + 1024);
}

// The output, in one piece that is copied at most once: from the likely size to the largest one possible. Of that, only
// what is written to takes memory. Measured against pieces of 64 KiB that are appended: docs/performance.md.
class output_buffer {
public:
    output_buffer(std::size_t likely, std::size_t possible, std::size_t max_bytes)
        : possible_{std::min(possible, max_bytes) + 1}, max_{max_bytes + 1} {
        bytes_.reserve(std::min(likely + 1, possible_));
    }

    // Never empty while no more than the limit is in use: one byte beyond shows that there is more.
    std::span<char> room() {
        if (used_ == bytes_.size()) {
            if (used_ == bytes_.capacity()) bytes_.reserve(std::max(possible_, used_ + 1));
            bytes_.resize(std::min({bytes_.capacity(), used_ + std::clamp(used_, least_step, most_step), max_}));
        }
        return std::span{bytes_}.subspan(used_);
    }
    void use(std::size_t count) { used_ += count; }
    std::string take() && {
        bytes_.resize(std::min(used_, max_ - 1));
        return std::move(bytes_);
    }

private:
    static constexpr std::size_t least_step = 64 * 1024;
    static constexpr std::size_t most_step  = 1024 * 1024;

    std::string bytes_;
    std::size_t used_ = 0;
    std::size_t possible_;
    std::size_t max_;
};

result<decoded_body>
undo(const std::vector<coding>& codings, std::string_view body, std::size_t max_bytes, const decode_limits& limits) {
    decoder_chain chain{codings, body, max_bytes};
    output_buffer out{likely_size(codings, body), decoder_chain::most_from(body.size()), max_bytes};
    auto state = decoding::going_on;
    while (state == decoding::going_on) {
        if (limits.stop != nullptr && limits.stop->load(std::memory_order_relaxed)) {
            return error{errc::cancelled, "cancelled"};
        }
        const auto got = chain.step(out.room());
        out.use(got.made);
        state = got.state;
    }
    decoded_body decoded;
    if (limits.beyond == oversize::truncate) {
        const bool cut    = state == decoding::cut_short && limits.input_truncated;
        decoded.truncated = cut || state == decoding::too_large || state == decoding::out_of_ratio;
    }
    if (state != decoding::ended && !decoded.truncated) return why_not(state);
    decoded.bytes = std::move(out).take();
    return decoded;
}

}  // namespace

result<decoded_body> decode_body(const std::vector<field>& fields, std::string body, const decode_limits& limits) {
    const auto codings = content_codings(fields);
    if (!codings) return codings.error();
    const auto max_bytes = std::min(limits.max_bytes, body.max_size() / 2);

    decoded_body out;
    if (codings->empty() || body.empty()) {
        out.bytes = std::move(body);
        if (out.bytes.size() > max_bytes) {
            if (limits.beyond == oversize::fail) return why_not(decoding::too_large);
            out.bytes.resize(max_bytes);
            out.truncated = true;
        }
    } else {
        auto undone = undo(*codings, body, max_bytes, limits);
        if (!undone) return std::move(undone).error();
        out = *std::move(undone);
    }
    out.truncated = out.truncated || (limits.beyond == oversize::truncate && limits.input_truncated);
    return out;
}

}  // namespace forage::detail
