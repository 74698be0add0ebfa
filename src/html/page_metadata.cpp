#include "html/page_metadata.hpp"

#include "html/author_names.hpp"
#include "html/footprint.hpp"
#include "html/lenient_json.hpp"
#include "html/loose_text.hpp"
#include "html/page_title.hpp"
#include "html/text_writer.hpp"
#include "html/title_neighbours.hpp"
#include "html/title_parts.hpp"
#include "html/words.hpp"
#include "text/ascii.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <functional>
#include <optional>

namespace forage::detail {
namespace {

constexpr std::size_t longest_text = 1024;

std::string line_of(std::string_view text) { return plain_line(text, longest_text); }

class metadata_writer {
public:
    metadata_writer(const metadata_parts& parts, page_content& page)
        : in_{parts}, page_{page}, out_{page.metadata}, order_{order_in(page.language)} {
        // A page that was saved may still say where it was.
        const std::string_view canonical = page.canonical, social = meta(meta_field::url);
        for (const auto address : {parts.links.base(), canonical, social}) {
            const auto parsed = url::parse(address);
            if (!parsed) continue;
            host_ = name_of_host(parsed->host());
            path_ = parsed->path();
            break;
        }
    }

    void write() {
        write_site();
        write_title();
        write_authors();
        write_dates();
        write_rest();
    }

private:
    [[nodiscard]] std::string_view meta(meta_field f) const noexcept { return in_.head.fields().first(f); }
    [[nodiscard]] const json_ld_facts& ld() const noexcept { return in_.json_ld; }

    [[nodiscard]] bool is_article() const {
        return ld().is_work || equals_ignoring_case(meta(meta_field::type), "article");
    }

    const page_credits& credits() {
        if (!credits_) credits_ = in_.credits();
        return *credits_;
    }
    const std::vector<std::string_view>& near_title() {
        if (!near_title_) near_title_ = lines_near_title(page_.text, shown_title_);
        return *near_title_;
    }

    void write_site() {
        out_.site_name = line_of(meta(meta_field::site_name));
        if (out_.site_name.empty()) out_.site_name = line_of(ld().site_name);
        if (out_.site_name.empty()) out_.site_name = line_of(ld().publisher);
        ld_publisher_ = line_of(ld().publisher);
        ld_site_      = line_of(ld().site_name);
    }

    void write_title() {
        const auto element  = line_of(page_.title);
        const auto social   = line_of(resolve_references(first_characters(meta(meta_field::title), longest_text)));
        const auto headline = line_of(ld().is_work ? ld().headline : std::string{});
        const auto chosen   = choose_title({element, social, headline, out_.headings, is_article()}, {site_names()});
        out_.title          = line_of(chosen.text);
        shown_title_        = chosen.text;
        out_.title_source   = chosen.source;
    }

    /// What may be the site's name where a title or an author is looked for.
    [[nodiscard]] std::vector<std::string_view> site_names() const {
        std::vector<std::string_view> names;
        for (const std::string_view name :
             {std::string_view{out_.site_name},
              std::string_view{ld_publisher_},
              std::string_view{ld_site_},
              std::string_view{host_}}) {
            if (!name.empty()) names.push_back(name);
        }
        return names;
    }

    /// First those who look like people, in the order in which sources are to be trusted; then anybody.
    void write_authors() {
        author_names names;
        for (const auto name : site_names()) names.leave_out(name);
        names.leave_out(line_of(tail_of_title(page_.title)));
        for (const auto wanted : {likeness::person, likeness::any}) {
            if (find_authors(names, wanted)) return;
        }
    }

    bool find_authors(author_names& names, likeness wanted) {
        const auto done = [&](metadata_source source) {
            if (names.empty()) return false;
            out_.authors       = names.take();
            out_.author_source = source;
            return true;
        };
        for (const auto& each : ld().authors) {
            if (!each.is_organization) names.add(each.name, wanted);
        }
        if (done(metadata_source::json_ld)) return true;
        for (const auto each : in_.head.fields().all(meta_field::author)) names.add(each, wanted);
        if (done(metadata_source::meta)) return true;
        if (says_who_wrote(meta(meta_field::card_label))) names.add(meta(meta_field::card_value), wanted);
        if (done(metadata_source::meta)) return true;
        for (const auto& each : credits().authors) {
            if (each.is_name) names.add(each.text, wanted);
            if (done(each.is_microdata ? metadata_source::microdata : metadata_source::byline)) return true;
        }
        std::size_t links = 0;
        for (const auto& link : page_.links) {
            if (links == author_names::most) break;
            if (!has_word_ignoring_case(link.rel, "author")) continue;
            ++links;
            names.add(link.text, wanted);
            if (done(metadata_source::microdata)) return true;
        }
        if (wanted == likeness::person) return false;
        for (const auto& each : credits().authors) {
            if (!each.is_name) names.add_line(each.text, each.needs_by);
            if (done(metadata_source::byline)) return true;
        }
        for (const auto line : near_title()) {
            names.add_line(line, true);
            if (done(metadata_source::byline)) return true;
        }
        return false;
    }

