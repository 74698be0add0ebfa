// ICU does the work. libidn2 2.3 was tried first: even with UTS #46 switched on it applies IDNA2008's stricter rules,
// and so refuses hosts that every browser opens (i❤.ws, ab--ü.de, labels of more than 63 bytes).
#include "url/idna.hpp"

#include "text/utf8.hpp"

#include <array>
#include <cstdint>
#include <unicode/uidna.h>

namespace forage::detail {
namespace {

constexpr std::size_t max_domain_bytes = 1024;

// Made once; thread-safe, as ICU promises for instances of UTS #46. Never closed, as other statics may still parse
// URLs.
const UIDNA* uts46() {
    static const UIDNA* const instance = [] {
        UErrorCode failure = U_ZERO_ERROR;
        return uidna_openUTS46(UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_ASCII, &failure);
    }();
    return instance;
}

// What the standard does not ask for: CheckHyphens and VerifyDnsLength are false.
constexpr std::uint32_t tolerated = UIDNA_ERROR_EMPTY_LABEL | UIDNA_ERROR_LABEL_TOO_LONG |
                                    UIDNA_ERROR_DOMAIN_NAME_TOO_LONG | UIDNA_ERROR_LEADING_HYPHEN |
                                    UIDNA_ERROR_TRAILING_HYPHEN | UIDNA_ERROR_HYPHEN_3_4;

constexpr char32_t ignored = 0xFFFFFFFF;

// Characters that were assigned before Unicode 15.1 and that IdnaMappingTable.txt has changed since: case pairs that
// were disallowed because of old stability rules, ẞ (formerly "ss"), format characters that are now ignored, and five
// CJK compatibility ideographs. Older ICUs (72 in Debian 12, 74 in Ubuntu 24.04) get them mapped beforehand; for newer
// ones it changes nothing.
char32_t map_as_unicode_17(char32_t c) noexcept {
    if (c >= 0x10A0 && c <= 0x10C5) return c + (0x2D00 - 0x10A0);  // Georgian capitals
    if (c >= 0x206A && c <= 0x206F) return ignored;
    if (c >= 0x1D173 && c <= 0x1D17A) return ignored;
    switch (c) {
    case 0x04C0: return 0x04CF;
    case 0x1E9E: return 0x00DF;
    case 0x2132: return 0x214E;
    case 0x2183: return 0x2184;
    case 0x2F868: return 0x36FC;
    case 0x2F874: return 0x5F53;
    case 0x2F91F: return 0x243AB;
    case 0x2F95F: return 0x7AEE;
    case 0x2F9BF: return 0x45D7;
    case 0x115F:
    case 0x1160:
    case 0x17B4:
    case 0x17B5:
    case 0x180E:
    case 0x2061:
    case 0x2062:
    case 0x2063:
    case 0x3164:
    case 0xFFA0: return ignored;
    default: return c;
    }
}

// Takes the first character off `text`, which is valid UTF-8 and not empty.
char32_t take_character(std::string_view& text) noexcept {
    const auto lead      = static_cast<unsigned char>(text[0]);
    const unsigned extra = lead < 0xC0 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    char32_t c           = extra == 0 ? lead : lead & (0x3FU >> extra);
    for (unsigned i = 1; i <= extra; ++i) c = (c << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
    text.remove_prefix(extra + 1);
    return c;
}

std::string mapped_beforehand(std::string_view domain) {
    std::string out;
    out.reserve(domain.size());
    while (!domain.empty()) {
        const auto c = map_as_unicode_17(take_character(domain));
        if (c != ignored) append_utf8(out, c);
    }
    return out;
}

// UTS #46 §4.1: an ACE label must hold something beyond ASCII. ICU checks this from version 76 on. A last hyphen is
// Punycode's delimiter with nothing after it.
bool has_pointless_ace_label(std::string_view domain) noexcept {
    while (true) {
        const auto dot   = domain.find('.');
        const auto label = domain.substr(0, dot);
        if (label.starts_with("xn--") && label.ends_with('-')) return true;
        if (dot == std::string_view::npos) return false;
        domain.remove_prefix(dot + 1);
    }
}

}  // namespace

std::optional<std::string> domain_to_ascii(std::string_view domain) {
    if (domain.size() > max_domain_bytes || !is_valid_utf8(domain) || uts46() == nullptr) return std::nullopt;
    const auto mapped = mapped_beforehand(domain);

    // An ignored or mapped character may leave plain ASCII, which ICU takes as well.
    std::string out(4 * max_domain_bytes, '\0');
    for (int attempt = 0; attempt < 2; ++attempt) {
        UIDNAInfo info     = UIDNA_INFO_INITIALIZER;
        UErrorCode failure = U_ZERO_ERROR;
        const auto length  = uidna_nameToASCII_UTF8(
            uts46(),
            mapped.data(),
            static_cast<std::int32_t>(mapped.size()),
            out.data(),
            static_cast<std::int32_t>(out.size()),
            &info,
            &failure
        );
        out.resize(static_cast<std::size_t>(length));
        if (failure == U_BUFFER_OVERFLOW_ERROR) continue;  // once more, with the room it asked for
        if (U_FAILURE(failure) || (info.errors & ~tolerated) != 0 || has_pointless_ace_label(out)) return std::nullopt;
        return out;
    }
    return std::nullopt;
}

}  // namespace forage::detail
