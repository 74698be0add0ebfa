// Names are cut into words at what is no letter and where a capital begins one: "articleBody" and "article-body" say
// the same.
#include "html/name_hints.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace forage::detail {
namespace {

struct entry {
    std::string_view word;
    std::uint32_t bits;
    bool is_prefix = false;  // of longer words as well: "share" for sharebar
};

constexpr auto words = [] {
    using namespace hint;
    auto all = std::to_array<entry>({
        {"nav", navigation},
        {"navbar", navigation, true},
        {"navi", navigation, true},
        {"menu", navigation, true},
        {"breadcrumb", navigation, true},
        {"crumb", navigation, true},
        {"pager", navigation},
        {"pagination", navigation, true},
        {"paging", navigation},
        {"skip", navigation, true},
        {"footer", footer, true},
        {"foot", footer},
        {"contentinfo", footer},
        {"copyright", footer},
        {"colophon", footer},
        {"imprint", footer},
        {"sidebar", sidebar, true},
        {"aside", sidebar},
        {"rail", sidebar},
        {"complementary", sidebar},
        {"comment", comments, true},
        {"comments", comments, true},
        {"kommentar", comments, true},
        {"disqus", comments, true},
        {"respond", comments},
        {"share", share, true},
        {"sharing", share, true},
        {"shares", share},
        {"social", share, true},
        {"addtoany", share, true},
        {"sharedaddy", share},
        {"follow", share, true},
        {"like", share},
        {"likes", share},
        {"related", related, true},
        {"relatedposts", related, true},
        {"recommend", related, true},
        {"recommended", related, true},
        {"recommendations", related, true},
        {"popular", related, true},
        {"trending", related, true},
        {"similar", related, true},
        {"readmore", related, true},
        {"teaser", related, true},
        {"outbrain", related, true},
        {"taboola", related, true},
        {"upsell", related, true},
        {"crosssell", related, true},
        {"cookie", consent, true},
        {"consent", consent, true},
        {"gdpr", consent, true},
        {"onetrust", consent},
        {"truste", consent},
        {"didomi", consent},
        {"usercentrics", consent},
        {"privacy", consent},
        {"popup", notice, true},
        {"modal", notice, true},
        {"overlay", notice},
        {"dialog", notice},
        {"alertdialog", notice},
        {"lightbox", notice},
        {"tooltip", notice, true},
        {"newsletter", sign_up, true},
        {"subscribe", sign_up, true},
        {"subscription", sign_up, true},
        {"signup", sign_up, true},
        {"login", sign_up, true},
        {"signin", sign_up, true},
        {"register", sign_up},
        {"paywall", sign_up, true},
        {"ad", ad},
        {"ads", ad},
        {"advert", ad, true},
        {"adsbygoogle", ad},
        {"sponsor", ad, true},
        {"promo", ad, true},
        {"werbung", ad},
        {"anzeige", ad},
        {"author", author | credit, true},
        {"autor", author | credit},
        {"bio", author},
        {"byline", byline | credit, true},
        {"meta", byline, true},
        {"tag", byline},
        {"tags", byline, true},
        {"taglist", byline},
        {"category", byline},
        {"categories", byline},
        {"date", byline | dated},
        {"timestamp", byline | dated},
        {"dates", dated},
        {"datetime", dated},
        {"dateline", dated},
        {"datum", dated},
        {"fecha", dated},
        {"time", dated},
        {"publish", dated, true},
        {"pubdate", dated},
        {"publication", dated},
        {"posted", post | dated},
        {"postdate", post | dated},
        {"updated", dated | updated},
        {"update", dated | updated},
        {"modified", dated | updated},
        {"lastmod", dated | updated},
        {"vcard", credit},
        {"written", credit},
        {"writer", credit, true},
        {"creator", credit},
        {"contributor", credit, true},
        {"reporter", credit},
        {"redakteur", credit},
        {"verfasser", credit},
        {"auteur", credit},
        {"autore", credit},
        {"autorin", credit},
        {"signature", credit},
        {"sr", unseen},
        {"screenreader", unseen, true},
        {"visuallyhidden", unseen},
        {"noprint", unseen},
        {"article", article, true},
        {"artikel", article, true},
        {"story", article, true},
        {"blog", article, true},
        {"news", article},
        {"entry", article},
        {"hentry", article},
        {"recipe", article, true},
        {"page", article},
        {"body", body, true},
        {"content", body, true},
        {"text", body},
        {"copy", body},
        {"inhalt", body},
        {"description", body, true},
        {"main", main},
        {"primary", main},
        {"post", post, true},
        {"posts", post},
        {"message", post, true},
        {"thread", post, true},
        {"topic", post, true},
        {"answer", post, true},
        {"question", post, true},
        {"reply", post, true},
        {"review", review, true},
        {"rating", review, true},
        {"form", sign_up},
        {"caption", caption, true},
        {"credit", caption, true},
    });
    std::sort(all.begin(), all.end(), [](const entry& a, const entry& b) { return a.word < b.word; });
    return all;
}();

constexpr std::size_t longest_word = 20;  // longer ones are not words

/// Where the words with each letter begin.
constexpr auto by_letter = [] {
    std::array<std::uint8_t, 27> first{};
    static_assert(words.size() < 256);
    for (std::size_t i = 0; i < words.size(); ++i) {
        for (auto letter = static_cast<std::size_t>(words[i].word.front() - 'a' + 1); letter < first.size(); ++letter)
            first[letter] = static_cast<std::uint8_t>(i + 1);
    }
    return first;
}();

/// `word` has small letters only. The longest entry that begins it is the last that does.
std::uint32_t bits_of(std::string_view word) noexcept {
    const auto letter = static_cast<std::size_t>(word.front() - 'a');
    for (std::size_t i = by_letter[letter + 1]; i-- > by_letter[letter];) {
        const auto& each = words[i];
        if (each.word[1] != word[1] || !word.starts_with(each.word)) continue;
        return word.size() == each.word.size() || each.is_prefix ? each.bits : 0;
    }
    return 0;
}

}  // namespace

std::uint32_t hints_of(std::string_view value) noexcept {
    std::uint32_t all = 0, before = 0;  // before: of the words of this name so far
    std::array<char, longest_word> word{};
    std::size_t size  = 0;
    bool was_lower    = false;
    const auto finish = [&] {
        if (size < 2) {
            size = 0;
            return;
        }
        const auto bits = size <= longest_word ? bits_of({word.data(), size}) : 0;
        size            = 0;
        all |= bits;
        if ((bits & hint::body) != 0 && (before & (hint::article | hint::post)) != 0) all |= hint::text;
        before |= bits;
    };
    for (const char c : value) {
        const char lower = to_lower(c);
        if (lower < 'a' || lower > 'z') {
            finish();
            if (is_space(c)) before = 0;
            was_lower = false;
            continue;
        }
        if (lower != c && was_lower) finish();
        was_lower = lower == c;
        if (size < longest_word) word[size] = lower;
        if (size <= longest_word) ++size;
    }
    finish();
    return all;
}

}  // namespace forage::detail
