// Every kind of hostile markup: parsed, walked and destroyed on a small stack, within the depth and the memory that a
// tree may have. How long that takes is measured elsewhere (bench_html).
#include "html/parse.hpp"
#include "support/hostile_markup.hpp"
#include "support/slowness.hpp"
#include "support/small_stack.hpp"
#include "support/tree_faults.hpp"

#include <forage/html.hpp>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <gtest/gtest.h>
#include <memory>
#include <string>

namespace {

using namespace std::chrono_literals;
using forage::detail::overrun;
using forage::detail::read_budget;
using forage::testing::hostile_markup_of_all_kinds;
using forage::testing::on_small_stack;
namespace dom = forage::detail::dom;

/// FORAGE_LONG is for when there is time.
std::size_t document_size() {
    return std::getenv("FORAGE_LONG") != nullptr ? 10'000'000 : 1'000'000 / forage::testing::slowness;
}

std::size_t memory_of(const dom::tree& document) {
    return document.size() * sizeof(dom::node) + document.rewritten.size() +
           document.attributes.size() * sizeof(dom::attribute);
}

/// A tag of three bytes is a node of 28, and one that the standard makes three elements of has ten bytes at least.
constexpr std::size_t most_bytes_per_byte = 28;

TEST(html_parser_hostile, every_kind_is_parsed_walked_and_destroyed_on_a_small_stack) {
    for (const auto& kind : hostile_markup_of_all_kinds()) {
        on_small_stack([&] {
            const auto text      = kind.make(document_size());
            const auto rewritten = dom::with_line_feeds(text);
            read_budget budget{{.max_memory = std::size_t{1} << 30, .time_limit = 600s}};
            auto document = dom::parse(rewritten ? *rewritten : text, budget);
            ASSERT_TRUE(document) << kind.name << ": " << budget.to_error().message();
            const auto fault = forage::testing::tree_faults{*document}.find();
            EXPECT_FALSE(fault) << kind.name << ": " << fault.value_or("");
            EXPECT_LE(memory_of(*document), text.size() * most_bytes_per_byte) << kind.name;
            document.reset();
        });
    }
}

TEST(html_parser_hostile, every_kind_is_a_page_on_a_small_stack) {
    for (const auto& kind : hostile_markup_of_all_kinds()) {
        on_small_stack([&] {
            const auto text = kind.make(document_size() / 4);
            const auto page = forage::read_html(text, {.base_url = "https://h/", .time_limit = 600s});
            // What a page says of nested lists and links may be more than it may hold.
            EXPECT_TRUE(page || page.error().code == forage::errc::parse_failed) << kind.name;
        });
    }
}

TEST(html_parser_hostile, what_explodes_ends_at_the_memory_limit) {
    on_small_stack([] {
        const auto text = forage::testing::exploding_formatting(1'000'000);
        read_budget budget{{.max_memory = std::size_t{16} << 20, .time_limit = 600s}};
        EXPECT_FALSE(dom::parse(text, budget));
        EXPECT_EQ(budget.why(), overrun::memory);
        EXPECT_EQ(budget.to_error().code, forage::errc::parse_failed);
        EXPECT_NE(budget.to_error().hint.find("max_memory"), std::string::npos);
    });
}

TEST(html_parser_hostile, every_size_of_budget_is_enough_or_an_error_of_memory) {
    for (const auto& kind : hostile_markup_of_all_kinds()) {
        const auto text      = kind.make(2'000);
        const auto rewritten = dom::with_line_feeds(text);
        bool was_enough      = false;
        for (std::size_t most = 0; most < 128 * 1024 && !was_enough; most += 997) {
            read_budget budget{{.max_memory = most, .time_limit = 600s}};
            was_enough = dom::parse(rewritten ? *rewritten : text, budget) != nullptr;
            ASSERT_TRUE(was_enough || budget.why() == overrun::memory) << kind.name << ' ' << most;
        }
        EXPECT_TRUE(was_enough) << kind.name;
    }
}

TEST(html_parser_hostile, time_and_stop_end_it_with_their_own_errors) {
    const auto text = forage::testing::ordinary_page(100'000);
    read_budget none{{.time_limit = 0ms}};
    EXPECT_FALSE(dom::parse(text, none));
    EXPECT_EQ(none.why(), overrun::time);

    const std::atomic<bool> stop{true};
    read_budget stopped{{.time_limit = 600s, .stop = &stop}};
    EXPECT_FALSE(dom::parse(text, stopped));
    EXPECT_EQ(stopped.why(), overrun::stopped);
    EXPECT_EQ(stopped.to_error().code, forage::errc::cancelled);
}

TEST(html_parser_hostile, memory_comes_back_to_the_budget_with_the_tree) {
    read_budget budget{{.max_memory = std::size_t{1} << 20, .time_limit = 600s}};
    for (int i = 0; i < 20; ++i) {  // each takes half of it and more
        const auto document = dom::parse("<p>x" + std::string(100, 'y'), budget);
        ASSERT_TRUE(document);
    }
    const auto text = forage::testing::ordinary_page(300'000);
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(dom::parse(text, budget)) << i;
}

}  // namespace
