// Source: https://html.spec.whatwg.org/multipage/named-characters.html and #numeric-character-reference-end-state.
#include "search/entities.hpp"

#include "core/code_points.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

namespace forage::detail {
namespace {

// The names of U+00A0 to U+00FF, in that order.
constexpr std::array<std::string_view, 96> latin1_names{
    "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",   "uml",    "copy",   "ordf",
    "laquo",  "not",    "shy",    "reg",    "macr",   "deg",    "plusmn", "sup2",   "sup3",   "acute",  "micro",
    "para",   "middot", "cedil",  "sup1",   "ordm",   "raquo",  "frac14", "frac12", "frac34", "iquest", "Agrave",
    "Aacute", "Acirc",  "Atilde", "Auml",   "Aring",  "AElig",  "Ccedil", "Egrave", "Eacute", "Ecirc",  "Euml",
    "Igrave", "Iacute", "Icirc",  "Iuml",   "ETH",    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde", "Ouml",
    "times",  "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",  "szlig",  "agrave", "aacute",
    "acirc",  "atilde", "auml",   "aring",  "aelig",  "ccedil", "egrave", "eacute", "ecirc",  "euml",   "igrave",
    "iacute", "icirc",  "iuml",   "eth",    "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide",
    "oslash", "ugrave", "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml",
};

struct named_character {
    std::string_view name;
    char32_t value;
};
constexpr std::array<named_character, 25> other_names{{
    {"amp", '&'},      {"lt", '<'},        {"gt", '>'},        {"quot", '"'},     {"apos", '\''},
    {"ndash", 0x2013}, {"mdash", 0x2014},  {"lsquo", 0x2018},  {"rsquo", 0x2019}, {"sbquo", 0x201A},
    {"ldquo", 0x201C}, {"rdquo", 0x201D},  {"bdquo", 0x201E},  {"bull", 0x2022},  {"hellip", 0x2026},
    {"prime", 0x2032}, {"lsaquo", 0x2039}, {"rsaquo", 0x203A}, {"euro", 0x20AC},  {"trade", 0x2122},
    {"larr", 0x2190},  {"rarr", 0x2192},   {"minus", 0x2212},  {"ensp", 0x2002},  {"thinsp", 0x2009},
}};

// Numbers 0x80 to 0x9F mean windows-1252; 0 is what the standard turns into U+FFFD.
constexpr std::array<char16_t, 32> windows_1252{
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178,
};

constexpr std::size_t longest_reference = 10;  // between '&' and ';': "#x10FFFF", "thinsp"

std::optional<char32_t> numeric(std::string_view digits) {
    const bool hex = digits.starts_with('x') || digits.starts_with('X');
    if (hex) digits.remove_prefix(1);
    std::uint32_t number      = 0;
    const auto* const last    = digits.data() + digits.size();
    const auto [end, failure] = std::from_chars(digits.data(), last, number, hex ? 16 : 10);
    if (digits.empty() || end != last) return std::nullopt;
    if (failure != std::errc{} || number == 0) return replacement_character;
    if (number >= 0x80 && number <= 0x9F) return windows_1252[number - 0x80];
    return number;
}

std::optional<char32_t> named(std::string_view name) {
    for (const auto& [known, value] : other_names)
        if (known == name) return value;
    const auto* const found = std::find(latin1_names.begin(), latin1_names.end(), name);
    if (found == latin1_names.end()) return std::nullopt;
    return static_cast<char32_t>(0xA0 + (found - latin1_names.begin()));
}

}  // namespace

std::string decode_entities(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto amp = std::min(text.find('&'), text.size());
        out.append(text.substr(0, amp));
        text.remove_prefix(amp);
        if (text.empty()) break;

        const auto end = text.substr(0, longest_reference + 2).find(';');
        std::optional<char32_t> value;
        if (end != std::string_view::npos && end > 1)
            value = text[1] == '#' ? numeric(text.substr(2, end - 2)) : named(text.substr(1, end - 1));
        if (value) {
            append_code_point(out, *value);
            text.remove_prefix(end + 1);
        } else {
            out += '&';
            text.remove_prefix(1);
        }
    }
    return out;
}

}  // namespace forage::detail
