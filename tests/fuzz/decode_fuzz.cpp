// libFuzzer target for the decoders: what comes out is valid UTF-8 of bounded size; a second decoding gives the same;
// ASCII stays what and where it is; a text's beginning decodes to the beginning of its text, but for the character that
// the cut falls into; and UTF-8 that is found valid by vectors is valid by characters. The input's first byte chooses
// the encoding, the rest is decoded.
#include "fuzz/require.hpp"
#include "text/code_points.hpp"
#include "text/encoding.hpp"
#include "text/utf8.hpp"
#include "text/utf8_vectors.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

using namespace forage::detail;

constexpr auto encodings = static_cast<unsigned>(encoding::x_user_defined) + 1;

void require(bool holds, const char* what, encoding from) { forage::fuzz::require(holds, what, name_of(from)); }

std::size_t valid_by_characters(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        const auto c = code_point_at(text, at);
        if (!c.valid) break;
        at += c.length;
    }
    return at;
}

bool is_ascii_only(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Encodings in which a byte below 80 is ASCII unless it follows a lead byte.
bool has_ascii(encoding from) {
    return from != encoding::utf_16be && from != encoding::utf_16le && from != encoding::replacement &&
           from != encoding::iso_2022_jp;
}

std::size_t common_prefix(std::string_view a, std::string_view b) {
    return static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
}

void check_markup_survives(std::string_view bytes, const std::string& text, encoding from) {
    // '<' and '>' are no trail bytes anywhere, so that a fault cannot hide a tag.
    for (const char c : {'<', '>', '\n', '"'}) {
        require(
            std::count(bytes.begin(), bytes.end(), c) == std::count(text.begin(), text.end(), c), "ASCII lost", from
        );
    }
    const auto ascii = ascii_prefix(bytes);
    require(is_ascii_only(bytes.substr(0, ascii)), "the ASCII prefix is not ASCII", from);
    require(text.starts_with(bytes.substr(0, ascii)), "ASCII changed", from);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const auto from = static_cast<encoding>(data[0] % encodings);
    const std::string_view bytes{reinterpret_cast<const char*>(data) + 1, size - 1};

    const std::string text = decode(bytes, from);
    require(valid_by_characters(text) == text.size(), "not UTF-8", from);
    require(is_valid_utf8(text), "not UTF-8 to us", from);
    require(text.size() <= 3 * bytes.size() + 3, "more than three bytes for one", from);
    require(decode(bytes, from) == text, "another text the second time", from);
    if (has_ascii(from)) {
        const bool marked = from == encoding::utf_8 && bytes.starts_with("\xEF\xBB\xBF");
        check_markup_survives(marked ? bytes.substr(3) : bytes, text, from);
    }

    const auto valid = valid_by_characters(bytes);
    require(valid_utf8_prefix(bytes) == valid, "UTF-8 is valid up to elsewhere", from);
    require(valid_utf8_vectors(bytes) <= valid, "vectors go beyond a fault", from);

    // What a cut can change is the last character, which takes four bytes, and what an escape sequence cut off becomes.
    const auto cut         = bytes.substr(0, bytes.size() / 2);
    const std::string half = decode(cut, from);
    if (from != encoding::replacement && cut.size() > 3) {
        require(half.size() - common_prefix(half, text) <= 9, "the beginning decodes to something else", from);
    }
    return 0;
}
