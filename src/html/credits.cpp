#include "html/credits.hpp"

#include "html/concealment.hpp"
#include "html/display.hpp"
#include "html/name_hints.hpp"
#include "html/text_writer.hpp"
#include "html/tree_cursor.hpp"
#include "html/words.hpp"
#include "text/ascii.hpp"
#include "text/utf8.hpp"

namespace forage::detail {
namespace {

using dom::name;
using dom::node_id;
using dom::node_kind;

constexpr std::size_t whole_day = 10, longest_byline = 300;

constexpr std::uint32_t credit_hints = hint::dated | hint::credit | hint::byline;

/// The first h1 of the content; if there is none, the first h1.
std::uint32_t title_of(const content_survey& in) {
    std::uint32_t found = nowhere;
    each_block(in, 0, in.outline.size(), [&](std::uint32_t i) {
        const auto& b = in.outline[i];
        if (b.name == name::h1 && b.text != 0 && (found == nowhere)) found = i;
        return found == nowhere && !in.boilerplate[i];
    });
    for (std::uint32_t i = 0; i < in.outline.size() && found == nowhere; ++i) {
        if (in.outline[i].name == name::h1 && in.outline[i].text != 0) found = i;
    }
    return found;
}

/// Boilerplate in which nobody says who wrote the page: not so an article's own footer, or a bar with share buttons.
bool is_elsewhere(const content_survey& in, std::uint32_t i) {
    constexpr std::uint32_t other = hint::comments | hint::navigation | hint::sidebar | hint::related | hint::notice |
                                    hint::consent | hint::sign_up | hint::ad | hint::caption;
    const auto& b    = in.outline[i];
    const auto hints = in.hints_of(b);
    if (!in.boilerplate[i]) return false;
    if ((hints & other) != 0 || b.name == name::nav || b.name == name::aside || b.name == name::figcaption) return true;
    const bool is_footer = (hints & hint::footer) != 0 || b.name == name::footer;
    return is_footer && (hints & (hint::post | hint::article)) == 0;
}

bool is_candidate(const content_block& b) noexcept {
    constexpr std::uint32_t longest = 600;  // what is longer is a part of the page, whatever its name says
    return b.name == name::time || (b.text <= longest && (b.hints & credit_hints) != 0);
}

/// Text of a few nodes below an element, a line break between blocks. Stops once it is too long.
std::string short_text(const dom::tree& in, node_id root) {
    constexpr std::size_t longest = 400, most_nodes = 200;
    text_writer out;
    std::size_t nodes = 0;
    for (dom::tree_cursor at{in, root};
         at.node() != dom::none && ++nodes < most_nodes && out.text().size() < longest;) {
        const auto n        = at.node();
        const auto& it      = in[n];
        const bool is_block = it.kind() == node_kind::element && dom::display_of(it) >= dom::display::line_break;
        if (is_block) out.break_line();
        if (it.kind() == node_kind::text) out.append(first_characters(in.text(n), longest));
        if (at.is_leaving() || it.kind() != node_kind::element || dom::display_of(it) == dom::display::not_rendered ||
            dom::concealment_of(in, n) != concealment::none) {
            at.skip();
        } else {
            at.descend();
        }
    }
    return out.take();
}

/// An element that says it is a person's name.
bool is_name(const dom::tree& in, node_id n) noexcept {
    const auto itemprop = in.trimmed_value_of(n, name::itemprop);
    if (equals_ignoring_case(itemprop, "name") || equals_ignoring_case(itemprop, "author")) return true;
    return has_word_ignoring_case(in.trimmed_value_of(n, name::rel), "author") ||
           any_word(in.trimmed_value_of(n, name::class_), [](std::string_view w) {
               return w == "fn" || w == "author-name" || w == "author__name" || w == "authorName";
           });
}

/// The first such element below one; else itself, if it is one.
node_id name_in(const dom::tree& in, node_id root) {
    constexpr unsigned most_nodes = 60;
    unsigned nodes                = 0;
    for (dom::tree_cursor at{in, root}; at.node() != dom::none && ++nodes < most_nodes;) {
        const auto n = at.node();
        if (at.is_leaving() || in[n].kind() != node_kind::element) {
            at.skip();
            continue;
        }
        if (is_name(in, n)) return n;
        at.descend();
    }
    return is_name(in, root) ? root : dom::none;
}

class credit_reader {
public:
    credit_reader(const dom::tree& document, day_order order) : tree_{document}, order_{order} {}

