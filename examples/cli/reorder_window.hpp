// reorder_window: pieces that come in any order go out in the order of their index, each as soon as its turn has come.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace forage::cli {

/// Holds only the pieces that came before their turn. One thread.
class reorder_window {
public:
    /// `emit` gets the pieces in order.
    explicit reorder_window(std::function<void(std::string_view)> emit) : emit_{std::move(emit)} {}

    /// Takes piece `index`. A second piece of the same index is ignored.
    void put(std::size_t index, std::string piece) {
        if (index < next_) return;
        waiting_.emplace(index, std::move(piece));
        for (auto first = waiting_.begin(); first != waiting_.end() && first->first == next_; ++next_) {
            emit_(first->second);
            first = waiting_.erase(first);
        }
    }

    /// The same for a piece that `produce(emit)` makes in parts: they are put together only if it has to wait.
    template <class Produce>
    void put_parts(std::size_t index, Produce produce) {
        if (index != next_) {
            std::string whole;
            produce([&whole](std::string_view part) { whole += part; });
            return put(index, std::move(whole));
        }
        produce(emit_);
        put(index, {});
    }

    /// Whether piece `index` has been put.
    [[nodiscard]] bool has(std::size_t index) const { return index < next_ || waiting_.contains(index); }

    /// Emits what still waits, over the gaps.
    void flush() {
        for (const auto& [index, piece] : waiting_) {
            emit_(piece);
            next_ = index + 1;
        }
        waiting_.clear();
    }

    [[nodiscard]] std::size_t waiting() const noexcept { return waiting_.size(); }

private:
    std::function<void(std::string_view)> emit_;
    std::map<std::size_t, std::string> waiting_;
    std::size_t next_ = 0;
};

}  // namespace forage::cli
