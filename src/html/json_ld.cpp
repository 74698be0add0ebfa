#include "html/json_ld.hpp"

#include "html/lenient_json.hpp"
#include "text/ascii.hpp"

#include <algorithm>
#include <array>

namespace forage::detail {
namespace {

using kind             = json_value::kind;
constexpr auto nowhere = lenient_json::nowhere;
using keys             = std::span<const std::string_view>;

/// What an object is to the page: the more the better it speaks for it.
enum class rank : std::uint8_t { none, page, work, article };

constexpr auto works = std::to_array<std::string_view>({
    "AudioObject",
    "Book",
    "Course",
    "Dataset",
    "Episode",
    "Event",
    "Game",
    "HowTo",
    "JobPosting",
    "Movie",
    "MusicAlbum",
    "Product",
    "QAPage",
    "Question",
    "Recipe",
    "Review",
    "SoftwareApplication",
    "TVEpisode",
    "VideoObject",
    "CreativeWork",
    "PodcastEpisode",
    "SoftwareSourceCode",
    "DiscussionForumPosting",
    "PhotoGallery",
    "ImageGallery",
    "MediaObject",
    "PodcastSeries",
});

/// "NewsArticle", "BlogPosting", "https://schema.org/Report".
rank rank_of_type(std::string_view type) noexcept {
    constexpr std::size_t longest = 128;
    if (type.size() > longest) return rank::none;
    type.remove_prefix(std::min(type.size(), type.rfind('/') + 1));
    if (type.ends_with("Article") || type == "BlogPosting" || type == "Report" || type == "SocialMediaPosting" ||
        type == "LiveBlogPosting")
        return rank::article;
    if (std::find(works.begin(), works.end(), type) != works.end()) return rank::work;
    // CollectionPage, ItemPage, AboutPage …
    return type.ends_with("Page") ? rank::page : rank::none;
}

class json_ld_reader {
public:
    explicit json_ld_reader(const lenient_json& json) : json_{json} {}

    json_ld_facts read() {
        find_objects();
        json_ld_facts facts;
        for (const auto level : {rank::article, rank::work, rank::page}) {
            const auto& i = best_[static_cast<std::size_t>(level)];
            if (i != nowhere) take(i, level, facts);
        }
        return facts;
    }

private:
    /// The type of an object: one, or the best of several.
    [[nodiscard]] std::string_view type_of(std::uint32_t object) const noexcept {
        const auto at = json_.member(object, "@type");
        if (at == nowhere || json_[at].type != kind::array) return at == nowhere ? std::string_view{} : json_[at].text;
        std::string_view best;
        auto most = rank::none;
        for (auto i = at + 1; i < json_[at].end; i = json_[i].end) {
            const auto level = rank_of_type(json_[i].text);
            if (!best.empty() && level <= most) continue;
            best = json_[i].text;
            most = level;
        }
        return best;
    }

    /// The first of each rank, among those that are on the way from the top: what hangs at other names, like comments
    /// and recommended articles, is not the page.
    void find_objects() {
        for (std::uint32_t i = 0; i < json_.size();) {
            const auto& value = json_[i];
            // A list of main entities is that of a page of questions, none of which is the page.
            const bool is_main = value.key == "mainEntity" && value.type == kind::object;
            const bool leads_on =
                value.key.empty() || value.key == "@graph" || is_main || value.key == "mainEntityOfPage";
            if (!leads_on || (value.type != kind::object && value.type != kind::array)) {
                i = value.end;
                continue;
            }
            if (value.type == kind::object) see(i);
            ++i;
        }
    }

    void see(std::uint32_t object) {
        const auto type  = type_of(object);
        const auto level = rank_of_type(type);
        if (level == rank::none) {
            if (type == "WebSite" && site_ == nowhere) site_ = object;
            return;
        }
        auto& best = best_[static_cast<std::size_t>(level)];
        if (best == nowhere) best = object;
    }

