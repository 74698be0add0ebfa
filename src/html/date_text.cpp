// A text is cut into numbers, words and marks; patterns of these are dates.
#include "html/date_text.hpp"

#include "text/ascii.hpp"
#include "text/calendar_day.hpp"
#include "text/month_names.hpp"
#include "text/time_zone.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace forage::detail {
namespace {

struct token {
    enum class kind : std::uint8_t { number, word, mark, end };
    kind type = kind::end;
    std::string_view text;
    unsigned value   = 0;  // of a number of up to eight digits
    bool after_space = false;
};

class date_reader {
public:
    date_reader(std::string_view text, day_order order) : order_{order} { cut(text); }

    /// The first date at or behind `at_`, which then is behind it.
    std::optional<calendar_day> find() {
        for (; of(at_).type != token::kind::end; ++at_) {
            const auto found = of(at_).type == token::kind::number ? by_number() : by_month();
            if (found) return found;
        }
        return std::nullopt;
    }

    [[nodiscard]] std::size_t begin() const noexcept { return begin_; }
    [[nodiscard]] const token& here() const noexcept { return of(at_); }
    [[nodiscard]] std::string_view before() const noexcept { return tokens_[at_ - 1].text; }

    /// "T08:30:00.000+02:00", " 08:30 GMT"; empty if that is not what follows.
    std::string time() {
        if (of(at_).type == token::kind::word && of(at_).text.size() <= 4) ++at_;
        const auto hour = of(at_), minute = of(at_ + 2);
        if (!is_number(at_, 2) || !is_mark(at_ + 1, ':') || !is_number(at_ + 2, 2)) return {};
        at_ += 3;
        unsigned second = 0;
        if (is_mark(at_, ':') && is_number(at_ + 1, 2)) {
            second = of(at_ + 1).value;
            at_ += 2;
            if (is_mark(at_, '.') && of(at_ + 1).type == token::kind::number) at_ += 2;
        }
        auto hours          = hour.value;
        const bool has_half = equals_ignoring_case(of(at_).text, "am") || equals_ignoring_case(of(at_).text, "pm");
        if (has_half) hours = hours % 12 + (equals_ignoring_case(of(at_++).text, "pm") ? 12 : 0);
        if (hours > 23 || minute.value > 59 || second > 60) return {};
        std::string out = "T";
        append_digits(out, hours, 2);
        append_digits(out += ':', minute.value, 2);
        append_digits(out += ':', second, 2);
        return out + zone();
    }

private:
    void cut(std::string_view text) {
        for (std::size_t i = 0; i < text.size();) {
            const auto begin = i;
            token t;
            if (is_digit(text[i])) {
                t.type = token::kind::number;
                while (i < text.size() && is_digit(text[i])) ++i;
                for (std::size_t k = begin; k < i && k < begin + 8; ++k) {
                    t.value = t.value * 10 + static_cast<unsigned>(text[k] - '0');
                }
            } else if (is_word(text[i])) {
                t.type = token::kind::word;
                while (i < text.size() && is_word(text[i])) ++i;
            } else if (is_space(text[i++])) {
                continue;
            } else {
                t.type = token::kind::mark;
            }
            t.after_space = begin != 0 && is_space(text[begin - 1]);
            t.text        = text.substr(begin, i - begin);
            tokens_.push_back(t);
        }
        source_ = text;
    }
    static bool is_word(char c) noexcept { return is_letter(c) || static_cast<unsigned char>(c) >= 0x80; }

    [[nodiscard]] const token& of(std::size_t i) const noexcept {
        static constexpr token none{};
        return i < tokens_.size() ? tokens_[i] : none;
    }
    [[nodiscard]] bool is_number(std::size_t i, std::size_t most_digits) const noexcept {
        return of(i).type == token::kind::number && of(i).text.size() <= most_digits;
    }
    [[nodiscard]] bool is_year(std::size_t i) const noexcept {
        return of(i).type == token::kind::number && of(i).text.size() == 4;
    }
    [[nodiscard]] bool is_mark(std::size_t i, char c) const noexcept {
        return of(i).type == token::kind::mark && of(i).text.front() == c;
    }
    [[nodiscard]] bool is_word(std::size_t i, std::string_view beginning) const noexcept {
        return of(i).type == token::kind::word && of(i).text.starts_with(beginning);
    }

