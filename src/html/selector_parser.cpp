#include "html/selector_parser.hpp"

#include "html/css_scanner.hpp"
#include "text/ascii.hpp"

#include <algorithm>
#include <utility>

namespace forage::detail {
namespace {

struct syntax_error {
    std::size_t offset;
    const char* what;
};

std::string lowered(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), to_lower);
    return text;
}

simple_selector named(simple_selector::kind of, std::string name) {
    simple_selector s;
    s.of    = of;
    s.lower = lowered(name);
    s.name  = std::move(name);
    return s;
}

simple_selector of_attribute(std::string name, attribute_match how, std::string value) {
    auto s  = named(simple_selector::kind::attribute, std::move(name));
    s.how   = how;
    s.value = std::move(value);
    return s;
}

/// Every part answers whether it could be read; if not, `failure_` says why.
class selector_parser {
public:
    explicit selector_parser(std::string_view css) noexcept : in_{css} {}

    result<selector_program> parse() {
        if (!list()) return to_error();
        return std::move(program_);
    }

private:
    bool fail(const char* what) { return fail_at(in_.offset(), what); }
    bool fail_at(std::size_t offset, const char* what) {
        failure_ = {offset, what};
        return false;
    }

    [[nodiscard]] error to_error() const {
        return error{
            errc::bad_argument,
            "the selector cannot be read at offset " + std::to_string(failure_.offset) + ": " + failure_.what,
            "type, *, #id, .class, [attribute], descendants, > and lists are supported",
        };
    }

    bool list() {
        do {
            if (!complex()) return false;
        } while (in_.take(','));
        return in_.is_at_end() || fail(why_not(in_.peek()));
    }

    bool complex() {
        in_.skip_space();
        program_.starts |= next_bit();
        for (;;) {
            if (!compound()) return false;
            const bool has_space = in_.skip_space();
            if (in_.take('>')) {
                program_.before_child |= last_bit();
                in_.skip_space();
            } else if (has_space && !in_.is_at_end() && in_.peek() != ',') {
                program_.before_descendant |= last_bit();
            } else {
                break;
            }
        }
        program_.ends |= last_bit();
        return true;
    }

    bool compound() {
        if (program_.compounds.size() == selector_program::most_compounds) return fail("there are too many parts");
        const auto first = program_.simple.size();
        const auto start = in_.offset();
        if (in_.is_at_identifier()) {
            program_.simple.push_back(named(simple_selector::kind::type, in_.identifier()));
            if (in_.peek() == '|') return fail("name spaces are not supported");
        } else if (in_.take('*') && in_.peek() == '|') {
            return fail("name spaces are not supported");
        }
        while (is_at_subclass()) {
            if (!subclass()) return false;
        }
        if (in_.offset() == start) return fail(why_not(in_.peek()));
        program_.compounds.push_back({first, program_.simple.size() - first});
        return true;
    }

    [[nodiscard]] bool is_at_subclass() const noexcept {
        return in_.peek() == '#' || in_.peek() == '.' || in_.peek() == '[';
    }

    bool subclass() {
        if (in_.take('[')) return attribute();
        const bool is_id = in_.peek() == '#';
        in_.skip();
        if (!in_.is_at_identifier()) return fail("a name must follow; digits at its start need an escape (\\31 for 1)");
        program_.simple.push_back(
            is_id ? of_attribute("id", attribute_match::equal, in_.identifier())
                  : of_attribute("class", attribute_match::word, in_.identifier())
        );
        return true;
    }

    /// Behind the opening bracket.
    bool attribute() {
        in_.skip_space();
        if (!in_.is_at_identifier()) return fail("the name of an attribute is missing");
        auto name = in_.identifier();
        in_.skip_space();
        auto how = attribute_match::exists;
        if (!comparison(how)) return false;
        auto test = of_attribute(std::move(name), how, {});
        if (how != attribute_match::exists && !value(test)) return false;
        if (!in_.take(']')) return fail("a ] is missing");
        program_.simple.push_back(std::move(test));
        return true;
    }

    bool comparison(attribute_match& how) {
        if (in_.peek() == ']') return true;
        switch (in_.peek()) {
        case '=': how = attribute_match::equal; break;
        case '~': how = attribute_match::word; break;
        case '|': how = attribute_match::dash; break;
        case '^': how = attribute_match::prefix; break;
        case '$': how = attribute_match::suffix; break;
        case '*': how = attribute_match::substring; break;
        default: return fail("a ] or a comparison is missing");
        }
        if (how != attribute_match::equal) in_.skip();
        return in_.take('=') || fail(how == attribute_match::dash ? "name spaces are not supported" : "a = is missing");
    }

    bool value(simple_selector& test) {
        in_.skip_space();
        if (in_.peek() == '"' || in_.peek() == '\'') {
            const auto start = in_.offset();
            auto text        = in_.string();
            if (!text) return fail_at(start, "the string does not end");
            test.value = *std::move(text);
        } else if (in_.is_at_identifier()) {
            test.value = in_.identifier();
        } else {
            return fail("the value must be a name or in quotes");
        }
        in_.skip_space();
        const char flag = to_lower(in_.peek());
        if (flag != 'i' && flag != 's') return true;
        in_.skip();
        in_.skip_space();
        if (flag == 'i') {
            test.ignores_case = true;
            test.value        = lowered(std::move(test.value));
        }
        return true;
    }

    static const char* why_not(char c) noexcept {
        switch (c) {
        case ':': return "pseudo-classes and pseudo-elements are not supported";
        case '+':
        case '~': return "combinators of siblings are not supported";
        case '|': return "name spaces are not supported";
        case '\0': return "a selector is missing";
        default: return "a selector cannot begin like this";
        }
    }

    [[nodiscard]] std::uint64_t next_bit() const noexcept {
        const auto n = program_.compounds.size();
        return n < selector_program::most_compounds ? std::uint64_t{1} << n : 0;
    }
    [[nodiscard]] std::uint64_t last_bit() const noexcept {
        return std::uint64_t{1} << (program_.compounds.size() - 1);
    }

    css_scanner in_;
    selector_program program_;
    syntax_error failure_{};
};

}  // namespace

result<selector_program> parse_selector(std::string_view css) {
    if (css.size() > selector_program::longest) {
        return error{
            errc::bad_argument, "the selector has more than " + std::to_string(selector_program::longest) + " bytes"
        };
    }
    return selector_parser{css}.parse();
}

}  // namespace forage::detail
