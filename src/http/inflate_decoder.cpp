#include "http/decoder.hpp"

#include <zlib.h>

namespace forage::detail {
namespace {

constexpr std::string_view gzip_magic{"\x1F\x8B"};  // RFC 1952 §2.3.1
constexpr std::size_t least_gzip = 18;              // RFC 1952 §2.3: ten bytes of header, eight of trailer

// RFC 1950 §2.2: method 8, and a header that is a multiple of 31. Raw deflate data begins so only by chance: its first
// block would be a stored one whose padding bits are not zero.
bool looks_like_zlib(std::string_view data) noexcept {
    if (data.size() < 2) return false;
    const auto first  = static_cast<unsigned char>(data[0]);
    const auto second = static_cast<unsigned char>(data[1]);
    return (first & 0x0FU) == 8 && (first * 256U + second) % 31 == 0;
}

class inflate_decoder final : public decoder {
public:
    explicit inflate_decoder(coding kind) : kind_{kind} {}
    ~inflate_decoder() override {
        if (started_) inflateEnd(&zlib_);
    }

    decode_step step(std::string_view in, bool last, std::span<char> out) override {
        if (!started_ || between_members_) {
            if (in.size() < 2 && !last) return {};
            if (const auto state = start(in); state != decoding::going_on) return {state, 0, 0};
        }
        zlib_.next_in   = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));  // zlib's interface predates const
        zlib_.avail_in  = static_cast<uInt>(in.size());
        zlib_.next_out  = reinterpret_cast<Bytef*>(out.data());
        zlib_.avail_out = static_cast<uInt>(out.size());
        const int got   = inflate(&zlib_, Z_NO_FLUSH);
        return {state_after(got), in.size() - zlib_.avail_in, out.size() - zlib_.avail_out};
    }

private:
    decoding start(std::string_view in) {
        if (between_members_) {
            if (in.empty() || !gzip_magic.starts_with(in.substr(0, 2))) return decoding::ended;
            between_members_ = false;
            return inflateReset(&zlib_) == Z_OK ? decoding::going_on : decoding::corrupt;
        }
        int window_bits = MAX_WBITS + 16;  // gzip
        if (kind_ == coding::deflate) window_bits = looks_like_zlib(in) ? MAX_WBITS : -MAX_WBITS;
        started_ = inflateInit2(&zlib_, window_bits) == Z_OK;
        return started_ ? decoding::going_on : decoding::no_memory;
    }

    decoding state_after(int got) {
        switch (got) {
        case Z_OK:
        case Z_BUF_ERROR: return decoding::going_on;
        case Z_STREAM_END: between_members_ = kind_ == coding::gzip; break;
        case Z_MEM_ERROR: return decoding::no_memory;
        default: return decoding::corrupt;
        }
        return between_members_ ? decoding::going_on : decoding::ended;
    }

    coding kind_;
    bool started_         = false;
    bool between_members_ = false;
    z_stream zlib_{};
};

}  // namespace

std::unique_ptr<decoder> make_inflate_decoder(coding kind) { return std::make_unique<inflate_decoder>(kind); }

// RFC 1952 §2.3.1: ISIZE, the last four bytes of a member, modulo 2^32.
std::size_t gzip_claimed_size(std::string_view data) noexcept {
    if (data.size() < least_gzip) return 0;
    std::size_t size = 0;
    for (std::size_t i = 1; i <= 4; ++i) size = size << 8U | static_cast<unsigned char>(data[data.size() - i]);
    return size;
}

}  // namespace forage::detail
