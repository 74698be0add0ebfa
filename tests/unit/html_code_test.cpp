// Blocks of code, to the character: what highlighters and editors put around and between their lines is none of it.
#include "support/prose.hpp"

#include <forage/html.hpp>

#include <gtest/gtest.h>

namespace {

using namespace forage::testing;
using codes = std::vector<std::string>;

codes code_of(std::string_view html) {
    const auto page = forage::read_html(html, {});
    codes out;
    for (const auto& block : page.value().code) out.push_back(block.text);
    return out;
}

TEST(html_code, keeps_indentation_and_empty_lines) {
    EXPECT_EQ(code_of("<pre>\n  a\n\n\tb  \n</pre>"), codes{"  a\n\n\tb  \n"});
    EXPECT_EQ(code_of("<pre><div>a</div><div></div><div>b</div></pre>"), codes{"a\n\nb"});
    EXPECT_EQ(code_of("<pre>a<br><br>b</pre>"), codes{"a\n\nb"});
    EXPECT_EQ(code_of("<pre><span class=line>a</span><span class=line>b</span></pre>"), codes{"a\nb"});
}

TEST(html_code, leaves_out_buttons_and_numbers) {
    EXPECT_EQ(code_of("<pre><button>Copy</button><code>a</code></pre>"), codes{"a"});
    EXPECT_EQ(code_of("<pre><span class=lineno>1 </span>a\n<span class=lineno>2 </span>b</pre>"), codes{"a\nb"});
    EXPECT_EQ(code_of("<pre><span style='user-select: none'>$ </span>ls</pre>"), codes{"ls"});
    EXPECT_EQ(
        code_of("<table><tr><td class=gutter><pre>1\n2</pre><td class=code><pre class=line-numbers>a\nb</pre></table>"),
        codes{"a\nb"}
    );
}

TEST(html_code, leaves_out_numbers_that_only_their_order_tells) {
    EXPECT_EQ(
        code_of("<pre><div><i>7</i><div>a</div></div><div><i>8</i><div>b</div></div></pre>"), codes{"7\na\n8\nb"}
    );
    EXPECT_EQ(
        code_of("<pre><div><span>7</span><div>a</div></div><div><span>8</span><div>b</div></div></pre>"), codes{"a\nb"}
    );
    EXPECT_EQ(code_of("<pre><span>1</span>a\n<span>2</span>\n<span>3</span>c</pre>"), codes{"a\n\nc"});
    EXPECT_EQ(code_of("<pre><span>1</span> = x\n<span>3</span> = y</pre>"), codes{"1 = x\n3 = y"});
    const auto page = forage::read_html("<p>x<pre><span>1</span>a\n<span>2</span>b</pre>y", {});
    EXPECT_EQ(page->main_text, "x\na\nb\ny");
    EXPECT_EQ(page->markdown, "x\n\n```\na\nb\n```\n\ny");
}

TEST(html_code, is_found_without_pre) {
    EXPECT_EQ(
        code_of("<div class=cm-content><div class=cm-line>a</div><div><br></div><div>b</div></div>"), codes{"a\n\nb"}
    );
    EXPECT_EQ(code_of("<p>x</p><code class='hl block'>\n  <b>a</b>\n  b\n </code>"), codes{"a\n  b"});
}

TEST(html_code, pieces_in_a_row_are_one) {
    EXPECT_EQ(
        code_of("<code class=block>a\n\n</code> <code class=block>b</code> <pre>c</pre> <code class=block>\n</code>"
                "<code class=block>d</code>x<code class=block>e</code>"),
        (codes{"a\n\nb\nc\n\nd", "e"})
    );
}

TEST(html_code, stays_whole_where_main_content_would_leave_something_out) {
    const auto page = read_page(
        "<body><article>" + paragraphs("P", 6) + "<pre>a <span class=comment># b</span> c</pre>" + paragraph("Q") +
        "</article><div class=comments>" + paragraph("R") + "</div></body>"
    );
    EXPECT_TRUE(has(page.main_text, "a # b c"));
    EXPECT_TRUE(has(page.markdown, "a # b c"));
    EXPECT_FALSE(has(page.main_text, "R."));
}

}  // namespace
