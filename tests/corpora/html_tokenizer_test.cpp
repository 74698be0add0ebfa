// The HTML parser against the html5lib tests: the tokenizer.
#include "html/parse.hpp"
#include "html/tokenizer.hpp"
#include "support/corpora.hpp"

#include <gtest/gtest.h>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace {

using nlohmann::json;
namespace dom = forage::detail::dom;
using dom::text_mode;
using dom::token_kind;

/// What "\uXXXX" inside a string stands for. Lone surrogates cannot be said in UTF-8: nothing.
std::optional<std::string> unescaped(const std::string& text) {
    auto quoted = json(text).dump();
    for (std::size_t at = 0; (at = quoted.find("\\\\u", at)) != std::string::npos;) quoted.erase(at, 1);
    const auto read = json::parse(quoted, nullptr, false);
    if (read.is_discarded()) return std::nullopt;
    return read.get<std::string>();
}

/// Cases that do not apply, each with the reason.
const std::map<std::string, std::string>& exceptions() {
    static const std::map<std::string, std::string> all{
        {"xmlViolation.test#1", "form feeds are to become spaces, as XML cannot say them; we make no XML"},
        {"xmlViolation.test#2", "comments are to lose \"--\", as XML cannot say it; we make no XML"},
    };
    return all;
}

const std::map<std::string, text_mode>& modes() {
    static const std::map<std::string, text_mode> all{
        {"Data state", text_mode::data},
        {"RCDATA state", text_mode::rcdata},
        {"RAWTEXT state", text_mode::rawtext},
        {"Script data state", text_mode::script_data},
        {"PLAINTEXT state", text_mode::plaintext},
        {"CDATA section state", text_mode::cdata_section},
    };
    return all;
}

/// The tokens in the form of the tests, neighbouring text joined.
class token_list {
public:
    explicit token_list(dom::tree& document) : tree_{document} {}

    void add(const dom::token& t) {
        switch (t.kind) {
        case token_kind::text: add_text(tree_.text(t.text)); break;
        case token_kind::null: add_text(std::string_view{"\0", 1}); break;
        case token_kind::comment: list_.push_back({"Comment", tree_.text(t.text)}); break;
        case token_kind::doctype: add_doctype(t); break;
        case token_kind::start_tag: add_start_tag(t); break;
        case token_kind::end_tag: list_.push_back({"EndTag", tree_.names.text(t.tag)}); break;
        case token_kind::end_of_file: break;
        }
    }
    [[nodiscard]] const json& list() const { return list_; }

private:
    void add_text(std::string_view text) {
        if (text.empty()) return;
        if (!list_.empty() && list_.back()[0] == "Character") {
            list_.back()[1] = list_.back()[1].get<std::string>() + std::string{text};
        } else {
            list_.push_back({"Character", text});
        }
    }

    void add_doctype(const dom::token& t) {
        const auto or_null = [&](bool is_there, dom::span text) {
            return is_there ? json(tree_.text(text)) : json(nullptr);
        };
        const auto& type = t.type;
        list_.push_back({
            "DOCTYPE",
            or_null(type.name.length != 0, type.name),
            or_null(type.has_public_id, type.public_id),
            or_null(type.has_system_id, type.system_id),
            !t.is_quirky,
        });
    }

    void add_start_tag(const dom::token& t) {
        auto attributes = json::object();
        for (const auto* a = tree_.attributes_at(t.attributes); a != nullptr; ++a) {
            attributes[std::string{tree_.names.text(a->name())}] = tree_.text(a->value);
            if (a->is_last()) break;
        }
        json entry{"StartTag", tree_.names.text(t.tag), attributes};
        if (t.is_self_closing) entry.push_back(true);
        list_.push_back(entry);
    }

    dom::tree& tree_;
    json list_ = json::array();
};

json tokens_of(const std::string& input, text_mode mode, const std::string& last_start_tag) {
    forage::detail::read_budget budget{{}};
    const auto rewritten = dom::with_line_feeds(input);
    dom::tree document{rewritten ? *rewritten : input, budget};
    dom::tokenizer in{document, budget};
    in.read_as(mode);
    if (!last_start_tag.empty()) in.set_last_start_tag(document.names.intern(last_start_tag));
    token_list all{document};
    for (;;) {
        const auto& t = in.next();
        if (t.kind == token_kind::end_of_file) return all.list();
        all.add(t);
    }
}

TEST(html5lib_corpus, reads_the_tokens) {
    const auto cases = forage::testing::corpora_text("html5lib/tokenizer.json");
    if (!cases) GTEST_SKIP() << "no html5lib/tokenizer.json under FORAGE_CORPORA";
    int wanted = 0, right = 0, unsayable = 0;
    for (const auto& item : json::parse(*cases)) {
        if (exceptions().contains(item.at("id").get<std::string>())) continue;
        auto input  = std::optional{item.at("input").get<std::string>()};
        auto output = std::optional{item.at("output").dump()};
        if (item.value("doubleEscaped", false)) {
            input  = unescaped(*input);
            auto x = *output;
            for (std::size_t at = 0; (at = x.find("\\\\u", at)) != std::string::npos;) x.erase(at, 1);
            output = json::parse(x, nullptr, false).is_discarded() ? std::nullopt : std::optional{x};
        }
        if (!input || !output) {
            ++unsayable;
            continue;
        }
        const auto want = json::parse(*output);
        for (const auto& state : item.value("initialStates", json{"Data state"})) {
            ++wanted;
            const auto mode = modes().at(state.get<std::string>());
            const auto got  = tokens_of(*input, mode, item.value("lastStartTag", ""));
            if (got == want) {
                ++right;
            } else {
                ADD_FAILURE() << item.at("id") << " in " << state << ": " << item.at("input") << "\ngot      "
                              << got.dump(-1, ' ', false, json::error_handler_t::replace) << "\nexpected " << want;
            }
        }
    }
    std::cout << "tokenizer.json: " << right << " of " << wanted << " (left out: " << unsayable
              << " with lone surrogates, which UTF-8 cannot say, " << exceptions().size() << " exceptions)\n";
    EXPECT_GT(wanted, 0);
}

}  // namespace
