// Bodies under content codings, as servers make them.
#pragma once

#include <string>
#include <string_view>

namespace forage::testing {

[[nodiscard]] std::string encode_gzip(std::string_view text, int level = 6);
[[nodiscard]] std::string encode_zlib(std::string_view text);
[[nodiscard]] std::string encode_raw_deflate(std::string_view text);
[[nodiscard]] std::string encode_brotli(std::string_view text, int quality = 5, int window_bits = 22);

struct zstd_frame {
    int level         = 3;
    int window_log    = 0;  ///< 0: as the level has it
    bool content_size = true;
    bool checksum     = true;
};
[[nodiscard]] std::string encode_zstd(std::string_view text, zstd_frame frame = {});

}  // namespace forage::testing
