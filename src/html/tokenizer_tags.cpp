// Start tags, end tags and their attributes: §13.2.5.8 and §13.2.5.32 to 13.2.5.40.
#include "html/rewriter.hpp"
#include "html/scan.hpp"
#include "html/tokenizer.hpp"
#include "text/ascii.hpp"
#include "text/utf8.hpp"

#include <array>

namespace forage::detail::dom {
namespace {

enum : std::uint8_t {
    foldable    = 1,   // may be in a known name, and is in lower case with the bit 20
    ends_tag    = 2,   // white space, '/', '>'
    ends_name   = 4,   // of an attribute: those and '='
    ends_value  = 8,   // that is not quoted: white space, '>'
    needs_work  = 16,  // in a value that is not quoted: '&', NUL
    white_space = 32,
};

constexpr std::array<std::uint8_t, 256> classes = [] {
    std::array<std::uint8_t, 256> t{};
    const auto set = [&](std::string_view characters, unsigned bits) {
        for (const char c : characters) {
            auto& entry = t[static_cast<unsigned char>(c)];
            entry       = static_cast<std::uint8_t>(entry | bits);
        }
    };
    set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.:", foldable);
    set("\t\n\f ", white_space | ends_tag | ends_name | ends_value);
    set("/", ends_tag | ends_name);
    set(">", ends_tag | ends_name | ends_value);
    set("=", ends_name);
    set(std::string_view{"&\0", 2}, needs_work);
    return t;
}();

bool is(char c, unsigned bits) noexcept { return (classes[static_cast<unsigned char>(c)] & bits) != 0; }

const char* skip_white_space(const char* at, const char* end) noexcept {
    while (at != end && is(*at, white_space)) ++at;
    return at;
}

}  // namespace

// A tag that the end of the file cuts off is nothing.
bool tokenizer::read_tag(token_kind kind, const char* from) {
    ++tag_;
    token_.kind            = kind;
    token_.is_self_closing = false;
    token_.attributes      = 0;
    const auto first       = static_cast<std::uint32_t>(tree_.attributes.size());
    std::uint32_t count    = 0;
    const char* p          = read_tag_name(from);
    for (;;) {
        p = skip_white_space(p, end_);
        if (p == end_) break;
        if (*p == '>') {
            at_ = p + 1;
            if (count != 0) {
                token_.attributes = first;
                tree_.attributes[first + count - 1].called |= attribute::last;
            }
            if (kind == token_kind::start_tag) last_start_tag_ = token_.tag;
            return true;
        }
        if (*p == '/') {
            ++p;
            if (p != end_ && *p == '>') token_.is_self_closing = true;
            continue;
        }
        p = read_attribute(p, count);
    }
    at_ = end_;
    return false;
}

const char* tokenizer::read_tag_name(const char* from) {
    const char* p = from;
    while (p != end_ && is(*p, foldable)) ++p;
    if (p != end_ && is(*p, ends_tag)) {
        token_.tag = known_name({from, static_cast<std::size_t>(p - from)}, end_);
        if (token_.tag != name::none) return p;
    }
    while (p != end_ && !is(*p, ends_tag)) ++p;
    token_.tag = p == end_ ? name::none : name_in_any_letters(from, p);
    return p;
}

/// The name in lower case; valid until the next call.
std::string_view tokenizer::folded(const char* from, const char* to) {
    letters_.set_size(0);
    letters_.reserve(static_cast<std::size_t>(to - from));
    for (; from != to; ++from) {
        if (*from == '\0') {
            letters_.append(utf8_replacement.data(), utf8_replacement.size());
        } else {
            letters_.push_back(to_lower(*from));
        }
    }
    return {letters_.data(), letters_.size()};
}

name tokenizer::name_in_any_letters(const char* from, const char* to) { return tree_.names.intern(folded(from, to)); }

/// The first one of each name counts.
bool tokenizer::is_new(name attribute) {
    const auto i = index_of(attribute);
    while (i >= seen_.size()) seen_.push_back(0);
    if (seen_[i] == tag_) return false;
    seen_[i] = tag_;
    return true;
}

const char* tokenizer::read_attribute(const char* from, std::uint32_t& count) {
    attribute a;
    const char* p        = from;
    const bool is_wanted = token_.kind == token_kind::start_tag && count < most_attributes;
    const auto called    = read_attribute_name(p, is_wanted);
    a.called             = static_cast<std::uint32_t>(called);
    p                    = skip_white_space(p, end_);
    if (p != end_ && *p == '=') p = read_value(skip_white_space(p + 1, end_), a.value);
    if (p != end_ && is_wanted && is_new(called)) {
        tree_.attributes.push_back(a);
        ++count;
    }
    return p;
}

/// Its number, if it is wanted.
name tokenizer::read_attribute_name(const char*& at, bool is_wanted) {
    const char* from = at;
    const char* p    = from;
    while (p != end_ && is(*p, foldable)) ++p;
    if (p == from && *p == '=') ++p;  // at the beginning it is part of the name
    if (p != end_ && is(*p, ends_name)) {
        at               = p;
        const auto known = known_name({from, static_cast<std::size_t>(p - from)}, end_);
        if (known != name::none) return known;
    }
    while (p != end_ && !is(*p, ends_name)) ++p;
    at = p;
    return p == end_ || !is_wanted ? name::none : name_in_any_letters(from, p);
}

const char* tokenizer::read_value(const char* at, span& value) {
    if (at == end_ || *at == '>') return at;
    if (*at == '"') return read_quoted<'"'>(at + 1, value);
    if (*at == '\'') return read_quoted<'\''>(at + 1, value);
    return read_unquoted(at, value);
}

/// Replaces the NUL or the character reference at `at`, and says where to go on; an '&' may be no reference.
const char* tokenizer::rewrite_in_value(const char* at, rewriter& text) {
    if (*at == '\0') {
        text.replace(at, at + 1, utf8_replacement);
        return at + 1;
    }
    const auto found = read_reference(rest(at), reference_place::attribute);
    if (found.length == 0) return at + 1;
    text.replace(at, at + found.length, found.text());
    return at + found.length;
}

template <char Quote>
const char* tokenizer::read_quoted(const char* at, span& value) {
    rewriter text{tree_, at};
    for (;;) {
        at = find_any<Quote, '&', '\0'>(at, end_);
        if (at == end_) return at;
        if (*at == Quote) break;
        at = rewrite_in_value(at, text);
    }
    value = text.finish(at);
    return at + 1;
}

const char* tokenizer::read_unquoted(const char* at, span& value) {
    rewriter text{tree_, at};
    for (;;) {
        while (at != end_ && !is(*at, ends_value | needs_work)) ++at;
        if (at == end_) return at;
        if (is(*at, ends_value)) break;
        at = rewrite_in_value(at, text);
    }
    value = text.finish(at);
    return at;
}

}  // namespace forage::detail::dom
