// libFuzzer target for Markdown: rendered by cmark-gfm, it has the words of the page's text in their order, and no raw
// HTML was in it. The input's first byte chooses whether all of the page is taken or its main content.
#include "support/rendered_markdown.hpp"

#include <forage/html.hpp>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const bool whole = data[0] % 2 == 0;
    const std::string_view html{reinterpret_cast<const char*>(data) + 1, size - 1};
    const auto page = forage::read_html(
        html,
        {.base_url     = "https://h/",
         .content_type = "text/html; charset=utf-8",
         .mode         = whole ? forage::extraction_mode::whole : forage::extraction_mode::balanced}
    );
    if (!page) return 0;
    const auto& text = whole ? page->text : page->main_text;
    const auto difference =
        forage::testing::difference_of_words(text, forage::testing::text_of_markdown(page->markdown));
    const bool is_raw = forage::testing::rendered_markdown(page->markdown).find("<!-- raw HTML") != std::string::npos;
    if (difference.empty() && !is_raw) return 0;
    std::fprintf(stderr, "%s\n%s\n", difference.c_str(), page->markdown.c_str());
    std::abort();
}
