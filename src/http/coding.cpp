#include "http/coding.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>
#include <zlib.h>

namespace forage::detail {
namespace {

constexpr std::size_t max_layers       = 2;
constexpr std::size_t step             = 64 * 1024;
constexpr std::size_t ratio_free_bytes = 1024 * 1024;  // below this any ratio is fine
constexpr std::size_t max_ratio        = 200;

enum class coding { gzip, deflate };

error broken(std::string what) {
    return error{errc::bad_coding, std::move(what), "the server is at fault; try again later"}.at(phase::decode);
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// In the order they were applied. Counts over all Content-Encoding fields.
result<std::vector<coding>> codings_of(const std::vector<field>& fields) {
    std::vector<coding> codings;
    for (const auto& f : fields) {
        if (!equal_ignoring_case(f.name, "Content-Encoding")) continue;
        std::string_view rest{f.value};
        while (!rest.empty()) {
            const auto comma = std::min(rest.find(','), rest.size());
            const auto name  = trimmed(rest.substr(0, comma));
            rest.remove_prefix(std::min(comma + 1, rest.size()));
            if (name.empty() || equal_ignoring_case(name, "identity")) continue;
            if (equal_ignoring_case(name, "gzip") || equal_ignoring_case(name, "x-gzip"))
                codings.push_back(coding::gzip);
            else if (equal_ignoring_case(name, "deflate"))
                codings.push_back(coding::deflate);
            else
                return broken("a Content-Encoding that was not asked for");
            if (codings.size() > max_layers) return broken("more layers of Content-Encoding than anyone needs");
        }
    }
    return codings;
}

// zlib's state, ended whatever happens.
class inflater {
public:
    explicit inflater(int window_bits) { ready_ = inflateInit2(&state_, window_bits) == Z_OK; }
    ~inflater() {
        if (ready_) inflateEnd(&state_);
    }
    inflater(const inflater&)            = delete;
    inflater& operator=(const inflater&) = delete;
    [[nodiscard]] bool ready() const { return ready_; }
    z_stream& operator*() { return state_; }

private:
    z_stream state_{};
    bool ready_ = false;
};

bool looks_like_zlib(std::string_view data) {
    if (data.size() < 2) return false;
    const auto first  = static_cast<unsigned char>(data[0]);
    const auto second = static_cast<unsigned char>(data[1]);
    return (first & 0x0FU) == 8 && (first * 256U + second) % 31 == 0;
}

// The last four bytes of a gzip member are its size; a claim, so it only sizes the first allocation.
std::size_t first_guess(coding kind, std::string_view data, std::size_t max_bytes) {
    std::size_t guess = data.size() * 4;
    if (kind == coding::gzip && data.size() >= 18) {
        guess = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            guess |= static_cast<std::size_t>(static_cast<unsigned char>(data[data.size() - 4 + i])) << (8 * i);
        }
    }
    return std::clamp<std::size_t>(guess, 256, std::min(max_bytes, data.size() * 20 + 1024)) + 1;
}

result<std::string> undo(coding kind, std::string_view data, std::size_t max_bytes, const std::atomic<bool>* stop) {
    int window_bits = 15 + 16;  // gzip
    if (kind == coding::deflate) window_bits = looks_like_zlib(data) ? 15 : -15;
    inflater zlib{window_bits};
    if (!zlib.ready()) return error{errc::internal, "zlib cannot start"};
    auto& z    = *zlib;
    z.next_in  = reinterpret_cast<Bytef*>(const_cast<char*>(data.data()));  // zlib's interface predates const
    z.avail_in = static_cast<uInt>(data.size());

    std::string out(first_guess(kind, data, max_bytes), '\0');
    std::size_t size = 0;
    for (;;) {
        if (stop != nullptr && stop->load(std::memory_order_relaxed)) return error{errc::cancelled, "cancelled"};
        if (size == out.size()) out.resize(std::min(std::max(out.size() * 2, step), max_bytes + 1));
        const auto room = std::min(out.size() - size, step * 16);
        z.next_out      = reinterpret_cast<Bytef*>(out.data() + size);
        z.avail_out     = static_cast<uInt>(room);
        const int state = inflate(&z, Z_NO_FLUSH);
        size += room - z.avail_out;
        if (size > max_bytes)
            return error{errc::too_large, "the decoded body is larger than allowed", "raise max_body_bytes"}.at(
                phase::decode
            );
        if (size > ratio_free_bytes && size / max_ratio > data.size() - z.avail_in) {
            return error{errc::too_large, "a compression bomb: over 200 times its size"}.at(phase::decode);
        }
        if (state == Z_STREAM_END) {
            // RFC 1952 §2.2: members may follow each other. Anything else behind the end is ignored, as browsers do.
            const bool another =
                kind == coding::gzip && z.avail_in >= 2 && z.next_in[0] == 0x1F && z.next_in[1] == 0x8B;
            if (!another) break;
            if (inflateReset(&z) != Z_OK) return broken("corrupt data");
            continue;
        }
        if (state == Z_BUF_ERROR || (state == Z_OK && z.avail_in == 0 && z.avail_out != 0)) {
            return broken("the coded body ends too early");
        }
        if (state != Z_OK) return broken("the coded body is corrupt");
    }
    out.resize(size);
    return out;
}

}  // namespace

result<std::string>
decode_body(const std::vector<field>& fields, std::string body, std::size_t max_bytes, const std::atomic<bool>* stop) {
    auto codings = codings_of(fields);
    if (!codings) return codings.error();
    if (body.empty()) return body;
    for (auto layer = codings->rbegin(); layer != codings->rend(); ++layer) {
        auto decoded = undo(*layer, body, max_bytes, stop);
        if (!decoded) return decoded.error();
        body = *std::move(decoded);
    }
    return body;
}

}  // namespace forage::detail
