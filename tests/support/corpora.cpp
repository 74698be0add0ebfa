#include "support/corpora.hpp"

#include <array>
#include <cstdlib>
#include <memory>
#include <zlib.h>

namespace forage::testing {

std::filesystem::path corpora_path(const std::filesystem::path& name) {
    const char* folder = std::getenv("FORAGE_CORPORA");
    return folder == nullptr ? std::filesystem::path{} : std::filesystem::path{folder} / name;
}

std::optional<std::string> corpora_text(const std::filesystem::path& name) {
    struct closer {
        void operator()(gzFile_s* file) const { gzclose(file); }
    };
    const std::unique_ptr<gzFile_s, closer> file{gzopen(corpora_path(name).c_str(), "rb")};
    if (!file) return std::nullopt;
    std::string text;
    std::array<char, 64 * 1024> piece{};
    int size = 0;
    while ((size = gzread(file.get(), piece.data(), piece.size())) > 0)
        text.append(piece.data(), static_cast<std::size_t>(size));
    if (size < 0) return std::nullopt;
    return text;
}

}  // namespace forage::testing
