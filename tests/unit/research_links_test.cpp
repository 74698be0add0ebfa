// What links promise: the terms they have, the pages they most likely lead to, and which come first.
#include "research/link_score.hpp"
#include "research/page_links.hpp"

#include <bit>
#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

namespace forage::detail {
namespace {

page page_with(std::vector<link> links, std::string markdown = {}) {
    page made;
    made.final_url = "https://site.test/start";
    made.links     = std::move(links);
    made.markdown  = std::move(markdown);
    return made;
}

page_role role(std::string_view link, std::string_view text = {}) { return role_of(url::parse(link).value(), text); }

TEST(page_role, knows_lists_and_what_is_never_an_answer) {
    EXPECT_EQ(role("https://a.test/docs/genindex-A.html"), page_role::index);
    EXPECT_EQ(role("https://a.test/docs/sitemap.html"), page_role::contents);
    EXPECT_EQ(role("https://a.test/x", "Complete Table of Contents"), page_role::contents);
    EXPECT_EQ(role("https://a.test/login?next=/docs"), page_role::aside);
    EXPECT_EQ(role("https://a.test/tag/sqlite"), page_role::aside);
    EXPECT_EQ(role("https://a.test/x", " Log in "), page_role::content);
    EXPECT_EQ(role("https://a.test/docs/index.html", "Library"), page_role::manual);
    EXPECT_EQ(role("https://a.test/threads/index.html", "Threads"), page_role::content);
    EXPECT_EQ(role("https://a.test/c3ref/funclist.html", "List of functions"), page_role::contents);
    EXPECT_EQ(role("https://a.test/docs/lang_createindex.html"), page_role::content);
    EXPECT_EQ(role("https://a.test/textsearch.html"), page_role::content);
}

TEST(site_class, is_told_by_host_and_path) {
    EXPECT_EQ(class_of(url::parse("https://docs.python.org/3/").value()), site_class::documentation);
    EXPECT_EQ(class_of(url::parse("https://example.org/docs/a").value()), site_class::documentation);
    EXPECT_EQ(class_of(url::parse("https://github.com/a/b").value()), site_class::code_host);
    EXPECT_EQ(class_of(url::parse("https://unix.stackexchange.com/q/1").value()), site_class::forum);
    EXPECT_EQ(class_of(url::parse("https://notgithub.com/").value()), site_class::other);
}

TEST(page_links, gives_each_page_once_with_all_that_is_said_of_it) {
    const term_set question{"checkpoint starvation in wal"};
    const auto links = links_of(
        page_with({
            {"https://site.test/wal.html#one", "Checkpoint", ""},
            {"https://site.test/wal.html#two", "Starvation", ""},
            {"https://site.test/start#top", "Top", ""},
            {"https://www.site.test/other/", "Other", ""},
            {"https://site.test/other", "again", ""},
        }),
        question
    );
    ASSERT_EQ(links.size(), 2U);
    EXPECT_EQ(links[0].in_text, question.in("checkpoint"));
    EXPECT_EQ(links[0].in_texts, question.in("checkpoint starvation"));
    EXPECT_EQ(links[0].in_url, question.in("wal"));
    EXPECT_EQ(links[0].target.text(), "https://site.test/wal.html");
    EXPECT_EQ(links[1].in_text, 0U);
}

TEST(page_links, see_the_line_and_the_heading_around_a_link) {
    const term_set question{"checkpoint starvation in wal"};
    const auto links = links_of(
        page_with(
            {{"https://site.test/a", "here", ""}, {"https://site.test/b", "there", ""}},
            "# Starvation\n\nSee [here](https://site.test/a) about a checkpoint.\n\n# "
            "More\n\n[there](https://site.test/b)\n"
        ),
        question
    );
    ASSERT_EQ(links.size(), 2U);
    EXPECT_EQ(links[0].around, question.in("checkpoint starvation"));
    EXPECT_EQ(links[1].around, 0U);
}

TEST(page_links, are_bounded) {
    std::vector<link> many;
    for (int i = 0; i < 50'000; ++i) many.push_back({"https://site.test/" + std::to_string(i), "x", ""});
    EXPECT_EQ(links_of(page_with(std::move(many)), term_set{"anything"}).size(), 2'000U);
}

TEST(link_score, the_text_counts_more_than_the_url_and_that_more_than_what_stands_around) {
    const term_set question{"checkpoint starvation"};
    term_weights weights{question};
    const auto one   = question.in("checkpoint");
    const auto score = [&](term_mask text, term_mask in_url, term_mask around) {
        promising_link link;
        link.target  = url::parse("https://site.test/page").value();
        link.in_text = text;
        link.in_url  = in_url;
        link.around  = around;
        return score_of_link(link, link_origin{0, 0, true}, weights);
    };
    EXPECT_GT(score(one, 0, 0), score(0, one, 0));
    EXPECT_GT(score(0, one, 0), score(0, 0, one));
    EXPECT_GT(score(0, 0, one), score(0, 0, 0));
    EXPECT_GT(score_of_role(page_role::contents, false), 0) << "a list of all there is helps where nothing matches";
    EXPECT_LT(score_of_role(page_role::contents, false), score(one, 0, 0));
    EXPECT_GT(score_of_role(page_role::index, true), score_of_role(page_role::index, false));
    EXPECT_LT(score_of_role(page_role::aside, false) + score(one | question.in("starvation"), 0, 0), score(one, 0, 0));
}

TEST(term_set, knows_names_and_identifiers) {
    const auto names = [](std::string_view question) {
        const term_set set{question};
        return std::pair{set.names() == 0 ? 0 : std::popcount(set.names()), set.has_identifier()};
    };
    EXPECT_EQ(names("What does the reader do?"), (std::pair{0, false})) << "the first word is no name for its capital";
    EXPECT_EQ(names("How fast is SQLite?"), (std::pair{1, false}));
    EXPECT_EQ(names("what is max_wal_size"), (std::pair{3, true}));
    EXPECT_EQ(names("is Boost.DLL safe"), (std::pair{2, true}));
    EXPECT_EQ(names("what does getaddrInfo return"), (std::pair{1, true}));
    const term_set set{"how does sqlite3_step work in SQLite"};
    EXPECT_EQ(set.in_host("www.sqlite.org"), set.in("sqlite3 sqlite"));
    EXPECT_EQ(set.in_host("a.sql.test"), 0U) << "a label of three letters is the beginning of too much";
}

TEST(term_weights, a_term_that_few_texts_have_tells_more) {
    const term_set question{"sqlite starvation"};
    term_weights weights{question};
    for (int i = 0; i < 9; ++i) weights.see(question.in("sqlite"));
    weights.see(question.in("sqlite starvation"));
    EXPECT_GT(weights.share(question.in("starvation")), 0.9);
    EXPECT_DOUBLE_EQ(weights.share(question.in("starvation sqlite")), 1.0);
    EXPECT_DOUBLE_EQ(weights.share(0), 0.0);
}

}  // namespace
}  // namespace forage::detail
