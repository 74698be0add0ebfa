// docs/errors.md: a row for every code and every phase, and the right mark for those that are transient.
#include <forage/error.hpp>

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <map>
#include <sstream>
#include <string>

namespace forage {
namespace {

// First and second cell of each row of a table, by the name in the first.
std::map<std::string, std::string> rows_of(const std::string& text) {
    std::map<std::string, std::string> rows;
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("| `")) continue;
        const auto end = line.find("` |");
        rows.emplace(line.substr(3, end - 3), line.substr(end + 3, line.find('|', end + 3) - end - 3));
    }
    return rows;
}

TEST(docs, errors_has_every_code_and_phase_and_no_other) {
    const char* source = std::getenv("FORAGE_SOURCE");
    if (source == nullptr) GTEST_SKIP() << "FORAGE_SOURCE is not set: run through ctest";
    std::ifstream file{std::string{source} + "/docs/errors.md"};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    auto rows = rows_of(text);
    ASSERT_TRUE(rows.contains("internal"));

    for (int i = 0; i <= static_cast<int>(errc::internal); ++i) {
        const auto code = static_cast<errc>(i);
        const std::string name{to_string(code)};
        ASSERT_TRUE(rows.contains(name)) << name;
        const bool in_part = rows[name] == " (T) ";
        EXPECT_TRUE(in_part || rows[name] == (error{code}.is_transient() ? " T " : " ")) << name << rows[name];
        EXPECT_EQ(in_part, code == errc::http_status || code == errc::proxy_failed) << name;
        rows.erase(name);
    }
    for (int i = 0; i <= static_cast<int>(phase::read); ++i) {
        const std::string name{to_string(static_cast<phase>(i))};
        EXPECT_EQ(rows.erase(name), 1U) << name;
    }
    EXPECT_EQ(rows.size(), 2U) << "the heads of the two tables are all that is left";
}

}  // namespace
}  // namespace forage
