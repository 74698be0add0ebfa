// libFuzzer target for dom::tokenizer: it ends, gets on with every token, gives text from inside of the source or of
// what was rewritten, in valid UTF-8 if the source is, names in lower case, and no attribute twice; plain text is the
// source. The input's first byte says how text is read in the beginning and later, the second which start tag was last.
#include "fuzz/require.hpp"
#include "html/parse.hpp"
#include "html/tokenizer.hpp"
#include "text/utf8.hpp"

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>

namespace {

namespace dom = forage::detail::dom;
using dom::text_mode;
using dom::token_kind;
using forage::detail::is_valid_utf8;

using forage::fuzz::require;

class checker {
public:
    explicit checker(std::string_view source) : tree_{source, budget_}, is_valid_{is_valid_utf8(source)} {}

    void run(std::uint8_t how, dom::name last_start_tag) {
        constexpr std::uint8_t modes = 6;
        const auto mode              = static_cast<text_mode>(how % modes);
        const bool switches          = (how & 64) != 0;
        dom::tokenizer in{tree_, budget_};
        in.allow_cdata((how & 128) != 0);
        in.read_as(mode);
        in.set_last_start_tag(last_start_tag);
        for (std::int64_t last = -1;;) {
            const auto& t = in.next();
            require(t.source <= tree_.source().size(), "begins behind the source");
            if (t.kind == token_kind::end_of_file) break;
            require(t.source > last, "does not get on");
            last = t.source;
            check(t);
            if (switches && t.kind == token_kind::start_tag) {
                if (const auto next = mode_in(t.tag); next != text_mode::data) in.read_as(next);
            }
        }
        if (mode == text_mode::plaintext)
            require(text_ == without_nulls(tree_.source()), "plain text is not the source");
        if (is_valid_) require(is_valid_utf8(text_), "text is no longer valid UTF-8");
    }

private:
    static text_mode mode_in(dom::name element) {
        switch (element) {
        case dom::name::title:
        case dom::name::textarea: return text_mode::rcdata;
        case dom::name::style:
        case dom::name::xmp:
        case dom::name::iframe: return text_mode::rawtext;
        case dom::name::script: return text_mode::script_data;
        case dom::name::plaintext: return text_mode::plaintext;
        default: return text_mode::data;
        }
    }
    static std::string without_nulls(std::string_view text) {
        std::string out;
        for (const char c : text) c == '\0' ? out += forage::detail::utf8_replacement : out += c;
        return out;
    }

    std::string_view checked(dom::span s) const {
        const bool is_own = (s.offset & dom::span::rewritten) != 0;
        const auto limit  = is_own ? tree_.rewritten.size() : tree_.source().size();
        require(std::size_t{s.offset & ~dom::span::rewritten} + s.length <= limit, "text from outside");
        const auto text = tree_.text(s);
        require(!is_valid_ || is_valid_utf8(text), "a piece is no longer valid UTF-8");
        return text;
    }
    void check_name(dom::name n) const {
        require(index_of(n) < tree_.names.size() && n != dom::name::none, "no name");
        const auto text = tree_.names.text(n);
        require(text.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ \t\n\f/>") == std::string_view::npos, "not a name");
        require(!text.empty() && text.find('\0') == std::string_view::npos, "an empty name or NUL in it");
        require(tree_.names.find(text) == n, "the name has another number");
    }
    void check_attributes(const dom::token& t) const {
        std::set<dom::name> seen;
        for (const auto* a = tree_.attributes_at(t.attributes); a != nullptr; ++a) {
            check_name(a->name());
            checked(a->value);
            require(seen.insert(a->name()).second, "the same attribute twice");
            if (a->is_last()) break;
        }
    }

    void check(const dom::token& t) {
        switch (t.kind) {
        case token_kind::text:
            text_ += checked(t.text);
            require((t.text.offset & dom::span::rewritten) != 0 || t.text.offset >= t.source, "text from before");
            break;
        case token_kind::null: text_ += forage::detail::utf8_replacement; break;
        case token_kind::comment: checked(t.text); break;
        case token_kind::start_tag:
            check_name(t.tag);
            check_attributes(t);
            break;
        case token_kind::end_tag:
            check_name(t.tag);
            require(t.attributes == 0, "an end tag with attributes");
            break;
        case token_kind::doctype:
            for (const auto s : {t.type.name, t.type.public_id, t.type.system_id}) checked(s);
            break;
        case token_kind::end_of_file: break;
        }
    }

    forage::detail::read_budget budget_{{.max_memory = std::size_t{64} << 20, .time_limit = std::chrono::seconds{60}}};
    dom::tree tree_;
    bool is_valid_;
    std::string text_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const std::string_view given{reinterpret_cast<const char*>(data) + 2, size - 2};
    const auto rewritten = dom::with_line_feeds(given);
    const auto text      = rewritten ? std::string_view{*rewritten} : given;
    // Exactly as long as it is, so that a byte read behind it is found.
    const std::unique_ptr<char[]> bytes{new char[text.size()]};
    text.copy(bytes.get(), text.size());
    checker{{bytes.get(), text.size()}}.run(data[0], static_cast<dom::name>(data[1] % dom::known_names));
    return 0;
}