    void take(std::uint32_t object, rank level, json_ld_facts& into) const {
        const auto set = [&](std::string& field, keys members, keys of_object) {
            for (const auto key : members) {
                if (field.empty()) field = text_at(json_.member(object, key), of_object);
            }
        };
        constexpr std::string_view name[] = {"name"}, address[] = {"url", "contentUrl", "@id"};
        constexpr std::string_view headline[]  = {"headline", "name"},
                                   published[] = {"datePublished", "dateCreated", "uploadDate"};
        constexpr std::string_view modified[]  = {"dateModified"},
                                   image[]     = {"image", "thumbnailUrl", "primaryImageOfPage"};
        constexpr std::string_view licence[] = {"license"}, publisher[] = {"publisher", "sourceOrganization"};
        into.is_work    = into.is_work || level > rank::page;
        into.is_article = into.is_article || level == rank::article;
        set(into.headline, headline, name);
        // When a video in an article was made, or who reviewed a product beside it, is not said of the article.
        const bool is_of_the_page = level != rank::work || !into.is_article;
        if (is_of_the_page) {
            set(into.published, published, name);
            set(into.modified, modified, name);
        }
        set(into.image, image, address);
        set(into.licence, licence, address);
        set(into.publisher, publisher, name);
        if (into.type.empty()) into.type = json_text(type_of(object), json_ld_facts::longest);
        for (const auto key : {"author", "creator"}) {
            if (into.authors.empty() && level != rank::page && is_of_the_page)
                take_authors(json_.member(object, key), into.authors);
        }
        if (into.keywords.empty()) take_list(json_.member(object, "keywords"), into.keywords);
        if (into.site_name.empty()) into.site_name = text_at(json_.member(site_, "name"), name);
    }

    /// An object that only refers to another one, by @id: that one. `wanted` is what a reference has not.
    [[nodiscard]] std::uint32_t referred(std::uint32_t object, std::string_view wanted) const noexcept {
        const auto id = json_.member(object, "@id");
        if (id == nowhere || json_.member(object, wanted) != nowhere) return object;
        for (std::uint32_t i = 0; i < json_.size(); ++i) {
            if (json_[i].type != kind::object || i == object) continue;
            const auto other = json_.member(i, "@id");
            if (other != nowhere && json_[other].text == json_[id].text && json_.member(i, wanted) != nowhere) return i;
        }
        return object;
    }

    /// A string, or of an object the first of the members named; of a list that of its first value.
    [[nodiscard]] std::string text_at(std::uint32_t at, keys of_object) const {
        at = first_of(at);
        if (at != nowhere && json_[at].type == kind::object) {
            const auto object = referred(at, of_object.front());
            at                = nowhere;
            for (const auto key : of_object) {
                if (at == nowhere) at = first_of(json_.member(object, key));
            }
        }
        return at == nowhere || json_[at].type == kind::object || is_word(at) ? std::string{} : string_at(at);
    }
    /// null, true, false: they say nothing where a text is wanted.
    [[nodiscard]] bool is_word(std::uint32_t at) const noexcept {
        const auto& value = json_[at];
        return value.type == kind::other && !value.text.empty() && is_letter(value.text.front());
    }
    [[nodiscard]] std::string string_at(std::uint32_t at) const {
        return json_text(json_[at].text, json_ld_facts::longest);
    }
    /// What is in a list, or in the first list of a list: its first value.
    [[nodiscard]] std::uint32_t first_of(std::uint32_t at) const noexcept {
        while (at != nowhere && json_[at].type == kind::array) at = json_[at].end > at + 1 ? at + 1 : nowhere;
        return at;
    }

    /// Calls `see` with each value of a list, or with the one that is none.
    template <class See>
    void each_value(std::uint32_t at, See see) const {
        if (at == nowhere) return;
        if (json_[at].type != kind::array) return see(at);
        std::size_t seen = 0;
        for (auto i = at + 1; i < json_[at].end && seen++ < json_ld_facts::most_list; i = json_[i].end) see(i);
    }

    void take_list(std::uint32_t at, std::vector<std::string>& into) const {
        each_value(at, [&](std::uint32_t i) {
            if (json_[i].type == kind::string) into.push_back(string_at(i));
        });
    }

    void take_authors(std::uint32_t at, std::vector<json_ld_author>& into) const {
        constexpr std::size_t most_objects = 16;
        std::size_t objects                = 0;
        each_value(at, [&](std::uint32_t i) {
            if (into.size() >= json_ld_facts::most_list) return;
            if (json_[i].type == kind::string) into.push_back({string_at(i), false});
            if (json_[i].type != kind::object || ++objects > most_objects) return;
            const auto object = referred(i, "name");
            const auto type   = type_of(object);
            std::vector<std::string> names;
            take_list(json_.member(object, "name"), names);
            for (auto& each : names) {
                if (into.size() == json_ld_facts::most_list) break;
                into.push_back({std::move(each), type.ends_with("Organization") || type == "Corporation"});
            }
        });
    }

    const lenient_json& json_;
    std::array<std::uint32_t, 4> best_{nowhere, nowhere, nowhere, nowhere};
    std::uint32_t site_ = nowhere;
};

}  // namespace

json_ld_facts read_json_ld(std::span<const std::string_view> scripts, read_budget& budget) {
    lenient_json json{budget};
    for (const auto script : scripts) json.read(script);
    return json_ld_reader{json}.read();
}

}  // namespace forage::detail
