// Our parser against gumbo, on pages of the evaluation data and on what html5lib's tests have for input. Gumbo 0.10 is
// of 2015; where the two differ, the table says why, and the difference must go away when the input no longer has what
// the table blames. A difference that nothing in the table explains is a failure.
#include "html/parse.hpp"
#include "support/corpora.hpp"
#include "support/extraction_pages.hpp"
#include "support/gumbo_text.hpp"
#include "support/slowness.hpp"
#include "support/tree_text.hpp"
#include "text/ascii.hpp"
#include "text/charset.hpp"

#include <algorithm>
#include <chrono>
#include <gtest/gtest.h>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>

namespace {

using forage::detail::equals_ignoring_case;
using forage::detail::read_budget;
namespace dom = forage::detail::dom;

/// `text` with `by` for each `lower` in any case.
std::string replaced(const std::string& text, std::string_view lower, std::string_view by) {
    std::string out;
    std::size_t from = 0;
    for (std::size_t at = 0; at + lower.size() <= text.size();) {
        if (!equals_ignoring_case(std::string_view{text}.substr(at, lower.size()), lower)) {
            ++at;
            continue;
        }
        out.append(text, from, at - from).append(by);
        at += lower.size();
        from = at;
    }
    return out.append(text, from);
}

/// Start and end tags called `element` called `other` instead.
std::string renamed(const std::string& html, const std::string& element, const std::string& other) {
    return replaced(replaced(html, '<' + element, '<' + other), "</" + element, "</" + other);
}

/// As the standard has it: of attributes that are called the same, the first one counts.
std::string without_repeated_attributes(const std::string& html) {
    const auto is_in = [](char c, std::string_view all) { return all.find(c) != std::string_view::npos; };
    std::string out;
    for (std::size_t at = 0; at < html.size();) {
        out += html[at++];
        if (html[at - 1] != '<' || at == html.size() || !forage::detail::is_letter(html[at])) continue;
        while (at < html.size() && !is_in(html[at], " \t\n\f/>")) out += html[at++];
        std::set<std::string> seen;
        while (at < html.size() && html[at] != '>') {
            const auto from = at;
            while (at < html.size() && is_in(html[at], " \t\n\f/")) ++at;
            std::string name;
            while (at < html.size() && !is_in(html[at], " \t\n\f/>=")) name += forage::detail::to_lower(html[at++]);
            while (at < html.size() && name.empty() && html[at] == '=') name += html[at++];
            if (at < html.size() && html[at] == '=') {
                const char quote = at + 1 < html.size() && is_in(html[at + 1], "\"'") ? html[at + 1] : ' ';
                if (quote == ' ') {
                    at = html.find_first_of(" \t\n\f>", at);
                } else {
                    at = html.find(quote, at + 2);
                    if (at < html.size()) ++at;
                }
                at = std::min(at, html.size());
            }
            if (name.empty() || seen.insert(name).second) out.append(html, from, at - from);
        }
    }
    return out;
}

struct explanation {
    const char* reason;
    std::string (*without)(const std::string& html);  ///< the input without what the parsers differ about
};

const explanation explanations[] = {
    {"gumbo puts text that stands right before </form> behind the form: it drops the form from its stack before it "
     "writes the text it has gathered",
     [](const std::string& html) { return replaced(html, "</form", "<!----></form"); }},
    {"gumbo drops an attribute that is there twice, but what comes next is called as both of them together",
     without_repeated_attributes},
    {"gumbo replaces control characters and noncharacters by U+FFFD; the standard reports and keeps them",
     [](const std::string& html) {
         auto text = html;
         for (int c = 0x80; c < 0xA0; ++c) text = replaced(text, {"\xC2" + std::string(1, static_cast<char>(c))}, "?");
         for (char c = 1; c < 0x20; ++c) {
             if (c != '\t' && c != '\n' && c != '\f') text = replaced(text, std::string(1, c), "?");
         }
         return replaced(replaced(replaced(text, "\x7F", "?"), "\xEF\xBF\xBE", "?"), "\xEF\xBF\xBF", "?");
     }},
    {"<dialog> and <search> are newer than gumbo: they close a <p>",
     [](const std::string& html) { return renamed(renamed(html, "dialog", "section"), "search", "section"); }},
    {"<isindex> is an element like any other now; gumbo makes a form of it",
     [](const std::string& html) { return renamed(html, "isindex", "x-element"); }},
    {"<menuitem> is an element like any other now; for gumbo it stands in the head and is empty",
     [](const std::string& html) { return renamed(html, "menuitem", "x-element"); }},
    {"</p> and </br> end foreign content now",
     [](const std::string& html) { return replaced(replaced(html, "</p>", "</x->"), "</br>", "</x->"); }},
    {"<select> may have any content now (2025), and <hr>, <keygen> and <input> have rules of their own in it",
     [](const std::string& html) { return renamed(html, "select", "x-select"); }},
    {"<marquee> in a <table>: gumbo does not put <nobr> before the table",
     [](const std::string& html) { return renamed(html, "marquee", "x-marquee"); }},
    {"numbers of character references that do not fit in 32 bits wrap around in gumbo",
     [](const std::string& html) {
         constexpr std::string_view fits = "&#1111111111";
         return replaced(replaced(html, "&#111111111111", fits), "&#11111111111", fits);
     }},
    {"the end tag of any element that gumbo does not know ends any other that it does not know",
     [](const std::string& html) { return renamed(renamed(html, "menuitem", "i"), "asdf", "u"); }},
};

std::string our_text(const std::string& html) {
    read_budget budget{{.max_memory = std::size_t{1} << 30, .time_limit = std::chrono::hours{1}}};
    const auto document = dom::parse(html, budget);
    return document ? forage::testing::tree_text(*document) : "no tree";
}

/// Gumbo does not say where the doctype stood: it comes first, as gumbo_text prints it.
std::string doctype_first(const std::string& tree) {
    const std::string mark = "| <!DOCTYPE ";
    const auto at          = tree.find('\n' + mark);
    if (at == std::string::npos || tree.find("\n| <html>") < at) return tree;
    const auto end = tree.find('\n', at + 1);
    return tree.substr(at + 1, end - at) + tree.substr(0, at) + tree.substr(std::min(end, tree.size()));
}

class comparison {
public:
    /// True: the trees are the same, or the table says why they are not.
    void compare(const std::string& id, const std::string& given) {
        const auto feeds = dom::with_line_feeds(given);
        auto html        = feeds ? *feeds : given;
        ++compared_;
        if (are_same(html)) {
            ++same_;
            return;
        }
        for (const auto& each : explanations) {
            if (are_same(each.without(html))) {
                ++explained_[each.reason];
                return;
            }
        }
        for (const auto& each : explanations) html = each.without(html);
        if (are_same(html)) {
            ++explained_["more than one of these"];
            return;
        }
        unexplained(id, html);
    }

