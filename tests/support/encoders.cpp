#include "support/encoders.hpp"

#include <brotli/encode.h>
#include <stdexcept>
#include <zlib.h>
#include <zstd.h>

namespace forage::testing {
namespace {

void require(bool holds, const char* what) {
    if (!holds) throw std::runtime_error{what};
}

std::string deflate_all(std::string_view text, int level, int window_bits) {
    z_stream z{};
    require(deflateInit2(&z, level, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY) == Z_OK, "deflateInit2");
    std::string out(deflateBound(&z, text.size()) + 32, '\0');
    z.next_in       = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    z.avail_in      = static_cast<uInt>(text.size());
    z.next_out      = reinterpret_cast<Bytef*>(out.data());
    z.avail_out     = static_cast<uInt>(out.size());
    const int ended = deflate(&z, Z_FINISH);
    out.resize(z.total_out);
    deflateEnd(&z);
    require(ended == Z_STREAM_END, "deflate");
    return out;
}

}  // namespace

std::string encode_gzip(std::string_view text, int level) { return deflate_all(text, level, MAX_WBITS + 16); }
std::string encode_zlib(std::string_view text) { return deflate_all(text, 6, MAX_WBITS); }
std::string encode_raw_deflate(std::string_view text) { return deflate_all(text, 6, -MAX_WBITS); }

std::string encode_brotli(std::string_view text, int quality, int window_bits) {
    std::string out(BrotliEncoderMaxCompressedSize(text.size()) + 64, '\0');
    std::size_t size = out.size();
    const auto* from = reinterpret_cast<const std::uint8_t*>(text.data());
    auto* to         = reinterpret_cast<std::uint8_t*>(out.data());
    const auto done  = BrotliEncoderCompress(quality, window_bits, BROTLI_MODE_TEXT, text.size(), from, &size, to);
    require(done == BROTLI_TRUE, "BrotliEncoderCompress");
    out.resize(size);
    return out;
}

std::string encode_zstd(std::string_view text, zstd_frame frame) {
    ZSTD_CCtx* context = ZSTD_createCCtx();
    require(context != nullptr, "ZSTD_createCCtx");
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, frame.level);
    ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, frame.window_log);
    ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, frame.content_size ? 1 : 0);
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, frame.checksum ? 1 : 0);
    std::string out(ZSTD_compressBound(text.size()), '\0');
    const auto size = ZSTD_compress2(context, out.data(), out.size(), text.data(), text.size());
    ZSTD_freeCCtx(context);
    require(ZSTD_isError(size) == 0, "ZSTD_compress2");
    out.resize(size);
    return out;
}

}  // namespace forage::testing
