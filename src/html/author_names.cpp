#include "html/author_names.hpp"

#include "html/author_words.hpp"
#include "html/loose_text.hpp"
#include "text/ascii.hpp"
#include "text/month_names.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace forage::detail {
namespace {

using namespace author_words;

template <class List>
bool holds(const List& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

std::string_view trim_marks(std::string_view s) noexcept {
    constexpr std::string_view marks = " \t\n,;:.-|/*\"'>_&+";
    while (!s.empty() && marks.find(s.front()) != std::string_view::npos) s.remove_prefix(1);
    // A point at the end may belong to an initial or to "Jr."
    while (!s.empty() && s.back() != '.' && marks.find(s.back()) != std::string_view::npos) s.remove_suffix(1);
    for (const std::string_view wide : {"–", "—", "•", "·", "»", "©"}) {
        while (s.starts_with(wide)) s = trim(s.substr(wide.size()));
        while (s.ends_with(wide)) s = trim(s.substr(0, s.size() - wide.size()));
    }
    return s;
}

/// Without an introduction; nothing if it has none.
std::optional<std::string_view> behind_introduction(std::string_view text) {
    for (const auto each : introductions) {
        if (text.size() <= each.size() || to_lower(text.front()) != each.front()) continue;
        if (!starts_with_ignoring_case(text, each)) continue;
        const auto rest = text.substr(each.size());
        if (rest.front() == ' ' || rest.front() == ':' || rest.starts_with("\xC2\xA0")) return trim_marks(rest);
    }
    return std::nullopt;
}

/// Up to what does not belong to names any more.
std::string_view before_the_rest(std::string_view text) noexcept {
    for (const std::string_view mark :
         {" | ", "| ", " • ", " · ", " – ", " — ", " - ", "(", "[", "\n", " // ", " » ", " > ", "…"}) {
        text = text.substr(0, text.find(mark, 1));
    }
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (is_digit(text[i]) && is_space(text[i - 1])) return text.substr(0, i);
    }
    return text;
}

std::string lower_word(std::string_view word) {
    std::string lower{word};
    std::transform(lower.begin(), lower.end(), lower.begin(), to_lower);
    return lower;
}

std::string_view last_word(std::string_view text) noexcept { return text.substr(text.rfind(' ') + 1); }

std::string_view without_trailers(std::string_view text) {
    for (text = trim_marks(text); !text.empty(); text = trim_marks(text)) {
        const auto last = last_word(text);
        if (last.size() == text.size() || (!holds(trailers, lower_word(last)) && month_named(loose(last)) == 0)) break;
        text.remove_suffix(last.size());
    }
    return text;
}

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> all;
    while (!(text = trim(text)).empty()) {
        const auto end = std::min(text.find(' '), text.size());
        all.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return all;
}

bool is_office(std::string_view part) {
    for (const auto word : words_of(part)) {
        if (holds(offices, loose(word))) return true;
    }
    return false;
}

/// First and last name begin with capitals, or are of a script without; nothing in it is for anything but names.
bool looks_like_a_name(std::string_view name) {
    constexpr std::size_t most_words = 5, longest = 60;
    const auto parts = words_of(name);
    if (parts.empty() || parts.size() > most_words || name.size() > longest || name.size() < 3) return false;
    for (const auto word : parts) {
        const char c        = word.front();
        const bool is_upper = (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
        if (!is_upper && !holds(particles, word)) return false;
    }
    return std::none_of(name.begin(), name.end(), [](char c) {
        return is_digit(c) || std::string_view{"!?:;=<>{}()[]|\"/%#$*@"}.find(c) != std::string_view::npos;
    });
}

/// Two words at least, and none that companies, papers and their departments are called by.
bool looks_like_a_person(std::string_view name) {
    const auto parts = words_of(name);
    return parts.size() >= 2 && std::none_of(parts.begin(), parts.end(), [](std::string_view word) {
               const auto letters = loose(word);
               return holds(institutions, letters) || holds(offices, letters);
           });
}

/// "Jane Roe Editor"
std::string_view without_office(std::string_view name) {
    while (words_of(name).size() > 2 && holds(offices, loose(last_word(name))))
        name = trim_marks(name.substr(0, name.size() - last_word(name).size()));
    return name;
}

/// Where the next name begins and what is before it: "A, B and C".
std::size_t find_separator(std::string_view text, std::size_t& length) noexcept {
    std::size_t first = std::string_view::npos;
    for (const std::string_view mark :
         {";",
          ",",
          " / ",
          " and ",
          " AND ",
          " And ",
          " und ",
          " UND ",
          " & ",
          " et ",
          " y ",
          " e ",
          " en ",
          " og ",
          " och ",
          " with ",
          " mit ",
          "\n"}) {
        const auto at = text.find(mark);
        if (at < first) {
            first  = at;
            length = mark.size();
        }
    }
    return first;
}

}  // namespace

bool says_who_wrote(std::string_view label) {
    constexpr std::size_t longest_label = 64;
    if (label.empty() || label.size() > longest_label) return false;
    const auto letters = loose(label);
    return std::any_of(introductions.begin(), introductions.end(), [&](std::string_view each) {
        return letters == loose(each);
    });
}

void author_names::leave_out(std::string_view name) {
    if (auto letters = loose(name); !letters.empty()) left_out_.push_back(std::move(letters));
}

void author_names::add(std::string_view field, likeness wanted) {
    const auto line       = plain_line(field, longest);
    std::string_view text = trim_marks(line);
    if (text.find("://") != std::string_view::npos || starts_with_ignoring_case(text, "www.")) return;
    while (const auto rest = behind_introduction(text)) text = *rest;
    add_parts(without_trailers(before_the_rest(text)), wanted);
}

void author_names::add_line(std::string_view line, bool needs_by) {
    if (needs_by && !behind_introduction(trim_marks(line))) return;  // as most lines
    const auto one_line   = plain_line(line, longest);
    std::string_view text = trim_marks(one_line);
    bool is_introduced    = false;
    while (const auto rest = behind_introduction(text)) {
        text          = *rest;
        is_introduced = true;
    }
    if (needs_by && !is_introduced) return;
    add_parts(without_trailers(before_the_rest(text)), likeness::name);
}

void author_names::add_parts(std::string_view text, likeness wanted) {
    // "Smith, John"
    const auto comma = text.find(", ");
    if (comma != std::string_view::npos && text.find(' ') == comma + 1 &&
        text.find(' ', comma + 2) == std::string_view::npos && !holds(titles, loose(text.substr(comma + 2)))) {
        const auto whole = std::string{text.substr(comma + 2)} + ' ' + std::string{text.substr(0, comma)};
        static_cast<void>(add_one(whole, wanted));
        return;
    }
    for (;;) {
        std::size_t length = 0;
        const auto end     = find_separator(text, length);
        const auto part    = without_trailers(text.substr(0, end));
        if (!add_one(part, wanted) || end == std::string_view::npos) return;
        text.remove_prefix(end + length);
    }
}

/// False: what follows is no name either.
bool author_names::add_one(std::string_view name, likeness wanted) {
    name = trim_marks(name);
    if (const auto at = name.find('@'); at != std::string_view::npos)  // "John Smith j.smith@example.com"
        name = trim_marks(name.substr(0, std::min(name.rfind(' ', at) + 1, at)));
    name = without_office(name);
    if (name.empty()) return true;
    const auto letters = loose(name);
    if (holds(titles, letters)) return true;
    if (names_.size() == most || name.size() > longest_name || letters.empty()) return false;
    if (!names_.empty() && is_office(name)) return false;
    if (holds(nobody, letters)) return true;
    // A site may be called by the name of who writes it.
    if (!(wanted == likeness::person && looks_like_a_person(name)) &&
        std::find(left_out_.begin(), left_out_.end(), letters) != left_out_.end())
        return true;
    if (holds(companies, loose(last_word(name)))) return true;
    if (wanted != likeness::any && !looks_like_a_name(name)) return false;
    if (wanted == likeness::person && !looks_like_a_person(name)) return false;
    const bool is_known =
        std::any_of(names_.begin(), names_.end(), [&](const auto& each) { return loose(each) == letters; });
    if (!is_known) names_.emplace_back(name);
    return true;
}

}  // namespace forage::detail
