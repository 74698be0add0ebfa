// Output in the four formats: words of strangers stay words.
#include "cli/markdown.hpp"
#include "cli/printable.hpp"
#include "cli/render.hpp"
#include "support/cli_format.hpp"

#include <forage/json.hpp>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <string>

namespace {

using namespace forage::cli;
using forage::testing::as;
using json = nlohmann::json;

template <class... Arguments>
std::string printed(Arguments&&... arguments) {
    std::string out;
    const auto print = [&out](std::string_view part) { out += part; };
    if constexpr (sizeof...(Arguments) == 1)
        render_batch(arguments..., print);
    else
        render_page(arguments..., print);
    return out;
}

forage::page hostile_page() {
    forage::page p;
    p.url       = "https://a.example/x";
    p.final_url = "https://a.example/y";
    p.status    = 200;
    p.title     = "Title \x1b]0;pwned\x07 \u202Egpj";
    p.text      = "line one\nline\ttwo \u009B2J";
    p.markdown  = "# Heading\n\ntext \x7F";
    return p;
}

bool is_calm(const std::string& text) {
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F) return false;
    }
    return text.find("\u202E") == text.npos && text.find("\u009B") == text.npos;
}

TEST(CliRender, pages_are_calm_in_every_format) {
    for (const auto format :
         {output_format::text, output_format::markdown, output_format::json, output_format::jsonl}) {
        const auto out = printed(hostile_page(), as(format));
        EXPECT_TRUE(is_calm(out)) << out;
        EXPECT_EQ(out.back(), '\n');
    }
}

TEST(CliRender, text_has_a_header_line_and_the_page) {
    const auto out = printed(hostile_page(), as(output_format::text));
    EXPECT_EQ(out.substr(0, 10), "=== Title ");
    EXPECT_NE(out.find("<https://a.example/y>\n\nline one\nline\ttwo"), out.npos);
}

TEST(CliRender, metadata_stands_above_the_text) {
    auto p               = hostile_page();
    p.metadata.title     = "A \x1b[2J title";
    p.metadata.authors   = {"*Jane* Roe"};
    p.metadata.published = {"2023-05-17", forage::metadata_source::url};
    p.metadata.headings.push_back({1, "Heading"});
    p.metadata.author_source = forage::metadata_source::json_ld;

    auto o = as(output_format::text);
    EXPECT_EQ(printed(p, o).find("2023"), std::string::npos) << "only when it is asked for";
    o.metadata      = true;
    const auto text = printed(p, o);
    EXPECT_TRUE(is_calm(text)) << text;
    EXPECT_NE(
        text.find("\nauthor: *Jane* Roe (JSON-LD)\npublished: 2023-05-17 (URL)\nh1: Heading\n\nline one"), text.npos
    ) << text;
    o.format = output_format::markdown;
    EXPECT_NE(printed(p, o).find("- author: \\*Jane\\* Roe (JSON-LD)"), std::string::npos) << printed(p, o);
    p.metadata = {};
    p.language.clear();
    EXPECT_EQ(printed(p, o), printed(p, as(output_format::markdown))) << "nothing said, nothing printed";
}

TEST(CliRender, json_says_what_the_page_said) {
    const auto out = printed(hostile_page(), as(output_format::jsonl));
    EXPECT_EQ(out.find('\n'), out.size() - 1);
    const auto object = json::parse(out);
    EXPECT_EQ(object["title"], hostile_page().title);
    EXPECT_EQ(object["text"], hostile_page().text);
    EXPECT_EQ(object["url"], "https://a.example/x");
}

