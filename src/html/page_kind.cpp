#include "html/content_landmark.hpp"
#include "html/content_survey.hpp"
#include "html/name_hints.hpp"
#include "html/page_signs.hpp"

namespace forage::detail {
namespace {

/// Posts are called so, and have bodies called so. An article has one such part, a forum's page one for each post.
bool shows_posts(const content_survey& in) {
    constexpr std::uint32_t enough = 3;
    std::uint32_t posts            = 0;
    each_block(in, 1, in.outline.size(), [&](std::uint32_t i) {
        const auto& b      = in.outline[i];
        const bool is_post = (b.hints & hint::post) != 0 && (b.hints & hint::text) != 0 && b.prose != 0 &&
                             b.prose * 3ull < in.all_prose() * 2ull;
        if (is_post) ++posts;
        return !is_post;
    });
    return posts >= enough;
}

/// Whether more text is in repeated items than there is prose outside of them.
bool is_mostly_items(const content_survey& in) {
    std::uint64_t items = 0, prose = 0;
    each_block(in, 1, in.outline.size(), [&](std::uint32_t i) {
        if (in.boilerplate[i]) return false;
        if (in.items[i]) {
            items += in.outline[i].text;
            return false;
        }
        prose += in.outline[i].own_prose;
        return true;
    });
    return items > prose;
}

}  // namespace

void find_kind(content_survey& in) {
    if (in.has_sign(sign::forum)) {
        in.kind = page_kind::forum;
    } else if (in.has_sign(sign::article)) {
        in.kind = page_kind::article;
    } else if (shows_posts(in)) {
        in.kind = page_kind::forum;
    } else if (in.has_sign(sign::product) && !in.has_sign(sign::listing)) {
        in.kind = page_kind::product;
    }
}

void find_listing(content_survey& in) {
    if (in.kind != page_kind::other || in.article != nowhere || !is_mostly_items(in)) return;
    in.kind = page_kind::listing;
    weigh_items(in);
}

}  // namespace forage::detail
