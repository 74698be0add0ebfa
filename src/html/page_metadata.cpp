#include "html/page_metadata.hpp"

#include "html/author_names.hpp"
#include "html/lenient_json.hpp"
#include "html/loose_text.hpp"
#include "html/text_writer.hpp"
#include "html/title_parts.hpp"
#include "html/words.hpp"
#include "text/ascii.hpp"
#include "text/utf8.hpp"

#include <algorithm>

namespace forage::detail {
namespace {

constexpr std::size_t longest_text = 1024;

std::string line_of(std::string_view text) { return folded(first_characters(text, longest_text)); }

class metadata_writer {
public:
    metadata_writer(const metadata_parts& parts, page_content& page)
        : in_{parts}, page_{page}, out_{page.metadata}, order_{order_in(page.language)} {
        if (const auto base = url::parse(parts.links.base())) {
            host_ = name_of_host(base->host());
            path_ = base->path();
        }
    }

    void write() {
        write_site();
        write_title();
        write_authors();
        write_published();
        write_modified();
        write_rest();
    }

private:
    [[nodiscard]] std::string_view meta(meta_field f) const noexcept { return in_.head.fields().first(f); }
    [[nodiscard]] const json_ld_facts& ld() const noexcept { return in_.json_ld; }

    void write_site() {
        out_.site_name = line_of(meta(meta_field::site_name));
        if (out_.site_name.empty()) out_.site_name = line_of(ld().site_name);
        if (out_.site_name.empty()) out_.site_name = line_of(ld().publisher);
        ld_publisher_ = line_of(ld().publisher);
        ld_site_      = line_of(ld().site_name);
    }

    void write_title() {
        const auto first_heading =
            std::find_if(out_.headings.begin(), out_.headings.end(), [](const auto& h) { return h.level == 1; });
        const std::string h1 = first_heading == out_.headings.end() ? std::string{} : first_heading->text;
        const auto headline  = line_of(ld().is_article ? ld().headline : std::string{}),
                   social    = line_of(resolve_references(meta(meta_field::title)));
        title_context known;
        for (const std::string_view name :
             {std::string_view{out_.site_name},
              std::string_view{ld_publisher_},
              std::string_view{ld_site_},
              std::string_view{host_}}) {
            if (!name.empty()) known.site_names.push_back(name);
        }
        if (!h1.empty()) known.headings.push_back(h1);
        if (!headline.empty()) known.headings.push_back(headline);
        struct choice {
            std::string text;
            metadata_source source;
        };
        choice choices[] = {
            {without_site_name(social, known), metadata_source::meta},
            {without_site_name(headline, known), metadata_source::json_ld},
            {without_site_name(page_.title, known), metadata_source::title},
            {h1, metadata_source::heading},
        };
        for (auto& each : choices) {
            if (each.text.empty()) continue;
            out_.title        = std::move(each.text);
            out_.title_source = each.source;
            break;
        }
    }

    void write_authors() {
        author_names names;
        for (const std::string_view name :
             {std::string_view{out_.site_name},
              std::string_view{ld_publisher_},
              std::string_view{ld_site_},
              std::string_view{host_}}) {
            names.leave_out(name);
        }
        const auto done = [&](metadata_source source) {
            if (names.empty()) return false;
            out_.authors       = names.take();
            out_.author_source = source;
            return true;
        };
        for (const auto& each : ld().authors) {
            if (!each.is_organization) names.add(each.name);
        }
        if (done(metadata_source::json_ld)) return;
        for (const auto each : in_.head.fields().all(meta_field::author)) names.add(each);
        if (done(metadata_source::meta)) return;
        for (const auto& each : in_.credits.authors) {
            if (each.is_name) names.add(each.text);
            if (done(each.is_microdata ? metadata_source::microdata : metadata_source::byline)) return;
        }
        for (const auto& link : page_.links) {
            if (any_word(link.rel, [](std::string_view w) { return equals_ignoring_case(w, "author"); }))
                names.add(link.text);
            if (done(metadata_source::microdata)) return;
        }
        for (const auto& each : in_.credits.authors) {
            if (!each.is_name) names.add_line(each.text, each.needs_by);
            if (done(metadata_source::byline)) return;
        }
    }

    void write_published() {
        const auto take = [&](std::string date, metadata_source source) {
            if (out_.published.date.empty() && !date.empty()) out_.published = {std::move(date), source};
        };
        take(machine_date(ld().published, order_), metadata_source::json_ld);
        const auto& fields = in_.head.fields();
        for (const auto each : fields.all(meta_field::published)) {
            take(
                machine_date(each, order_),
                fields.is_microdata(meta_field::published) ? metadata_source::microdata : metadata_source::meta
            );
        }
        const auto& seen = in_.credits.published;
        if (seen.source != metadata_source::byline) take(seen.date, seen.source);
        take(date_in_path(path_), metadata_source::url);
        take(seen.date, seen.source);
    }

    void write_modified() {
        const auto take = [&](std::string date, metadata_source source) {
            if (out_.modified.date.empty() && !date.empty()) out_.modified = {std::move(date), source};
        };
        take(machine_date(ld().modified, order_), metadata_source::json_ld);
        const auto& fields = in_.head.fields();
        for (const auto each : fields.all(meta_field::modified)) {
            take(
                machine_date(each, order_),
                fields.is_microdata(meta_field::modified) ? metadata_source::microdata : metadata_source::meta
            );
        }
        take(in_.credits.modified.date, in_.credits.modified.source);
    }

    void write_rest() {
        set_url(out_.image, meta(meta_field::image));
        set_url(out_.image, ld().image);
        out_.type = line_of(ld().type.empty() ? meta(meta_field::type) : std::string_view{ld().type});
        set_url(out_.licence, ld().licence);
        for (const auto& link : page_.links) {
            if (!out_.licence.empty()) break;
            if (any_word(link.rel, [](std::string_view w) { return equals_ignoring_case(w, "license"); }))
                out_.licence = link.url;
        }
        if (out_.licence.empty()) out_.licence = line_of(meta(meta_field::licence));
        for (const auto each : in_.head.fields().all(meta_field::keywords)) add_keywords(each);
        for (const auto& each : ld().keywords) add_keywords(each);
        in_.head.take_links(in_.links, out_);
    }

    void set_url(std::string& field, std::string_view text) const {
        std::string absolute;
        if (field.empty() && !text.empty() && in_.links.resolve(text, absolute)) field = std::move(absolute);
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
    std::string host_, path_, ld_publisher_, ld_site_;
};

}  // namespace

void fill_metadata(const metadata_parts& parts, page_content& page) { metadata_writer{parts, page}.write(); }

}  // namespace forage::detail
