#include "html/formatting_list.hpp"

#include <cstdint>

namespace forage::detail::dom {
namespace {

constexpr std::size_t many = 16;

/// As far as many and one more.
std::size_t count(const attribute* a) noexcept {
    std::size_t n = 0;
    for (; a != nullptr && n <= many; a = a->next()) ++n;
    return n;
}

/// Elements with many attributes are not compared: each attribute is looked for among all.
bool are_alike(const tree& in, node_id x, node_id y) noexcept {
    const auto* a = in.attributes_of(x);
    const auto* b = in.attributes_of(y);
    if (a == b) return true;
    const auto number = count(a);
    if (number > many || number != count(b)) return false;
    for (; a != nullptr; a = a->next()) {
        const auto* same = in.find(in[y].b, a->name());
        if (same == nullptr || in.text(same->value) != in.text(a->value)) return false;
    }
    return true;
}

}  // namespace

void formatting_list::push(node_id n, const tree& in) {
    constexpr int most = 3;
    const auto called  = in[n].name();
    int alike          = 0;
    for (auto i = all_.size(); i-- > 0 && !all_[i].is_marker();) {
        if (all_[i].called == called && are_alike(in, all_[i].node, n) && ++alike == most) {
            remove(i);
            break;
        }
    }
    all_.push_back({n, called});
}

void formatting_list::clear_to_marker() noexcept {
    while (!all_.empty()) {
        const bool is_marker = all_.back().is_marker();
        all_.pop_back();
        if (is_marker) return;
    }
}

std::size_t formatting_list::find(node_id n) const noexcept {
    for (auto i = all_.size(); i-- > 0;) {
        if (all_[i].node == n) return i;
    }
    return all_.size();
}

std::size_t formatting_list::find(name called) const noexcept {
    for (auto i = all_.size(); i-- > 0 && !all_[i].is_marker();) {
        if (all_[i].called == called) return i;
    }
    return all_.size();
}

}  // namespace forage::detail::dom
