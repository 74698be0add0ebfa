// Pieces go out in order, as early as they can.
#include "cli/reorder_window.hpp"

#include <gtest/gtest.h>
#include <string>

namespace {

struct ReorderWindow : testing::Test {
    std::string out;
    forage::cli::reorder_window window{[this](std::string_view piece) { out += piece; }};
};

TEST_F(ReorderWindow, in_order_goes_straight_through) {
    window.put(0, "a");
    EXPECT_EQ(out, "a");
    window.put(1, "b");
    EXPECT_EQ(out, "ab");
    EXPECT_EQ(window.waiting(), 0u);
}

TEST_F(ReorderWindow, early_pieces_wait_for_their_turn) {
    window.put(2, "c");
    window.put(1, "b");
    EXPECT_EQ(out, "");
    EXPECT_EQ(window.waiting(), 2u);
    window.put(0, "a");
    EXPECT_EQ(out, "abc");
    EXPECT_EQ(window.waiting(), 0u);
}

TEST_F(ReorderWindow, an_empty_piece_takes_its_turn) {
    window.put(1, "b");
    window.put(0, "");
    EXPECT_EQ(out, "b");
}

TEST_F(ReorderWindow, the_first_piece_of_an_index_counts) {
    window.put(0, "a");
    window.put(0, "x");
    window.put(2, "c");
    window.put(2, "y");
    window.put(1, "b");
    EXPECT_EQ(out, "abc");
}

TEST_F(ReorderWindow, parts_go_straight_through_when_it_is_their_turn) {
    const auto both = [](const auto& emit) {
        emit("1");
        emit("2");
    };
    window.put_parts(1, both);
    EXPECT_EQ(out, "");
    EXPECT_EQ(window.waiting(), 1u);
    window.put_parts(0, [&](const auto& emit) {
        emit("a");
        EXPECT_EQ(out, "a");
        emit("b");
    });
    EXPECT_EQ(out, "ab12");
    window.put_parts(0, both);
    EXPECT_EQ(out, "ab12");
}

TEST_F(ReorderWindow, flush_goes_over_gaps) {
    window.put(1, "b");
    window.put(3, "d");
    window.flush();
    EXPECT_EQ(out, "bd");
    window.put(2, "late");
    EXPECT_EQ(out, "bd");
    window.put(4, "e");
    EXPECT_EQ(out, "bde");
}

}  // namespace
