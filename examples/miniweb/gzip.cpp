#include "gzip.hpp"

#include <new>
#include <zlib.h>

namespace miniweb {

std::string gzip(std::string_view plain) {
    constexpr int window_with_gzip_header = 15 + 16;
    constexpr int memory_level            = 8;
    z_stream stream{};
    const int ready = deflateInit2(
        &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, window_with_gzip_header, memory_level, Z_DEFAULT_STRATEGY
    );
    if (ready != Z_OK) throw std::bad_alloc{};
    std::string packed;
    packed.resize(deflateBound(&stream, static_cast<uLong>(plain.size())));
    // zlib reads through this pointer only, whatever its type says.
    stream.next_in   = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
    stream.avail_in  = static_cast<uInt>(plain.size());
    stream.next_out  = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

}  // namespace miniweb
