// ICU has these tables all but for some entries. It is asked for each pointer's bytes once, then patched.
#include "text/multi_byte_tables.hpp"

#include "text/multi_byte_patches.hpp"

#include <algorithm>
#include <array>
#include <unicode/ucnv.h>
#include <unicode/utf16.h>

namespace forage::detail {
namespace {

constexpr std::size_t big5_pointers    = 126 * 157;
constexpr std::size_t euc_kr_pointers  = 126 * 190;
constexpr std::size_t gb18030_pointers = 126 * 190;
constexpr std::size_t jis0208_pointers = 60 * 188;
constexpr std::size_t jis0212_pointers = 94 * 94;

class icu_converter {
public:
    explicit icu_converter(const char* name) noexcept {
        UErrorCode error = U_ZERO_ERROR;
        handle_          = ucnv_open(name, &error);
        ucnv_setToUCallBack(handle_, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
        usable_ = U_SUCCESS(error);
    }
    ~icu_converter() { ucnv_close(handle_); }
    icu_converter(const icu_converter&)            = delete;
    icu_converter& operator=(const icu_converter&) = delete;

    /// The one character that these bytes stand for, or 0.
    template <std::size_t N>
    char32_t operator()(const std::array<unsigned char, N>& bytes) noexcept {
        if (!usable_) return 0;
        ucnv_resetToUnicode(handle_);
        UErrorCode error = U_ZERO_ERROR;
        std::array<UChar, 8> units{};
        const auto length = ucnv_toUChars(
            handle_,
            units.data(),
            static_cast<std::int32_t>(units.size()),
            reinterpret_cast<const char*>(bytes.data()),
            static_cast<std::int32_t>(N),
            &error
        );
        if (U_FAILURE(error)) return 0;
        if (length == 1) return units[0] == replacement_character ? 0 : units[0];
        if (length == 2 && U16_IS_LEAD(units[0])) {
            return static_cast<char32_t>(U16_GET_SUPPLEMENTARY(units[0], units[1]));
        }
        return 0;
    }

private:
    UConverter* handle_ = nullptr;
    bool usable_        = false;
};

/// ICU keeps the areas that vendors left to their users; of the standard's indexes only gb18030 has such characters.
enum class private_use : bool { left_out, kept };

template <typename ToBytes>
multi_byte_table make_table(
    std::size_t pointers,
    const char* converter,
    ToBytes to_bytes,
    std::span<const index_entry> patches = {},
    private_use area                     = private_use::left_out
) {
    multi_byte_table table(pointers);
    icu_converter convert{converter};
    for (std::size_t pointer = 0; pointer < pointers; ++pointer) {
        const char32_t c = convert(to_bytes(pointer));
        if (c == 0 || (area == private_use::left_out && c >= 0xE000 && c <= 0xF8FF)) continue;
        table[pointer] = to_utf8(c);
    }
    for (const auto& patch : patches) {
        table[patch.pointer] = patch.character == 0 ? utf8_character{} : to_utf8(patch.character);
    }
    return table;
}

using two_bytes = std::array<unsigned char, 2>;

constexpr two_bytes bytes_of(std::size_t lead, std::size_t trail) noexcept {
    return {static_cast<unsigned char>(lead), static_cast<unsigned char>(trail)};
}

}  // namespace

const multi_byte_table& big5_table() {
    static const auto table = make_table(
        big5_pointers,
        "ibm-1375_P100-2008",
        [](std::size_t p) { return bytes_of(0x81 + p / 157, p % 157 + (p % 157 < 0x3F ? 0x40 : 0x62)); },
        big5_patches
    );
    return table;
}

const multi_byte_table& euc_kr_table() {
    static const auto table = make_table(euc_kr_pointers, "windows-949-2000", [](std::size_t p) {
        return bytes_of(0x81 + p / 190, 0x41 + p % 190);
    });
    return table;
}

const multi_byte_table& gb18030_table() {
    static const auto table = make_table(
        gb18030_pointers,
        "gb18030",
        [](std::size_t p) { return bytes_of(0x81 + p / 190, p % 190 + (p % 190 < 0x3F ? 0x40 : 0x41)); },
        gb18030_patches,
        private_use::kept
    );
    return table;
}

const multi_byte_table& jis0208_table() {
    static const auto table = make_table(jis0208_pointers, "ibm-943_P15A-2003", [](std::size_t p) {
        return bytes_of(p / 188 + (p / 188 < 0x1F ? 0x81 : 0xC1), p % 188 + (p % 188 < 0x3F ? 0x40 : 0x41));
    });
    return table;
}

const multi_byte_table& jis0212_table() {
    static const auto table = make_table(
        jis0212_pointers,
        "euc-jp-2007",
        [](std::size_t p) {
            return std::array<unsigned char, 3>{
                0x8F, static_cast<unsigned char>(0xA1 + p / 94), static_cast<unsigned char>(0xA1 + p % 94)
            };
        },
        jis0212_patches
    );
    return table;
}

// "Index gb18030 ranges code point".
char32_t gb18030_range_character(std::size_t pointer) noexcept {
    if ((pointer > 39419 && pointer < 189000) || pointer > 1237575) return 0;
    if (pointer == 7457) return 0xE7C7;
    const auto after =
        std::upper_bound(gb18030_ranges.begin(), gb18030_ranges.end(), pointer, [](auto wanted, const auto& range) {
            return wanted < range.pointer;
        });
    const auto& range = after[-1];  // the first range begins at 0
    return range.character + static_cast<char32_t>(pointer - range.pointer);
}

}  // namespace forage::detail