    static void take(page_date& into, std::string date, metadata_source source) {
        if (into.date.empty() && !date.empty()) into = {std::move(date), source};
    }
    void take_all(page_date& into, meta_field f) {
        const auto& fields = in_.head.fields();
        const auto source  = fields.is_microdata(f) ? metadata_source::microdata : metadata_source::meta;
        for (const auto each : fields.all(f)) take(into, machine_date(each, order_), source);
    }

    void write_dates() {
        if (ld().is_article) take(out_.published, machine_date(ld().published, order_), metadata_source::json_ld);
        if (!has_dates_of_parts()) take_all(out_.published, meta_field::published);
        take(out_.modified, machine_date(ld().modified, order_), metadata_source::json_ld);
        take_all(out_.modified, meta_field::modified);
        if (out_.published.date.empty()) look_for_dates();
    }

    /// Microdata in meta elements: several are those of reviews, or of what a list lists; on a product's page any is.
    [[nodiscard]] bool has_dates_of_parts() const {
        const auto& fields = in_.head.fields();
        return fields.is_microdata(meta_field::published) && (fields.all(meta_field::published).size() > 1 ||
                                                              equals_ignoring_case(meta(meta_field::type), "product"));
    }

    /// Those that only readers are told.
    void look_for_dates() {
        const auto& [authors, published, modified] = credits();
        if (published.source != metadata_source::byline) take(out_.published, published.date, published.source);
        take(out_.published, date_in_path(path_), metadata_source::url);
        take(out_.published, published.date, published.source);
        take(out_.modified, modified.date, modified.source);
        for (const auto line : near_title()) {
            auto found = find_date(line, order_);
            take(found.is_of_a_change ? out_.modified : out_.published, std::move(found.date), metadata_source::byline);
        }
    }

    void write_rest() {
        set_url(out_.image, meta(meta_field::image));
        set_url(out_.image, ld().image);
        out_.type = line_of(ld().type.empty() ? meta(meta_field::type) : std::string_view{ld().type});
        set_licence(ld().licence);
        for (const auto& link : page_.links) {
            if (!out_.licence.empty()) break;
            if (has_word_ignoring_case(link.rel, "license")) out_.licence = link.url;
        }
        set_licence(meta(meta_field::licence));
        for (const auto each : in_.head.fields().all(meta_field::keywords)) add_keywords(each);
        for (const auto& each : ld().keywords) add_keywords(each);
        in_.head.take_links(in_.links, out_);
    }

    void set_url(std::string& field, std::string_view text) const {
        std::string absolute;
        if (field.empty() && !text.empty() && in_.links.resolve(text, absolute)) field = std::move(absolute);
    }

    /// An address or words. What has a scheme and is no address of the web is neither.
    void set_licence(std::string_view text) {
        text = trim(text);
        if (text.find("://") != std::string_view::npos || text.starts_with('/')) return set_url(out_.licence, text);
        if (out_.licence.empty() && text.find(':') == std::string_view::npos) out_.licence = line_of(text);
    }

    void add_keywords(std::string_view list) {
        constexpr std::size_t most = 64, longest = 100;
        list = first_characters(list, 8 * longest_text);
        while (!list.empty() && out_.keywords.size() < most) {
            const auto end = std::min(list.find_first_of(",;"), list.size());
            auto word      = folded(list.substr(0, end));
            list.remove_prefix(std::min(end + 1, list.size()));
            if (word.empty() || word.size() > longest) continue;
            if (std::find(out_.keywords.begin(), out_.keywords.end(), word) == out_.keywords.end())
                out_.keywords.push_back(std::move(word));
        }
    }

    const metadata_parts& in_;
    page_content& page_;
    page_metadata& out_;
    const day_order order_;
    std::string shown_title_;  // as it stands in the text
    std::optional<page_credits> credits_;
    std::optional<std::vector<std::string_view>> near_title_;
    std::string host_, path_, ld_publisher_, ld_site_;
};

}  // namespace

std::size_t memory_of(const page_metadata& m) {
    auto sum = footprint(m.authors) + footprint(m.keywords) + footprint(m.feeds) + footprint(m.alternates) +
               footprint(m.headings);
    for (const auto& list : {std::cref(m.authors), std::cref(m.keywords)}) {
        for (const auto& each : list.get()) sum += footprint(each);
    }
    for (const auto& each : m.feeds) sum += footprint(each.url) + footprint(each.title) + footprint(each.type);
    for (const auto& each : m.alternates) sum += footprint(each.url) + footprint(each.language);
    for (const auto& each : m.headings) sum += footprint(each.text);
    return sum + footprint(m.title) + footprint(m.site_name) + footprint(m.image) + footprint(m.type) +
           footprint(m.licence);
}

void fill_metadata(const metadata_parts& parts, page_content& page) { metadata_writer{parts, page}.write(); }

}  // namespace forage::detail
