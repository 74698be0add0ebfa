// Property: whatever a page's elements and texts are, cmark-gfm makes the same words of its Markdown as its text has.
// FORAGE_SEED repeats a run.
#include "support/rendered_markdown.hpp"
#include "support/setting.hpp"

#include <forage/html.hpp>

#include <gtest/gtest.h>
#include <iostream>
#include <random>
#include <string>
#include <vector>

namespace {

using namespace forage::testing;

constexpr std::string_view texts[] = {
    "a",       "b c",    " ",      " d ",       "e. ",    "(f)",    "*",
    "**",      "_",      "__g__",  "~",         "~~",     "`",      "``",
    "[",       "]",      "](x)",   "[x]: y",    "!",      "!h",     "&lt;",
    "\\",      "&lt;b",  "&amp;",  "&amp;amp;", "|",      "| i |",  "#",
    "# j",     "-",      "- k",    "---",       "+",      "1.",     "2) l",
    "12",      "=",      "===",    ":--",       "> ",     "&nbsp;", "&nbsp;m",
    "\u00FC",  "\u91CD", "\u3002", "\u2014",    "\u20AC", "$x_1$",  "http://n.o/p_q_",
    "\\(",     "\"",     "'s",     ", ",        "\t",     "\n",     "[^1]",
    "&lt;!--", "*a*",    "a_",     "_b",        "***",    ".",      ":",
    "[ ] r",   "{",      "}",      "&amp;#35;", "```",    "~~~",    "s\\|t",
    "\\|",
};

constexpr std::string_view inlines[] = {
    "b",
    "i",
    "b",
    "i",
    "s",
    "code",
    "kbd",
    "span",
    "a href=/u",
    "a href='/(v)'",
    "sup",
    "button",
};

constexpr std::string_view blocks[] = {
    "p",
    "div",
    "h2",
    "blockquote",
    "ul",
    "ol",
    "ol start=7",
    "ol reversed",
    "dl",
    "pre",
    "table",
    "details",
    "figure",
    "li",
};

class generator {
public:
    explicit generator(unsigned seed) : random_{seed} {}

    std::string page() {
        std::string out;
        flow(out, 4);
        return out;
    }

private:
    unsigned below(unsigned limit) { return std::uniform_int_distribution{0u, limit - 1}(random_); }
    template <std::size_t N>
    std::string_view one_of(const std::string_view (&all)[N]) {
        return all[below(N)];
    }

    void element(std::string& out, std::string_view opening, auto&& contents) {
        out.append("<").append(opening).append(">");
        contents();
        out.append("</").append(opening.substr(0, opening.find(' '))).append(">");
    }

    void phrase(std::string& out, unsigned depth) {
        for (unsigned n = 1 + below(5); n != 0; --n) {
            const auto what = depth == 0 ? 0 : below(12);
            if (what < 7) {
                out += one_of(texts);
            } else if (what == 7) {
                out += below(2) == 0 ? "<br>" : "<img src=w alt='[x](y)*'>";
            } else {
                element(out, one_of(inlines), [&] { phrase(out, depth - 1); });
            }
        }
    }

    void flow(std::string& out, unsigned depth) {
        for (unsigned n = 1 + below(3); n != 0; --n) {
            if (depth == 0 || below(3) == 0) {
                phrase(out, 3);
                if (below(8) == 0) out += "<hr>";
            } else {
                block(out, one_of(blocks), depth - 1);
            }
        }
    }

    void block(std::string& out, std::string_view opening, unsigned depth) {
        element(out, opening, [&] {
            if (opening == "p" || opening == "h2" || opening == "pre") return phrase(out, 3);
            if (opening == "table") return rows(out);
            if (opening == "details") element(out, "summary", [&] { phrase(out, 3); });
            const bool is_list = opening.front() == 'u' || opening.front() == 'o';
            const bool is_dl   = opening == "dl";
            if (!is_list && !is_dl) return flow(out, depth);
            for (unsigned n = 1 + below(3); n != 0; --n) {
                const std::string_view item = is_list ? "li" : below(2) == 0 ? "dt" : "dd";
                element(out, item, [&] { item == "dt" ? phrase(out, 3) : flow(out, depth); });
                if (below(8) == 0) phrase(out, 1);
            }
        });
    }

    void rows(std::string& out) {
        constexpr std::string_view cells[] = {"td", "td", "td", "th", "td colspan=2", "td rowspan=2"};
        if (below(4) == 0) element(out, "caption", [&] { phrase(out, 2); });
        for (unsigned n = 1 + below(4); n != 0; --n) {
            element(out, "tr", [&] {
                for (unsigned c = 1 + below(3); c != 0; --c) element(out, one_of(cells), [&] { phrase(out, 3); });
            });
        }
    }

    std::mt19937 random_;
};

std::string difference(const std::string& html) {
    const auto page = forage::read_html(html, {.base_url = "https://h/", .mode = forage::extraction_mode::whole});
    return page ? difference_of_words(page->text, text_of_markdown(page->markdown)) : page.error().message();
}

TEST(html_markdown_property, words_survive_the_round_trip) {
    const auto seed = static_cast<unsigned>(setting("FORAGE_SEED", std::random_device{}()));
    std::cout << "FORAGE_SEED=" << seed << std::endl;
    constexpr unsigned pages = 400;
    for (unsigned i = 0; i < pages; ++i) {
        const auto html = generator{seed + i}.page();
        ASSERT_EQ(difference(html), "") << "seed " << seed + i << ": " << html << "\n"
                                        << forage::read_html(html, {.mode = forage::extraction_mode::whole})->markdown;
    }
}

}  // namespace