    void read(const credit_candidates::candidate& c) {
        const auto text = short_text(tree_, c.node);
        if (c.is_time || (c.hints & (hint::dated | hint::byline)) != 0) read_date(c, text);
        if ((c.hints & (hint::credit | hint::byline)) != 0) read_author(c, text);
    }

    [[nodiscard]] page_credits take() { return std::move(credits_); }

private:
    void read_date(const credit_candidates::candidate& c, std::string_view text) {
        const auto itemprop = tree_.trimmed_value_of(c.node, name::itemprop);
        const auto classes  = tree_.trimmed_value_of(c.node, name::class_);
        bool is_change      = (c.hints & hint::updated) != 0 &&
                         find_ignoring_case(itemprop, "published") == std::string_view::npos &&
                         find_ignoring_case(classes, "publish") == std::string_view::npos;
        page_date found;
        found.source = !itemprop.empty() ? metadata_source::microdata
                       : c.is_time       ? metadata_source::time_element
                                         : metadata_source::byline;
        for (const auto attribute : {name::datetime, name::content}) {
            if (found.date.empty()) found.date = machine_date(tree_.trimmed_value_of(c.node, attribute), order_);
        }
        auto seen = find_date(first_characters(text, longest_byline), order_);
        is_change = is_change || seen.is_of_a_change;
        if (found.date.size() < whole_day) {
            found.date = std::move(seen.date);
            if (itemprop.empty() && !c.is_time) found.source = metadata_source::byline;
        }
        if (found.date.size() < whole_day) return;
        auto& into         = is_change ? credits_.modified : credits_.published;
        auto& rank         = is_change ? modified_rank_ : published_rank_;
        const unsigned now = (itemprop.empty() ? 0 : 4) + (c.is_near_title ? 2 : 0) +
                             (c.is_time || (c.hints & hint::dated) != 0 ? 1u : 0u);
        if (!into.date.empty() && now <= rank) return;
        rank = now;
        into = std::move(found);
    }

    void read_author(const credit_candidates::candidate& c, const std::string& text) {
        const auto named = name_in(tree_, c.node);
        if (named != dom::none && (c.hints & hint::credit) != 0) {
            const auto itemprop = tree_.trimmed_value_of(named, name::itemprop);
            credits_.authors.push_back({short_text(tree_, named), true, false, !itemprop.empty()});
        } else if (!text.empty()) {
            const bool needs_by = (c.hints & hint::credit) == 0;
            credits_.authors.push_back({text, false, needs_by, false});
        }
    }

    const dom::tree& tree_;
    const day_order order_;
    page_credits credits_;
    unsigned published_rank_ = 0, modified_rank_ = 0;
};

}  // namespace

void find_credits(const content_survey& in, credit_candidates& into) {
    constexpr std::uint32_t before = 25, behind = 40;
    const auto title = title_of(in);
    const auto first = title == nowhere || title < before ? 0 : title - before;
    const auto last  = (title == nowhere ? 0 : title) + behind;
    for (const bool is_near : {true, false}) {
        each_block(in, 0, in.outline.size(), [&](std::uint32_t i) {
            const auto& b = in.outline[i];
            if (is_elsewhere(in, i)) return false;
            if (is_candidate(b) && (i >= first && i <= last) == is_near)
                into.add({b.node, b.hints, b.name == name::time, is_near});
            return true;
        });
    }
}

page_credits read_credits(const dom::tree& document, const credit_candidates& from, day_order order) {
    credit_reader reader{document, order};
    for (const auto& each : from.all()) reader.read(each);
    return reader.take();
}

}  // namespace forage::detail
