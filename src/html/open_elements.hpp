// The stack of open elements, §13.2.4.2. It is never deeper than a tree may be, so that no walk over it is long, and it
// counts what is on it, so that most walks need not begin.
#pragma once

#include "html/element_kind.hpp"
#include "html/tree.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>

namespace forage::detail::dom {

struct open_element {
    node_id node = none;
    name called  = name::none;
    name_space space{};
    std::uint16_t kind  = 0;
    std::uint16_t depth = 0;  ///< of its node in the tree, at most

    [[nodiscard]] bool is(name n) const noexcept { return called == n && space == name_space::html; }
    [[nodiscard]] bool has(unsigned bits) const noexcept { return (kind & bits) != 0; }
};

class open_elements {
public:
    /// As deep as browsers let trees become.
    static constexpr std::size_t deepest = 512;

    [[nodiscard]] bool is_empty() const noexcept { return size_ == 0; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] const open_element& operator[](std::size_t i) const noexcept { return all_[i]; }
    [[nodiscard]] const open_element& top() const noexcept { return all_[size_ - 1]; }
    /// Whether one more may be pushed, which will have children of its own.
    [[nodiscard]] bool has_room() const noexcept { return size_ == 0 || top().depth + 1u < deepest; }

    /// What only gets text may be pushed when there is no room otherwise.
    void push(node_id n, name called, name_space in) noexcept;
    void pop() noexcept { --count(all_[--size_]); }
    /// Takes out what is anywhere on it.
    void remove(std::size_t i) noexcept;
    void insert_above(std::size_t i, node_id n, name called) noexcept;
    void replace(std::size_t i, node_id n) noexcept { all_[i].node = n; }
    /// Pops up to the one at `i`, and that one too.
    void pop_from(std::size_t i) noexcept {
        while (size_ > i) pop();
    }
    /// Pops until an element called so has been popped; there is one, or all but html goes.
    void pop_until(name called) noexcept;
    /// Pops until the current node is called so, or is html.
    void pop_to(std::initializer_list<name> called) noexcept;

    [[nodiscard]] bool has(name called) const noexcept { return counts_[known_index(called)] != 0; }
    /// From the top; size() if there is none.
    [[nodiscard]] std::size_t find(name called) const noexcept;
    [[nodiscard]] std::size_t find(node_id n) const noexcept;

    /// "Has an element in scope", and the narrower and wider scopes.
    [[nodiscard]] bool in_scope(name called) const noexcept;
    [[nodiscard]] bool in_button_scope(name called) const noexcept;
    [[nodiscard]] bool in_list_item_scope(name called) const noexcept;
    [[nodiscard]] bool in_table_scope(name called) const noexcept;
    [[nodiscard]] bool in_scope(std::size_t i) const noexcept;
    [[nodiscard]] bool heading_in_scope() const noexcept;

private:
    template <class Ends>
    [[nodiscard]] bool is_above(name called, Ends ends) const noexcept;
    [[nodiscard]] std::uint16_t& count(const open_element& e) noexcept {
        return counts_[e.space == name_space::html ? known_index(e.called) : foreign];
    }

    static constexpr std::size_t foreign = known_names;

    std::array<open_element, deepest + 2> all_;
    std::size_t size_ = 0;
    std::array<std::uint16_t, known_names + 1> counts_{
    };  // of HTML elements by name; [0]: of names of the document's own
};

}  // namespace forage::detail::dom
