// What to read of a file and what becomes of it, driven by hand: no files, no threads.
#include "core/file_reading.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace {

using forage::errc;
using forage::file_options;
using forage::invalid_utf8;
using forage::detail::file_reading;

// Plays a file that holds `content`, of which the system says it has `size` bytes.
forage::result<std::string> read(file_reading& reading, std::string_view content, std::uint64_t size) {
    reading.begin(size);
    while (const auto request = reading.next()) {
        EXPECT_GT(request->size, 0U);
        EXPECT_LE(request->size, 256U * 1024);
        const auto from = std::min<std::uint64_t>(request->offset, content.size());
        reading.take(content.substr(static_cast<std::size_t>(from), request->size));
    }
    return reading.finish("f");
}

std::string whole(std::string_view content, file_options options = {}) {
    const auto text = read(*forage::detail::whole_file(options), content, content.size());
    return text ? *text : std::string{to_string(text.error().code)};
}

std::string tail(std::string_view content, std::size_t lines, file_options options = {}) {
    const auto text = read(*forage::detail::file_tail(lines, options), content, content.size());
    return text ? *text : std::string{to_string(text.error().code)};
}

file_options at_most(std::size_t bytes) { return {.max_bytes = bytes}; }

std::string numbered_lines(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += std::to_string(i) + '\n';
    return text;
}

TEST(files_reading, whole_file_in_blocks) {
    EXPECT_EQ(whole(""), "");
    EXPECT_EQ(whole("a\nb"), "a\nb");
    const std::string large(3 * 256 * 1024, 'x');
    EXPECT_EQ(whole(large), large);
    EXPECT_EQ(whole(large + "y"), large + "y");
}

TEST(files_reading, whole_file_at_its_limit) {
    EXPECT_EQ(whole("12345", at_most(5)), "12345");
    EXPECT_EQ(whole("123456", at_most(5)), "too_large");
    EXPECT_EQ(whole("", at_most(0)), "");
    EXPECT_EQ(whole("1", at_most(0)), "too_large");
    EXPECT_EQ(whole("1", at_most(static_cast<std::size_t>(-1))), "1");
}

TEST(files_reading, whole_file_of_unknown_or_changing_size) {
    const auto of_size = [](std::string_view content, std::uint64_t size, std::size_t limit) {
        const auto text = read(*forage::detail::whole_file(at_most(limit)), content, size);
        return text ? *text : std::string{to_string(text.error().code)};
    };
    EXPECT_EQ(of_size("proc", 0, 100), "proc");
    EXPECT_EQ(of_size("grown while read", 3, 100), "grown while read");
    EXPECT_EQ(of_size("cut", 50, 100), "cut");
    EXPECT_EQ(of_size("grown beyond the limit", 3, 10), "too_large");
    EXPECT_EQ(of_size("", 101, 100), "too_large");
}

TEST(files_reading, too_large_names_the_file_before_reading_it) {
    auto reading = forage::detail::whole_file(at_most(5));
    reading->begin(6);
    EXPECT_FALSE(reading->next());
    const auto text = reading->finish("some/file");
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().code, errc::too_large);
    EXPECT_EQ(text.error().what, "some/file: larger than 5 bytes");
}

TEST(files_reading, becomes_text) {
    EXPECT_EQ(whole("\xEF\xBB\xBFäb"), "äb");
    EXPECT_EQ(whole("\xEF\xBB\xBF"), "");
    EXPECT_EQ(whole("\xEF\xBB\xBF\xEF\xBB\xBF"), "\xEF\xBB\xBF");
    EXPECT_EQ(
        whole("a\xFF"
              "b\xE2\x82"),
        "a\uFFFDb\uFFFD"
    );
    EXPECT_EQ(
        whole(
            "a\xFF"
            "b",
            {.invalid = invalid_utf8::drop}
        ),
        "ab"
    );
    EXPECT_EQ(
        whole(
            "a\xFF"
            "b",
            {.invalid = invalid_utf8::keep}
        ),
        "a\xFF"
        "b"
    );
}

TEST(files_reading, tail_has_the_last_lines) {
    EXPECT_EQ(tail("a\nb\nc\n", 1), "c\n");
    EXPECT_EQ(tail("a\nb\nc\n", 2), "b\nc\n");
    EXPECT_EQ(tail("a\nb\nc", 1), "c");
    EXPECT_EQ(tail("a\nb\nc", 2), "b\nc");
    EXPECT_EQ(tail("a\nb\nc\n", 3), "a\nb\nc\n");
    EXPECT_EQ(tail("a\nb\nc\n", 9), "a\nb\nc\n");
    EXPECT_EQ(tail("a\n\n\n", 1), "\n");
    EXPECT_EQ(tail("a\n\n\n", 2), "\n\n");
    EXPECT_EQ(tail("\n", 1), "\n");
    EXPECT_EQ(tail("", 3), "");
    EXPECT_EQ(tail("a\nb", 0), "");
    EXPECT_EQ(tail("no line end", 5), "no line end");
    EXPECT_EQ(tail("a\r\nb\r\n", 1), "b\r\n");
}

