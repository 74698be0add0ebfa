// From pages to passages: blocks, pieces, terms, ranking.
#include "research/inline_text.hpp"
#include "research/passage_pieces.hpp"
#include "research/passages.hpp"
#include "research/terms.hpp"
#include "research/text_blocks.hpp"
#include "text/code_points.hpp"

#include <algorithm>
#include <atomic>
#include <gtest/gtest.h>
#include <string>

namespace forage::detail {
namespace {

std::string terms_of(std::string_view text) {
    std::string all;
    const auto add = [&](std::string_view term) { all.append(all.empty() ? "" : " ").append(term); };
    for_each_term(text, add);
    return all;
}

page markdown_page(std::string markdown, std::string title = {}) {
    page made;
    made.markdown = std::move(markdown);
    made.title    = std::move(title);
    return made;
}

std::string words(int count, const std::string& word = "filler") {
    std::string text;
    for (int i = 0; i < count; ++i) text += (i == 0 ? "" : " ") + word;
    return text;
}

bool is_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto c = code_point_at(text, at);
        if (!c.valid) return false;
        at += c.length;
    }
    return true;
}

TEST(terms, forms_of_one_word_meet) {
    EXPECT_EQ(
        terms_of("Checkpoints checkpoint CHECKPOINTING checkpointed"), "checkpoint checkpoint checkpoint checkpoint"
    );
    EXPECT_EQ(terms_of("handle handles handling handled"), "handl handl handl handl");
    EXPECT_EQ(terms_of("query queries"), "query query");
    EXPECT_EQ(terms_of("stopped stops stop"), "stop stop stop");
    EXPECT_EQ(terms_of("indexes index, matches match"), "index index match match");
    EXPECT_EQ(terms_of("status class string speed this"), "status class string speed this") << "no endings to take";
}

TEST(terms, accents_and_scripts) {
    EXPECT_EQ(terms_of("Caf\u00e9 \u00dcbersee \u0141\u00f3d\u017a"), "caf uberse lodz") << "as typed without accents";
    EXPECT_EQ(
        terms_of("\u041c\u041e\u0421\u041a\u0412\u0410 \u03a3\u039f\u03a6"),
        "\u043c\u043e\u0441\u043a\u0432\u0430 \u03c3\u03bf\u03c6"
    );
    EXPECT_EQ(terms_of("\u6570\u636e\u5e93 x"), "\u6570\u636e \u636e\u5e93 x") << "pairs where there are no spaces";
    EXPECT_EQ(terms_of("it's the user\u2019s SQLITE_OPEN-READONLY"), "it the user sqlit open readonly");
    EXPECT_EQ(terms_of("\xff\xfe a"), "a");
}

TEST(terms, questions_lose_their_stop_words) {
    EXPECT_EQ(
        question_terms("How does WAL mode handle checkpoints? wal!"),
        (std::vector<std::string>{"wal", "mod", "handl", "checkpoint"})
    );
    EXPECT_EQ(question_terms("who are you"), (std::vector<std::string>{"who", "are", "you"})) << "nothing else left";
    EXPECT_TRUE(question_terms("?!").empty());
    std::string many;
    for (int i = 0; i < 500; ++i) many += "w" + std::to_string(i) + " ";
    EXPECT_EQ(question_terms(many).size(), 64u);
}

TEST(text_blocks, markdown_with_its_headings) {
    const auto blocks = blocks_of_markdown(
        "Intro\nline two\n\n# One *two*\n\nText [link](https://a/ \"t\") and `a\\*b` 3 \\* 4.\n\n- item\n- [ ] more\n\n"
        "> quoted\n> ```sql\n> SELECT  1;\n> ```\n\n## Sub\n| a | b |\n| --- | --- |\n| 1 | 2 "
        "|\n\n---\n![alt](https://i/)\n"
    );
    ASSERT_EQ(blocks.size(), 8u);
    EXPECT_EQ(blocks[0].text, "Intro line two");
    EXPECT_EQ(blocks[0].heading, "");
    EXPECT_EQ(blocks[1].heading, "One two");
    EXPECT_EQ(blocks[1].text, "Text link and a\\*b 3 * 4.");
    EXPECT_EQ(blocks[2].text, "item");
    EXPECT_EQ(blocks[4].text, "quoted");
    EXPECT_EQ(blocks[5].text, "SELECT  1;");
    EXPECT_TRUE(blocks[5].is_code);
    EXPECT_EQ(blocks[6].heading, "Sub");
    EXPECT_EQ(blocks[6].text, "a | b\n1 | 2");
    EXPECT_EQ(blocks[7].text, "alt");
}

