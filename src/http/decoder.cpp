#include "http/decoder.hpp"

namespace forage::detail {

std::unique_ptr<decoder> make_decoder(coding kind) {
    switch (kind) {
    case coding::gzip:
    case coding::deflate: return make_inflate_decoder(kind);
    case coding::brotli: return make_brotli_decoder();
    case coding::zstd: break;
    }
    return make_zstd_decoder();
}

}  // namespace forage::detail
