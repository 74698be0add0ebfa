#include "html/name.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <random>

namespace forage::detail::dom {
namespace {

constexpr std::array<std::string_view, known_names> texts = {
    "",
#define NAME(identifier, text) text,
#include "html/names.inc"
#undef NAME
};

constexpr std::size_t key_length   = 8;
constexpr unsigned slot_bits       = 10;
constexpr std::uint64_t lower_bits = 0x2020202020202020;

/// The first eight letters as a number, in lower case: of the characters a name may have here, only letters change by
/// the bit 20.
constexpr std::uint64_t masked(std::uint64_t letters, std::size_t length) noexcept {
    const auto low = letters | lower_bits;
    return length >= key_length ? low : low & ((std::uint64_t{1} << 8 * length) - 1);
}

constexpr std::uint64_t key_of(std::string_view text) noexcept {
    std::uint64_t letters = 0;
    for (std::size_t i = 0; i < std::min(text.size(), key_length); ++i) {
        letters |= std::uint64_t{static_cast<unsigned char>(text[i])} << 8 * i;
    }
    return masked(letters, text.size());
}

constexpr std::size_t slot_for(std::uint64_t key, std::size_t length) noexcept {
    return static_cast<std::size_t>(((key ^ length) * 0x9E3779B97F4A7C15) >> (64 - slot_bits));
}

struct known_table {
    std::array<std::uint16_t, std::size_t{1} << slot_bits> slots{};
    std::array<std::uint64_t, known_names> keys{};

    constexpr known_table() {
        for (std::size_t n = 1; n < known_names; ++n) {
            keys[n]   = key_of(texts[n]);
            auto slot = slot_for(keys[n], texts[n].size());
            while (slots[slot] != 0) slot = (slot + 1) % slots.size();
            slots[slot] = static_cast<std::uint16_t>(n);
        }
    }
};
constexpr known_table known;

/// Other in every process, so that no page can be made of names that fall together.
std::uint64_t seed() {
    static const auto number = std::uint64_t{std::random_device{}()} << 32 | std::random_device{}();
    return number;
}

std::uint32_t hash_of(std::string_view text) {
    auto h = seed() ^ text.size();
    for (std::size_t at = 0; at < text.size(); at += key_length) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, std::min(key_length, text.size() - at));
        h = (h ^ word) * 0x9E3779B97F4A7C15;
        h ^= h >> 32;
    }
    return static_cast<std::uint32_t>(h);
}

bool equals_lowered(std::string_view lower, std::string_view text) noexcept {
    for (std::size_t i = key_length; i < lower.size(); ++i) {
        if (lower[i] != (text[i] | 0x20)) return false;
    }
    return true;
}

/// Half of all tags: a, b, i, p …
constexpr std::array<name, 32> names_of_one_letter = [] {
    std::array<name, 32> t{};
    for (std::size_t n = 1; n < known_names; ++n) {
        if (texts[n].size() == 1 && texts[n][0] >= 'a')
            t[static_cast<std::size_t>(texts[n][0] - '`')] = name{static_cast<std::uint32_t>(n)};
    }
    return t;
}();

}  // namespace

name known_name(std::string_view text, const char* readable) noexcept {
    if (text.size() == 1 && is_letter(text[0])) return names_of_one_letter[static_cast<unsigned char>(text[0]) & 0x1F];
    std::uint64_t key = 0;
    if (std::endian::native == std::endian::little && readable - text.data() >= std::ptrdiff_t{key_length}) {
        std::memcpy(&key, text.data(), key_length);
        key = masked(key, text.size());
    } else {
        key = key_of(text);
    }
    for (auto slot = slot_for(key, text.size()); known.slots[slot] != 0; slot = (slot + 1) % known.slots.size()) {
        const auto n = known.slots[slot];
        if (known.keys[n] == key && texts[n].size() == text.size() && equals_lowered(texts[n], text)) return name{n};
    }
    return name::none;
}

std::string_view text_of(name n) noexcept { return texts[index_of(n)]; }

std::size_t name_table::slot_of(std::string_view lower, std::uint32_t hash) const noexcept {
    auto slot = hash & (slots_.size() - 1);
    for (; slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1)) {
        const auto& e = unknown_[slots_[slot] - 1];
        if (e.hash == hash && letters_of(e) == lower) break;
    }
    return slot;
}

void name_table::grow() {
    constexpr std::size_t fewest = 64;
    const auto size              = std::max(fewest, slots_.size() * 2);
    slots_.reserve(size);
    slots_.set_size(size);
    std::fill_n(slots_.data(), size, 0);
    for (std::size_t i = 0; i < unknown_.size(); ++i) {
        auto slot = unknown_[i].hash & (size - 1);
        while (slots_[slot] != 0) slot = (slot + 1) & (size - 1);
        slots_[slot] = static_cast<std::uint32_t>(i + 1);
    }
}

name name_table::intern(std::string_view lower) {
    const auto known_as = find(lower);
    if (known_as != name::none) return known_as;
    if ((unknown_.size() + 1) * 2 > slots_.size()) grow();
    const auto hash = hash_of(lower);
    unknown_.push_back({static_cast<std::uint32_t>(letters_.size()), static_cast<std::uint32_t>(lower.size()), hash});
    letters_.append(lower.data(), lower.size());
    slots_[slot_of(lower, hash)] = static_cast<std::uint32_t>(unknown_.size());
    return static_cast<name>(known_names + unknown_.size() - 1);
}

name name_table::find(std::string_view lower) const {
    for (auto slot = slot_for(key_of(lower), lower.size()); known.slots[slot] != 0;
         slot      = (slot + 1) % known.slots.size()) {
        if (texts[known.slots[slot]] == lower) return name{known.slots[slot]};
    }
    if (slots_.size() == 0) return name::none;
    const auto slot = slots_[slot_of(lower, hash_of(lower))];
    return slot == 0 ? name::none : static_cast<name>(known_names + slot - 1);
}

std::string_view name_table::text(name n) const noexcept {
    return n < name::first_unknown ? text_of(n) : letters_of(unknown_[index_of(n) - known_names]);
}

}  // namespace forage::detail::dom
