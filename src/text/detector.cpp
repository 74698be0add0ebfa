// uchardet, given text only: it is slow (5 to 10 MB/s), and pages are mostly markup, which says nothing.
#include "text/detector.hpp"

#include "text/ascii.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <uchardet.h>

namespace forage::detail {
namespace {

constexpr std::size_t sample_size = 4096;  // more changed no answer for the pages at hand, an eighth did
constexpr std::size_t fewest_high = 8;     // "café" alone is taken for ISO-8859-2
constexpr char escape             = '\x1B';

bool is_high(char c) noexcept { return static_cast<unsigned char>(c) >= 0x80; }

std::size_t count_high(std::string_view text) noexcept {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_high));
}

bool is_element(std::string_view tag, std::string_view name) noexcept {
    const auto after = tag.substr(1).substr(0, name.size() + 1);
    return after.size() > name.size() && starts_with_ignoring_case(after, name) && !is_letter_or_digit(after.back()) &&
           after.back() != '-';
}

/// Where the markup ends that `html`, from its first '<' on, begins with.
std::size_t end_of_markup(std::string_view html) noexcept {
    const auto behind = [&](std::size_t found, std::size_t size) {
        return found == std::string_view::npos ? html.size() : found + size;
    };
    if (html.starts_with("<!--")) return behind(html.find("-->", 2), 3);
    if (is_element(html, "script")) return behind(find_ignoring_case(html, "</script"), 8);
    if (is_element(html, "style")) return behind(find_ignoring_case(html, "</style"), 7);
    const char next = html.size() > 1 ? html[1] : ' ';
    if (is_letter(next) || next == '/' || next == '!' || next == '?') return behind(html.find('>'), 1);
    return 1;
}

/// The first runs of text between tags that are not all ASCII.
std::string text_of(std::string_view html) {
    std::string sample;
    while (!html.empty() && sample.size() < sample_size) {
        const auto text = html.substr(0, html.find('<'));
        if (!is_ascii(text)) {
            sample += text.substr(0, sample_size - sample.size());
            sample += '\n';
        }
        html.remove_prefix(text.size());
        if (!html.empty()) html.remove_prefix(end_of_markup(html));
    }
    return sample;
}

std::string ask_uchardet(std::string_view sample) {
    const std::unique_ptr<uchardet, void (*)(uchardet_t)> detector{uchardet_new(), uchardet_delete};
    if (!detector || uchardet_handle_data(detector.get(), sample.data(), sample.size()) != 0) return {};
    uchardet_data_end(detector.get());
    return uchardet_get_charset(detector.get());
}

/// Names that are no labels of the standard, and those for whose encoding it has a larger one.
std::optional<encoding> encoding_for_uchardet(std::string_view name) noexcept {
    if (name == "UHC") return encoding::euc_kr;
    if (name == "MAC-CYRILLIC") return encoding::x_mac_cyrillic;
    if (name == "GB18030") return encoding::gbk;
    return encoding_for_label(name);
}

/// No text has the C1 controls that 80..9F are in ISO-8859; what has such bytes is in the vendor's encoding like it.
encoding vendors_own(encoding guess, std::string_view sample) noexcept {
    const auto is_c1 = [](char c) {
        return static_cast<unsigned char>(c) >= 0x80 && static_cast<unsigned char>(c) < 0xA0;
    };
    if (std::none_of(sample.begin(), sample.end(), is_c1)) return guess;
    switch (guess) {
    case encoding::iso_8859_2: return encoding::windows_1250;
    case encoding::iso_8859_4:
    case encoding::iso_8859_13: return encoding::windows_1257;
    case encoding::iso_8859_7: return encoding::windows_1253;
    case encoding::iso_8859_8:
    case encoding::iso_8859_8_i: return encoding::windows_1255;
    case encoding::iso_8859_15: return encoding::windows_1252;
    default: return guess;
    }
}

/// One fault in fifty bytes is a damaged page; more is another encoding. The sample's end may be one.
bool is_mostly_valid(std::string_view sample, encoding guess) {
    const std::string text = decode(sample, guess);
    std::size_t faults     = 0;
    for (std::size_t at = 0; (at = text.find(utf8_replacement, at)) != std::string::npos; at += 3) ++faults;
    return faults <= 1 + count_high(sample) / 50;
}

}  // namespace

std::optional<encoding> detect_encoding(std::string_view bytes, document_kind kind) {
    if (is_ascii(bytes)) {
        const auto at = bytes.find(escape);
        if (at == std::string_view::npos) return std::nullopt;
        const auto sample = bytes.substr(at, sample_size);
        if (encoding_for_uchardet(ask_uchardet(sample)) != encoding::iso_2022_jp) return std::nullopt;
        return is_mostly_valid(sample, encoding::iso_2022_jp) ? std::optional{encoding::iso_2022_jp} : std::nullopt;
    }
    const std::string sample =
        kind == document_kind::html ? text_of(bytes) : std::string{bytes.substr(ascii_prefix(bytes), sample_size)};
    if (count_high(sample) < fewest_high) return std::nullopt;
    auto guess = encoding_for_uchardet(ask_uchardet(sample));
    if (!guess || guess == encoding::replacement || guess == encoding::utf_16be || guess == encoding::utf_16le) {
        return std::nullopt;
    }
    guess = vendors_own(*guess, sample);
    return is_mostly_valid(sample, *guess) ? guess : std::nullopt;
}

}  // namespace forage::detail
