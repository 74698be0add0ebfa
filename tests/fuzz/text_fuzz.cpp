// libFuzzer target for read_html: whatever the bytes and their encoding, what the page says is valid UTF-8 without
// control characters, its links lead to http or https, it is not much more than was given, and the same the second
// time. The input's first byte chooses the content type.
#include "fuzz/require.hpp"
#include "text/utf8.hpp"

#include <forage/html.hpp>

#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

namespace {

using forage::fuzz::require;

void require_clean(std::string_view text, const char* what) {
    require(forage::detail::is_valid_utf8(text), what, text);
    for (const char c : text) {
        const auto b         = static_cast<unsigned char>(c);
        const bool is_layout = c == '\n' || c == '\t' || c == '\f';
        require((b >= 0x20 && b != 0x7F) || is_layout, what, text);
    }
}

void require_web(std::string_view url, const char* what) {
    require_clean(url, what);
    require(url.empty() || url.starts_with("http:") || url.starts_with("https:"), what, url);
}

void check(const forage::page_metadata& about) {
    for (const auto& text :
         {about.title, about.site_name, about.type, about.licence, about.published.date, about.modified.date})
        require_clean(text, "metadata");
    for (const auto& list : {about.authors, about.keywords}) {
        for (const auto& text : list) require_clean(text, "metadata");
    }
    for (const auto& heading : about.headings) require_clean(heading.text, "heading");
    require_web(about.image, "image");
    for (const auto& feed : about.feeds) require_web(feed.url, "feed");
    for (const auto& other : about.alternates) require_web(other.url, "alternate");
    const bool has_date = !about.published.date.empty();
    require(has_date == (about.published.source != forage::metadata_source::none), "a date without a source");
}

void check(const forage::page_content& page, std::size_t size) {
    check(page.metadata);
    require_clean(page.title, "title");
    require_clean(page.language, "language");
    require_clean(page.description, "description");
    require_clean(page.canonical, "canonical");
    require_clean(page.text, "text");
    require_clean(page.markdown, "markdown");
    for (const auto& link : page.links) {
        require_clean(link.url, "link");
        require_clean(link.text, "text of a link");
        require_clean(link.rel, "rel of a link");
        require(link.url.starts_with("http:") || link.url.starts_with("https:"), "leads elsewhere", link.url);
    }
    for (const auto& block : page.code) {
        require_clean(block.text, "code");
        require_clean(block.language, "language of code");
    }
    // A byte of a legacy encoding may be three of UTF-8, and a tag of four bytes two line breaks.
    require(page.text.size() <= 4 * size, "more text than there can be", page.text);
    require(page.links.size() <= size / 4, "more links than there can be");
}

bool are_same(const forage::page_content& x, const forage::page_content& y) {
    return x.title == y.title && x.text == y.text && x.markdown == y.markdown && x.charset == y.charset &&
           x.language == y.language && x.links.size() == y.links.size() && x.code.size() == y.code.size();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::string_view types[] = {
        "",
        "text/html",
        "text/html; charset=utf-8",
        "text/html; charset=windows-1252",
        "text/html; charset=shift_jis",
        "text/html; charset=gb18030",
        "text/html; charset=iso-2022-jp",
        "text/html; charset=utf-16le",
        "text/html; charset=euc-kr",
        "text/html; charset=big5",
        "text/html; charset=x-user-defined",
        "text/html; charset=\"",
    };
    if (size == 0) return 0;
    const std::string_view bytes{reinterpret_cast<const char*>(data) + 1, size - 1};
    forage::read_options options{
        .base_url     = "https://h/d/",
        .content_type = types[data[0] % std::size(types)],
        .time_limit   = std::chrono::seconds{60},
    };
    const auto page = forage::read_html(bytes, options);
    if (!page) {  // 4 kB of formatting elements may be a million nodes
        require(page.error().code == forage::errc::parse_failed, "another error");
        return 0;
    }
    check(*page, bytes.size());
    const auto again = forage::read_html(bytes, options);
    require(again.has_value() && are_same(*page, *again), "another page the second time");
    options.markdown = false;
    const auto plain = forage::read_html(bytes, options);
    require(plain.has_value() && plain->text == page->text && plain->markdown.empty(), "Markdown changes the text");
    return 0;
}
