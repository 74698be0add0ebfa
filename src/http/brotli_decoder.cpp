#include "http/decoder.hpp"

#include <brotli/decode.h>

namespace forage::detail {
namespace {

struct brotli_end {
    void operator()(BrotliDecoderState* state) const noexcept { BrotliDecoderDestroyInstance(state); }
};

class brotli_decoder final : public decoder {
public:
    brotli_decoder() : brotli_{BrotliDecoderCreateInstance(nullptr, nullptr, nullptr)} {}

    decode_step step(std::string_view in, bool /*last*/, std::span<char> out) override {
        if (!brotli_) return {decoding::no_memory, 0, 0};
        auto in_left     = in.size();
        auto out_left    = out.size();
        const auto* from = reinterpret_cast<const std::uint8_t*>(in.data());
        auto* to         = reinterpret_cast<std::uint8_t*>(out.data());
        const auto got   = BrotliDecoderDecompressStream(brotli_.get(), &in_left, &from, &out_left, &to, nullptr);
        return {state_after(got), in.size() - in_left, out.size() - out_left};
    }

private:
    decoding state_after(BrotliDecoderResult got) const {
        switch (got) {
        case BROTLI_DECODER_RESULT_SUCCESS: return decoding::ended;
        case BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT:
        case BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT: return decoding::going_on;
        case BROTLI_DECODER_RESULT_ERROR: break;
        }
        const auto code = BrotliDecoderGetErrorCode(brotli_.get());
        const bool memory =
            code <= BROTLI_DECODER_ERROR_ALLOC_CONTEXT_MODES && code >= BROTLI_DECODER_ERROR_ALLOC_BLOCK_TYPE_TREES;
        return memory ? decoding::no_memory : decoding::corrupt;
    }

    std::unique_ptr<BrotliDecoderState, brotli_end> brotli_;
};

}  // namespace

std::unique_ptr<decoder> make_brotli_decoder() { return std::make_unique<brotli_decoder>(); }

}  // namespace forage::detail