TEST(text_blocks, code_ends_with_the_quotation_it_stands_in) {
    const auto blocks = blocks_of_markdown("> ```\n> code\nafter\n");
    ASSERT_EQ(blocks.size(), 2u);
    EXPECT_EQ(blocks[1].text, "after");
    EXPECT_FALSE(blocks[1].is_code);
}

TEST(text_blocks, marks_that_do_not_pair_cost_nothing) {
    std::string hostile;
    for (int i = 0; i < 200'000; ++i) hostile += "](`[![";
    EXPECT_LE(read_inline(hostile).text.size(), hostile.size());
    EXPECT_EQ(read_inline("a ] b [ c \\").text, "a  b  c \\");
    EXPECT_EQ(read_inline("``a ` b`` c").text, "a ` b c");
}

TEST(text_blocks, links_are_measured) {
    const auto line = read_inline("See [the page](https://a/) and ![image](https://i/) or [none].");
    EXPECT_EQ(line.text, "See the page and image or none.");
    EXPECT_EQ(line.links, 1u);
    EXPECT_EQ(line.linked, 8u);
    EXPECT_EQ(read_inline("[![logo](https://i/)](https://a/)").links, 1u);
    EXPECT_EQ(read_inline("`[code](x)`").links, 0u);
}

TEST(text_blocks, several_links_in_a_row_are_navigation) {
    const auto blocks = blocks_of_markdown(
        "[1\\. One](#1)\n\n[2\\. Two](#2)\n\n[3\\. Three](#3)\n\nText with [one](#1), [two](#2) and [three](#3) "
        "links in many more words.\n\n[name](#n)\n\nIts description.\n\n[Home](/) | [About](/about) | [Help](/help)\n"
    );
    ASSERT_EQ(blocks.size(), 7u);
    for (const std::size_t i : {0u, 1u, 2u, 6u}) EXPECT_TRUE(blocks[i].is_navigation) << blocks[i].text;
    for (const std::size_t i : {3u, 4u, 5u}) EXPECT_FALSE(blocks[i].is_navigation) << blocks[i].text;
}

TEST(text_blocks, a_line_in_bold_is_a_heading) {
    const auto blocks = blocks_of_markdown(
        "# Limits\n\n1. **Length of a `row`**\n\n   One million.\n2. **Columns**\n\n   Two thousand.\n\n---\n\n"
        "**Bold** at the start.\n\n**A sentence in bold is text.**\n\n**Nothing under it**\n"
    );
    ASSERT_EQ(blocks.size(), 5u);
    EXPECT_EQ(blocks[0].heading, "Length of a row");
    EXPECT_EQ(blocks[0].text, "One million.");
    EXPECT_EQ(blocks[1].heading, "Columns");
    EXPECT_EQ(blocks[2].heading, "Limits") << "a rule ends what the bold line began";
    EXPECT_EQ(blocks[2].text, "Bold at the start.");
    EXPECT_EQ(blocks[3].text, "A sentence in bold is text.");
    EXPECT_EQ(blocks[4].text, "Nothing under it") << "kept as text";
    EXPECT_EQ(blocks[4].heading, "Limits");
}

TEST(text_blocks, headings_and_blocks_are_bounded) {
    std::string page = "# " + std::string(100'000, 'h') + '\n';
    for (int i = 0; i < 50'000; ++i) page += "- x\n";
    const auto blocks = blocks_of_markdown(page);
    EXPECT_LE(blocks.size(), 20'001u);
    EXPECT_EQ(blocks[0].heading.size(), 300u);
}

TEST(passage_pieces, small_neighbours_are_joined_under_one_heading) {
    std::string page = "# A\n\n";
    for (int i = 0; i < 6; ++i) page += words(20) + "\n\n";
    page += "# B\n\nshort\n";
    const auto pieces = pieces_of(blocks_of_markdown(page));
    ASSERT_EQ(pieces.size(), 3u);
    EXPECT_EQ(pieces[0].words, 80u);
    EXPECT_EQ(pieces[1].words, 40u);
    EXPECT_EQ(pieces[2].heading, "B");
    EXPECT_EQ(pieces[2].text, "short");
}

TEST(passage_pieces, huge_blocks_are_cut_at_sentences) {
    std::string text;
    for (int i = 0; i < 100; ++i) text += words(14) + " end. ";
    for (const auto& piece : pieces_of(blocks_of_text(text))) {
        EXPECT_LE(count_words(piece.text), most_words);
        EXPECT_TRUE(piece.text.ends_with("end.")) << piece.text;
    }
}

TEST(passage_pieces, nothing_is_lost) {
    std::string text;
    for (int i = 0; i < 3000; ++i) text += "word" + std::to_string(i) + (i % 7 == 0 ? ". " : " ");
    std::string joined;
    for (const auto& piece : pieces_of(blocks_of_text(text))) joined += piece.text + ' ';
    EXPECT_TRUE(joined == text);
}

TEST(passage_pieces, text_without_spaces_or_ends_is_cut_between_characters) {
    for (const std::string& letter :
         {std::string{"x"}, std::string{"\u00e9"}, std::string{"\u6570"}, std::string{"\U0001F600"}}) {
        std::string text, joined;
        for (int i = 0; i < 20'000; ++i) text += letter;
        for (const auto& piece : pieces_of(blocks_of_text(text))) {
            EXPECT_LE(piece.text.size(), most_bytes);
            EXPECT_TRUE(is_utf8(piece.text));
            joined += piece.text;
        }
        EXPECT_TRUE(joined == text) << letter;
    }
}

TEST(passage_pieces, bytes_that_are_not_utf8_end_too) {
    EXPECT_FALSE(pieces_of(blocks_of_text(std::string(100'000, '\x80'))).empty());
    EXPECT_FALSE(pieces_of(blocks_of_text(std::string(100'000, '\xff'))).empty());
}

TEST(best_passages, the_passage_that_answers_comes_first) {
    const std::vector<page> pages{
        markdown_page("# Cooking\n\n" + words(60, "pasta") + " mode"),
        markdown_page(
            "# Journal modes\n\n" + words(50) + "\n\n# Checkpointing\n\nIn WAL mode a checkpoint moves pages back. " +
            words(40)
        ),
    };
    const auto best = best_passages("how does WAL mode handle checkpoints", pages, 8);
    ASSERT_FALSE(best.empty());
    EXPECT_EQ(best[0].source, 2);
    EXPECT_EQ(best[0].heading, "Checkpointing");
    EXPECT_NE(best[0].text.find("moves pages back"), std::string::npos);
    EXPECT_GT(best[0].score, 0);
    for (std::size_t i = 1; i < best.size(); ++i) EXPECT_LE(best[i].score, best[i - 1].score);
}

TEST(best_passages, headings_and_titles_break_the_tie) {
    const std::vector<page> pages{
        markdown_page("# Other\n\nThe limit is one million. " + words(40)),
        markdown_page("# The limit\n\nThe limit is one million! " + words(40)),
    };
    EXPECT_EQ(best_passages("limit", pages, 1).at(0).source, 2);
    const std::vector<page> titled{markdown_page("limit " + words(40)), markdown_page("limit! " + words(40), "Limits")};
    EXPECT_EQ(best_passages("limit", titled, 1).at(0).source, 2);
}

TEST(best_passages, at_most_four_of_a_source_and_no_repeats) {
    std::string page;
    for (int i = 0; i < 10; ++i)
        page += "# H" + std::to_string(i) + "\n\ncheckpoint number" + std::to_string(i) + " " + words(40) + "\n\n";
    const std::vector<forage::page> pages{
        markdown_page(page), markdown_page("checkpoint footer"), markdown_page("checkpoint footer")
    };
    const auto best = best_passages("checkpoint", pages, 100);
    EXPECT_EQ(std::count_if(best.begin(), best.end(), [](const passage& each) { return each.source == 1; }), 4);
    EXPECT_EQ(
        std::count_if(best.begin(), best.end(), [](const passage& each) { return each.text == "checkpoint footer"; }), 1
    );
    EXPECT_EQ(best.size(), 5u);
    EXPECT_EQ(best_passages("checkpoint", pages, 2).size(), 2u);
}

TEST(best_passages, text_is_used_where_there_is_no_markdown) {
    page plain;
    plain.text      = "First line\nThe checkpoint # line *as it is*\n";
    const auto best = best_passages("checkpoint", std::span{&plain, 1}, 3);
    ASSERT_EQ(best.size(), 1u);
    EXPECT_EQ(best[0].text, "First line\nThe checkpoint # line *as it is*");
    EXPECT_EQ(best[0].heading, "");
}

TEST(best_passages, nothing_matches_nothing) {
    const std::vector<page> pages{markdown_page("# A\n\nSome text here.")};
    EXPECT_TRUE(best_passages("quantum", pages, 5).empty());
    EXPECT_TRUE(best_passages("", pages, 5).empty());
    EXPECT_TRUE(best_passages("text", {}, 5).empty());
    EXPECT_TRUE(best_passages("text", pages, 0).empty());
}

TEST(best_passages, same_input_same_output) {
    std::vector<page> pages;
    for (int i = 0; i < 20; ++i) pages.push_back(markdown_page("checkpoint " + std::to_string(i)));
    const auto first = best_passages("checkpoint", pages, 20);
    ASSERT_EQ(first.size(), 20u);
    for (std::size_t i = 0; i < first.size(); ++i)
        EXPECT_EQ(first[i].source, static_cast<int>(i) + 1) << "ties by page";
}

TEST(best_passages, stops_when_told) {
    const std::atomic<bool> stop{true};
    const term_set question{"checkpoint"};
    const auto cut = cut_into_passages(markdown_page("checkpoint"), question);
    const std::vector<const page_passages*> pages{&cut};
    EXPECT_EQ(rank_passages(question, pages, {5, 0}, nullptr).size(), 1u);
    EXPECT_TRUE(rank_passages(question, pages, {5, 0}, &stop).empty());
}

TEST(rank_passages, keeps_within_the_tokens_and_passes_over_what_does_not_fit) {
    const term_set question{"checkpoint starvation"};
    std::string large = "# One\n\ncheckpoint starvation";
    for (int i = 0; i < 150; ++i) large += " filler";
    const auto first  = cut_into_passages(markdown_page(large), question);
    const auto second = cut_into_passages(markdown_page("# Two\n\nA checkpoint is here for all who look."), question);
    const std::vector<const page_passages*> pages{&first, &second};
    ASSERT_EQ(rank_passages(question, pages, {5, 0}, nullptr).size(), 2u);
    const auto fitting = rank_passages(question, pages, {5, 20}, nullptr);
    ASSERT_EQ(fitting.size(), 1u);
    EXPECT_EQ(fitting[0].page, 1u);
}

TEST(estimated_tokens, count_bytes_of_ascii_and_other_characters) {
    EXPECT_EQ(estimated_tokens(""), 0u);
    EXPECT_EQ(estimated_tokens("abcd"), 1u);
    EXPECT_EQ(estimated_tokens("abcde"), 2u);
    EXPECT_EQ(estimated_tokens("\u65e5\u672c ab"), 3u);
}

TEST(to_passage, knows_the_headings_over_it_and_its_place_in_the_source) {
    const std::string html =
        "<title>T</title><article><h1>Guide</h1><p>Some first words about nothing in particular here.</p>"
        "<h2>Part</h2><p>A checkpoint is what this paragraph is about, and it says so at some length.</p></article>";
    page read;
    static_cast<page_content&>(read) = read_html(html, {}).value();
    const auto best                  = best_passages("checkpoint", {&read, 1}, 1);
    ASSERT_EQ(best.size(), 1u);
    EXPECT_EQ(best[0].heading_path, (std::vector<std::string>{"Guide", "Part"}));
    const auto part = html.substr(best[0].source_begin, best[0].source_end - best[0].source_begin);
    EXPECT_NE(part.find("A checkpoint is what"), std::string::npos) << part;
    EXPECT_EQ(best[0].hash, hash_of_words(best[0].text));
}

}  // namespace
}  // namespace forage::detail
