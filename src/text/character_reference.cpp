#include "text/character_reference.hpp"

#include "text/ascii.hpp"
#include "text/code_points.hpp"
#include "text/single_byte_tables.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace forage::detail {
namespace {

constexpr std::size_t longest_name   = 32;  // CounterClockwiseContourIntegral has 31
constexpr std::size_t longest_legacy = 6;   // of those that need no semicolon: Aacute, frac12 …

constexpr std::string_view table =
#include "text/named_references.inc"
    ;

struct named {
    std::string_view name;
    char utf8[8]            = {};
    std::uint8_t size       = 0;
    bool needs_no_semicolon = false;
};

std::size_t encode(char32_t c, char* out) noexcept {
    const auto utf8 = to_utf8(c);
    std::copy_n(utf8.bytes.data(), utf8.length(), out);
    return utf8.length();
}

std::size_t hash_of(std::string_view name) noexcept {
    std::size_t h = name.size();
    for (const char c : name) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001B3;
    return h ^ h >> 29;
}

/// All names, by hash.
class name_index {
public:
    name_index() {
        for (std::size_t at = 0; at < table.size();) {
            const auto end = table.find(' ', at);
            add(table.substr(at, end - at));
            at = end + 1;
        }
    }

    [[nodiscard]] const named* find(std::string_view name) const noexcept {
        for (auto slot = hash_of(name) % slots_.size(); slots_[slot] != 0; slot = (slot + 1) % slots_.size()) {
            const auto& each = entries_[slots_[slot] - 1u];
            if (each.name == name) return &each;
        }
        return nullptr;
    }

private:
    void add(std::string_view entry) {
        named each;
        each.needs_no_semicolon = entry.starts_with('*');
        if (each.needs_no_semicolon) entry.remove_prefix(1);
        const auto equals = entry.find('=');
        each.name         = entry.substr(0, equals);
        char32_t point    = 0;
        for (const char c : entry.substr(equals + 1)) {
            if (c == ',') {
                each.size = static_cast<std::uint8_t>(each.size + encode(point, each.utf8 + each.size));
                point     = 0;
            } else {
                point = point * 16 + static_cast<char32_t>(hex_value(c));
            }
        }
        each.size = static_cast<std::uint8_t>(each.size + encode(point, each.utf8 + each.size));
        entries_.push_back(each);
        auto slot = hash_of(each.name) % slots_.size();
        while (slots_[slot] != 0) slot = (slot + 1) % slots_.size();
        slots_[slot] = static_cast<std::uint16_t>(entries_.size());
    }

    std::vector<named> entries_;
    std::array<std::uint16_t, 4096> slots_{};  // 1 + index of an entry; 0: free
};

character_reference reference(std::size_t length, const named& to) noexcept {
    character_reference r;
    r.length = length;
    r.size   = to.size;
    std::copy_n(to.utf8, sizeof to.utf8, r.utf8);
    return r;
}

character_reference read_named(std::string_view source, reference_place where) noexcept {
    static const name_index names;
    std::size_t end = 1;
    while (end < source.size() && end <= longest_name && is_letter_or_digit(source[end])) ++end;
    if (end < source.size() && source[end] == ';') {
        if (const auto* found = names.find(source.substr(1, end - 1))) return reference(end + 1, *found);
    }
    for (auto length = std::min(end - 1, longest_legacy); length >= 2; --length) {
        const auto* found = names.find(source.substr(1, length));
        if (!found || !found->needs_no_semicolon) continue;
        const char after = 1 + length < source.size() ? source[1 + length] : '\0';
        if (where == reference_place::attribute && after != ';' && (after == '=' || is_letter_or_digit(after)))
            return {};
        return reference(1 + length, *found);
    }
    return {};
}

/// §13.2.5.80, numeric character reference end state. Numbers of C1 controls are taken for bytes of windows-1252.
char32_t meant_by(char32_t number) noexcept {
    if (number >= 0x80 && number < 0xA0) return single_byte_table(encoding::windows_1252)[number - 0x80];
    return number != 0 && is_scalar_value(number) ? number : replacement_character;
}

character_reference read_number(std::string_view source) noexcept {
    const bool hex         = source.size() > 2 && (source[2] == 'x' || source[2] == 'X');
    const std::size_t from = hex ? 3 : 2;
    const int base         = hex ? 16 : 10;
    char32_t number        = 0;
    std::size_t at         = from;
    for (; at < source.size(); ++at) {
        const int digit = hex_value(source[at]);
        if (digit < 0 || digit >= base) break;
        number = std::min<char32_t>(number * static_cast<char32_t>(base) + static_cast<char32_t>(digit), 0x110000);
    }
    if (at == from) return {};
    character_reference r;
    r.length = at < source.size() && source[at] == ';' ? at + 1 : at;
    r.size   = encode(meant_by(number), r.utf8);
    return r;
}

}  // namespace

character_reference read_reference(std::string_view source, reference_place where) noexcept {
    if (source.size() < 3) return {};  // none is shorter
    if (source[1] == '#') return read_number(source);
    return is_letter(source[1]) ? read_named(source, where) : character_reference{};
}

}  // namespace forage::detail
