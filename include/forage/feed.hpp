// Reading a feed: bytes of RSS, Atom or JSON Feed in, entries out. No network, no event loop.
#pragma once

#include <forage/detail/safe_in_co_await.hpp>
#include <forage/result.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace forage {

enum class feed_kind : std::uint8_t {
    rss,   ///< 0.91 to 2.0
    rdf,   ///< RSS 0.90 and 1.0
    atom,  ///< 0.3 and 1.0
    json,  ///< JSON Feed 1.0 and 1.1
};

/// Its name here: "rss". Pure, thread-safe.
[[nodiscard]] std::string_view to_string(feed_kind kind) noexcept;

/// A file that comes with an entry: a podcast's episode, a picture.
struct enclosure {
    std::string url;           ///< absolute, http or https
    std::string type;          ///< media type as written
    std::uint64_t length = 0;  ///< bytes, as the feed says; 0: it does not
};

/// What a feed says of one entry. What it does not say is empty.
struct feed_entry {
    std::string id;                    ///< as written: guid, id, or rdf:about
    std::string title;                 ///< plain text on one line
    std::string url;                   ///< absolute, http or https
    std::vector<std::string> authors;  ///< names as written, of the feed if the entry has none and it is Atom or JSON
    std::string published, updated;    ///< ISO 8601 with the time zone that was given; empty if unreadable
    std::string summary;               ///< plain text, a line break between blocks
    /// HTML as the feed has it, the fullest of what it gives: the content, else the description. Neither cleaned nor
    /// safe to show: `read_html` makes text of it, with `content_base` as its `base_url`.
    std::string content;
    std::string content_base;  ///< what relative links in `content` are resolved against; may be empty
    std::vector<std::string> categories;
    std::vector<enclosure> enclosures;
};

/// Every string is valid UTF-8; nothing in it is to be trusted.
struct feed {
    feed_kind kind = feed_kind::rss;
    std::string title;                ///< plain text on one line
    std::string url;                  ///< of the site it belongs to: absolute, http or https
    std::string description;          ///< plain text
    std::string language;             ///< as written
    std::string updated;              ///< ISO 8601
    std::vector<feed_entry> entries;  ///< in the order of the feed
    /// Something is missing: the feed is broken further on, or a limit cut entries or parts of them off.
    bool truncated = false;
};

struct feed_options {
    std::string_view base_url     = {};  ///< what relative links are resolved against, unless xml:base says otherwise
    std::string_view content_type = {};  ///< the Content-Type field, for its charset
    std::size_t max_entries       = 10'000;
    std::size_t max_content       = 1024 * 1024;       ///< bytes of one entry's `content`; the rest is cut off
    std::size_t max_memory        = 64 * 1024 * 1024;  ///< bytes that decoded text and what is read may take together
    std::chrono::milliseconds time_limit = std::chrono::seconds{2};
    const std::atomic<bool>* stop        = nullptr;  ///< when it becomes true, reading ends early with `cancelled`
};
static_assert(detail::safe_in_co_await<feed_options>);

/// Reads RSS 0.90 to 2.0, Atom 0.3 and 1.0, with the Dublin Core, content, Media RSS and iTunes modules, and JSON Feed
/// up to 4 MiB; gzipped or not. Forgives what feeds get wrong: bytes in another encoding than they say, HTML's
/// character references, stray ampersands, prefixes that nothing declares, characters that XML does not have. Document
/// type declarations are passed over, so that no entity of theirs is expanded or fetched. Of a feed that breaks off, or
/// for which a limit is too small, the entries before that are returned, and `truncated` is set.
/// Errors, where there is no whole entry: unsupported_type (no feed), parse_failed (broken, with line and column;
/// nested deeper than 256; memory or time limit), bad_coding (gzip); and cancelled. Threads: pure; call it from any
/// thread. CPU-bound: some milliseconds for a megabyte.
/// Source: https://www.rssboard.org/rss-specification, https://web.resource.org/rss/1.0/spec, RFC 4287,
/// https://www.jsonfeed.org/version/1.1/
[[nodiscard]] result<feed> read_feed(std::string_view bytes, const feed_options& options = {});

}  // namespace forage
