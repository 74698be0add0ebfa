// Bytes to text to feed, by what the text begins with.
#include "feed/feed_source.hpp"
#include "feed/json_feed.hpp"
#include "feed/xml_feed.hpp"
#include "text/ascii.hpp"

namespace forage {

std::string_view to_string(feed_kind kind) noexcept {
    switch (kind) {
    case feed_kind::rss: return "rss";
    case feed_kind::rdf: return "rdf";
    case feed_kind::atom: return "atom";
    case feed_kind::json: return "json";
    }
    return "unknown";
}

result<feed> read_feed(std::string_view bytes, const feed_options& options) {
    const detail::reading_limits limits{options.content_type, options.max_memory, options.time_limit, options.stop};
    detail::read_budget budget{limits.as_read_options()};
    detail::source_text source;
    if (auto read = detail::read_source(bytes, limits, budget, source); !read) return std::move(read).error();
    const bool is_json = detail::trim(source.text).starts_with('{');
    auto made          = is_json ? detail::read_json_feed(source.text, options, budget)
                                 : detail::read_xml_feed(source.text, options, budget);
    if (made) made->truncated = made->truncated || source.truncated;
    return made;
}

}  // namespace forage