    void print(const char* what) const {
        std::cout << what << ": " << same_ << " of " << compared_ << " the same";
        for (const auto& [reason, count] : explained_) std::cout << "\n  " << count << ": " << reason;
        std::cout << '\n';
    }

private:
    static bool are_same(const std::string& html) {
        return doctype_first(our_text(html)) == forage::testing::gumbo_text(html);
    }

    static void unexplained(const std::string& id, const std::string& html) {
        const auto ours = doctype_first(our_text(html)), theirs = forage::testing::gumbo_text(html);
        std::size_t at = 0;
        while (at < ours.size() && at < theirs.size() && ours[at] == theirs[at]) ++at;
        const auto from = at < 300 ? 0 : at - 300;
        ADD_FAILURE() << id << "\nours\n" << ours.substr(from, 500) << "\ngumbo\n" << theirs.substr(from, 500);
    }

    int compared_ = 0, same_ = 0;
    std::map<std::string, int> explained_;
};

TEST(html_gumbo, differs_from_our_parser_on_html5lib_inputs_for_known_reasons) {
    const auto cases = forage::testing::corpora_text("html5lib/tree.json");
    if (!cases) GTEST_SKIP() << "no html5lib/tree.json under FORAGE_CORPORA";
    comparison all;
    for (const auto& item : nlohmann::json::parse(*cases)) {
        if (item.contains("fragment_context") || item.value("scripting", false)) continue;
        all.compare(item.at("id").get<std::string>(), item.at("data").get<std::string>());
    }
    all.print("tree.json");
}

TEST(html_gumbo, differs_from_our_parser_on_pages_for_known_reasons) {
    constexpr std::size_t largest = 512 * 1024;  // gumbo is quadratic in places
    const auto pages              = forage::testing::extraction_pages();
    if (pages.empty()) GTEST_SKIP() << "no extraction pages under FORAGE_CORPORA";
    comparison all;
    int too_large = 0;
    for (std::size_t i = 0; i < pages.size(); i += std::size_t{forage::testing::slowness} * forage::testing::slowness) {
        const auto& page = pages[i];
        if (page.bytes.size() > largest) {
            ++too_large;
            continue;
        }
        forage::detail::decoded_text text;
        forage::detail::decode_document(page.bytes, {}, forage::detail::document_kind::html, text);
        all.compare(page.id, std::string{text.text});
    }
    all.print("pages");
    std::cout << "  left out: " << too_large << " over 512 KiB\n";
}

}  // namespace
