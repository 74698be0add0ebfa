// Where nodes come from: what each says of its place in the source is where its tag or its text begins.
#include "html/parse.hpp"

#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace dom = forage::detail::dom;
using dom::node_id;
using dom::node_kind;

class parsed {
public:
    explicit parsed(std::string_view html) : feeds_{dom::with_line_feeds(html)}, given_{html} {
        tree_ = dom::parse(source(), budget_);
    }

    [[nodiscard]] std::string_view source() const { return feeds_ ? std::string_view{*feeds_} : given_; }
    [[nodiscard]] const dom::tree& tree() const { return *tree_; }

    /// The nodes that are in the tree, as they were made.
    [[nodiscard]] std::vector<node_id> nodes() const {
        std::vector<node_id> all;
        for (node_id n = 2; n < tree_->size(); ++n) {
            if ((*tree_)[n].parent != dom::none) all.push_back(n);
        }
        return all;
    }
    [[nodiscard]] std::string_view from(node_id n) const { return source().substr((*tree_)[n].source); }
    /// What stands in the source where each text begins, as far as a line break; the texts in order.
    [[nodiscard]] std::vector<std::string> sources_of(node_kind kind) const {
        std::vector<std::string> all;
        for (const auto n : nodes()) {
            if ((*tree_)[n].kind() == kind) all.emplace_back(from(n).substr(0, from(n).find('|')));
        }
        return all;
    }

private:
    std::optional<std::string> feeds_;
    std::string_view given_;
    forage::detail::read_budget budget_{{}};
    std::unique_ptr<dom::tree> tree_;
};

using texts = std::vector<std::string>;

TEST(html_position, elements_begin_with_their_tags) {
    const parsed page{"\n<!-- c --><!doctype html><HTML lang=a><head><title>t</title></head><body a='<b>'>"
                      "<p>x<b>y</p>z<ul><li>1<li>2</ul><svg "
                      "viewbox=1><foreignObject><p></svg><table><td>c</table><template><i></template>"};
    int checked = 0;
    for (const auto n : page.nodes()) {
        const auto& node = page.tree()[n];
        if (node.kind() != node_kind::element) continue;
        const auto called = page.tree().names.text(node.name());
        if (called == "tbody" || called == "tr") continue;  // nobody wrote them
        auto begins = std::string{page.from(n).substr(0, called.size() + 1)};
        for (auto& c : begins) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        EXPECT_EQ(begins, '<' + std::string{called});
        ++checked;
    }
    EXPECT_EQ(checked, 17);
}

TEST(html_position, implied_elements_begin_where_they_became_needed) {
    const parsed page{"  x<table><td>c"};
    for (const auto n : page.nodes()) {
        const auto& node = page.tree()[n];
        if (node.kind() != node_kind::element) continue;
        const auto called  = page.tree().names.text(node.name());
        const bool is_part = called == "tbody" || called == "tr" || called == "td";
        const auto* begin  = is_part ? "<td>" : called == "table" ? "<table>" : "x";
        EXPECT_TRUE(page.from(n).starts_with(begin)) << called;
    }
}

TEST(html_position, copies_of_formatting_elements_begin_where_the_first_one_did) {
    const parsed page{"<p><b id=1>x</p><p>y</p><p>z"};
    int copies = 0;
    for (const auto n : page.nodes()) {
        if (!page.tree().is(n, dom::name::b)) continue;
        EXPECT_TRUE(page.from(n).starts_with("<b id=1>"));
        ++copies;
    }
    EXPECT_EQ(copies, 3);
}

TEST(html_position, texts_and_comments_begin_where_they_stand) {
    const parsed page{
        "<p>one|<b>t&amp;o|</b>&lt;three|<!--four|--><i>five|</i><title>&amp;six|</title><script>se<ven|</script>"
    };
    EXPECT_EQ(page.sources_of(node_kind::text), (texts{"one", "t&amp;o", "&lt;three", "five", "&amp;six", "se<ven"}));
    EXPECT_EQ(page.sources_of(node_kind::comment), (texts{"<!--four"}));
}

TEST(html_position, white_space_that_is_left_out_moves_the_beginning) {
    const parsed page{"<head> </head> <title>t|</title>  x|"};
    const auto found = page.sources_of(node_kind::text);
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found.back(), "x");
}

TEST(html_position, a_line_feed_that_is_dropped_is_no_part_of_the_text) {
    const parsed page{"<pre>\nfirst|</pre><textarea>\n\nsecond|</textarea>"};
    EXPECT_EQ(page.sources_of(node_kind::text).size(), 2U);
    for (const auto n : page.nodes()) {
        if (page.tree()[n].kind() != node_kind::text) continue;
        const auto text = page.tree().text(n);
        EXPECT_TRUE(page.from(n).starts_with(text) || page.from(n).starts_with("\n" + std::string{text})) << text;
    }
}

TEST(html_position, text_in_tables_begins_where_it_stands_though_it_goes_elsewhere) {
    const parsed page{"<table>a|<tr>b|<td>c|</table>d|"};
    std::vector<std::string> texts_in_order;
    for (const auto n : page.nodes()) {
        const auto& node = page.tree()[n];
        if (node.kind() != node_kind::text) continue;
        EXPECT_TRUE(page.from(n).starts_with(page.tree().text(n).substr(0, 2))) << page.tree().text(n);
        texts_in_order.emplace_back(page.tree().text(n));
    }
    EXPECT_EQ(texts_in_order, (texts{"a|b|", "c|", "d|"}));
}

TEST(html_position, counts_in_the_text_with_line_feeds_only) {
    const std::string html = "<p>\r\none|\r\n<b>\rtwo|</b>\r\n\r\n<i>three|</i>";
    const parsed page{html};
    EXPECT_EQ(page.source(), "<p>\none|\n<b>\ntwo|</b>\n\n<i>three|</i>");
    for (const auto n : page.nodes()) {
        const auto& node = page.tree()[n];
        EXPECT_TRUE(node.kind() != node_kind::text || page.from(n).starts_with(page.tree().text(n)));
        EXPECT_TRUE(!page.tree().is(n, dom::name::i) || page.from(n).starts_with("<i>three"));
    }
    EXPECT_EQ(page.sources_of(node_kind::text), (texts{"\none", "\ntwo", "\n\n<i>three", "three"}));
}

}  // namespace
