#include "support/rendered_markdown.hpp"

#include "text/ascii.hpp"

#include <forage/html.hpp>

#include <algorithm>
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <cstdlib>
#include <memory>
#include <stdexcept>

namespace forage::testing {
namespace {

struct freer {
    void operator()(cmark_parser* p) const { cmark_parser_free(p); }
    void operator()(cmark_node* n) const { cmark_node_free(n); }
    void operator()(char* text) const { std::free(text); }
};

std::string joined(const std::vector<std::string_view>& words, std::size_t from, std::size_t to) {
    std::string out;
    for (auto i = from; i < std::min(to, words.size()); ++i) out.append(words[i]).push_back(' ');
    return out;
}

}  // namespace

std::string rendered_markdown(std::string_view markdown) {
    cmark_gfm_core_extensions_ensure_registered();
    const std::unique_ptr<cmark_parser, freer> parser{cmark_parser_new(CMARK_OPT_DEFAULT)};
    for (const char* name : {"table", "strikethrough"}) {
        auto* extension = cmark_find_syntax_extension(name);
        if (extension == nullptr) throw std::runtime_error{std::string{"cmark-gfm has no extension "} + name};
        cmark_parser_attach_syntax_extension(parser.get(), extension);
    }
    cmark_parser_feed(parser.get(), markdown.data(), markdown.size());
    const std::unique_ptr<cmark_node, freer> document{cmark_parser_finish(parser.get())};
    auto* extensions = cmark_parser_get_syntax_extensions(parser.get());
    const std::unique_ptr<char, freer> html{cmark_render_html(document.get(), CMARK_OPT_DEFAULT, extensions)};
    return html.get();
}

std::string text_of_markdown(std::string_view markdown) {
    const auto page = read_html(
        rendered_markdown(markdown),
        {.content_type = "text/html; charset=utf-8",
         .markdown     = false,
         .mode         = extraction_mode::whole,
         .max_memory   = std::size_t{1} << 30,
         .time_limit   = std::chrono::minutes{1}}
    );
    return page.value().text;
}

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    while (!text.empty()) {
        const auto* const end = std::find_if(text.begin(), text.end(), forage::detail::is_space);
        const auto size       = static_cast<std::size_t>(end - text.begin());
        if (size != 0) words.push_back(text.substr(0, size));
        text.remove_prefix(std::min(size + 1, text.size()));
    }
    return words;
}

std::string difference_of_words(std::string_view expected, std::string_view actual) {
    const auto wanted = words_of(expected), got = words_of(actual);
    const auto [w, g] = std::mismatch(wanted.begin(), wanted.end(), got.begin(), got.end());
    if (w == wanted.end() && g == got.end()) return {};
    const auto at   = static_cast<std::size_t>(w - wanted.begin());
    const auto from = at < 5 ? 0 : at - 5;
    return "expected: " + joined(wanted, from, at + 6) + "\nactual:   " + joined(got, from, at + 6);
}

}  // namespace forage::testing
