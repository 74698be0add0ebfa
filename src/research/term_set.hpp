// The terms of a question as a set that text is held against. Pure.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace forage::detail {

/// A bit for each term of a question.
using term_mask = std::uint64_t;

class term_set {
public:
    explicit term_set(std::string_view question);
    // The index has views into the terms, which may lie inside the strings themselves.
    term_set(const term_set&)            = delete;
    term_set& operator=(const term_set&) = delete;

    [[nodiscard]] std::size_t size() const noexcept { return terms_.size(); }
    /// The terms that are in `text`.
    [[nodiscard]] term_mask in(std::string_view text) const;
    /// How often each is in `text`; adds the number of all its terms to `length`.
    [[nodiscard]] std::vector<std::uint32_t> count(std::string_view text, std::size_t& length) const;

private:
    std::vector<std::string> terms_;  // at most 64
    std::unordered_map<std::string_view, std::size_t> index_;
};

/// How much each term tells: the fewer of the texts that were seen have it, the more.
class term_weights {
public:
    explicit term_weights(std::size_t terms) : having_(terms), weights_(terms) {}

    void see(term_mask in_text);
    /// The share of a question that terms are, by their weights: 0 to 1.
    [[nodiscard]] double share(term_mask of);
    /// The inverse document frequency of a term, as BM25 has it.
    [[nodiscard]] double of(std::size_t term) const;

private:
    std::vector<std::size_t> having_;
    std::vector<double> weights_;  // as of the last time `share` was asked
    double sum_        = 0;
    bool is_stale_     = true;
    std::size_t texts_ = 0;
};

}  // namespace forage::detail