TEST(files_reading, tail_agrees_with_the_whole_at_every_length) {
    const auto text = numbered_lines(40'000);  // 228,890 bytes: several blocks
    std::vector<std::size_t> starts{0};
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        if (text[i] == '\n') starts.push_back(i + 1);
    }
    for (std::size_t lines = 1; lines <= starts.size() + 1; lines += 1 + lines / 3) {
        const auto want = lines > starts.size() ? text : text.substr(starts[starts.size() - lines]);
        EXPECT_EQ(tail(text, lines) == want, true) << lines << " lines";
    }
}

TEST(files_reading, tail_finds_lines_across_block_borders) {
    constexpr std::size_t block = 64 * 1024;
    for (const std::size_t length : {block - 2, block - 1, block, block + 1, 2 * block - 1, 2 * block}) {
        const std::string last(length, 'x');
        EXPECT_EQ(tail("first\n" + last, 1) == last, true) << length;
        EXPECT_EQ(tail("first\n" + last + '\n', 1) == last + '\n', true) << length;
        EXPECT_EQ(tail("zero\nfirst\n" + last + '\n', 2) == "first\n" + last + '\n', true) << length;
    }
}

TEST(files_reading, tail_reads_no_more_than_it_needs) {
    const auto text = numbered_lines(40'000);
    auto reading    = forage::detail::file_tail(3, {});
    reading->begin(text.size());
    int requests = 0;
    while (const auto request = reading->next()) {
        ++requests;
        EXPECT_EQ(request->offset + request->size, text.size());
        reading->take(std::string_view{text}.substr(request->offset, request->size));
    }
    EXPECT_EQ(requests, 1);
    EXPECT_EQ(reading->finish("f").value(), "39997\n39998\n39999\n");
}

TEST(files_reading, tail_is_cut_at_its_limit) {
    EXPECT_EQ(tail("abc\ndef\n", 5, at_most(6)), "c\ndef\n");
    EXPECT_EQ(tail("abc\ndef\n", 1, at_most(4)), "def\n");
    EXPECT_EQ(tail("abc\ndef\n", 1, at_most(2)), "f\n");
    EXPECT_EQ(tail("abc\n", 1, at_most(0)), "");
    EXPECT_EQ(tail("aäb\n", 1, at_most(3)), "b\n") << "half a character is left out";
    EXPECT_EQ(
        tail(
            "a\xA4"
            "b\n",
            1,
            {.max_bytes = 3, .invalid = invalid_utf8::keep}
        ),
        "\xA4"
        "b\n"
    );
}

TEST(files_reading, tail_drops_a_byte_order_mark_only_at_the_start) {
    EXPECT_EQ(
        tail(
            "\xEF\xBB\xBF"
            "a\nb\n",
            2
        ),
        "a\nb\n"
    );
    EXPECT_EQ(
        tail(
            "\xEF\xBB\xBF"
            "a\nb\n",
            5
        ),
        "a\nb\n"
    );
    EXPECT_EQ(
        tail(
            "a\n\xEF\xBB\xBF"
            "b\n",
            1
        ),
        "\xEF\xBB\xBF"
        "b\n"
    );
}

TEST(files_reading, tail_of_unknown_size) {
    const auto unsized = [](std::string_view content, std::size_t lines, std::size_t limit) {
        const auto text = read(*forage::detail::file_tail(lines, at_most(limit)), content, 0);
        return text ? *text : std::string{to_string(text.error().code)};
    };
    EXPECT_EQ(unsized("a\nb\nc\n", 2, 100), "b\nc\n");
    EXPECT_EQ(
        unsized(
            "\xEF\xBB\xBF"
            "a\n",
            2,
            100
        ),
        "a\n"
    );
    EXPECT_EQ(unsized("", 2, 100), "");
    EXPECT_EQ(unsized("a\nb\nc\n", 2, 3), "too_large");
    EXPECT_EQ(unsized("a\n", 0, 100), "");
}

TEST(files_reading, tail_of_a_file_that_is_cut_meanwhile) {
    const std::string before(200'000, 'x');
    auto reading = forage::detail::file_tail(5, {});
    reading->begin(before.size());
    auto request = reading->next();
    ASSERT_TRUE(request);
    reading->take(std::string_view{before}.substr(request->offset, request->size));
    const std::string_view now = "new\nlines\n";  // what the file holds from here on
    while ((request = reading->next())) {
        const auto from = std::min<std::uint64_t>(request->offset, now.size());
        reading->take(now.substr(static_cast<std::size_t>(from), request->size));
    }
    EXPECT_EQ(reading->finish("f").value(), now);
}

}  // namespace
