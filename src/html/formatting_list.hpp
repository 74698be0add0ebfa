// The list of active formatting elements, §13.2.4.3.
#pragma once

#include "html/tree.hpp"

#include <cstddef>
#include <vector>

namespace forage::detail::dom {

struct formatting_entry {
    node_id node = none;  ///< none: a marker
    name called  = name::none;

    [[nodiscard]] bool is_marker() const noexcept { return node == none; }
};

class formatting_list {
public:
    [[nodiscard]] bool is_empty() const noexcept { return all_.empty(); }
    [[nodiscard]] std::size_t size() const noexcept { return all_.size(); }
    [[nodiscard]] formatting_entry& operator[](std::size_t i) noexcept { return all_[i]; }
    [[nodiscard]] const formatting_entry& last() const noexcept { return all_.back(); }

    /// With the "Noah's Ark clause": of elements that are alike, three are kept.
    void push(node_id n, const tree& in);
    void push_marker() { all_.push_back({}); }
    void clear_to_marker() noexcept;
    void remove_last() noexcept { all_.pop_back(); }
    void remove(std::size_t i) { all_.erase(all_.begin() + static_cast<std::ptrdiff_t>(i)); }
    void insert(std::size_t i, formatting_entry e) { all_.insert(all_.begin() + static_cast<std::ptrdiff_t>(i), e); }
    /// size() if it is not there.
    [[nodiscard]] std::size_t find(node_id n) const noexcept;
    /// The last one called so after the last marker; size() if there is none.
    [[nodiscard]] std::size_t find(name called) const noexcept;

private:
    std::vector<formatting_entry> all_;
};

}  // namespace forage::detail::dom
