#include "html/title_parts.hpp"

#include "html/loose_text.hpp"

#include <algorithm>
#include <array>

namespace forage::detail {
namespace {

struct separator {
    std::string_view mark;
    bool is_strong;  ///< nothing else is written with it
};

constexpr auto separators = std::to_array<separator>({
    {" | ", true},  {" |", true},   {"| ", true},  {" » ", true}, {" « ", true},  {" :: ", true}, {" · ", true},
    {" • ", true},  {" ‹ ", true},  {" › ", true}, {" ▷ ", true}, {" - ", false}, {" – ", false}, {" — ", false},
    {" ― ", false}, {" / ", false}, {": ", false}, {" : ", true}, {" ~ ", false}, {" < ", true},  {" > ", true},
});

struct cut {
    std::size_t at = std::string_view::npos, length = 0;
    bool is_strong = false;
};

/// The longest mark that begins at a place which is not the beginning.
cut cut_at(std::string_view title, std::size_t at) noexcept {
    cut best;
    for (const auto& each : separators) {
        if (title[at] == each.mark[0] && each.mark.size() > best.length && title.substr(at).starts_with(each.mark))
            best = {at, each.mark.size(), each.is_strong};
    }
    return best;
}

bool may_begin_mark(char c) noexcept { return c == ' ' || c == '|' || c == ':'; }

cut last_cut(std::string_view title) noexcept {
    cut best;
    for (std::size_t at = 1; at < title.size(); ++at) {
        if (!may_begin_mark(title[at])) continue;
        const auto found = cut_at(title, at);
        if (found.length != 0 && (best.length == 0 || found.at + found.length > best.at + best.length)) best = found;
    }
    return best;
}

cut first_cut(std::string_view title) noexcept {
    for (std::size_t at = 1; at < title.size(); ++at) {
        if (!may_begin_mark(title[at])) continue;
        if (const auto found = cut_at(title, at); found.length != 0) return found;
    }
    return {};
}

/// What decorates a title: "Title ⋆", "| Title".
std::string_view trim_marks(std::string_view title) noexcept {
    constexpr std::string_view marks[] = {" ", "|", "-", "–", "—", "⋆", "¶", "\uF0C1", "»", "«", "·", "•", "~"};
    for (bool goes_on = true; goes_on;) {
        goes_on = false;
        for (const auto mark : marks) {
            if (title.starts_with(mark)) {
                title.remove_prefix(mark.size());
                goes_on = true;
            }
            if (title.ends_with(mark)) {
                title.remove_suffix(mark.size());
                goes_on = true;
            }
        }
    }
    return title;
}

}  // namespace

bool is_site_name(std::string_view part, const title_context& known) {
    constexpr std::size_t enough = 4;
    const auto letters           = loose(part);
    if (letters.empty()) return true;
    return std::any_of(known.site_names.begin(), known.site_names.end(), [&](std::string_view name) {
        const auto other = loose(name);
        if (other == letters) return true;
        if (other.size() < enough || letters.size() < enough) return false;
        const auto& shorter = other.size() < letters.size() ? other : letters;
        const auto& longer  = other.size() < letters.size() ? letters : other;
        return longer.find(shorter) != std::string::npos && longer.size() <= 3 * shorter.size();
    });
}

std::string without_site_name(std::string_view title, const title_context& known) {
    constexpr int most_parts          = 4;
    constexpr std::size_t short_words = 5;
    for (int i = 0; i < most_parts; ++i) {
        const auto last = last_cut(title);
        if (last.at == std::string_view::npos) break;
        const auto before = title.substr(0, last.at), tail = title.substr(last.at + last.length);
        const auto first = first_cut(title);
        const auto head = title.substr(0, first.at), behind = title.substr(first.at + first.length);
        if (is_site_name(tail, known)) {
            title = before;
        } else if (is_site_name(head, known)) {
            title = behind;
        } else if (last.is_strong && !known.only_known && loose_words(tail).size() <= short_words &&
                   !loose(before).empty()) {
            title = before;
        } else {
            break;
        }
    }
    return std::string{trim_marks(title)};
}

std::string_view tail_of_title(std::string_view title) noexcept {
    const auto last = last_cut(title);
    return last.at == std::string_view::npos ? std::string_view{} : title.substr(last.at + last.length);
}

std::string_view name_of_host(std::string_view host) noexcept {
    if (host.starts_with("www.")) host.remove_prefix(4);
    const auto dot = host.rfind('.');
    if (dot == std::string_view::npos) return host;
    host        = host.substr(0, dot);
    auto before = host.rfind('.');
    // "co" and "com" of a country
    if (before != std::string_view::npos && host.size() - before <= 4) {
        host   = host.substr(0, before);
        before = host.rfind('.');
    }
    return before == std::string_view::npos ? host : host.substr(before + 1);
}

}  // namespace forage::detail
