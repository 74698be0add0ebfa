#include "http/decoder.hpp"

#include <algorithm>
#include <zstd.h>
#include <zstd_errors.h>

namespace forage::detail {
namespace {

constexpr int max_window_log     = 23;  // RFC 9659 §3: 8 MiB, as RFC 8878 §3.1.1.1.2 recommends
constexpr std::size_t magic_size = 4;

constexpr std::string_view frame_magic{"\x28\xB5\x2F\xFD"};  // RFC 8878 §3.1.1
constexpr std::string_view skippable_magic{"\x2A\x4D\x18"};  // RFC 8878 §3.1.2: behind a byte from 0x50 to 0x5F

bool may_be_frame(std::string_view in) noexcept {
    const auto magic = in.substr(0, magic_size);
    if (magic.empty()) return false;
    if (frame_magic.starts_with(magic)) return true;
    return (static_cast<unsigned char>(magic[0]) & 0xF0U) == 0x50 && skippable_magic.starts_with(magic.substr(1));
}

struct zstd_end {
    void operator()(ZSTD_DCtx* context) const noexcept { ZSTD_freeDCtx(context); }
};

class zstd_decoder final : public decoder {
public:
    zstd_decoder() : zstd_{ZSTD_createDCtx()} {
        if (zstd_ && ZSTD_isError(ZSTD_DCtx_setParameter(zstd_.get(), ZSTD_d_windowLogMax, max_window_log))) {
            zstd_.reset();
        }
    }

    decode_step step(std::string_view in, bool last, std::span<char> out) override {
        if (!zstd_) return {decoding::no_memory, 0, 0};
        if (between_frames_) {
            if (in.size() < magic_size && !last) return {};
            // The library would also read formats that were never standardised.
            if (!may_be_frame(in)) return {first_ && !in.empty() ? decoding::corrupt : after_frames(), 0, 0};
            between_frames_ = false;
            first_          = false;
        }
        ZSTD_inBuffer from{in.data(), in.size(), 0};
        ZSTD_outBuffer to{out.data(), out.size(), 0};
        const auto got = ZSTD_decompressStream(zstd_.get(), &to, &from);
        if (got == 0) between_frames_ = true;
        return {ZSTD_isError(got) ? failure(got) : decoding::going_on, from.pos, to.pos};
    }

private:
    // Without any frame at all the data is cut, not ended.
    [[nodiscard]] decoding after_frames() const { return first_ ? decoding::going_on : decoding::ended; }

    static decoding failure(std::size_t got) {
        switch (ZSTD_getErrorCode(got)) {
        case ZSTD_error_frameParameter_windowTooLarge: return decoding::window_too_large;
        case ZSTD_error_memory_allocation: return decoding::no_memory;
        default: return decoding::corrupt;
        }
    }

    std::unique_ptr<ZSTD_DCtx, zstd_end> zstd_;
    bool between_frames_ = true;
    bool first_          = true;
};

}  // namespace

std::unique_ptr<decoder> make_zstd_decoder() { return std::make_unique<zstd_decoder>(); }

std::size_t zstd_claimed_size(std::string_view data) noexcept {
    const auto size = ZSTD_getFrameContentSize(data.data(), data.size());
    if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR) return 0;
    return static_cast<std::size_t>(size);
}

}  // namespace forage::detail
