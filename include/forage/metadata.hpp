// What a page says of itself, as one would cite it: title, authors, dates, and where each was read.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace forage {

/// Where a page says something. Names and dates that no markup tells apart from other text are `byline` or `url`: these
/// are read well, but may be wrong.
enum class metadata_source : std::uint8_t {
    none,          ///< it does not say it
    json_ld,       ///< a script of type application/ld+json. https://www.w3.org/TR/json-ld11/
    meta,          ///< a meta element: Open Graph, Dublin Core and the like
    microdata,     ///< an element with itemprop, or rel=author. HTML, §5
    time_element,  ///< a time element. HTML, §4.5.14
    heading,       ///< the first h1
    title,         ///< the title element
    url,           ///< the page's address: /2023/05/17/
    byline,        ///< visible text near the title, or whose class says that it is one
};

struct page_date {
    std::string date;  ///< ISO 8601 as far as the page says it: "2023-05", "2023-05-17", "2023-05-17T08:30:00+02:00"
    metadata_source source = metadata_source::none;
};

struct page_feed {
    std::string url;    ///< absolute
    std::string title;  ///< as the link has it; may be empty
    std::string type;   ///< media type: application/rss+xml, application/atom+xml or application/feed+json
};

/// The same page in another language.
struct page_alternate {
    std::string url;       ///< absolute
    std::string language;  ///< BCP 47, or "x-default"
};

struct page_heading {
    int level = 1;  ///< 1 to 6
    std::string text;
};

/// Every string is valid UTF-8 on one line, bounded in length; nothing in it is to be trusted. What the page does not
/// say is empty. Language, description and canonical URL are members of page_content.
struct page_metadata {
    std::string title;  ///< without the name of the site
    metadata_source title_source = metadata_source::none;
    std::vector<std::string> authors;  ///< names of people; of an organisation if the page names it and nobody else
    metadata_source author_source = metadata_source::none;
    page_date published, modified;
    std::string site_name;
    std::string image;    ///< absolute URL of the one that stands for the page
    std::string type;     ///< schema.org or Open Graph: "NewsArticle", "website"
    std::string licence;  ///< absolute URL or, if the page has none, its words
    std::vector<std::string> keywords;
    std::vector<page_feed> feeds;
    std::vector<page_alternate> alternates;
    std::vector<page_heading> headings;  ///< the visible ones in document order: the page's outline
};

}  // namespace forage
