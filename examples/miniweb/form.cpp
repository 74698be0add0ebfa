#include "form.hpp"

#include <charconv>
#include <cstdint>

namespace miniweb {

namespace {

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_alphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_space(std::uint8_t byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

/// Bytes of the UTF-8 sequence at the front of `text`, 0 if it is not one (Unicode 15, table 3-7).
std::size_t sequence_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const auto lead = byte(0);
    if (lead < 0x80) return 1;
    const std::size_t length = lead >= 0xC2 && lead <= 0xDF   ? 2
                               : (lead & 0xF0) == 0xE0        ? 3
                               : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                              : 0;
    if (length == 0 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(i) & 0xC0) != 0x80) return 0;
    // Overlong forms, surrogates, beyond U+10FFFF.
    if ((lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xED && byte(1) > 0x9F)) return 0;
    if ((lead == 0xF0 && byte(1) < 0x90) || (lead == 0xF4 && byte(1) > 0x8F)) return 0;
    return length;
}

}  // namespace

std::string percent_decode(std::string_view text, bool plus_is_space) {
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape =
            text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0;
        if (escape) {
            plain += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
            i += 2;
        } else
            plain += plus_is_space && text[i] == '+' ? ' ' : text[i];
    }
    return plain;
}

std::string percent_encode(std::string_view text, std::string_view keep) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        if (is_alphanumeric(c) || keep.find(c) != std::string_view::npos) {
            encoded += c;
            continue;
        }
        const auto byte = static_cast<std::uint8_t>(c);
        encoded += '%';
        encoded += digits[byte >> 4U];
        encoded += digits[byte & 15U];
    }
    return encoded;
}

std::string clean_text(std::string_view text) {
    std::string clean;
    clean.reserve(text.size());
    while (!text.empty()) {
        const auto length = sequence_length(text);
        const auto byte   = static_cast<std::uint8_t>(text.front());
        if (length == 0)
            clean += "\xEF\xBF\xBD";
        else if (length > 1 || (byte > 0x20 && byte != 0x7F))
            clean += text.substr(0, length);
        else if (is_space(byte) && !clean.empty() && clean.back() != ' ')
            clean += ' ';
        text.remove_prefix(length == 0 ? 1 : length);
    }
    if (clean.ends_with(' ')) clean.pop_back();
    return clean;
}

form::form(std::string_view encoded) {
    while (!encoded.empty()) {
        const auto end  = encoded.find('&');
        const auto item = encoded.substr(0, end);
        encoded.remove_prefix(end == std::string_view::npos ? encoded.size() : end + 1);
        if (item.empty()) continue;
        const auto equals = item.find('=');
        const auto value  = equals == std::string_view::npos ? std::string_view{} : item.substr(equals + 1);
        list_.emplace_back(percent_decode(item.substr(0, equals), true), percent_decode(value, true));
    }
}

std::optional<std::string> form::find(std::string_view name) const {
    for (const auto& [key, value] : list_)
        if (key == name) return value;
    return {};
}

std::optional<int> form::integer(std::string_view name, int otherwise) const {
    const auto text = find(name);
    if (!text) return otherwise;
    int number           = 0;
    const char* const to = text->data() + text->size();
    const auto [end, ec] = std::from_chars(text->data(), to, number);
    if (ec != std::errc{} || end != to) return {};
    return number;
}

split_target split(std::string_view target) {
    const auto mark = target.find('?');
    split_target parts;
    parts.path = percent_decode(target.substr(0, mark));
    if (mark != std::string_view::npos) parts.query = target.substr(mark + 1);
    return parts;
}

}  // namespace miniweb
