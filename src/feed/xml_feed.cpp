// Elements are told apart by where they stand: in the feed's own part, in an entry, in an author. What an element in
// such a place says is captured and handed to the draft of the entry, or of the feed.
#include "feed/xml_feed.hpp"

#include "feed/base_stack.hpp"
#include "feed/capture.hpp"
#include "feed/entry_draft.hpp"
#include "feed/feed_source.hpp"
#include "feed/xml_reader.hpp"
#include "html/text_writer.hpp"
#include "text/ascii.hpp"

#include <optional>

namespace forage::detail {
namespace {

enum class place : std::uint8_t { root, feed, entry, group, person, field, elsewhere };

/// Nothing: what is in it is no text, but base64. RFC 4287 §4.1.3.3; `mode` is of Atom 0.3.
std::optional<construct> construct_of(const xml_name& name, std::span<const xml_attribute> attributes) {
    if (name.from != vocabulary::atom) return construct::html;
    const auto type = find_attribute(attributes, "type"), mode = find_attribute(attributes, "mode");
    if (mode == "base64") return std::nullopt;
    if (equals_ignoring_case(type, "html") || starts_with_ignoring_case(type, "text/html")) return construct::html;
    if (equals_ignoring_case(type, "xhtml") || starts_with_ignoring_case(type, "application/xhtml+xml")) {
        return mode == "escaped" ? construct::html : construct::xhtml;
    }
    const bool is_text = type.find('/') == std::string_view::npos || starts_with_ignoring_case(type, "text/");
    return is_text ? std::optional{construct::plain} : std::nullopt;
}

class feed_builder final : public xml_handler {
public:
    feed_builder(const feed_options& options, read_budget& budget)
        : options_{options}, budget_{budget}, bases_{options.base_url}, own_{budget, options.max_content} {}

    bool begin(const xml_name& written, std::span<const xml_attribute> attributes) override {
        bases_.begin(++depth_, find_attribute(attributes, "base", vocabulary::xml));
        if (capture_) {
            capture_->begin(written.local, attributes);
            return true;
        }
        const auto name = understood(written);
        const auto next = places_.empty() ? enter_root(name, attributes) : enter(name, attributes);
        if (!next) return false;
        places_.push_back(*next);
        return true;
    }

    bool end(const xml_name& name) override {
        if (capture_ && capture_->end(name.local)) {
            bases_.end(depth_--);
            return true;
        }
        const auto ended = places_.back();
        places_.pop_back();
        bool goes_on = true;
        if (ended == place::field) finish_field();
        if (ended == place::entry) goes_on = finish_entry();
        bases_.end(depth_--);
        return goes_on;
    }

    void text(std::string_view part) override {
        if (capture_) capture_->text(part);
    }

    [[nodiscard]] bool is_feed() const noexcept { return is_feed_; }
    [[nodiscard]] const std::string& root() const noexcept { return root_; }

    feed finish() && {
        feed_.truncated = feed_.truncated || own_.is_cut();
        if (feed_.language.empty()) feed_.language = own_.language();
        auto own          = std::move(own_).finish();
        feed_.title       = std::move(own.title);
        feed_.url         = std::move(own.url);
        feed_.description = std::move(own.summary);
        feed_.updated     = own.updated.empty() ? std::move(own.published) : std::move(own.updated);
        if (feed_.kind == feed_kind::atom) inherit_authors(own.authors);  // RFC 4287 §4.2.1
        return std::move(feed_);
    }

private:
    /// Without a prefix, and with no namespace that says otherwise, a name is the format's own.
    [[nodiscard]] xml_name understood(xml_name name) const noexcept {
        const bool is_own = !name.has_prefix && (name.from == vocabulary::none || name.from == vocabulary::other);
        if (is_own) name.from = feed_.kind == feed_kind::atom ? vocabulary::atom : vocabulary::rss;
        return name;
    }

    std::optional<place> enter_root(const xml_name& name, std::span<const xml_attribute> attributes) {
        root_    = cut_at_code_point(name.local, 64);
        is_feed_ = true;
        if (equals_ignoring_case(name.local, "rss")) return place::root;
        if (name.local == "RDF") {
            feed_.kind = feed_kind::rdf;
            return place::root;
        }
        if (name.local == "feed") {
            feed_.kind     = feed_kind::atom;
            feed_.language = folded(cut_at_code_point(find_attribute(attributes, "lang", vocabulary::xml), 64));
            return place::feed;
        }
        is_feed_ = false;
        return std::nullopt;
    }

    /// Nothing: there are entries enough.
    std::optional<place> enter(const xml_name& name, std::span<const xml_attribute> attributes) {
        switch (places_.back()) {
        case place::root:
            if (name.is(vocabulary::rss, "channel")) return place::feed;
            return name.is(vocabulary::rss, "item") ? begin_entry(attributes) : place::elsewhere;
        case place::feed:
            if (name.is(vocabulary::rss, "item") || name.is(vocabulary::atom, "entry")) return begin_entry(attributes);
            return begin_field(name, attributes);
        case place::group:
        case place::entry:
            if (name.is(vocabulary::media, "group")) return place::group;
            return begin_field(name, attributes);
        case place::person:
            if (!name.is(vocabulary::atom, "name")) return place::elsewhere;
            return begin_capture({feed_field::author}, construct::plain);
        case place::field:
        case place::elsewhere: break;
        }
        return place::elsewhere;
    }

