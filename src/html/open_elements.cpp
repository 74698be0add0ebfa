#include "html/open_elements.hpp"

#include <algorithm>

namespace forage::detail::dom {

void open_elements::push(node_id n, name called, name_space in) noexcept {
    auto& e = all_[size_];
    e       = {n, called, in, kind_of(called, in), static_cast<std::uint16_t>(size_ == 0 ? 1 : top().depth + 1)};
    ++size_;
    ++count(e);
}

void open_elements::remove(std::size_t i) noexcept {
    --count(all_[i]);
    std::copy(
        all_.begin() + static_cast<std::ptrdiff_t>(i) + 1,
        all_.begin() + static_cast<std::ptrdiff_t>(size_),
        all_.begin() + static_cast<std::ptrdiff_t>(i)
    );
    --size_;
}

void open_elements::insert_above(std::size_t i, node_id n, name called) noexcept {
    const auto above = all_.begin() + static_cast<std::ptrdiff_t>(i) + 1;
    std::copy_backward(
        above, all_.begin() + static_cast<std::ptrdiff_t>(size_), all_.begin() + static_cast<std::ptrdiff_t>(size_) + 1
    );
    const auto depth = static_cast<std::uint16_t>(all_[i].depth + 1);
    *above           = {n, called, name_space::html, kind_of(called, name_space::html), depth};
    ++size_;
    ++count(*above);
}

void open_elements::pop_until(name called) noexcept {
    while (size_ > 1) {
        const bool found = top().is(called);
        pop();
        if (found) return;
    }
}

void open_elements::pop_to(std::initializer_list<name> called) noexcept {
    const auto is_wanted = [&] {
        return std::any_of(called.begin(), called.end(), [&](name n) { return top().is(n); });
    };
    while (size_ > 1 && !is_wanted()) pop();
}

std::size_t open_elements::find(name called) const noexcept {
    if (!has(called)) return size_;
    for (auto i = size_; i-- > 0;) {
        if (all_[i].is(called)) return i;
    }
    return size_;
}

std::size_t open_elements::find(node_id n) const noexcept {
    for (auto i = size_; i-- > 0;) {
        if (all_[i].node == n) return i;
    }
    return size_;
}

template <class Ends>
bool open_elements::is_above(name called, Ends ends) const noexcept {
    if (!has(called)) return false;
    for (auto i = size_; i-- > 0;) {
        if (all_[i].is(called)) return true;
        if (ends(all_[i])) return false;
    }
    return false;
}

bool open_elements::in_scope(name called) const noexcept {
    return is_above(called, [](const open_element& e) { return e.has(kind::scope); });
}

bool open_elements::in_button_scope(name called) const noexcept {
    return is_above(called, [](const open_element& e) { return e.has(kind::scope) || e.is(name::button); });
}

bool open_elements::in_list_item_scope(name called) const noexcept {
    return is_above(called, [](const open_element& e) {
        return e.has(kind::scope) || e.is(name::ol) || e.is(name::ul);
    });
}

bool open_elements::in_table_scope(name called) const noexcept {
    return is_above(called, [](const open_element& e) {
        return e.is(name::html) || e.is(name::table) || e.is(name::template_);
    });
}

bool open_elements::in_scope(std::size_t i) const noexcept {
    for (auto each = size_; each-- > i;) {
        if (each == i) return true;
        if (all_[each].has(kind::scope)) return false;
    }
    return false;
}

bool open_elements::heading_in_scope() const noexcept {
    for (auto i = size_; i-- > 0;) {
        if (all_[i].has(kind::heading)) return true;
        if (all_[i].has(kind::scope)) return false;
    }
    return false;
}

}  // namespace forage::detail::dom
