// Code that goes with a question, and the requests that texts name.
#include "research/code_examples.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace forage::detail {
namespace {

using code_list = std::vector<candidate_code>;

code_list code_of(const std::string& markdown, const term_set& question) {
    return code_in(blocks_of_markdown(markdown), markdown, question);
}

TEST(code_examples, are_the_code_blocks_of_several_lines) {
    const term_set question{"how do I checkpoint the WAL"};
    const auto found = code_of(
        "# Manual\n\n## Checkpoints\n\nSo:\n\n```sql title=x\nPRAGMA wal_checkpoint;\nSELECT 1;\n```\n\n"
        "```\none line\n```\n\nSome `inline code` too.\n\n> ~~~~c++\n> int main() {\n>     return 0;\n> }\n> ~~~~\n",
        question
    );
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0].language, "sql");
    EXPECT_EQ(found[0].heading, "Checkpoints");
    EXPECT_EQ(found[0].text, "PRAGMA wal_checkpoint;\nSELECT 1;");
    EXPECT_NE(found[0].terms, 0u);
    EXPECT_EQ(found[1].text, "int main() {\n    return 0;\n}");
}

TEST(code_examples, what_is_too_long_is_none) {
    const term_set question{"x"};
    EXPECT_TRUE(code_of("```\n" + std::string(9'000, 'x') + "\nx\n```\n", question).empty());
    std::string many;
    for (int i = 0; i < 300; ++i) many += "```\na\nb" + std::to_string(i) + "\n```\n\n";
    EXPECT_EQ(code_of(many, question).size(), 200u);
}

TEST(code_examples, best_first_the_same_once_and_nothing_beside_the_point) {
    const term_set question{"open a database connection in python"};
    const auto first = code_of(
        "# Install\n\n```sh\napt update\napt install it\n```\n\n"
        "# Open a connection\n\n```python\nimport x\ndatabase = x.open()\n```\n",
        question
    );
    const auto second = code_of(
        "# Copy\n\n```python\nimport x\ndatabase = x.open()\n```\n\n# Open\n\n```python\nfile = "
        "open()\nfile.read()\n```\n",
        question
    );
    const std::vector<const code_list*> pages{&first, &second};
    const std::vector<term_mask> titles{0, 0};
    const auto ranked = rank_code(question, pages, titles, 10);
    ASSERT_FALSE(ranked.empty());
    EXPECT_EQ((*pages[ranked[0].page])[ranked[0].place].heading, "Open a connection");
    for (std::size_t i = 1; i < ranked.size(); ++i) {
        EXPECT_LE(ranked[i].score, ranked[i - 1].score);
        EXPECT_NE((*pages[ranked[i].page])[ranked[i].place].hash, first[1].hash) << "the same once more";
        EXPECT_NE((*pages[ranked[i].page])[ranked[i].place].heading, "Install");
    }
    EXPECT_EQ(rank_code(question, pages, titles, 1).size(), 1u);
    EXPECT_TRUE(rank_code(question, {}, {}, 5).empty());
}

std::vector<std::string> requests(std::string_view text) {
    std::vector<std::string> all;
    for (const auto& [method, target] : requests_in(text))
        all.push_back(std::string{method} + ' ' + std::string{target});
    return all;
}

using strings = std::vector<std::string>;

TEST(requests_in_text, methods_with_paths_and_urls) {
    EXPECT_EQ(
        requests("Send POST /v1/search, or GET `/items/{id}?full=1`. curl -X DELETE https://api.example/x/1"),
        (strings{"POST /v1/search", "GET /items/{id}?full=1", "DELETE https://api.example/x/1"})
    );
    EXPECT_EQ(
        requests("(PATCH /a/:b) \"PUT /c\" OPTIONS\t/d; HEAD /e/<name>."),
        (strings{"PATCH /a/:b", "PUT /c", "OPTIONS /d", "HEAD /e/<name>"})
    );
}

TEST(requests_in_text, words_are_none) {
    for (const auto text :
         {"GET",
          "GET ",
          "GET /",
          "GET it",
          "TARGET /x",
          "GETS /x",
          "GET/x",
          "the POST\n/x",
          "GET     /far",
          "get /x",
          "GET //x",
          "PUT / and"})
        EXPECT_EQ(requests(text), strings{}) << text;
}

TEST(requests_in_text, no_more_than_a_hundred) {
    std::string many;
    for (int i = 0; i < 300; ++i) many += "GET /" + std::to_string(i) + ' ';
    EXPECT_EQ(requests(many).size(), 100u);
    EXPECT_LE(requests("GET /" + std::string(100'000, 'a')).at(0).size(), 310u);
}

}  // namespace
}  // namespace forage::detail