    std::optional<place> begin_entry(std::span<const xml_attribute> attributes) {
        if (feed_.entries.size() >= options_.max_entries) {
            feed_.truncated = true;
            return std::nullopt;
        }
        entry_.emplace(budget_, options_.max_content);
        const auto about = find_attribute(attributes, "about", vocabulary::rdf);
        entry_->take_id(about);
        entry_->take_permalink(about, bases_.current());
        return place::entry;
    }

    [[nodiscard]] entry_draft& draft() noexcept { return entry_ ? *entry_ : own_; }

    place begin_field(const xml_name& name, std::span<const xml_attribute> attributes) {
        const auto meaning = meaning_of(name);
        switch (meaning.field) {
        case feed_field::none: return place::elsewhere;
        case feed_field::person: return place::person;
        case feed_field::enclosure:
            draft().take_enclosure(
                find_attribute(attributes, "url"),
                find_attribute(attributes, "type"),
                find_attribute(attributes, name.from == vocabulary::media ? "fileSize" : "length"),
                bases_.current()
            );
            return name.from == vocabulary::media ? place::group : place::elsewhere;  // it may have a title
        case feed_field::link:
            if (name.from == vocabulary::atom) return begin_atom_link(attributes);
            break;
        case feed_field::category:
            if (name.from == vocabulary::atom) {
                const auto label = find_attribute(attributes, "label");
                draft().take_category(label.empty() ? find_attribute(attributes, "term") : label, snippet_kind::plain);
                return place::elsewhere;
            }
            break;
        default: break;
        }
        const auto kind = construct_of(name, attributes);
        if (!kind) return place::elsewhere;
        begin_capture(meaning, *kind);
        capture_->is_permalink = name.is(vocabulary::rss, "guid") &&
                                 !equals_ignoring_case(find_attribute(attributes, "isPermaLink"), "false");
        return place::field;
    }

    place begin_atom_link(std::span<const xml_attribute> attributes) {
        const auto rel  = find_attribute(attributes, "rel");
        const auto href = find_attribute(attributes, "href");
        if (rel.empty() || rel == "alternate") draft().take_link(href, bases_.current());
        if (rel == "enclosure") {
            draft().take_enclosure(
                href, find_attribute(attributes, "type"), find_attribute(attributes, "length"), bases_.current()
            );
        }
        return place::elsewhere;
    }

    place begin_capture(field_meaning meaning, construct kind) {
        const bool is_long = meaning.field == feed_field::content || meaning.field == feed_field::summary;
        capture_.emplace(meaning, kind, is_long ? options_.max_content : 4 * longest_line);
        return place::field;
    }

    void finish_field() {
        const auto taken = *std::exchange(capture_, std::nullopt);
        feed_.truncated  = feed_.truncated || taken.is_cut();
        draft().take(taken.meaning(), taken.taken(), taken.kind(), bases_.current());
        if (taken.is_permalink) draft().take_permalink(taken.taken(), bases_.current());
        if (!entry_ && taken.meaning().field == feed_field::link) bases_.use_if_none(trim(taken.taken()));
    }

    [[nodiscard]] bool finish_entry() {
        feed_.truncated = feed_.truncated || entry_->is_cut();
        auto entry      = std::move(*entry_).finish();
        entry_.reset();
        if (budget_.is_spent() || !budget_.take(footprint(entry))) return false;
        feed_.entries.push_back(std::move(entry));
        return true;
    }

    void inherit_authors(const std::vector<std::string>& authors) {
        for (auto& each : feed_.entries) {
            if (!each.authors.empty()) continue;
            const auto before = footprint(each);
            each.authors      = authors;
            if (!budget_.take(footprint(each) - before)) return;
        }
    }

    const feed_options& options_;
    read_budget& budget_;
    base_stack bases_;
    entry_draft own_;
    std::optional<entry_draft> entry_;
    std::optional<capture> capture_;
    std::vector<place> places_;
    std::size_t depth_ = 0;
    std::string root_;
    bool is_feed_ = false;
    feed feed_;
};

}  // namespace

result<feed> read_xml_feed(std::string_view text, const feed_options& options, read_budget& budget) {
    feed_builder builder{options, budget};
    const auto read = read_xml(text, builder, budget);
    if (budget.why() == overrun::stopped) return budget.to_error();
    if (!builder.is_feed()) {
        if (budget.why() != overrun::none) return budget.to_error();
        return error{
            errc::unsupported_type, "no feed: " + (read ? "its root element is " + builder.root() : read.error().what)
        }
            .at(phase::read);
    }
    auto made = std::move(builder).finish();
    if (budget.why() != overrun::none && made.entries.empty()) return budget.to_error();
    if (!read && made.entries.empty()) return read.error();
    made.truncated = made.truncated || !read || budget.why() != overrun::none;
    return made;
}

}  // namespace forage::detail
