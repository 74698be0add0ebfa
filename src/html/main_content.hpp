// Which parts of a document are what the page is about.
#pragma once

#include "html/budget.hpp"
#include "html/credits.hpp"
#include "html/growing_array.hpp"
#include "html/tree.hpp"

#include <forage/html.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace forage::detail {

/// Elements at which main content begins, or is left out again.
class main_content {
public:
    /// All of a document of so many nodes, until it is told otherwise.
    main_content(std::size_t nodes, read_budget& budget) noexcept : marks_{budget}, nodes_{nodes} {}

    /// Whether what is in `n` is main content although what is around it is not, or the other way round.
    [[nodiscard]] bool turns_at(dom::node_id n, bool is_main) const noexcept {
        return !is_whole_ && marks_[n] != mark::none && (marks_[n] == mark::in) != is_main;
    }
    /// Nothing stands out: all is main content from the beginning.
    [[nodiscard]] bool is_whole() const noexcept { return is_whole_; }
    [[nodiscard]] extraction_extent extent() const noexcept { return extent_; }
    [[nodiscard]] double confidence() const noexcept { return confidence_; }
    /// The page says that its content is for subscribers.
    [[nodiscard]] bool is_paid() const noexcept { return is_paid_; }
    void set_paid() noexcept { is_paid_ = true; }

    /// What is hidden in the markup, or for browsers without scripts, but is shown by a script: see veiled_content.hpp.
    [[nodiscard]] bool unveils(dom::node_id n) const noexcept { return n == unveiled_; }
    void unveil(dom::node_id n) noexcept { unveiled_ = n; }
    [[nodiscard]] bool has_unveiled() const noexcept { return unveiled_ != dom::none; }

    /// Where the page may say who wrote it and when.
    [[nodiscard]] credit_candidates& credits() noexcept { return credits_; }
    [[nodiscard]] const credit_candidates& credits() const noexcept { return credits_; }

    void take_whole() noexcept { is_whole_ = true; }
    /// Throws budget_spent.
    void include(dom::node_id n) {
        if (marks_.size() == 0) {
            marks_.reserve(nodes_);
            marks_.set_size(nodes_);
            std::fill_n(marks_.data(), nodes_, mark::none);
        }
        marks_[n] = mark::in;
        is_whole_ = false;
    }
    /// Something around it is included.
    void exclude(dom::node_id n) noexcept { marks_[n] = mark::out; }
    void judge(extraction_extent extent, double confidence) noexcept {
        extent_     = extent;
        confidence_ = confidence;
    }

private:
    enum class mark : std::uint8_t { none, in, out };

    growing_array<mark> marks_;
    std::size_t nodes_;
    bool is_whole_            = true;
    bool is_paid_             = false;
    extraction_extent extent_ = extraction_extent::whole;
    double confidence_        = 0;
    dom::node_id unveiled_    = dom::none;
    credit_candidates credits_;
};

/// Nothing if the budget is spent; why is in the budget. Iterative, linear. Thread-safe.
[[nodiscard]] std::unique_ptr<main_content>
find_main_content(const dom::tree& document, extraction_mode mode, bool with_noscript, read_budget& budget);

}  // namespace forage::detail
