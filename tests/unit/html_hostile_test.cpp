// Documents made to take memory, time or stack without end. Each must end soon, as a value.
#include "html/arena.hpp"
#include "support/slowness.hpp"
#include "support/small_stack.hpp"
#include "text/utf8.hpp"

#include <forage/html.hpp>

#include <algorithm>
#include <chrono>
#include <functional>
#include <gtest/gtest.h>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

using namespace std::chrono_literals;
using forage::errc;
using forage::read_html;
using forage::testing::on_small_stack;

std::string repeated(std::string_view text, std::size_t times) {
    std::string all;
    all.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
}

TEST(html_hostile, quadratic_nesting_ends_at_the_time_limit) {
    const std::string html = repeated("<div>", 200'000);  // over a minute of gumbo when left alone
    const auto start       = std::chrono::steady_clock::now();
    const auto page =
        read_html(html, {.max_memory = 1 << 30, .time_limit = 100ms, .reader = forage::html_reader::gumbo});
    EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, errc::parse_failed);
    EXPECT_EQ(page.error().where, forage::phase::read);
    EXPECT_NE(page.error().hint.find("time_limit"), std::string::npos);
}

TEST(html_hostile, nesting_is_not_quadratic_for_our_own_parser) {
    const auto page = read_html(repeated("<div>", 200'000) + "x", {.time_limit = 1s * forage::testing::slowness});
    ASSERT_TRUE(page) << page.error().message();
    EXPECT_EQ(page->text, "x");
}

TEST(html_hostile, our_own_parser_looks_at_the_clock_while_it_reads) {
    const std::string html = repeated("<p>x", 10'000'000);  // longer than the limit wherever tests run
    const auto start       = std::chrono::steady_clock::now();
    const auto page        = read_html(html, {.max_memory = std::size_t{8} << 30, .time_limit = 50ms});
    EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, errc::parse_failed);
    EXPECT_NE(page.error().hint.find("time_limit"), std::string::npos) << page.error().hint;
}

TEST(html_hostile, no_time_is_an_error_for_our_own_parser) {
    const auto page = read_html("<p>x", {.time_limit = 0ms});
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, errc::parse_failed);
    EXPECT_NE(page.error().hint.find("time_limit"), std::string::npos);
}

TEST(html_hostile, exploding_formatting_ends_at_the_memory_limit) {
    std::string html = "<p>";  // 37 kB that the standard turns into four million nodes
    for (int i = 0; i < 2000; ++i) html += "<b a" + std::to_string(i) + ">";
    html += repeated("</p><p>x", 2000);
    const auto page = read_html(html, {.max_memory = 16 << 20, .time_limit = 60s});
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, errc::parse_failed);
    EXPECT_NE(page.error().hint.find("max_memory"), std::string::npos);
}

