#include "research/term_set.hpp"

#include "research/terms.hpp"

#include <cmath>

namespace forage::detail {

term_set::term_set(std::string_view question) : terms_{question_terms(question)} {
    for (std::size_t t = 0; t < terms_.size(); ++t) index_.emplace(terms_[t], t);
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

void term_weights::see(term_mask in_text) {
    ++texts_;
    is_stale_ = true;
    for (; in_text != 0; in_text &= in_text - 1) ++having_[static_cast<std::size_t>(std::countr_zero(in_text))];
}

double term_weights::of(std::size_t term) const {
    const auto having = static_cast<double>(having_[term]);
    return std::log(1.0 + (static_cast<double>(texts_) - having + 0.5) / (having + 0.5));
}

double term_weights::share(term_mask mask) {
    if (is_stale_) {
        sum_ = 0;
        for (std::size_t t = 0; t < weights_.size(); ++t) sum_ += weights_[t] = of(t);
        is_stale_ = false;
    }
    double these = 0;
    for (; mask != 0; mask &= mask - 1) these += weights_[static_cast<std::size_t>(std::countr_zero(mask))];
    return sum_ > 0 ? these / sum_ : 0;
}

}  // namespace forage::detail
