// Reading a sitemap: which pages a site has, by its own account. No network, no event loop.
#pragma once

#include <forage/detail/safe_in_co_await.hpp>
#include <forage/result.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace forage {

struct sitemap_entry {
    std::string url;                 ///< absolute, http or https: a page, or in an index another sitemap
    std::string last_modified;       ///< ISO 8601, as exact as the file says it; empty if unreadable
    std::string change_frequency;    ///< `always`, `hourly`, `daily`, `weekly`, `monthly`, `yearly`, `never`, or empty
    std::optional<double> priority;  ///< among the site's pages: 0 to 1
};

struct sitemap {
    bool is_index = false;  ///< the entries are sitemaps
    std::vector<sitemap_entry> entries;
    bool truncated = false;  ///< there is more: the file is broken further on, or a limit was reached
};

struct sitemap_options {
    std::string_view base_url     = {};      ///< for links that are relative, though the protocol has none
    std::string_view content_type = {};      ///< the Content-Type field, for its charset
    std::size_t max_entries       = 50'000;  ///< the protocol's own limit
    /// Bytes that unpacked text and entries may take together. The protocol allows 50 MiB of text, which is held up to
    /// four times.
    std::size_t max_memory               = 256 * 1024 * 1024;
    std::chrono::milliseconds time_limit = std::chrono::seconds{5};
    const std::atomic<bool>* stop        = nullptr;  ///< when it becomes true, reading ends early with `cancelled`
};
static_assert(detail::safe_in_co_await<sitemap_options>);

/// Reads a sitemap or an index of sitemaps in XML, or a list of URLs, one a line; gzipped or not, told by the bytes.
/// Entries whose URL is none that can be fetched are left out. As forgiving with XML as `read_feed`. Of a file that
/// breaks off, or for which a limit is too small, the entries before that are returned, and `truncated` is set.
/// Errors, where there is no entry: unsupported_type (no sitemap), parse_failed (broken, with line and column; nested
/// deeper than 256; memory or time limit), bad_coding (gzip); and cancelled. Threads: pure; call it from any thread.
/// CPU-bound: the largest file takes about a second. Source: https://www.sitemaps.org/protocol.html
[[nodiscard]] result<sitemap> read_sitemap(std::string_view bytes, const sitemap_options& options = {});

}  // namespace forage
