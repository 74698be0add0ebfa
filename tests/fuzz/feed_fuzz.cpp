// libFuzzer target for feeds and sitemaps: repairing makes no more than it says; expat
// finds no entity and no document type in what it made; of what is read every string is valid UTF-8, every URL is one
// that can be fetched, dates read as themselves, and limits hold; reading again gives the same. The input's first line
// is the Content-Type, the rest the file.
#include "feed/iso_date.hpp"
#include "feed/xml_repair.hpp"
#include "fuzz/require.hpp"
#include "text/utf8.hpp"

#include <forage/files.hpp>
#include <forage/json.hpp>
#include <forage/url.hpp>

#include <cstdint>
#include <string_view>

namespace {

using namespace forage;

using forage::fuzz::require;

void check_text(std::string_view text) { require(detail::is_valid_utf8(text), "text that is not UTF-8"); }

void check_url(const std::string& text) {
    const auto parsed = url::parse(text);
    require(text.empty() || (parsed && parsed->text() == text), "a URL that is none");
}

void check_date(const std::string& text) { require(detail::iso_date(text) == text, "a date that reads as another"); }

void check_error(const error& e) {
    require(
        e.code == errc::unsupported_type || e.code == errc::parse_failed || e.code == errc::bad_coding, "another error"
    );
    if (e.code != errc::parse_failed) return;  // another error may have the name of the root element
    require(e.what.find("entity") == std::string::npos, "expat met an entity");
    require(e.what.find("type declaration") == std::string::npos, "expat met a document type");
}

void check_entry(const feed_entry& e, std::size_t max_content) {
    for (const auto* text : {&e.id, &e.title, &e.url, &e.summary, &e.content, &e.content_base}) check_text(*text);
    for (const auto& each : e.authors) check_text(each);
    for (const auto& each : e.categories) check_text(each);
    for (const auto& each : e.enclosures) check_text(each.type), check_url(each.url);
    check_url(e.url), check_url(e.content_base);
    check_date(e.published), check_date(e.updated);
    require(e.content.size() <= max_content, "more content than allowed");
    require(e.title.size() <= 4096 && e.title.find('\n') == e.title.npos, "a title that is no line");
}

void check_feed(std::string_view bytes, std::string_view type) {
    const feed_options options{
        .base_url     = "http://a.example/b",
        .content_type = type,
        .max_entries  = 50,
        .max_content  = 2000,
        .max_memory   = 16 << 20,
        .time_limit   = std::chrono::seconds{10}
    };
    const auto made = read_feed(bytes, options), again = read_feed(bytes, options);
    require(made.has_value() == again.has_value(), "another outcome the second time");
    if (!made) return check_error(made.error());
    require(to_json(*made) == to_json(*again), "another feed the second time");
    for (const auto* text : {&made->title, &made->url, &made->description, &made->language}) check_text(*text);
    check_url(made->url), check_date(made->updated);
    require(made->entries.size() <= options.max_entries, "more entries than allowed");
    for (const auto& each : made->entries) check_entry(each, options.max_content);
}

void check_sitemap(std::string_view bytes, std::string_view type) {
    const auto made = read_sitemap(bytes, {.content_type = type, .max_entries = 50, .max_memory = 16 << 20});
    if (!made) return check_error(made.error());
    require(made->entries.size() <= 50, "more entries than allowed");
    for (const auto& each : made->entries) {
        require(!each.url.empty(), "an entry without a URL");
        check_url(each.url), check_date(each.last_modified);
    }
}

void check_repair(std::string_view bytes) {
    const auto text = detail::make_valid_utf8(bytes, invalid_utf8::replace);
    const auto once = detail::repaired_xml(text);
    require(once.size() <= detail::most_repaired(text), "repaired to more than said");
    check_text(once);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    const auto line = input.find('\n');
    const auto type = input.substr(0, line), bytes = input.substr(line == input.npos ? size : line + 1);
    check_repair(bytes);
    check_feed(bytes, type);
    check_sitemap(bytes, type);
    return 0;
}
