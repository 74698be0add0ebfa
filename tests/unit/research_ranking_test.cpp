// What makes one passage better than another: one test for each rule.
#include "research/passage_pieces.hpp"
#include "research/passages.hpp"
#include "research/text_blocks.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace forage::detail {
namespace {

page markdown_page(std::string markdown, std::string title = {}) {
    page made;
    made.markdown = std::move(markdown);
    made.title    = std::move(title);
    return made;
}

// Prose about something else.
std::string filler(int words) {
    std::string text;
    for (int i = 0; i < words; ++i) text += " filler";
    return text;
}

std::vector<passage_piece> pieces_of_markdown(std::string_view markdown) {
    return pieces_of(blocks_of_markdown(markdown));
}

// The first line of the best passage.
std::string best_line(std::string_view question, const std::vector<page>& pages) {
    const auto best = best_passages(question, pages, 1);
    return best.empty() ? std::string{} : best[0].text.substr(0, best[0].text.find('\n'));
}

TEST(passage_pieces, an_opening_line_keeps_its_list_and_a_name_its_description) {
    const auto list = pieces_of_markdown(filler(85) + " as follows:\n\n- " + filler(10) + "\n\nAfter" + filler(9));
    ASSERT_EQ(list.size(), 2u);
    EXPECT_EQ(list[0].words, 97u);
    EXPECT_TRUE(list[1].text.starts_with("After"));

    const auto names = pieces_of_markdown(filler(85) + "\n\nOPTION_A\n\nDoes this" + filler(90) + "\n");
    ASSERT_EQ(names.size(), 2u);
    EXPECT_TRUE(names[1].text.starts_with("OPTION_A\nDoes this"));
    const auto open_end = pieces_of_markdown(filler(75) + "\n\nOPTION_A and B\n\nDoes this" + filler(60) + "\n");
    ASSERT_EQ(open_end.size(), 1u) << "no passage ends with a name whose description comes next";
}

TEST(passage_pieces, code_follows_its_prose_and_does_not_lead) {
    const auto after = pieces_of_markdown(filler(90) + "\n\n```\nSELECT 1;\n```\n\nNext" + filler(10));
    ASSERT_EQ(after.size(), 2u);
    EXPECT_TRUE(after[0].text.ends_with("SELECT 1;"));
    EXPECT_EQ(after[0].prose, 90u);
    EXPECT_EQ(after[0].words, 92u);

    const auto before = pieces_of_markdown("# open\n\n```\nint open(const char*);\n```\n\nOpens" + filler(10));
    ASSERT_EQ(before.size(), 2u);
    EXPECT_EQ(before[0].prose, 0u);
    EXPECT_TRUE(before[1].text.starts_with("Opens"));
}

TEST(passage_pieces, navigation_stays_by_itself) {
    const auto pieces = pieces_of_markdown("[A one](#1)\n\n[A two](#2)\n\n[A three](#3)\n\nThe text" + filler(10));
    ASSERT_EQ(pieces.size(), 2u);
    EXPECT_EQ(pieces[0].text, "A one\nA two\nA three");
    EXPECT_EQ(pieces[0].prose, 0u);
    EXPECT_EQ(pieces[1].prose, 12u);
}

TEST(passage_pieces, names_are_no_prose_but_rows_of_a_table_are) {
    const auto pieces = pieces_of_markdown("- open_file\n- close_file\n\n# T\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n");
    ASSERT_EQ(pieces.size(), 2u);
    EXPECT_EQ(pieces[0].prose, 0u);
    EXPECT_EQ(pieces[1].prose, pieces[1].words);
}

TEST(ranking, prose_before_contents) {
    const std::string contents =
        "[1\\. The log checkpoint](#1)\n\n[2\\. Log checkpoint modes](#2)\n\n[3\\. Log](#3)\n\n";
    const std::vector<page> pages{markdown_page(contents + "# One\n\nA checkpoint empties the log." + filler(40))};
    EXPECT_TRUE(best_line("log checkpoint", pages).starts_with("A checkpoint empties the log."));
    EXPECT_EQ(best_passages("log checkpoint", pages, 5).size(), 2u) << "contents stay, at the end";
}

TEST(ranking, prose_before_bare_names) {
    const std::vector<page> pages{
        markdown_page("- log_open\n- log_checkpoint\n- log_checkpoint_mode\n- log_close\n"),
        markdown_page("The log has a checkpoint now and then." + filler(40)),
    };
    EXPECT_TRUE(best_line("log checkpoint", pages).starts_with("The log has"));
}

TEST(ranking, prose_before_code) {
    const std::vector<page> pages{
        markdown_page("```\nint log_checkpoint(log* handle); // log checkpoint of the log\n```\n"),
        markdown_page("The log has a checkpoint now and then." + filler(40)),
    };
    EXPECT_TRUE(best_line("log checkpoint", pages).starts_with("The log has"));
}

TEST(ranking, code_is_found_where_there_is_nothing_else) {
    const std::vector<page> pages{markdown_page("```\nint log_checkpoint(log* handle);\n```\n")};
    EXPECT_EQ(best_line("log checkpoint", pages), "int log_checkpoint(log* handle);");
}

TEST(ranking, earlier_pages_before_later_ones) {
    // The later page says it once more, which counts for less than its rank does.
    const std::vector<page> pages{
        markdown_page("First: the checkpoint and the checkpoint." + filler(60)),
        markdown_page("Second: a checkpoint, a checkpoint, a checkpoint." + filler(60)),
    };
    EXPECT_TRUE(best_line("checkpoint", pages).starts_with("First"));
    // What fits much better comes first from any page.
    const std::vector<page> better{
        markdown_page("First: the checkpoint." + filler(60)),
        markdown_page("# Log modes\n\nSecond: the checkpoint mode of the log." + filler(60)),
    };
    EXPECT_TRUE(best_line("log checkpoint mode", better).starts_with("Second"));
}

TEST(ranking, more_of_the_question_before_more_of_one_word) {
    const std::vector<page> pages{markdown_page(
        "# A\n\nOften log log log log log log log log log log." + filler(60) +
        "\n\n# B\n\nOnce the log has its checkpoint." + filler(60) + "\n\n# C\n\nJust a checkpoint." + filler(60) + "\n"
    )};
    EXPECT_TRUE(best_line("log checkpoint", pages).starts_with("Once"));
}

TEST(ranking, words_in_the_heading_count) {
    const std::vector<page> pages{markdown_page(
        "# Other\n\nOne: the log is emptied by it." + filler(60) +
        "\n\n# Checkpoint\n\nTwo: the log is emptied by it." + filler(60) + "\n"
    )};
    EXPECT_TRUE(best_line("log checkpoint", pages).starts_with("Two"));
}

TEST(ranking, a_heading_alone_answers_nothing) {
    const std::vector<page> pages{markdown_page("# Checkpoint\n\nNothing to see here." + filler(60), "Checkpoint")};
    EXPECT_TRUE(best_passages("checkpoint", pages, 5).empty());
}

TEST(ranking, a_rare_verb_does_not_outweigh_the_subject) {
    std::string text;
    for (int i = 0; i < 6; ++i) {
        const auto number = std::to_string(i);
        text += "# A" + number + "\n\nThe log checkpoint." + filler(80) + "\n\n";
        text += "# B" + number + "\n\nAnother matter." + filler(80) + "\n\n";
    }
    const std::vector<page> pages{markdown_page(text + "# C\n\nA file handle is open." + filler(80))};
    EXPECT_TRUE(best_line("how does the log handle checkpoints", pages).starts_with("The log checkpoint."));
}

}  // namespace
}  // namespace forage::detail
