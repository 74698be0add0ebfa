// Feeds and sitemaps as what --format asks for. Everything returned may go to a terminal as it is.
#pragma once

#include "cli/options.hpp"

#include <forage/feed.hpp>
#include <forage/sitemap.hpp>

#include <string>

namespace forage::cli {

/// Text and Markdown: the feed's title, then title, URL, date, authors and summary of each entry.
/// `json`: one object; `jsonl`: one an entry.
[[nodiscard]] std::string render_feed(const feed& f, const options& chosen);

/// Text: one URL a line, as `scrape --urls` takes them. The others as above.
[[nodiscard]] std::string render_sitemap(const sitemap& s, const options& chosen);

}  // namespace forage::cli
