#include "html/meta_fields.hpp"

#include "text/ascii.hpp"

#include <algorithm>

namespace forage::detail {
namespace {

struct meta_name {
    std::string_view name;  // in lower case
    meta_field field;
    std::uint8_t rank;  // 1: Open Graph and names of the HTML standard; 2: microdata; 3: Dublin Core and the like
};

constexpr auto names = [] {
    using enum meta_field;
    auto all = std::to_array<meta_name>({
        {"og:title", title, 1},
        {"headline", title, 2},
        {"dc.title", title, 3},
        {"dcterms.title", title, 3},
        {"citation_title", title, 3},
        {"parsely-title", title, 3},
        {"sailthru.title", title, 3},
        {"twitter:title", title, 4},

        {"author", author, 1},
        {"article:author", author, 3},
        {"og:article:author", author, 3},
        {"og:author", author, 3},
        {"article:author_name", author, 3},
        {"shareaholic:article_author_name", author, 3},
        {"parsely-author", author, 3},
        {"sailthru.author", author, 3},
        {"citation_author", author, 3},
        {"dc.creator", author, 3},
        {"dc:creator", author, 3},
        {"dcterms.creator", author, 3},
        {"byl", author, 3},
        {"cse_author", author, 3},
        {"vr:author", author, 3},
        {"cxenseparse:author", author, 3},

        {"article:published_time", published, 1},
        {"article:published", published, 1},
        {"og:article:published_time", published, 1},
        {"og:published_time", published, 1},
        {"datepublished", published, 2},
        {"datecreated", published, 4},
        {"uploaddate", published, 4},
        {"citation_publication_date", published, 3},
        {"citation_online_date", published, 3},
        {"dc.date.issued", published, 3},
        {"dcterms.issued", published, 3},
        {"dc.date.created", published, 3},
        {"dc:date.created", published, 3},
        {"dcterms.created", published, 3},
        {"parsely-pub-date", published, 3},
        {"sailthru.date", published, 3},
        {"shareaholic:article_published_time", published, 3},
        {"cxenseparse:recs:publishtime", published, 3},
        {"cxenseparse:publishtime", published, 3},
        {"vr:published-time", published, 3},
        {"zdf:publicationdate", published, 3},
        {"prism.publicationdate", published, 3},
        {"article_date_original", published, 3},
        {"originalpublicationdate", published, 3},
        {"published_time", published, 3},
        {"published_at", published, 3},
        {"publication_date", published, 3},
        {"publish_date", published, 3},
        {"publish-date", published, 3},
        {"publishdate", published, 3},
        {"pubdate", published, 3},
        {"pdate", published, 3},
        {"displaydate", published, 3},
        {"dc.date", published, 4},
        {"dcterms.date", published, 4},
        {"dc:date", published, 4},
        {"date", published, 4},

        {"article:modified_time", modified, 1},
        {"article:modified", modified, 1},
        {"og:article:modified_time", modified, 1},
        {"datemodified", modified, 2},
        {"og:updated_time", modified, 3},
        {"og:modified_time", modified, 3},
        {"dc.date.modified", modified, 3},
        {"dc:date.modified", modified, 3},
        {"dcterms.modified", modified, 3},
        {"shareaholic:article_modified_time", modified, 3},
        {"zdf:modificationdate", modified, 3},
        {"last-modified", modified, 4},
        {"lastmod", modified, 4},
        {"revised", modified, 4},

        {"og:site_name", site_name, 1},
        {"application-name", site_name, 3},
        {"apple-mobile-web-app-title", site_name, 4},

        {"og:image", image, 1},
        {"og:image:url", image, 1},
        {"og:image:secure_url", image, 1},
        {"twitter:image", image, 3},
        {"twitter:image:src", image, 3},
        {"thumbnail", image, 4},

        {"og:type", type, 1},

        {"og:url", url, 1},
        {"twitter:url", url, 3},

        // "Written by", in any language, and the name.
        {"twitter:label1", card_label, 1},
        {"twitter:data1", card_value, 1},

        {"license", licence, 1},
        {"licence", licence, 1},
        {"dcterms.license", licence, 3},
        {"dc.rights.license", licence, 3},

        {"keywords", keywords, 1},
        {"news_keywords", keywords, 3},
        {"parsely-tags", keywords, 3},
        {"article:tag", keywords, 4},
    });
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return all;
}();

}  // namespace

void meta_fields::see(std::string_view name, std::string_view content) {
    constexpr std::size_t longest = 40;
    std::array<char, longest> buffer{};
    if (name.size() > longest || (content = trim(content)).empty()) return;
    std::transform(name.begin(), name.end(), buffer.begin(), to_lower);
    const std::string_view lower{buffer.data(), name.size()};
    const auto* const found =
        std::lower_bound(names.begin(), names.end(), lower, [](const auto& a, const auto& b) { return a.name < b; });
    if (found == names.end() || found->name != lower) return;
    auto& values = values_[index(found->field)];
    auto& rank   = ranks_[index(found->field)];
    if (!values.empty() && found->rank > rank) return;
    if (!values.empty() && found->rank < rank) values.clear();
    rank = found->rank;
    if (values.size() < most_values) values.push_back(content);
}

}  // namespace forage::detail
