// One sorted table. Layout follows the HTML standard's rendering section (§15.3).
#include "html/tags.hpp"

#include <algorithm>
#include <array>

namespace forage::detail {
namespace {

struct entry {
    std::string_view name;
    tag value;
};

constexpr auto names = std::to_array<entry>({
    {"a", tag::a},
    {"address", tag::block},
    {"annotation", tag::unseen},
    {"annotation-xml", tag::unseen},
    {"area", tag::area},
    {"article", tag::block},
    {"aside", tag::block},
    {"audio", tag::unseen},  // like canvas and video: what is in it is for browsers that do not know it
    {"b", tag::strong},
    {"base", tag::base},
    {"blockquote", tag::blockquote},
    {"body", tag::body},
    {"br", tag::br},
    {"button", tag::button},
    {"canvas", tag::unseen},
    {"caption", tag::caption},
    {"center", tag::block},
    {"code", tag::code},
    {"datalist", tag::unseen},
    {"dd", tag::dd},
    {"del", tag::del},
    {"desc", tag::unseen},
    {"details", tag::block},
    {"dialog", tag::block},
    {"dir", tag::ul},
    {"div", tag::block},
    {"dl", tag::dl},
    {"dt", tag::dt},
    {"em", tag::em},
    {"fieldset", tag::block},
    {"figcaption", tag::block},
    {"figure", tag::block},
    {"footer", tag::block},
    {"form", tag::block},
    {"h1", tag::h1},
    {"h2", tag::h2},
    {"h3", tag::h3},
    {"h4", tag::h4},
    {"h5", tag::h5},
    {"h6", tag::h6},
    {"head", tag::head},
    {"header", tag::block},
    {"hgroup", tag::block},
    {"hr", tag::hr},
    {"html", tag::html},
    {"i", tag::em},
    {"iframe", tag::unseen},
    {"img", tag::img},
    {"kbd", tag::code},
    {"legend", tag::block},
    {"li", tag::li},
    {"link", tag::link},
    {"listing", tag::pre},
    {"main", tag::block},
    {"menu", tag::ul},
    {"meta", tag::meta},
    {"metadata", tag::unseen},
    {"nav", tag::block},
    {"noembed", tag::unseen},
    {"noframes", tag::unseen},
    {"noscript", tag::noscript},
    {"ol", tag::ol},
    {"optgroup", tag::block},
    {"option", tag::block},
    {"p", tag::p},
    {"plaintext", tag::pre},
    {"pre", tag::pre},
    {"s", tag::del},
    {"samp", tag::code},
    {"script", tag::unseen},
    {"search", tag::block},
    {"section", tag::block},
    {"select", tag::block},
    {"strike", tag::del},
    {"strong", tag::strong},
    {"style", tag::unseen},
    {"summary", tag::summary},
    {"table", tag::table},
    {"tbody", tag::row_group},
    {"td", tag::cell},
    {"template", tag::unseen},
    {"textarea", tag::textarea},
    {"tfoot", tag::row_group},
    {"th", tag::cell},
    {"thead", tag::row_group},
    {"title", tag::title},
    {"tr", tag::tr},
    {"tt", tag::code},
    {"ul", tag::ul},
    {"video", tag::unseen},
    {"xmp", tag::pre},
});
static_assert(std::is_sorted(names.begin(), names.end(), [](const entry& a, const entry& b) { return a.name < b.name; })
);

}  // namespace

tag tag_for_name(std::string_view name) noexcept {
    const auto found = std::lower_bound(names.begin(), names.end(), name, [](const entry& e, std::string_view wanted) {
        return e.name < wanted;
    });
    return found != names.end() && found->name == name ? found->value : tag::inline_;
}

}  // namespace forage::detail
