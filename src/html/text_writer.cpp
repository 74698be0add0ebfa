// A table of byte classes finds runs that can be copied whole; single spaces between words are part of a run, so that a
// paragraph of ASCII is one append.
#include "html/text_writer.hpp"

#include "text/ascii.hpp"

#include <array>
#include <cstdint>

namespace forage::detail {
namespace {

enum class byte_class : std::uint8_t { plain, space, control, special };

/// `special` are the lead bytes of the blocks that hold invisible characters.
constexpr auto classes = [] {
    std::array<byte_class, 256> table{};
    for (unsigned b = 0; b < 0x20; ++b) table[b] = byte_class::control;
    table[0x7F] = byte_class::control;
    for (const char c : {' ', '\t', '\n', '\f', '\r'}) table[static_cast<unsigned char>(c)] = byte_class::space;
    for (const unsigned b : {0xC2u, 0xD8u, 0xE2u, 0xEFu, 0xF3u}) table[b] = byte_class::special;
    return table;
}();

byte_class class_of(char c) noexcept { return classes[static_cast<unsigned char>(c)]; }

enum class sight : std::uint8_t { visible, invisible, joiner, space };

struct special_character {
    sight seen;
    std::size_t length;
    bool is_common = false;  // in pages that mean well
};

/// Judges the character at `p`, whose lead byte is special. The text is valid UTF-8, so its bytes are all there.
special_character judge(const char* p) noexcept {
    const auto byte        = [&](int i) { return static_cast<unsigned char>(p[i]); };
    const unsigned second  = byte(1);
    const auto third_is_in = [&](unsigned low, unsigned high) { return byte(2) >= low && byte(2) <= high; };
    switch (byte(0)) {
    case 0xC2:
        return {second < 0xA0 || second == 0xAD ? sight::invisible : sight::visible, 2, true};  // C1, soft hyphen
    case 0xD8: return {second == 0x9C ? sight::invisible : sight::visible, 2};                  // Arabic letter mark
    case 0xE2:
        if (second == 0x80) {
            if (byte(2) == 0x8B) return {sight::invisible, 3};          // zero-width space
            if (third_is_in(0x8C, 0x8F)) return {sight::joiner, 3};     // joiners, direction marks
            if (third_is_in(0xA8, 0xA9)) return {sight::space, 3};      // line and paragraph separator
            if (third_is_in(0xAA, 0xAE)) return {sight::invisible, 3};  // bidirectional embeddings and overrides
        }
        // Word joiner, invisible operators, isolates, deprecated format characters: U+2060..206F.
        if (second == 0x81 && third_is_in(0xA0, 0xAF)) return {sight::invisible, 3};
        return {sight::visible, 3};
    case 0xEF:
        if (second == 0xBB && byte(2) == 0xBF) return {sight::invisible, 3};          // byte order mark
        if (second == 0xBF && third_is_in(0xB9, 0xBB)) return {sight::invisible, 3};  // interlinear annotation
        if (second == 0xB8 && third_is_in(0x80, 0x8F)) return {sight::joiner, 3};     // variation selectors
        return {sight::visible, 3};
    case 0xF3:
        if (second == 0xA0 && byte(2) <= 0x81) return {sight::invisible, 4};       // tags, U+E0000..E007F
        if (second == 0xA0 && third_is_in(0x84, 0x87)) return {sight::joiner, 4};  // variation selectors supplement
        return {sight::visible, 4};
    default: return {sight::visible, 1};
    }
}

constexpr char line_feed = '\n';
constexpr char blank     = ' ';

constexpr unsigned joiners_kept = 2;  // an emoji sequence has a selector and a joiner in a row

/// Counts the joiners since the last visible character, and what is left out.
bool is_kept(const special_character& c, unsigned& joiners, std::size_t& left_out) noexcept {
    switch (c.seen) {
    case sight::visible: joiners = 0; return true;
    case sight::joiner:
        if (++joiners <= joiners_kept) return true;
        ++left_out;
        return false;
    case sight::invisible:
        if (!c.is_common) ++left_out;
        return false;
    case sight::space: break;
    }
    return false;
}

}  // namespace

void text_writer::separate(bool verbatim) {
    if (pending_line_ && !out_.empty() && out_.back() != '\n') out_.push_back('\n');
    if (pending_tabs_ != 0) out_.append(pending_tabs_, '\t');
    pending_line_  = false;
    pending_tabs_  = 0;
    at_cell_start_ = false;
    if (verbatim) pending_space_ = false;
}

void text_writer::make_room(std::size_t size) {
    constexpr std::size_t large = 4096;
    if (size > large) out_.reserve(out_.size() + size);
}

std::string_view text_writer::append(std::string_view raw) {
    make_room(raw.size());
    std::size_t from = std::string::npos;
    const char* p    = raw.data();
    const char* end  = p + raw.size();
    const auto put   = [&](const char* first, const char* last) {
        if (from == std::string::npos) {
            separate(false);
            from = out_.size();
        }
        if (pending_space_) {
            pending_space_ = false;
            if (!out_.empty() && out_.back() != '\n' && out_.back() != '\t') out_.push_back(' ');
        }
        out_.append(first, last);
    };
    while (p != end) {
        switch (class_of(*p)) {
        case byte_class::plain: {
            const char* first = p;
            for (;;) {
                while (p != end && class_of(*p) == byte_class::plain) ++p;
                if (end - p < 2 || *p != ' ' || class_of(p[1]) != byte_class::plain) break;
                ++p;
            }
            put(first, p);
            joiners_ = 0;
            break;
        }
        case byte_class::space:
            pending_space_ = true;
            ++p;
            break;
        case byte_class::control: ++p; break;
        case byte_class::special: {
            const special_character c = judge(p);
            if (c.seen == sight::space) pending_space_ = true;
            if (is_kept(c, joiners_, invisible_)) put(p, p + c.length);
            p += c.length;
            break;
        }
        }
    }
    return from == std::string::npos ? std::string_view{} : std::string_view{out_}.substr(from);
}

std::string_view text_writer::append_verbatim(std::string_view raw) {
    make_room(raw.size());
    std::size_t from = std::string::npos;
    const char* p    = raw.data();
    const char* end  = p + raw.size();
    const auto put   = [&](const char* first, const char* last) {
        if (from == std::string::npos) {
            separate(true);
            from = out_.size();
        }
        out_.append(first, last);
    };
    while (p != end) {
        const byte_class kind = class_of(*p);
        if (kind == byte_class::plain || kind == byte_class::space) {
            const char* first = p;
            const auto stays  = [](char c) {
                return class_of(c) == byte_class::plain || (class_of(c) == byte_class::space && c != '\r' && c != '\f');
            };
            while (p != end && stays(*p)) ++p;
            if (p != first) put(first, p);
            if (p != end && *p == '\f') put(&blank, &blank + 1);  // a control character that separates
            if (p != end && (*p == '\r' || *p == '\f')) ++p;
            joiners_ = 0;
        } else if (kind == byte_class::control) {
            ++p;
        } else {
            const special_character c = judge(p);
            if (c.seen == sight::space) put(&line_feed, &line_feed + 1);
            if (is_kept(c, joiners_, invisible_)) put(p, p + c.length);
            p += c.length;
        }
    }
    return from == std::string::npos ? std::string_view{} : std::string_view{out_}.substr(from);
}

void text_writer::break_line() noexcept {
    pending_space_ = false;
    if (!at_cell_start_) pending_line_ = true;  // a paragraph that begins a cell does not leave the row
}

void text_writer::break_row() noexcept {
    pending_space_ = at_cell_start_ = false;
    pending_line_                   = true;
    pending_tabs_                   = 0;
}

void text_writer::begin_cell(std::size_t columns) noexcept {
    pending_space_ = false;
    if (columns != 0) {
        if (pending_tabs_ == 0 && !at_cell_start_) pending_line_ = false;  // the end of the cell before is not a line's
        pending_tabs_ += columns;
    }
    at_cell_start_ = true;
}

std::string folded(std::string_view raw) {
    text_writer writer;
    writer.append(raw);
    return writer.take();
}

void append_one_line(std::string& out, std::string_view written) {
    const std::size_t start = out.size();
    bool space              = false;
    out.reserve(start + written.size());
    for (const char c : written) {
        if (is_space(c)) {
            space = true;
            continue;
        }
        if (space && out.size() > start) out.push_back(' ');
        space = false;
        out.push_back(c);
    }
}

}  // namespace forage::detail