TEST(html_hostile, many_links_with_a_long_base_end_at_the_memory_limit) {
    const std::string base = "<base href='https://h/" + std::string(8000, 'x') + "/'>";
    const auto page = read_html(base + repeated("<a href=y>", 20'000), {.max_memory = 64 << 20, .time_limit = 60s});
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, errc::parse_failed);
}

TEST(html_hostile, deep_documents_are_read_without_recursion) {
    on_small_stack([] {
        for (const std::string_view tag : {"<svg>", "<math>", "<frameset>"}) {
            EXPECT_TRUE(read_html(repeated(tag, 100'000) + "x", {.max_memory = 1 << 30, .time_limit = 60s})) << tag;
        }
        EXPECT_TRUE(read_html(repeated("<template>", 100'000) + "x", {.max_memory = 1 << 30, .time_limit = 60s}));
        for (const std::string_view tag :
             {"<div>",
              "<ul><li>",
              "<blockquote>",
              "<pre>",
              "<table><tr><td>",
              "<b><p>",
              "<h1><p>",
              "<a href=/><object>",
              "<code><p>"}) {
            const auto page = read_html(
                repeated(tag, 4'000) + "x", {.base_url = "https://h/", .max_memory = 1 << 30, .time_limit = 60s}
            );
            ASSERT_TRUE(page) << tag;
            EXPECT_TRUE(page->text.ends_with('x')) << tag;
            EXPECT_NE(page->markdown.find('x'), std::string::npos) << tag;
        }
    });
}

TEST(html_hostile, stop_ends_it_from_another_thread) {
    const std::string html = repeated("<div>", 300'000);
    std::atomic<bool> stop{false};
    std::thread other{[&] { stop = true; }};
    const auto page = read_html(html, {.max_memory = 1 << 30, .time_limit = 120s, .stop = &stop});
    other.join();
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, errc::cancelled);
}

TEST(html_hostile, stop_and_time_also_end_plain_text) {
    const std::atomic<bool> stop{true};
    EXPECT_EQ(forage::read_plain_text("x", {.stop = &stop}).error().code, errc::cancelled);
    EXPECT_EQ(forage::read_plain_text("x", {.time_limit = 0ms}).error().code, errc::parse_failed);
    EXPECT_EQ(forage::read_plain_text(std::string(100, 'x'), {.max_memory = 50}).error().code, errc::parse_failed);
}

TEST(html_hostile, unfinished_markup_is_read_as_far_as_it_goes) {
    for (const std::string_view html : {
             "<",
             "<a",
             "<a href",
             "<a href=",
             "<a href=\"x",
             "<a href='x",
             "</",
             "<!--",
             "<!DOCTYPE",
             "<![CDATA[",
             "<svg><![CDATA[x",
             "&#",
             "&#x",
             "&am",
             "<title>x",
             "<script>x",
             "<textarea>x",
             "<plaintext>x",
             "<?xml",
             "<base href=",
             "<table><td><table>",
             "<select><option><table>",
             "",
         }) {
        EXPECT_TRUE(read_html(html, {.base_url = "https://h/"})) << html;
    }
}

TEST(html_hostile, one_element_with_very_many_attributes_ends) {
    std::string html = "<p";
    for (int i = 0; i < 200'000; ++i) html += " a" + std::to_string(i);
    const auto start = std::chrono::steady_clock::now();
    const auto page  = read_html(html + ">x", {.max_memory = 1 << 30, .time_limit = 200ms});
    EXPECT_LT(std::chrono::steady_clock::now() - start, 10s);
    EXPECT_TRUE(page || page.error().code == errc::parse_failed);
}

/// Valid UTF-8 without control characters but line breaks and tabs.
bool is_clean(std::string_view text) {
    if (!forage::detail::is_valid_utf8(text)) return false;
    for (const char c : text) {
        const auto b = static_cast<unsigned char>(c);
        if ((b < 0x20 && c != '\n' && c != '\t' && c != '\f') || b == 0x7F) return false;
    }
    return true;
}

TEST(html_hostile, damaged_pages_give_clean_output) {
    const std::string seed =
        "<!doctype html><html lang=en><head><base href='/b/'><title>T</title><meta name=description content='d'></head>"
        "<body><h1>H</h1><p>a <b>b <i>c</b> d</i> <a href='x?y#z' rel=r>l<code>m`n</code></a><br><img src=i alt=j>"
        "<ul><li>1<ol start=2><li>2</ol><li><p>3</ul><blockquote>q<pre class=language-c>k\n  &lt;</pre></blockquote>"
        "<table><caption>c</caption><tr><th>e<th>f<tr><td colspan=2>g<td><p>h</table><svg><a href=s>t</a></svg>"
        "<math><mi>v</mi></math><select><option>w</select><textarea> o "
        "</textarea><del>p</del>\xE2\x80\xAE\xF3\xA0\x81\x81";
    std::mt19937 random{20240607};
    const auto below = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>{0, n - 1}(random); };
    for (int round = 0; round < 1500; ++round) {
        std::string html = seed;
        for (std::size_t edits = 1 + below(12); edits != 0; --edits) {
            const std::size_t at = below(html.size());
            switch (below(4)) {
            case 0: html[at] = static_cast<char>(below(256)); break;
            case 1: html.erase(at, below(20)); break;
            case 2: html.insert(at, seed.substr(below(seed.size()), below(60))); break;
            default: html.insert(at, 1, "<>/&\"'= \n`\0|"[below(12)]); break;
            }
            if (html.empty()) html = "x";
        }
        const auto page = read_html(html, {.base_url = "https://h/d", .time_limit = 60s});
        ASSERT_TRUE(page) << html;
        ASSERT_TRUE(is_clean(page->title) && is_clean(page->text) && is_clean(page->markdown)) << html;
        ASSERT_TRUE(is_clean(page->description) && is_clean(page->language) && is_clean(page->canonical)) << html;
        for (const auto& link : page->links) {
            ASSERT_TRUE(is_clean(link.url) && is_clean(link.text) && is_clean(link.rel)) << html;
            ASSERT_TRUE(link.url.starts_with("http")) << html;
        }
        for (const auto& code : page->code) ASSERT_TRUE(is_clean(code.text) && is_clean(code.language)) << html;
    }
}

TEST(html_hostile, what_the_reader_says_counts_as_memory) {
    // Small trees with much to say: one text that is there as text, as code and as Markdown with a prefix on each line.
    std::string html = "<ol start=99999999>";
    for (int i = 0; i < 12; ++i) html += "<li><ol start=99999999>";
    html += "<pre>" + repeated("x\n", 200'000);
    const auto limit = std::size_t{12} << 20;
    const auto page  = read_html(html, {.max_memory = limit, .time_limit = 60s});
    ASSERT_FALSE(page);
    EXPECT_NE(page.error().hint.find("max_memory"), std::string::npos);
    const auto plain = read_html(html, {.markdown = false, .max_memory = limit, .time_limit = 60s});
    ASSERT_TRUE(plain) << plain.error().message();
    EXPECT_EQ(plain->code.at(0).text.size(), 400'000U);
}

TEST(html_hostile, long_titles_and_descriptions_are_cut_between_characters) {
    const auto eels = repeated("\xC3\xA4\xE2\x82\xAC", 100'000);  // two bytes and three
    const auto page = read_html(
        "<meta charset=utf-8><title>" + eels + "</title><meta name=description content='" + eels + "'>x",
        {.time_limit = 60s}
    );
    ASSERT_TRUE(page) << page.error().message();
    for (const auto& text : {page->title, page->description}) {
        EXPECT_LE(text.size(), 64U * 1024);
        EXPECT_GT(text.size(), 64U * 1024 - 3);
        EXPECT_TRUE(forage::detail::is_valid_utf8(text));
    }
}

TEST(html_hostile, the_arena_uses_again_what_came_back) {
    forage::detail::read_budget budget{{.max_memory = std::size_t{4} << 20, .time_limit = 60s}};
    forage::detail::arena memory{budget};
    memory.release(nullptr);
    std::mt19937 random{7};
    std::vector<std::pair<std::byte*, std::size_t>> held;
    for (int round = 0; round < 200'000; ++round) {  // in all, many times what it may take
        if (held.size() == 500 || (!held.empty() && random() % 2 == 0)) {
            std::swap(held[random() % held.size()], held.back());
            const auto [piece, size] = held.back();
            const auto is_own        = [mark = static_cast<std::byte>(size)](std::byte b) { return b == mark; };
            EXPECT_TRUE(std::all_of(piece, piece + size, is_own)) << size;
            memory.release(piece);
            held.pop_back();
            continue;
        }
        const std::size_t size = random() % 100 == 0 ? random() % 100'000 : random() % 300;
        auto* piece            = static_cast<std::byte*>(memory.allocate(size));
        ASSERT_NE(piece, nullptr) << round;
        std::fill_n(piece, size, static_cast<std::byte>(size));
        held.emplace_back(piece, size);
    }
    EXPECT_LE(memory.taken(), std::size_t{4} << 20);
}

TEST(html_hostile, the_arena_never_takes_more_than_it_may) {
    for (const std::size_t limit : {std::size_t{0}, std::size_t{100}, std::size_t{1} << 16, std::size_t{5} << 20}) {
        forage::detail::read_budget budget{{.max_memory = limit, .time_limit = 60s}};
        forage::detail::arena memory{budget};
        std::size_t handed_out = 0;
        for (std::size_t size = 1;; size = size % 400'000 * 3 + 1) {
            void* p = memory.allocate(size);
            if (!p) break;
            EXPECT_EQ(reinterpret_cast<std::uintptr_t>(p) % alignof(void*), 0u);
            std::fill_n(static_cast<char*>(p), size, 'x');
            handed_out += size;
        }
        EXPECT_LE(memory.taken(), limit);
        EXPECT_LE(handed_out, memory.taken());
        EXPECT_EQ(budget.why(), forage::detail::overrun::memory);
        EXPECT_EQ(memory.allocate(static_cast<std::size_t>(-1)), nullptr);
    }
}

}  // namespace
