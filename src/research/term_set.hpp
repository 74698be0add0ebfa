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
    /// Those that come from names: words with capitals within a sentence, with digits, or put together by '_', '.'
    /// and the like ("max_wal_size", "Boost.DLL", "SQLite").
    [[nodiscard]] term_mask names() const noexcept { return names_; }
    /// Whether the question has names of several parts.
    [[nodiscard]] bool has_identifier() const noexcept { return has_identifier_; }
    /// Those in a host name, and those that begin with a label of it of four letters or more: "sqlite3", sqlite.org.
    [[nodiscard]] term_mask in_host(std::string_view host) const;
    /// The terms that are in `text`.
    [[nodiscard]] term_mask in(std::string_view text) const;
    /// How often each is in `text`; adds the number of all its terms to `length`.
    [[nodiscard]] std::vector<std::uint32_t> count(std::string_view text, std::size_t& length) const;

private:
    std::vector<std::string> terms_;  // at most 64
    std::unordered_map<std::string_view, std::size_t> index_;
    term_mask names_     = 0;
    bool has_identifier_ = false;
};

/// How much each term tells: the fewer of the texts that were seen have it, the more; names more than words.
class term_weights {
public:
    explicit term_weights(const term_set& terms)
        : names_{terms.names()}, having_(terms.size()), weights_(terms.size()) {}

    void see(term_mask in_text, std::size_t texts = 1);
    /// The share of a question that terms are, by their weights: 0 to 1.
    [[nodiscard]] double share(term_mask of);
    [[nodiscard]] term_mask names() const noexcept { return names_; }
    /// The inverse document frequency of a term, as BM25 has it.
    [[nodiscard]] double of(std::size_t term) const;

private:
    term_mask names_ = 0;
    std::vector<std::size_t> having_;
    std::vector<double> weights_;  // as of the last time `share` was asked
    double sum_        = 0;
    bool is_stale_     = true;
    std::size_t texts_ = 0;
};

}  // namespace forage::detail
