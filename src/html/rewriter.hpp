// rewriter: a piece of text that stays a view of the source until something in it has to be replaced.
#pragma once

#include "html/tree.hpp"

#include <string_view>

namespace forage::detail::dom {

class rewriter {
public:
    /// `from` is where the piece begins in the source.
    rewriter(tree& into, const char* from) noexcept : tree_{into}, begin_{from}, from_{from} {}

    /// Puts `text` in the place of [at, resume).
    void replace(const char* at, const char* resume, std::string_view text) {
        auto& to = tree_.rewritten;
        if (!is_rewritten_) start_ = static_cast<std::uint32_t>(to.size());
        is_rewritten_ = true;
        to.append(from_, static_cast<std::size_t>(at - from_));
        to.append(text.data(), text.size());
        from_ = resume;
    }
    /// The piece, up to `end`.
    [[nodiscard]] span finish(const char* end) {
        const auto rest = static_cast<std::size_t>(end - from_);
        if (!is_rewritten_) {
            return {static_cast<std::uint32_t>(begin_ - tree_.source().data()), static_cast<std::uint32_t>(rest)};
        }
        auto& to = tree_.rewritten;
        to.append(from_, rest);
        return {start_ | span::rewritten, static_cast<std::uint32_t>(to.size() - start_)};
    }

private:
    tree& tree_;
    const char* begin_;
    const char* from_;
    std::uint32_t start_ = 0;
    bool is_rewritten_   = false;
};

}  // namespace forage::detail::dom