// Longer than what is handed on at once, with what is escaped, dropped or two bytes long at every place.
TEST(CliRender, long_pages_come_out_as_short_ones_do) {
    for (const std::size_t shift : {0U, 1U, 2U, 3U, 4U, 5U, 6U}) {
        auto p = hostile_page();
        p.text = std::string(shift, 'x');
        while (p.text.size() < 300'000) p.text += "\u00E4\u20AC\r\n\"\U0001F600";
        const auto object = json::parse(printed(p, as(output_format::jsonl)));
        EXPECT_EQ(object["text"], p.text);
        EXPECT_EQ(printed(p, as(output_format::jsonl)), printable_json(forage::to_json(p)) + '\n');
        EXPECT_TRUE(printed(p, as(output_format::text)).ends_with(printable(p.text, line_breaks::keep) + "\n\n"));
    }
}

TEST(CliRender, what_stands_in_the_place_of_a_page_is_noted_where_the_output_does_not_say_it) {
    auto p = hostile_page();
    EXPECT_EQ(obstacle_note(p, as(output_format::text)), "");
    p.obstacle = forage::page_obstacle::login;
    EXPECT_EQ(obstacle_note(p, as(output_format::text)), ": not the page itself: login");
    EXPECT_EQ(obstacle_note(p, as(output_format::json)), "");
}

TEST(CliRender, fetch_only_is_one_line) {
    auto o       = as(output_format::text);
    o.fetch_only = true;
    auto p       = hostile_page();

    p.timing.bytes_body = 1234;
    EXPECT_EQ(printed(p, o), "200 1234 https://a.example/y\n");
}

TEST(CliRender, a_batch_is_one_object) {
    forage::scrape_batch batch;
    batch.values.push_back(hostile_page());
    batch.values.push_back(hostile_page());
    batch.failures.push_back({2, "https://b/", forage::error{forage::errc::timed_out, "too slow"}});
    const auto object = json::parse(printed(batch));
    EXPECT_EQ(object["pages"].size(), 2u);
    ASSERT_EQ(object["failures"].size(), 1u);
    EXPECT_EQ(object["failures"][0]["url"], "https://b/");
    EXPECT_EQ(object["failures"][0]["error"]["kind"], "timed_out");
    EXPECT_EQ(
        json::parse(printed(forage::scrape_batch{})), (json{{"pages", json::array()}, {"failures", json::array()}})
    );
}

TEST(CliRender, failures_are_on_standard_output_in_jsonl_only) {
    const forage::scrape_failure lost{0, "https://b/", forage::error{forage::errc::timed_out, "too slow"}};
    EXPECT_EQ(render_failure(lost, as(output_format::text)), "");
    EXPECT_EQ(render_failure(lost, as(output_format::markdown)), "");
    EXPECT_EQ(json::parse(render_failure(lost, as(output_format::jsonl)))["error"]["kind"], "timed_out");
}

forage::answer_pack pack() {
    forage::answer_pack a;
    a.question = "what is it";
    a.sources.resize(2);
    a.sources[0].number = 1;
    a.sources[0].url    = "https://a/";
    a.sources[0].title  = "First";
    a.sources[1].number = 2;
    a.sources[1].url    = "https://b/";
    a.sources[1].title  = "*Second*";
    a.passages.resize(2);
    a.passages[0].source  = 2;
    a.passages[0].heading = "Part";
    a.passages[0].text    = "It is\nthis.";
    a.passages[1].source  = 1;
    a.passages[1].text    = "- not a list";
    return a;
}

TEST(CliRender, answers_cite_their_sources) {
    EXPECT_EQ(
        render_answer(pack(), as(output_format::text)),
        "what is it\n\n"
        "1. [2] Part\n   It is\n   this.\n\n"
        "2. [1]\n   - not a list\n\n"
        "Sources\n[1] First\n    https://a/\n[2] *Second*\n    https://b/\n"
    );
    const auto markdown = render_answer(pack(), as(output_format::markdown));
    EXPECT_NE(markdown.find("## 1. Part \\[2\\]\n\n> It is\n> this.\n"), markdown.npos) << markdown;
    EXPECT_NE(markdown.find("> \\- not a list\n"), markdown.npos) << markdown;
    EXPECT_NE(markdown.find("- \\[2\\] [\\*Second\\*](<https://b/>)\n"), markdown.npos) << markdown;
    EXPECT_EQ(json::parse(render_answer(pack(), as(output_format::json)))["sources"].size(), 2u);
}

TEST(CliRender, code_keeps_its_lines_and_cannot_leave_its_fence) {
    auto answer = pack();
    forage::code_example code;
    code.source   = 2;
    code.language = "c++ `x";
    code.heading  = "Loop";
    code.text     = "while (x) {\n    ```\n}";
    answer.code.push_back(code);
    EXPECT_NE(
        render_answer(answer, as(output_format::text))
            .find("Code [2] Loop\n    while (x) {\n        ```\n    }\n\nSources"),
        std::string::npos
    );
    EXPECT_NE(
        render_answer(answer, as(output_format::markdown))
            .find("## Code\n\nLoop \\[2\\]\n\n````c++x\nwhile (x) {\n    ```\n}\n````\n\n## Sources"),
        std::string::npos
    );
}

TEST(CliRender, an_empty_answer_says_so) {
    forage::answer_pack empty;
    empty.question = "q";
    EXPECT_NE(render_answer(empty, as(output_format::text)).find("No passage matches."), std::string::npos);
}

TEST(CliRender, hits) {
    forage::search_results found;
    found.hits.push_back({"A [title]", "https://a/", "about\nit", 1, forage::provider::google});
    EXPECT_EQ(render_search(found, as(output_format::text)), "1. A [title]\n   https://a/\n   about it\n\n");
    EXPECT_EQ(render_search(found, as(output_format::markdown)), "1. [A \\[title\\]](<https://a/>)\n   about it\n");
    EXPECT_EQ(json::parse(render_search(found, as(output_format::json)))["results"].size(), 1u);
}

TEST(CliMarkdown, nothing_of_a_stranger_is_structure) {
    EXPECT_EQ(
        markdown_line("a *b* _c_ `d` <e> [f](g) \\ ~x~ &amp; !"),
        "a \\*b\\* \\_c\\_ \\`d\\` \\<e\\> \\[f\\](g) \\\\ \\~x\\~ \\&amp; \\!"
    );
    EXPECT_EQ(markdown_line("write-ahead # log"), "write-ahead # log");
    EXPECT_EQ(markdown_line("# h"), "\\# h");
    EXPECT_EQ(markdown_line("    code"), "code");
    EXPECT_EQ(markdown_line("12. item"), "12\\. item");
    EXPECT_EQ(markdown_line("3.40 released"), "3\\.40 released");
    EXPECT_EQ(markdown_line("a\n# b"), "a # b");
    EXPECT_EQ(markdown_quote("a\n\n# b\n=="), "> a\n>\n> \\# b\n> \\==\n");
    EXPECT_EQ(markdown_quote("```\ncode"), "> \\`\\`\\`\n> code\n");
    EXPECT_EQ(markdown_link("t", "https://a/>(x) y\\<z"), "[t](<https://a/%3E(x)%20y%5C%3Cz>)");
}

}  // namespace
