// Sitemaps: XML by the protocol of sitemaps.org, or a list of URLs.
#include "feed/feed_source.hpp"
#include "feed/iso_date.hpp"
#include "feed/xml_reader.hpp"
#include "html/link_resolver.hpp"
#include "text/ascii.hpp"
#include "text/code_points.hpp"

#include <forage/sitemap.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace forage {
namespace detail {
namespace {

constexpr std::size_t longest_value = 8 * 1024;  // of a URL, as everywhere; the protocol has 2,048 characters

std::string change_frequency(std::string_view text) {
    constexpr std::array<std::string_view, 7> values{
        "always", "hourly", "daily", "weekly", "monthly", "yearly", "never"
    };
    const auto* const found =
        std::find_if(values.begin(), values.end(), [&](std::string_view v) { return equals_ignoring_case(text, v); });
    return found == values.end() ? std::string{} : std::string{*found};
}

std::optional<double> priority(std::string_view text) {
    double value              = 0;
    const auto* const last    = text.data() + text.size();
    const auto [end, failure] = std::from_chars(text.data(), last, value);
    if (failure != std::errc{} || end != last || !(value >= 0 && value <= 1)) return std::nullopt;
    return value;
}

/// The entries, as many as the limits allow.
class entry_list {
public:
    entry_list(const sitemap_options& options, std::string_view base_url, read_budget& budget)
        : options_{options}, budget_{budget}, base_{base_url} {}

    /// False: no more.
    [[nodiscard]] bool add(sitemap_entry entry) {
        std::string absolute;
        if (entry.url.empty() || !base_.resolve(entry.url, absolute)) return true;
        entry.url       = std::move(absolute);
        const auto size = sizeof entry + entry.url.size() + entry.last_modified.size();
        if (made.entries.size() >= options_.max_entries || !budget_.take(size)) {
            made.truncated = true;
            return false;
        }
        made.entries.push_back(std::move(entry));
        return true;
    }

    sitemap made;

private:
    const sitemap_options& options_;
    read_budget& budget_;
    link_resolver base_;
};

enum class sitemap_element : std::uint8_t { other, set, entry, location, modified, frequency, priority };

class sitemap_builder final : public xml_handler {
public:
    explicit sitemap_builder(entry_list& into) : into_{into} {}

    bool begin(const xml_name& name, std::span<const xml_attribute>) override {
        const auto next = open_.empty() ? enter_root(name) : enter(name);
        open_.push_back(next);
        value_.clear();
        if (next == sitemap_element::entry) entry_ = {};
        return open_.front() == sitemap_element::set;
    }

    bool end(const xml_name&) override {
        const auto ended = std::exchange(open_.back(), sitemap_element::other);
        open_.pop_back();
        const auto value = trim(value_);
        switch (ended) {
        case sitemap_element::location: entry_.url = value; break;
        case sitemap_element::modified: entry_.last_modified = iso_date(value); break;
        case sitemap_element::frequency: entry_.change_frequency = change_frequency(value); break;
        case sitemap_element::priority: entry_.priority = priority(value); break;
        case sitemap_element::entry: return into_.add(std::move(entry_));
        case sitemap_element::set:
        case sitemap_element::other: break;
        }
        return true;
    }

    void text(std::string_view part) override {
        if (open_.back() < sitemap_element::location || value_.size() > longest_value) return;
        value_ += part.substr(0, longest_value + 1);  // longer, it is no URL
    }

    [[nodiscard]] const std::string& root() const noexcept { return root_; }
    [[nodiscard]] bool is_sitemap() const noexcept { return is_sitemap_; }

private:
    sitemap_element enter_root(const xml_name& name) {
        root_               = cut_at_code_point(name.local, 64);
        into_.made.is_index = name.local == "sitemapindex";
        is_sitemap_         = into_.made.is_index || name.local == "urlset";
        return is_sitemap_ ? sitemap_element::set : sitemap_element::other;
    }

    /// Images, videos and news have elements of the same names, with prefixes.
    [[nodiscard]] sitemap_element enter(const xml_name& name) const noexcept {
        if (name.has_prefix && name.from != vocabulary::sitemap) return sitemap_element::other;
        if (open_.back() == sitemap_element::set) {
            const bool fits = name.local == (into_.made.is_index ? "sitemap" : "url");
            return fits ? sitemap_element::entry : sitemap_element::other;
        }
        if (open_.back() != sitemap_element::entry) return sitemap_element::other;
        if (name.local == "loc") return sitemap_element::location;
        if (name.local == "lastmod") return sitemap_element::modified;
        if (name.local == "changefreq") return sitemap_element::frequency;
        return name.local == "priority" ? sitemap_element::priority : sitemap_element::other;
    }

    entry_list& into_;
    std::vector<sitemap_element> open_;
    std::string value_, root_;
    sitemap_entry entry_;
    bool is_sitemap_ = false;
};

/// Errors: as of `read_sitemap`, but for gzip's. `into` has what was read before.
result<void> read_xml_sitemap(std::string_view text, entry_list& into, read_budget& budget) {
    sitemap_builder builder{into};
    auto read = read_xml(text, builder, budget);
    if (!builder.root().empty() && !builder.is_sitemap()) {
        return error{
            errc::unsupported_type, "no sitemap: its root element is " + builder.root(), "read_feed reads feeds"
        }
            .at(phase::read);
    }
    return read;
}

result<void> read_url_list(std::string_view text, entry_list& into, read_budget& budget) {
    constexpr std::size_t lines_between_clocks = 64;
    for (std::size_t line = 0; !text.empty(); ++line) {
        if (line % lines_between_clocks == 0 && budget.is_spent()) return budget.to_error();
        const auto end = std::min(text.find_first_of("\r\n"), text.size());
        sitemap_entry entry;
        entry.url = trim(text.substr(0, end)).substr(0, longest_value + 1);
        if (!into.add(std::move(entry))) break;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (!into.made.entries.empty()) return result<void>::success();
    return error{errc::unsupported_type, "no sitemap: neither XML nor a list of URLs"}.at(phase::read);
}

}  // namespace
}  // namespace detail

result<sitemap> read_sitemap(std::string_view bytes, const sitemap_options& options) {
    const detail::reading_limits limits{options.content_type, options.max_memory, options.time_limit, options.stop};
    detail::read_budget budget{limits.as_read_options()};
    detail::source_text source;
    if (auto read = detail::read_source(bytes, limits, budget, source); !read) return std::move(read).error();

    // In a list nothing but a whole URL tells an entry from a word.
    const bool is_xml = detail::trim(source.text).starts_with('<');
    detail::entry_list list{options, is_xml ? options.base_url : std::string_view{}, budget};
    const auto read =
        is_xml ? detail::read_xml_sitemap(source.text, list, budget) : detail::read_url_list(source.text, list, budget);
    const bool is_over = budget.why() != detail::overrun::none;
    if (budget.why() == detail::overrun::stopped || (is_over && list.made.entries.empty())) return budget.to_error();
    if (!read && list.made.entries.empty()) return read.error();
    list.made.truncated = list.made.truncated || source.truncated || !read || is_over;
    return std::move(list.made);
}

}  // namespace forage