    std::optional<calendar_day> done(std::optional<calendar_day> found, std::size_t tokens) {
        if (!found) return found;
        begin_ = static_cast<std::size_t>(of(at_).text.data() - source_.data());
        at_ += tokens;
        return found;
    }

    std::optional<calendar_day> by_number() {
        if (is_year(at_)) {
            if (is_number(at_ + 2, 2) && is_number(at_ + 4, 2) &&
                (are_marks('-') || are_marks('/') || are_marks('.') || is_east_asian())) {
                return done(valid_day(of(at_).value, of(at_ + 2).value, of(at_ + 4).value), 5);
            }
            return std::nullopt;
        }
        if (!is_number(at_, 2)) return std::nullopt;
        const auto first = of(at_).value, second = of(at_ + 2).value;
        if (is_number(at_ + 2, 2) && (are_marks('.') || are_marks('/') || are_marks('-'))) {
            const bool has_two = is_number(at_ + 4, 2) && of(at_ + 4).text.size() == 2 && are_marks('.') &&
                                 !is_mark(at_ + 5, '.');  // an address
            if (!is_year(at_ + 4) && !has_two) return std::nullopt;
            const auto year = of(at_ + 4).value + (has_two ? 2000 : 0);
            const bool month_first =
                are_marks('/') && (second > 12 || (first <= 12 && order_ == day_order::month_first));
            return done(month_first ? valid_day(year, first, second) : valid_day(year, second, first), 5);
        }
        return by_day_and_month(first);
    }
    [[nodiscard]] bool are_marks(char c) const noexcept { return is_mark(at_ + 1, c) && is_mark(at_ + 3, c); }
    [[nodiscard]] bool is_east_asian() const noexcept {
        return (is_word(at_ + 1, "年") && is_word(at_ + 3, "月")) || (is_word(at_ + 1, "년") && is_word(at_ + 3, "월"));
    }

    /// "17. Mai 2023", "17th of May, 2023", "17 de mayo de 2023", "17-May-2023".
    std::optional<calendar_day> by_day_and_month(unsigned number) {
        auto i = at_ + 1;
        for (unsigned filling = 0; filling < 2 && of(i).type != token::kind::number; ++filling, ++i) {
            if (of(i).type == token::kind::word && month_named(of(i).text) != 0) break;
        }
        const auto month = of(i).type == token::kind::word ? month_named(of(i).text) : 0;
        if (month == 0) return std::nullopt;
        ++i;
        for (unsigned filling = 0; filling < 2 && is_filling(i); ++filling) ++i;
        if (!is_year(i)) return std::nullopt;
        return done(valid_day(of(i).value, month, number), i + 1 - at_);
    }

    /// "May 17, 2023", "May 17th 2023", "Thu May 17 08:30:00 CEST 2023".
    std::optional<calendar_day> by_month() {
        const auto month = of(at_).type == token::kind::word ? month_named(of(at_).text) : 0;
        if (month == 0) return std::nullopt;
        auto i = at_ + 1;
        if (is_mark(i, '.')) ++i;
        if (!is_number(i, 2)) return std::nullopt;
        const auto number = of(i++).value;
        for (unsigned filling = 0; filling < 2 && is_filling(i); ++filling) ++i;
        if (is_number(i, 2) && is_mark(i + 1, ':') && is_mark(i + 3, ':'))
            i += of(i + 5).type == token::kind::word ? 6 : 5;
        if (!is_year(i)) return std::nullopt;
        return done(valid_day(of(i).value, month, number), i + 1 - at_);
    }
    /// What may stand between month and year: a mark, "de", "th".
    [[nodiscard]] bool is_filling(std::size_t i) const noexcept {
        return of(i).type == token::kind::mark || (of(i).type == token::kind::word && of(i).text.size() <= 3);
    }

