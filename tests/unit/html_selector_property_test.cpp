// Property: on random trees, random selectors match what a plain reading of the definition matches: an element matches
// a chain if it matches the last part, and its parent or some ancestor matches the rest.
#include <forage/document.hpp>

#include <gtest/gtest.h>
#include <random>
#include <string>
#include <vector>

namespace {

using forage::node;

constexpr std::string_view types[] = {"b", "i", "u", "x-a"};
constexpr std::string_view words[] = {"p", "q", "r"};

class generator {
public:
    explicit generator(unsigned seed) : random_{seed} {}

    unsigned below(unsigned limit) { return std::uniform_int_distribution{0u, limit - 1}(random_); }

    std::string tree() {
        std::string html;
        std::vector<std::string_view> open;
        for (unsigned i = 0; i < 40; ++i) {
            if (!open.empty() && below(5) < 2) {
                html.append("</").append(open.back()).append(">");
                open.pop_back();
            }
            open.push_back(types[below(4)]);
            html.append("<").append(open.back());
            if (below(2) == 0) html.append(" class='").append(words[below(3)]).append(" z'");
            if (below(3) == 0) html.append(" t=").append(words[below(3)]);
            html += '>';
        }
        return html;
    }

    struct part {
        std::string_view type, word, value;  // empty: any
        bool is_child = false;               // of the part before
    };
    std::vector<part> chain() {
        std::vector<part> parts(1 + below(5));
        for (auto& each : parts) {
            if (below(4) != 0) each.type = types[below(4)];
            if (below(3) == 0) each.word = words[below(3)];
            if (below(6) == 0) each.value = words[below(3)];
            each.is_child = below(2) == 0;
        }
        return parts;
    }

private:
    std::mt19937 random_;
};

std::string css(const std::vector<generator::part>& chain) {
    std::string text;
    for (std::size_t i = 0; i < chain.size(); ++i) {
        if (i != 0) text += chain[i].is_child ? " > " : " ";
        const auto& [type, word, value, is_child] = chain[i];
        text += type.empty() ? "*" : type;
        if (!word.empty()) text.append(".").append(word);
        if (!value.empty()) text.append("[t=").append(value).append("]");
    }
    return text;
}

bool matches(const std::vector<generator::part>& chain, std::size_t last, node n) {
    const auto& part = chain[last];
    if (!n.is_element() || (!part.type.empty() && n.name() != part.type)) return false;
    if (!part.word.empty() && !n.has_class(part.word)) return false;
    if (!part.value.empty() && n.attribute("t") != part.value) return false;
    if (last == 0) return true;
    if (part.is_child) return matches(chain, last - 1, n.parent());
    for (auto above = n.parent(); above; above = above.parent()) {
        if (matches(chain, last - 1, above)) return true;
    }
    return false;
}

TEST(html_selector, matches_what_the_definition_says) {
    std::size_t found = 0;
    for (unsigned seed = 0; seed < 60; ++seed) {
        generator random{seed};
        const auto html = random.tree();
        const auto doc  = forage::parse_document(html).value();
        for (int k = 0; k < 20; ++k) {
            const std::vector chains{random.chain(), random.chain()};
            const auto text     = css(chains[0]) + (k % 2 == 0 ? ", " + css(chains[1]) : "");
            const auto wanted   = forage::selector::parse(text).value();
            const auto is_match = [&](node n) {
                return matches(chains[0], chains[0].size() - 1, n) ||
                       (k % 2 == 0 && matches(chains[1], chains[1].size() - 1, n));
            };
            std::vector<node> expected;
            for (const auto n : doc.body().descendants()) {
                if (is_match(n)) expected.push_back(n);
                ASSERT_EQ(wanted.matches(n), is_match(n)) << text << '\n' << html;
            }
            ASSERT_EQ(doc.body().select(wanted), expected) << text << '\n' << html;
            ASSERT_EQ(doc.body().select_first(wanted), expected.empty() ? node{} : expected.front()) << text;
            found += expected.size();
        }
    }
    EXPECT_GT(found, 2'000u);  // else the selectors were too narrow to show anything
}

}  // namespace
