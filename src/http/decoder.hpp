// decoder: one layer of content coding being undone, a piece at a time. One implementation a coding.
#pragma once

#include "http/content_encoding.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace forage::detail {

/// How far a decoder, or a chain of them, has come. The last three are found by the chain only.
enum class decoding : std::uint8_t {
    going_on,
    ended,             ///< the data is whole, and its checksums agree where it has any
    corrupt,           ///< not what the coding allows
    window_too_large,  ///< the data asks for more memory than its coding may
    no_memory,
    cut_short,     ///< the input ended before the data did
    too_large,     ///< a layer came out larger than allowed
    out_of_ratio,  ///< a compression bomb
};

struct decode_step {
    decoding state    = decoding::going_on;
    std::size_t taken = 0;  ///< bytes of the input
    std::size_t made  = 0;  ///< bytes of the output
};

/// What stands behind the end of the data: a gzip member or a zstd frame, or what may be the beginning of one, is
/// decoded as well (RFC 1952 §2.2, RFC 8878 §3). All else is ignored, in every coding, as browsers do.
///
/// CPU-bound, no I/O; one thread at a time.
class decoder {
public:
    decoder()                          = default;
    virtual ~decoder()                 = default;
    decoder(const decoder&)            = delete;
    decoder& operator=(const decoder&) = delete;

    /// Decodes from the front of `in` to the front of `out`, which is not empty. What is not taken must come again at
    /// the front of the next `in`; some decoders take nothing until they see a few bytes more. `last`: nothing comes
    /// behind `in`. Going on without taking or making anything though `in` is the last means that the data is cut.
    /// After any state but `going_on` it must not be called again.
    [[nodiscard]] virtual decode_step step(std::string_view in, bool last, std::span<char> out) = 0;
};

/// gzip and deflate; deflate both as zlib (RFC 1950), which the name means, and raw (RFC 1951), which some servers
/// send.
[[nodiscard]] std::unique_ptr<decoder> make_inflate_decoder(coding kind);
/// RFC 7932: windows up to 16 MiB, no large ones.
[[nodiscard]] std::unique_ptr<decoder> make_brotli_decoder();
/// RFC 8878, with windows up to the 8 MiB of RFC 9659 §3. Older formats of the same library are refused.
[[nodiscard]] std::unique_ptr<decoder> make_zstd_decoder();
[[nodiscard]] std::unique_ptr<decoder> make_decoder(coding kind);

/// The size that the data claims to have when decoded; 0 where it claims none. A claim of the sender, to be checked.
[[nodiscard]] std::size_t gzip_claimed_size(std::string_view data) noexcept;
[[nodiscard]] std::size_t zstd_claimed_size(std::string_view data) noexcept;

}  // namespace forage::detail