    std::string zone() const {
        if (of(at_).type == token::kind::word) return time_zone(of(at_).text).value_or("");
        if (!is_mark(at_, '+') && !is_mark(at_, '-')) return {};
        std::string offset{of(at_).text};
        offset += of(at_ + 1).text;
        if (is_mark(at_ + 2, ':')) offset.append(":").append(of(at_ + 3).text);
        return time_zone(offset).value_or("");
    }

    const day_order order_;
    std::string_view source_;
    std::vector<token> tokens_;
    std::size_t at_ = 0, begin_ = 0;
};

/// "2023-05", "2023".
std::string less_than_a_day(std::string_view text) {
    if (text.size() != 4 && (text.size() != 7 || text[4] != '-')) return {};
    const auto year_and_month = std::string{text.substr(0, 4)} + std::string{text.size() == 7 ? text.substr(5) : "01"};
    return day_of_digits(year_and_month + "01") ? std::string{text} : std::string{};
}

/// Whether the words right before a date say that something was changed then.
bool tells_a_change(std::string_view before) noexcept {
    constexpr std::size_t near         = 40;
    constexpr std::string_view words[] = {
        "updated",
        "update",
        "modified",
        "edited",
        "revised",
        "aktualisiert",
        "stand:",
        "geändert",
        "änderung",
        "mis à jour",
        "actualizado",
        "actualización",
        "aggiornato",
        "bijgewerkt",
        "atualizado"
    };
    before.remove_prefix(before.size() - std::min(before.size(), near));
    return std::any_of(std::begin(words), std::end(words), [&](std::string_view each) {
        return find_ignoring_case(before, each) != std::string_view::npos;
    });
}

}  // namespace

day_order order_in(std::string_view language) noexcept {
    if (!starts_with_ignoring_case(language, "en")) return day_order::day_first;
    const auto country = language.substr(std::min<std::size_t>(language.size(), 3));
    const bool is_american =
        country.empty() || equals_ignoring_case(country, "us") || equals_ignoring_case(country, "ph");
    return is_american ? day_order::month_first : day_order::day_first;
}

std::string machine_date(std::string_view text, day_order order) {
    constexpr std::size_t longest = 256;
    text                          = trim(first_characters(text, longest));
    if (const auto compact = day_of_digits(text.substr(0, text.find_first_not_of("0123456789"))))
        return text_of(*compact);
    date_reader reader{text, order};
    const auto found = reader.find();
    if (!found) return less_than_a_day(text);
    auto out = text_of(*found);
    return out += reader.time();
}

found_date find_date(std::string_view text, day_order order) {
    if (std::none_of(text.begin(), text.end(), is_digit)) return {};
    date_reader reader{text, order};
    const auto found = reader.find();
    if (!found) return {};
    const auto last = reader.before();
    return {
        text_of(*found),
        tells_a_change(text.substr(0, reader.begin())),
        reader.begin(),
        static_cast<std::size_t>(last.data() - text.data()) + last.size(),
    };
}

std::string date_in_path(std::string_view path) {
    for (std::size_t i = 0; i + 8 <= path.size(); ++i) {
        if (!is_digit(path[i]) || (i != 0 && is_digit(path[i - 1]))) continue;
        const auto digits = std::min(path.find_first_not_of("0123456789", i), path.size()) - i;
        if (digits == 8) {
            if (const auto found = day_of_digits(path.substr(i, 8))) return text_of(*found);
        }
        if (digits != 4 || i + 8 > path.size() || (path[i + 4] != '/' && path[i + 4] != '-')) continue;
        const auto found   = find_date(path.substr(i, 10), day_order::day_first);
        const auto behind  = i + found.end;
        const bool goes_on = behind < path.size() && is_digit(path[behind]);
        if (!found.date.empty() && found.begin == 0 && !goes_on) return found.date;
    }
    return {};
}

}  // namespace forage::detail
