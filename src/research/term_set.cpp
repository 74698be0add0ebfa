#include "research/term_set.hpp"

#include "research/terms.hpp"
#include "text/ascii.hpp"

#include <algorithm>
#include <cmath>

namespace forage::detail {

namespace {

constexpr double name_weight = 2;  // beside another word as rare

bool is_capital(char c) noexcept { return c >= 'A' && c <= 'Z'; }

struct word_shape {
    bool is_name       = false;
    bool is_identifier = false;
};

word_shape shape_of(std::string_view word, bool begins_sentence) {
    word_shape shape;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const bool is_inside = i > 0 && i + 1 < word.size() && is_letter_or_digit(word[i - 1]);
        const bool joins     = word[i] == '_' || word[i] == '.' || word[i] == ':';
        shape.is_identifier  = shape.is_identifier || (is_inside && joins) ||
                              (is_inside && is_capital(word[i]) && !is_capital(word[i - 1]));
        shape.is_name = shape.is_name || is_digit(word[i]) ||
                        (is_capital(word[i]) && (i > 0 || (!begins_sentence && word.size() > 1)));
    }
    shape.is_name = shape.is_name || shape.is_identifier;
    return shape;
}

}  // namespace

term_set::term_set(std::string_view question) : terms_{question_terms(question)} {
    for (std::size_t t = 0; t < terms_.size(); ++t) index_.emplace(terms_[t], t);
    bool begins_sentence = true;
    for (auto rest = trim(question); !rest.empty(); rest = trim_front(rest)) {
        const auto end   = std::find_if(rest.begin(), rest.end(), is_space);
        const auto word  = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
        const auto shape = shape_of(word, begins_sentence);
        if (shape.is_name) names_ |= in(word);
        has_identifier_ = has_identifier_ || shape.is_identifier;
        begins_sentence = word.ends_with('.') || word.ends_with('?') || word.ends_with('!');
        rest.remove_prefix(word.size());
    }
}

term_mask term_set::in_host(std::string_view host) const {
    constexpr std::size_t shortest = 4;
    term_mask found                = in(host);
    while (!host.empty()) {
        const auto label = host.substr(0, host.find('.'));
        host.remove_prefix(std::min(label.size() + 1, host.size()));
        for (std::size_t t = 0; label.size() >= shortest && t < terms_.size(); ++t)
            if (terms_[t].starts_with(label)) found |= term_mask{1} << t;
    }
    return found;
}

term_mask term_set::in(std::string_view text) const {
    term_mask found = 0;
    const auto see  = [&](std::string_view term) {
        if (const auto at = index_.find(term); at != index_.end()) found |= term_mask{1} << at->second;
    };
    for_each_term(text, see);
    return found;
}

std::vector<std::uint32_t> term_set::count(std::string_view text, std::size_t& length) const {
    std::vector<std::uint32_t> counts(terms_.size());
    const auto see = [&](std::string_view term) {
        ++length;
        if (const auto at = index_.find(term); at != index_.end()) ++counts[at->second];
    };
    for_each_term(text, see);
    return counts;
}

void term_weights::see(term_mask in_text, std::size_t texts) {
    texts_ += texts;
    is_stale_ = true;
    for (; in_text != 0; in_text &= in_text - 1) having_[static_cast<std::size_t>(std::countr_zero(in_text))] += texts;
}

double term_weights::of(std::size_t term) const {
    const auto having = static_cast<double>(having_[term]);
    return std::log(1.0 + (static_cast<double>(texts_) - having + 0.5) / (having + 0.5));
}

double term_weights::share(term_mask mask) {
    if (is_stale_) {
        sum_ = 0;
        for (std::size_t t = 0; t < weights_.size(); ++t) {
            weights_[t] = of(t) * ((names_ >> t & 1) != 0 ? name_weight : 1);
            sum_ += weights_[t];
        }
        is_stale_ = false;
    }
    double these = 0;
    for (; mask != 0; mask &= mask - 1) these += weights_[static_cast<std::size_t>(std::countr_zero(mask))];
    return sum_ > 0 ? these / sum_ : 0;
}

}  // namespace forage::detail
