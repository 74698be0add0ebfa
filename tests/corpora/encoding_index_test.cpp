// Every pointer of every index of the Encoding Standard, where the files index-*.txt lie in `whatwg` beside the
// corpora.
#include "support/corpora.hpp"
#include "text/encoding.hpp"
#include "text/utf8.hpp"

#include <fstream>
#include <functional>
#include <gtest/gtest.h>
#include <iostream>
#include <iterator>
#include <map>
#include <optional>
#include <sstream>
#include <string>

namespace {

using forage::detail::decode;
using forage::detail::encoding;

using index = std::map<unsigned, char32_t>;

std::optional<index> load(const std::string& name) {
    std::ifstream file{forage::testing::corpora_path("..") / "whatwg" / ("index-" + name + ".txt")};
    if (!file) return std::nullopt;
    index found;
    for (std::string line; std::getline(file, line);) {
        unsigned pointer = 0;
        std::string code;
        if (std::istringstream{line} >> pointer >> code)
            found[pointer] = static_cast<char32_t>(std::stoul(code, nullptr, 16));
    }
    return found;
}

std::string bytes(std::initializer_list<unsigned> values) {
    std::string out;
    for (const unsigned v : values) out.push_back(static_cast<char>(v));
    return out;
}

/// The decoded character, if it is just one.
char32_t one_character(const std::string& text) {
    const auto byte = [&](std::size_t i) -> char32_t { return static_cast<unsigned char>(text[i]); };
    switch (text.size()) {
    case 1: return byte(0);
    case 2: return (byte(0) & 0x1F) << 6 | (byte(1) & 0x3F);
    case 3: return (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
    case 4:
        if (byte(0) < 0xF0) return 0;
        return (byte(0) & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F);
    default: return 0;
    }
}

/// Each of `pointers` pointers must give what the index has for it, and an error where it has nothing, but where the
/// decoder has a rule of its own.
void check(
    const index& want,
    unsigned pointers,
    encoding from,
    const std::function<std::string(unsigned)>& to_bytes,
    const std::function<bool(unsigned)>& has_rule = [](unsigned) { return false; }
) {
    unsigned right = 0, empty = 0;
    for (unsigned pointer = 0; pointer < pointers; ++pointer) {
        const auto in  = to_bytes(pointer);
        const auto out = decode(in, from);
        if (const auto entry = want.find(pointer); entry != want.end()) {
            if (one_character(out) == entry->second) {
                ++right;
            } else {
                ADD_FAILURE() << name_of(from) << ", pointer " << pointer << ": " << out;
            }
        } else if (!has_rule(pointer)) {
            ++empty;
            EXPECT_TRUE(out.starts_with(forage::detail::utf8_replacement))
                << name_of(from) << ", pointer " << pointer << ": " << out;
        }
    }
    std::cout << name_of(from) << ": " << right << " of " << want.size() << " characters, " << empty << " empty\n";
    EXPECT_EQ(right, want.size());
}

TEST(encoding_indexes, single_byte) {
    constexpr std::string_view names[] = {
        "ibm866",       "iso-8859-2",   "iso-8859-3",     "iso-8859-4",   "iso-8859-5",   "iso-8859-6",
        "iso-8859-7",   "iso-8859-8",   "iso-8859-10",    "iso-8859-13",  "iso-8859-14",  "iso-8859-15",
        "iso-8859-16",  "koi8-r",       "koi8-u",         "macintosh",    "windows-874",  "windows-1250",
        "windows-1251", "windows-1252", "windows-1253",   "windows-1254", "windows-1255", "windows-1256",
        "windows-1257", "windows-1258", "x-mac-cyrillic",
    };
    for (const auto name : names) {
        const auto want = load(std::string{name});
        if (!want) GTEST_SKIP() << "no index-" << name << ".txt in whatwg beside FORAGE_CORPORA";
        const auto to_bytes = [](unsigned pointer) { return bytes({0x80 + pointer}); };
        check(*want, 128, *forage::detail::encoding_for_label(name), to_bytes);
        if (name == "iso-8859-8") check(*want, 128, encoding::iso_8859_8_i, to_bytes);
    }
}

TEST(encoding_indexes, big5) {
    const auto want = load("big5");
    if (!want) GTEST_SKIP() << "no index-big5.txt in whatwg beside FORAGE_CORPORA";
    const auto to_bytes = [](unsigned p) { return bytes({0x81 + p / 157, p % 157 + (p % 157 < 0x3F ? 0x40 : 0x62)}); };
    const std::map<unsigned, std::string> pairs{
        {1133, "\u00CA\u0304"}, {1135, "\u00CA\u030C"}, {1164, "\u00EA\u0304"}, {1166, "\u00EA\u030C"}
    };
    check(*want, 126 * 157, encoding::big5, to_bytes, [&](unsigned p) { return pairs.contains(p); });
    for (const auto& [pointer, text] : pairs) EXPECT_EQ(decode(to_bytes(pointer), encoding::big5), text);
}

TEST(encoding_indexes, euc_kr) {
    const auto want = load("euc-kr");
    if (!want) GTEST_SKIP() << "no index-euc-kr.txt in whatwg beside FORAGE_CORPORA";
    check(*want, 126 * 190, encoding::euc_kr, [](unsigned p) { return bytes({0x81 + p / 190, 0x41 + p % 190}); });
}

TEST(encoding_indexes, gb18030) {
    const auto want = load("gb18030");
    if (!want) GTEST_SKIP() << "no index-gb18030.txt in whatwg beside FORAGE_CORPORA";
    const auto to_bytes = [](unsigned p) { return bytes({0x81 + p / 190, p % 190 + (p % 190 < 0x3F ? 0x40 : 0x41)}); };
    check(*want, 126 * 190, encoding::gb18030, to_bytes);
    check(*want, 126 * 190, encoding::gbk, to_bytes);
}

TEST(encoding_indexes, gb18030_ranges) {
    const auto ranges = load("gb18030-ranges");
    if (!ranges) GTEST_SKIP() << "no index-gb18030-ranges.txt in whatwg beside FORAGE_CORPORA";
    index want;
    for (auto range = ranges->begin(); range != ranges->end(); ++range) {
        // The last range of each plane's part ends where the decoder says, not where another begins.
        const unsigned last = range->first >= 189000              ? 1237575
                              : std::next(range)->first >= 189000 ? 39419
                                                                  : std::next(range)->first - 1;
        for (unsigned p = range->first; p <= last; ++p) want[p] = range->second + (p - range->first);
    }
    want[7457] = 0xE7C7;
    check(want, 126 * 10 * 126 * 10, encoding::gb18030, [](unsigned p) {
        return bytes({0x81 + p / 12600, 0x30 + p / 1260 % 10, 0x81 + p / 10 % 126, 0x30 + p % 10});
    });
}

TEST(encoding_indexes, jis0208) {
    const auto want = load("jis0208");
    if (!want) GTEST_SKIP() << "no index-jis0208.txt in whatwg beside FORAGE_CORPORA";
    const auto shift_jis = [](unsigned p) {
        return bytes({p / 188 + (p / 188 < 0x1F ? 0x81 : 0xC1), p % 188 + (p % 188 < 0x3F ? 0x40 : 0x41)});
    };
    const auto is_users_own = [](unsigned p) { return p >= 8836 && p <= 10715; };
    check(*want, 60 * 188, encoding::shift_jis, shift_jis, is_users_own);
    for (unsigned p = 8836; p <= 10715; ++p) {
        EXPECT_EQ(one_character(decode(shift_jis(p), encoding::shift_jis)), 0xE000 + p - 8836);
    }
    index square;  // what two bytes of 94 values can reach
    for (const auto& [pointer, character] : *want) {
        if (pointer < 94 * 94) square[pointer] = character;
    }
    check(square, 94 * 94, encoding::euc_jp, [](unsigned p) { return bytes({0xA1 + p / 94, 0xA1 + p % 94}); });
    check(square, 94 * 94, encoding::iso_2022_jp, [](unsigned p) {
        return "\x1B$B" + bytes({0x21 + p / 94, 0x21 + p % 94});
    });
}

TEST(encoding_indexes, jis0212) {
    const auto want = load("jis0212");
    if (!want) GTEST_SKIP() << "no index-jis0212.txt in whatwg beside FORAGE_CORPORA";
    check(*want, 94 * 94, encoding::euc_jp, [](unsigned p) { return bytes({0x8F, 0xA1 + p / 94, 0xA1 + p % 94}); });
}

TEST(encoding_indexes, katakana) {
    const auto want = load("iso-2022-jp-katakana");
    if (!want) GTEST_SKIP() << "no index-iso-2022-jp-katakana.txt in whatwg beside FORAGE_CORPORA";
    // The index is for encoders: from half-width to full-width. Its half-width side is what the decoders give.
    for (const auto& [pointer, full_width] : *want) {
        const auto half_width = 0xFF61 + pointer;
        EXPECT_EQ(one_character(decode("\x1B(I" + bytes({0x21 + pointer}), encoding::iso_2022_jp)), half_width);
        EXPECT_EQ(one_character(decode(bytes({0xA1 + pointer}), encoding::shift_jis)), half_width);
        EXPECT_EQ(one_character(decode(bytes({0x8E, 0xA1 + pointer}), encoding::euc_jp)), half_width);
    }
}

}  // namespace
