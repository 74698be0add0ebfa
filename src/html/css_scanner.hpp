// The tokens that selectors are made of: CSS Syntax Level 3, §4.3. Without comments, and stricter at the end of the
// text: what is open there is an error.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace forage::detail {

/// One thread. `css` must outlive it.
class css_scanner {
public:
    explicit css_scanner(std::string_view css) noexcept : css_{css} {}

    [[nodiscard]] bool is_at_end() const noexcept { return at_ == css_.size(); }
    [[nodiscard]] std::size_t offset() const noexcept { return at_; }
    /// The byte `ahead` of here; 0 beyond the end.
    [[nodiscard]] char peek(std::size_t ahead = 0) const noexcept {
        return at_ + ahead < css_.size() ? css_[at_ + ahead] : '\0';
    }
    void skip() noexcept { ++at_; }
    /// Whether `c` was next; then it is taken.
    [[nodiscard]] bool take(char c) noexcept;
    /// Whether there was any white space.
    bool skip_space() noexcept;

    /// §4.3.9: whether an identifier begins here.
    [[nodiscard]] bool is_at_identifier() const noexcept;
    /// §4.3.11, for where one begins.
    [[nodiscard]] std::string identifier();
    /// §4.3.5, for where a quotation mark is next. Nothing if the string does not end, or not on its line.
    [[nodiscard]] std::optional<std::string> string();

private:
    [[nodiscard]] bool is_escape(std::size_t ahead) const noexcept;
    void escaped(std::string& out);

    std::string_view css_;
    std::size_t at_ = 0;
};

}  // namespace forage::detail
